// @ts-check
/** Pagefind, by its own module. A hit can be shown when its fragment is there. */

/** @type {Promise<any> | undefined} */
let ready;

async function start() {
  const address = "/pagefind/pagefind.js";
  const pagefind = await import(address);
  await pagefind.init();
  return pagefind;
}

/** @type {import("./harness.js").Ask} */
export async function ask(query, limit, first) {
  ready ??= start();
  const { results } = await (await ready).search(query);
  const best = results.slice(0, limit).map((/** @type {any} */ result) => result.data());
  await best[0];
  if (best.length) first();
  const hits = (await Promise.all(best)).map(({ raw_url, url }) => ({ url: raw_url ?? url, why: "" }));
  return { hits, total: results.length };
}

// @ts-check
/** The plain scan: all texts in one file, looked through in a worker. */
import { tell } from "./worker.js";

/** @type {Worker | undefined} */
let worker;

/** @type {import("./harness.js").Ask} */
export async function ask(query, limit, first) {
  worker ??= new Worker("/harness/scan-worker.js");
  const { hits, total } = await tell(worker, { query, limit }, () => true);
  if (hits.length) first();
  return { hits: hits.map((/** @type {string} */ url) => ({ url, why: "" })), total };
}

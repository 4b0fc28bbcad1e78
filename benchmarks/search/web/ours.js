// @ts-check
/** Our search, asked as its page asks it. */
import { tell } from "./worker.js";

/** So many hits the page asks for at first. */
const SHOWN = 20;

/** @type {Worker | undefined} */
let worker;
let id = 0;

/** @type {import("./harness.js").Ask} */
export async function ask(query, limit, first) {
  worker ??= new Worker("/ours/assets/javascripts/search/worker.js", { type: "module" });
  id += 1;
  const request = { id, query, sort: "relevance", limit: Math.max(limit, SHOWN) };
  const answer = await tell(worker, request, (data) => {
    if (data.id !== id) return false;
    if (data.problem) throw new Error(`${data.problem.kind}: ${data.problem.message}`);
    if (data.result?.hits.length) first();
    return data.done;
  });
  const { hits, total } = answer.result;
  const best = hits.slice(0, limit).map((/** @type {any} */ hit) => ({ url: hit.url, why: hit.reason?.text ?? "" }));
  return { hits: best, total };
}

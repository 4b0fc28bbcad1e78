// @ts-check
/** Material's search: its worker, its index, and the messages that its bundle sends. */
import { tell } from "./worker.js";

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** @type {Promise<Worker> | undefined} */
let ready;

async function start() {
  const code = new URL(location.href).searchParams.get("worker");
  const response = await fetch("/material/search/search_index.json");
  const worker = new Worker(`/material/${code}`);
  const data = { ...(await response.json()), options: { suggest: true } };
  await tell(worker, { type: SETUP, data }, (message) => message.type === READY);
  return worker;
}

/** @type {import("./harness.js").Ask} */
export async function ask(query, limit, first) {
  ready ??= start();
  const answer = await tell(await ready, { type: QUERY, data: query }, (message) => message.type === RESULT);
  const { items } = answer.data;
  if (items.length) first();
  const hits = items.slice(0, limit).map((/** @type {any} */ item) => ({ url: item[0].location, why: "" }));
  return { hits, total: items.length };
}

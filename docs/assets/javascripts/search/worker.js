// @ts-check
/** The search's own thread: takes requests, sends answers. types.js says what they look like. */

import { search } from "./engine.js";
// All modules are named here, so that a browser asks for all of them at once and not step by step.
import "./decode.js";
import "./excerpt.js";
import "./facets.js";
import "./fold.js";
import "./forgive.js";
import "./hits.js";
import "./lists.js";
import "./match.js";
import "./prove.js";
import "./query.js";
import "./readings.js";
import "./said.js";
import "./suggest.js";
import { IndexReader } from "./reader.js";
import { IndexError } from "./store.js";

/** @typedef {import("./types.js").SearchAnswer} SearchAnswer */

const reader = new IndexReader(new URL("../../../search/", import.meta.url));
let newest = 0;

/** @param {SearchAnswer} answer */
function send(answer) {
  // An answer that nobody waits for any more is not even sent.
  if (answer.id === newest) self.postMessage(answer);
}

/** @param {MessageEvent<import("./types.js").SearchRequest>} event */
async function answer({ data: request }) {
  const { id } = request;
  newest = id;
  try {
    const result = await search(reader, request, (early) => send({ id, done: false, result: early }));
    send({ id, done: true, result });
  } catch (error) {
    const problem =
      error instanceof IndexError
        ? { kind: error.kind, message: error.message }
        : { kind: /** @type {const} */ ("failed"), message: `検索の途中で問題が起きました(${error})。` };
    send({ id, done: true, problem });
  }
}

self.addEventListener("message", answer);

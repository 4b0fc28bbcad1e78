// @ts-check
// Talks to the worker. Only the answer to the newest question is passed on.

/** @typedef {import("./types.js").SearchAnswer} SearchAnswer */
/** @typedef {import("./types.js").Sort} Sort */

const NOT_STARTED = "検索のプログラムを動かせませんでした。通信を確かめて、もう一度試してください。";

export class SearchClient {
  /** @param {(answer: SearchAnswer) => void} onAnswer */
  constructor(onAnswer) {
    this.onAnswer = onAnswer;
    this.id = 0;
    /** @type {Worker | null} */
    this.worker = null;
  }

  /**
   * @param {string} query
   * @param {Sort} sort
   * @param {number} limit
   */
  ask(query, sort, limit) {
    this.id += 1;
    try {
      this.worker ??= this.#start();
      this.worker.postMessage({ id: this.id, query, sort, limit });
    } catch {
      this.#fail();
    }
  }

  /** What was asked is no longer wanted. */
  forget() {
    this.id += 1;
  }

  /** The next question goes to a new worker. */
  stop() {
    this.worker?.terminate();
    this.worker = null;
  }

  #start() {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", (/** @type {MessageEvent<SearchAnswer>} */ event) => {
      if (event.data.id === this.id) this.onAnswer(event.data);
    });
    worker.addEventListener("error", () => this.#fail());
    worker.addEventListener("messageerror", () => this.#fail());
    return worker;
  }

  #fail() {
    this.stop();
    this.onAnswer({ id: this.id, done: true, problem: { kind: "failed", message: NOT_STARTED } });
  }
}

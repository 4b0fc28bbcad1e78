// @ts-check
/**
 * Asks one engine. The page's address names it: `?engine=scan` is scan.js, which exports `ask`.
 *
 * @typedef {{url: string, why: string}} Hit `why` is not empty where the engine says that the query is not there.
 * @typedef {{hits: Hit[], total: number}} Answer Of `total` hits the first ones.
 * @typedef {(query: string, limit: number, first: () => void) => Promise<Answer>} Ask Calls `first`
 *   as soon as a hit could be shown.
 */

const name = new URL(location.href).searchParams.get("engine");
/** @type {{ask: Ask}} */
const engine = await import(`./${name}.js`);

/**
 * @param {string} query
 * @param {number} limit
 */
async function timed(query, limit) {
  let first = 0;
  const start = performance.now();
  const answer = await engine.ask(query, limit, () => {
    first ||= performance.now();
  });
  const done = performance.now();
  const shown = first || done;
  return {
    ...answer,
    first: shown - start,
    done: done - start,
    firstAt: (performance.timeOrigin + shown) / 1000,
  };
}

Object.assign(window, { ask: timed });

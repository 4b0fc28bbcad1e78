// @ts-check
/** A proof as what is shown of it: the page, and the places in it that match. */

import { excerpt, marked } from "./excerpt.js";

/** @typedef {import("./fold.js").FoldingTable} FoldingTable */
/** @typedef {import("./readings.js").Reading} Reading */

const MOST_SECTIONS = 3;

/**
 * @param {import("./prove.js").Proof} proof
 * @param {Reading} reading
 * @param {FoldingTable} table
 * @returns {import("./types.js").Hit}
 */
export function hit(proof, reading, table) {
  const { page } = proof;
  const words = reading.words.map((word) => word.folded);
  const sections = (proof.sections.length ? proof.sections : [{ at: 0, score: 0 }])
    .filter(({ at }) => at < page.sections.length)
    .map(({ at }) => section(page, at, words, table));
  return {
    url: sections[0]?.url ?? page.url,
    title: marked(page.title, words, table),
    kind: page.kinds.join("・"),
    date: page.date,
    presenters: page.presenters,
    tags: page.tags,
    sections: sections.slice(0, MOST_SECTIONS),
    more: Math.max(0, sections.length - MOST_SECTIONS),
    reason: reading.reason,
  };
}

/**
 * @param {import("./reader.js").Page} page
 * @param {number} at
 * @param {string[]} words
 * @param {FoldingTable} table
 * @returns {import("./types.js").SectionHit}
 */
function section(page, at, words, table) {
  const [anchor, heading, meta, text] = page.sections[at];
  // Where nothing was asked for in words, a page is shown by the first words that it has.
  const first = text || words.length ? text : page.sections.map((one) => one[3]).find(Boolean) ?? "";
  const inText = excerpt(first, words, table);
  const inMeta = excerpt(meta, words, table);
  const quoted = !inText.some((piece) => piece.mark) && inMeta.some((piece) => piece.mark) ? inMeta : inText;
  return {
    url: anchor ? `${page.url}#${anchor}` : page.url,
    heading: marked(heading, words, table),
    excerpt: quoted,
  };
}

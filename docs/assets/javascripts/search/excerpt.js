// @ts-check
/**
 * The words around a match, as one would quote them: whole sentences where they are short.
 *
 * @typedef {import("./types.js").Piece} Piece
 * @typedef {import("./fold.js").FoldingTable} FoldingTable
 */

import { marks } from "./prove.js";

/** So many UTF-16 units are quoted at most, and so many of them before the first match. */
const LENGTH = 150;
const BEFORE = 50;

/**
 * A whole text with its matches marked.
 *
 * @param {string} text
 * @param {string[]} words Folded.
 * @param {FoldingTable} table
 * @returns {Piece[]}
 */
export function marked(text, words, table) {
  return pieces(text, 0, text.length, marks(text, words, table));
}

/**
 * The best part of a text; its beginning where nothing matches.
 *
 * @param {string} text
 * @param {string[]} words Folded.
 * @param {FoldingTable} table
 * @returns {Piece[]}
 */
export function excerpt(text, words, table) {
  const found = marks(text, words, table);
  const [start, end] = around(text, densest(found));
  const quoted = pieces(text, start, end, found);
  if (start > 0) quoted.unshift({ text: "…", mark: false });
  if (end < text.length) quoted.push({ text: "…", mark: false });
  return quoted;
}

/**
 * The matches that fit into one excerpt, where there are most of them.
 *
 * @param {[number, number][]} found
 * @returns {[number, number]}
 */
function densest(found) {
  if (!found.length) return [0, 0];
  let best = { first: 0, count: 0 };
  for (let first = 0, last = 0; first < found.length; first++) {
    while (last < found.length && found[last][1] - found[first][0] <= LENGTH - BEFORE) last++;
    if (last - first > best.count) best = { first, count: last - first };
  }
  const last = found[best.first + Math.max(best.count, 1) - 1];
  return [found[best.first][0], last[1]];
}

const END = /[。．！？!?\n]|\.\s/gu;

/**
 * From the beginning of the sentence, if it is near, to the end of one.
 *
 * @param {string} text
 * @param {[number, number]} match
 * @returns {[number, number]}
 */
function around(text, [first, last]) {
  const ends = [...text.matchAll(END)].map((match) => match.index + match[0].length);
  const sentence = Math.max(0, ...ends.filter((end) => end <= first));
  const start = first - sentence <= BEFORE ? sentence : whole(text, first - BEFORE);
  const limit = Math.max(start + LENGTH, last);
  const finish = text.length <= limit ? text.length : Math.max(...ends.filter((end) => end >= last && end <= limit), 0);
  return [start, finish || whole(text, limit)];
}

/**
 * A place that does not cut a pair of surrogates.
 *
 * @param {string} text
 * @param {number} at
 */
const whole = (text, at) => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at);

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {[number, number][]} found
 * @returns {Piece[]}
 */
function pieces(text, start, end, found) {
  /** @type {Piece[]} */
  const out = [];
  let at = start;
  const add = (/** @type {number} */ to, /** @type {boolean} */ mark) => {
    if (to > at) out.push({ text: text.slice(at, to).replaceAll("\n", " "), mark });
    at = Math.max(at, to);
  };
  for (const [from, to] of found) {
    if (to <= start || from >= end) continue;
    add(Math.max(from, start), false);
    add(Math.min(to, end), true);
  }
  add(end, false);
  return out;
}

// @ts-check
/**
 * Which pages contain a text, worked out from the index alone.
 *
 * @typedef {object} Candidates
 * @property {number[]} pages Ascending. Every page with the text is among them.
 * @property {boolean} exact Whether all of them contain it.
 * @property {Map<number, number>} tiers At most so high is the best match on a page; 0 where it is missing.
 * @property {Set<number>} [words] Pages where it is a whole word, where that is known.
 */

import { both, without } from "./lists.js";

/** @typedef {import("./reader.js").IndexReader} IndexReader */

/** @type {Candidates} */
export const NOWHERE = Object.freeze({ pages: [], exact: true, tiers: new Map() });

/**
 * @param {IndexReader} reader
 * @param {string} text Folded, not empty.
 * @returns {Promise<Candidates>}
 */
export async function candidates(reader, text) {
  const entry = await reader.entry(text);
  if (entry?.pages) return { pages: entry.pages, exact: true, tiers: entry.tiers, words: entry.words };
  if (text.length <= 2) return NOWHERE;
  const { few, depth } = await reader.root();
  const rough = await byPairs(reader, text, few);
  if (rough.pages.length <= few) return { ...rough, exact: rough.pages.length === 0 };
  return corrected(reader, text, rough, few, depth);
}

/**
 * Pages that may contain a text, from two pieces of the index at most: for a first look.
 *
 * @param {IndexReader} reader
 * @param {string} text Folded, not empty.
 * @returns {Promise<Candidates>}
 */
export async function roughly(reader, text) {
  const entry = await reader.entry(text);
  if (entry?.pages) return { pages: entry.pages, exact: true, tiers: entry.tiers, words: entry.words };
  if (text.length <= 2) return NOWHERE;
  return { ...(await byPairs(reader, text, Infinity)), exact: false };
}

/**
 * Pages with pairs of the text, the rarest first, until few pages or no pairs are left.
 *
 * @param {IndexReader} reader
 * @param {string} text
 * @param {number} few
 */
async function byPairs(reader, text, few) {
  const pairs = byRarity(text, (await reader.root()).common);
  /** @type {number[] | null} */
  let pages = null;
  /** @type {Map<number, number>[]} */
  const tiers = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const some = await Promise.all(pairs.slice(at, at + 2).map((pair) => reader.entry(pair)));
    for (const entry of some) {
      /** @type {number[]} */
      const found = entry?.pages ?? [];
      pages = pages ? both(pages, found) : found;
      if (found.length > few) tiers.push(entry?.tiers ?? new Map());
    }
    if (pages && pages.length <= few) break; // at once, where any number is few
  }
  return { pages: pages ?? [], tiers: lowest(tiers) };
}

/**
 * The pairs of a text that tell most and lie apart first: each the rarer, the rarer its characters.
 *
 * @param {string} text
 * @param {string} common
 */
export function byRarity(text, common) {
  const rank = (/** @type {string} */ char) => {
    const at = common.indexOf(char);
    return at < 0 ? common.length : at;
  };
  const pairs = new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
  return [...pairs].sort((a, b) => rank(b[0]) + rank(b[1]) - rank(a[0]) - rank(a[1]));
}

/**
 * The highest tier that all lists allow a page: the lowest of them.
 *
 * @param {Map<number, number>[]} lists
 */
function lowest(lists) {
  const [first, ...others] = lists;
  /** @type {Map<number, number>} */
  const tiers = new Map();
  for (const [page, tier] of first ?? []) {
    const low = Math.min(tier, ...others.map((list) => list.get(page) ?? 0));
    if (low > 0) tiers.set(page, low);
  }
  return tiers;
}

/**
 * The exact pages of a text from those of its beginnings and ends, put right by the corrections.
 *
 * @param {IndexReader} reader
 * @param {string} text
 * @param {{pages: number[], tiers: Map<number, number>}} rough
 * @param {number} few
 * @param {number} depth
 * @returns {Promise<Candidates>}
 */
async function corrected(reader, text, rough, few, depth) {
  let { pages } = rough;
  let level = await Promise.all(slices(text, 2).map(async (pair) => (await reader.entry(pair))?.pages ?? []));
  const longest = Math.min(text.length, depth);
  for (let length = 3; length <= longest; length++) {
    const parts = slices(text, length);
    const above = [];
    for (let at = 0; at < parts.length; at++) {
      const among = both(level[at], level[at + 1]);
      if (among.length <= few) {
        pages = both(pages, among);
        return { ...rough, pages, exact: pages.length === 0 };
      }
      const entry = await reader.entry(parts[at]);
      above.push(entry?.pages ?? applied(entry, among, length));
      pages = both(pages, above[at]);
    }
    level = above;
  }
  return { ...rough, pages, exact: text.length <= depth || pages.length === 0 };
}

/**
 * @param {string} text
 * @param {number} length
 */
function slices(text, length) {
  return Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length));
}

/**
 * @param {import("./reader.js").Entry | undefined} entry
 * @param {number[]} among
 * @param {number} length
 */
function applied(entry, among, length) {
  // Of three units every text that exists is listed; of more, only those that need a correction.
  if (!entry?.correction) return length === 3 ? [] : among;
  const { inverse, at } = entry.correction;
  const named = at.map((place) => among[place]);
  return inverse ? without(among, named) : named;
}

// @ts-check
/**
 * What a query may stand for: what was typed, then other names and spellings of it.
 *
 * @typedef {import("./prove.js").Word} Word
 * @typedef {import("./reader.js").IndexReader} IndexReader
 * @typedef {import("./fold.js").FoldingTable} FoldingTable
 *
 * @typedef {object} Reading
 * @property {Word[]} words
 * @property {import("./types.js").Reason | null} reason None for what was typed.
 */

import { fold } from "./fold.js";
import { candidates } from "./match.js";
import { reason } from "./said.js";
import { variants } from "./suggest.js";

const MOST_SYNONYMS = 8;
const SHORT = /^[0-9a-z]{1,4}$/;
/** Pages that are read to tell a short word from a part of one. */
const MOST_READ = 40;

/**
 * Other names of what was typed, and other spellings.
 *
 * @param {IndexReader} reader
 * @param {FoldingTable} table
 * @param {import("./query.js").Term[]} typed
 * @returns {Promise<Reading[]>}
 */
export async function otherReadings(reader, table, typed) {
  /** @type {Reading[]} */
  const readings = [];
  if (typed.length > 1 && !typed.some((word) => word.exact)) {
    for (const [name, why] of await namesOf(reader, whole(typed, table))) {
      readings.push({ words: [await otherWord(reader, table, name)], reason: why });
    }
  }
  for (const word of typed.filter((one) => !one.exact)) {
    for (const [name, why] of await namesOf(reader, word.folded)) {
      const other = await otherWord(reader, table, name);
      readings.push({ words: typed.map((one) => (one === word ? other : one)), reason: why });
    }
  }
  return readings;
}

/**
 * @param {IndexReader} reader
 * @param {string} folded
 * @returns {Promise<[name: string, why: Reading["reason"]][]>}
 */
async function namesOf(reader, folded) {
  const [entry, spellings] = await Promise.all([reader.entry(folded), variants(reader, folded)]);
  const synonyms = (entry?.synonyms ?? []).slice(0, MOST_SYNONYMS);
  const named = (/** @type {"synonym" | "variant"} */ kind) => (/** @type {string} */ name) =>
    /** @type {[string, Reading["reason"]]} */ ([name, reason(kind, name, folded)]);
  return [...synonyms.map(named("synonym")), ...spellings.map(named("variant"))];
}

/**
 * Words as one text, as titles are compared with it.
 *
 * @param {Word[]} words
 * @param {FoldingTable} table
 */
export function whole(words, table) {
  return fold(words.map((word) => word.text).join(" "), table);
}

/**
 * @param {string} text
 * @param {FoldingTable} table
 * @returns {Word}
 */
export function wordOf(text, table) {
  return { text, folded: fold(text, table) };
}

/**
 * A word that nobody typed. A short one of Latin script stands in many others (pon in response), so it
 * has to begin a word, unless it is so frequent that all those pages would have to be read.
 *
 * @param {IndexReader} reader
 * @param {FoldingTable} table
 * @param {string} text
 * @returns {Promise<Word>}
 */
async function otherWord(reader, table, text) {
  const word = wordOf(text, table);
  if (!SHORT.test(word.folded)) return word;
  const { pages } = await candidates(reader, word.folded);
  return { ...word, start: pages.length <= MOST_READ };
}

// @ts-check
/**
 * What to show and to say where nothing has what was typed: the nearest words, else the longest part
 * that is there, else which word is in the way.
 *
 * @typedef {import("./prove.js").Word} Word
 * @typedef {import("./engine.js").Search} Search
 */

import { foldWithMap } from "./fold.js";
import { both } from "./lists.js";
import { candidates } from "./match.js";
import { prove } from "./prove.js";
import { changed } from "./query.js";
import { wordOf } from "./readings.js";
import * as said from "./said.js";
import { nearest } from "./suggest.js";

const MOST_SUGGESTIONS = 3;
/** Pages with a smaller share of a word than this are offered, not shown. */
const LARGE_PART = 0.6;
const LONGEST_PARTED = 32;
/** Parts that say something by themselves: two kanji, three kana, four letters. */
const TELLING = /\p{Script=Han}{2}|[\p{Script=Han}\p{Script=Hiragana}]{3}|\p{L}{4}/u;

/** @param {Search} search Has found nothing. */
export async function forgive(search) {
  const counts = await Promise.all(search.typed.map((word) => count(search, [word])));
  const unknown = search.typed.filter((_, at) => !counts[at]);
  if (!unknown.length) return explainWords(search);
  for (const word of unknown.filter((one) => !one.exact)) await forgiveWord(search, word, unknown);
  if (!search.matches().length) search.notices.push(said.nothing());
}

/**
 * @param {Search} search
 * @param {Word} word Stands nowhere.
 * @param {Word[]} unknown All such words.
 */
async function forgiveWord(search, word, unknown) {
  const { notices, request, table } = search;
  const { text } = word;
  const words = await nearest(search.reader, word.folded, MOST_SUGGESTIONS);
  for (const near of words) notices.push(said.meant(changed(request.query, [text], near), near));
  const known = search.typed.filter((other) => !unknown.includes(other));
  if (words.length && unknown.length > 1) return; // pages with one of several guesses would be guesses twice
  if (words.length) {
    const [near] = words;
    const reading = { words: [...known, wordOf(near, table)], reason: said.reason("near", near, text) };
    if (!(await search.add(reading))) return explainWord(search, word);
    notices.push(said.nearShown(text, near));
    return;
  }
  const part = await longestPart(search, word);
  if (!part) return explainWord(search, word);
  if (part.length < text.length * LARGE_PART) {
    notices.push(said.partOffered(text, changed(request.query, [text], part), part));
    return;
  }
  const reading = { words: [...known, wordOf(part, table)], reason: said.reason("part", part, text) };
  if (await search.add(reading)) notices.push(said.partShown(text, part));
}

/**
 * @param {Search} search
 * @param {Word} word Stands nowhere, nor does any part of it.
 */
async function explainWord(search, word) {
  const rest = search.typed.filter((other) => other !== word);
  const found = rest.length ? await count(search, rest) : 0;
  if (found) search.notices.push(said.withoutUnknown(word.text, found, rest.map((other) => other.text).join(" ")));
}

/**
 * Each word is known, but no page has them all.
 *
 * @param {Search} search
 */
async function explainWords(search) {
  search.notices.push(said.notTogether());
  if (search.typed.length < 2) return;
  for (const word of search.typed) {
    const rest = search.typed.filter((other) => other !== word);
    const found = await count(search, rest);
    if (!found) continue;
    const shown = rest.map((other) => (other.exact ? `"${other.text}"` : other.text)).join(" ");
    search.notices.push(said.withoutWord(word.text, found, shown));
  }
}

/**
 * How many pages have all of some words.
 *
 * @param {Search} search
 * @param {Word[]} words
 */
async function count({ reader, table }, words) {
  const lists = await Promise.all(words.map((word) => candidates(reader, word.folded)));
  const pages = lists.map((list) => list.pages).reduce(both);
  if (lists.every((list) => list.exact)) return pages.length;
  const read = await Promise.all(pages.map((page) => reader.page(page)));
  return read.filter((page, at) => prove(page, pages[at], words, [], "", table)).length;
}

/**
 * The longest part of a word that stands on a page, as typed; empty where none says anything.
 *
 * @param {Search} search
 * @param {Word} word
 */
async function longestPart(search, word) {
  const { text, map, ends } = foldWithMap(word.text.slice(0, LONGEST_PARTED), search.table);
  for (let length = text.length - 1; length >= 2; length--) {
    for (let at = 0; at + length <= text.length; at++) {
      const part = text.slice(at, at + length);
      if (!TELLING.test(part) || part.trim() !== part) continue;
      if (await count(search, [{ text: part, folded: part }])) return word.text.slice(map[at], ends[at + length - 1]);
    }
  }
  return "";
}

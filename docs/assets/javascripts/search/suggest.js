// @ts-check
/**
 * Words that exist and are near to one that does not: other spellings, and slips of the finger.
 *
 * Words are kept under their skeletons, sorted forwards and backwards. One slip leaves at least one
 * half of a word whole, so its neighbours stand beside it in one of the two orders.
 */

import { fold, skeleton } from "./fold.js";

/** @typedef {import("./reader.js").IndexReader} IndexReader */

/**
 * Other spellings of a word: those with the same skeleton.
 *
 * @param {IndexReader} reader
 * @param {string} folded
 * @returns {Promise<string[]>} As they are written.
 */
export async function variants(reader, folded) {
  const table = (await reader.root()).folding;
  const bones = skeleton(folded, table);
  if (bones.length < 2) return [];
  const words = (await reader.words("f", bones)).filter(([key]) => key === bones);
  return words.flatMap(([, ...surfaces]) => surfaces).filter((word) => !fold(word, table).includes(folded));
}

/**
 * The nearest words that exist, the nearest first.
 *
 * @param {IndexReader} reader
 * @param {string} folded
 * @param {number} most
 * @returns {Promise<string[]>} As they are written.
 */
export async function nearest(reader, folded, most) {
  const table = (await reader.root()).folding;
  const bones = skeleton(folded, table);
  const allowed = bones.length < 3 ? 0 : bones.length < 6 ? 1 : bones.length < 14 ? 2 : 3;
  if (!allowed) return [];
  const half = Math.max(1, Math.floor(bones.length / 2) - 1);
  const backwards = [...bones].reverse().join("");
  const [forward, backward] = await Promise.all([
    reader.words("f", bones.slice(0, half)),
    reader.words("r", backwards.slice(0, half)),
  ]);
  /** @type {Map<string, {distance: number, words: string[]}>} */
  const near = new Map();
  for (const [key, ...words] of [...forward, ...backward.map(([key, ...rest]) => [[...key].reverse().join(""), ...rest])]) {
    if (near.has(key) || Math.abs(key.length - bones.length) > allowed) continue;
    const distance = slips(key, bones, allowed);
    if (distance <= allowed && distance > 0) near.set(key, { distance, words });
  }
  const sorted = [...near.values()].sort((a, b) => a.distance - b.distance);
  return [...new Set(sorted.map(({ words }) => words[0]))].slice(0, most);
}

/**
 * The number of slips between two words: letters added, left out, changed, or two exchanged.
 *
 * The optimal string alignment distance (Damerau 1964), given up above a limit.
 *
 * @param {string} a
 * @param {string} b
 * @param {number} limit
 */
export function slips(a, b, limit) {
  let older = new Array(b.length + 1).fill(0);
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}

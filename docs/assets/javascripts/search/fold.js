// @ts-check
/**
 * Folding: spellings that a reader takes for the same become the same characters.
 *
 * The table comes with the index; the same one folds the pages in Python
 * (scripts/kb/search/folding.py), step by step in the same order.
 *
 * @typedef {object} FoldingTable
 * @property {string} blank Inside of a character class: white space.
 * @property {string} japanese Inside of a character class: beside these, blanks mean nothing.
 * @property {[number, number, number][]} shift Ranges of code units and what is added to them.
 * @property {Record<string, string>} same A character to those that are taken for it.
 * @property {string} drop Characters that are taken for none.
 * @property {Record<string, string>} pairs
 * @property {string} joins Inside of a character class: what belongs to the character before it.
 * @property {{drop: string, small: [string, string], accented: string}} skeleton
 *
 * @typedef {object} FoldedText
 * @property {string} text
 * @property {number[]} map For each unit of `text`, where its origin begins; then the whole length.
 * @property {number[]} ends For each unit of `text`, where its origin ends.
 */

/**
 * @typedef {object} Rules
 * @property {RegExp} blanks
 * @property {RegExp} besideJapanese
 * @property {RegExp} japanese
 * @property {RegExp} blank
 * @property {Map<string, string>} characters
 * @property {RegExp} mapped
 * @property {RegExp} pairs
 * @property {RegExp} segments
 * @property {Map<string, string>} bones
 * @property {RegExp} accented
 */

/** @type {WeakMap<FoldingTable, Rules>} */
const compiled = new WeakMap();

/** @param {string} text */
const escaped = (text) => text.replace(/[\\\]^-]/g, "\\$&");

/**
 * @param {FoldingTable} table
 * @returns {Rules}
 */
function rules(table) {
  const known = compiled.get(table);
  if (known) return known;
  /** @type {Map<string, string>} */
  const characters = new Map();
  for (const [target, chars] of Object.entries(table.same)) {
    for (const char of chars) characters.set(char, target);
  }
  for (const char of table.drop) characters.set(char, "");
  for (const [first, last, offset] of table.shift) {
    for (let code = first; code <= last; code++) {
      characters.set(String.fromCharCode(code), String.fromCharCode(code + offset));
    }
  }
  const [small, large] = table.skeleton.small;
  const bones = new Map([...small].map((char, at) => [char, large.charAt(at)]));
  for (const char of table.skeleton.drop) bones.set(char, "");
  const made = {
    blanks: new RegExp(`[${table.blank}]+`, "g"),
    besideJapanese: new RegExp(`(?<=[${table.japanese}]) | (?=[${table.japanese}])`, "g"),
    japanese: new RegExp(`[${table.japanese}]`),
    blank: new RegExp(`[${table.blank}]`),
    characters,
    mapped: new RegExp(`[${escaped([...characters.keys()].join(""))}]`, "g"),
    pairs: new RegExp(Object.keys(table.pairs).join("|"), "g"),
    segments: new RegExp(`[^][${table.joins}]*`, "gu"),
    bones,
    accented: new RegExp(`[${table.skeleton.accented}]`, "g"),
  };
  compiled.set(table, made);
  return made;
}

/**
 * The text as the index knows it.
 *
 * @param {string} text
 * @param {FoldingTable} table
 * @returns {string}
 */
export function fold(text, table) {
  const { blanks, besideJapanese, characters, mapped, pairs } = rules(table);
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(blanks, " ")
    .replace(besideJapanese, "")
    .replace(mapped, (char) => characters.get(char) ?? char)
    .replace(pairs, (pair) => table.pairs[pair] ?? pair)
    .replace(/^ +| +$/g, "");
}

/**
 * A text folded line by line: no folded query has a line end, so that none matches across one.
 *
 * @param {string} text
 * @param {FoldingTable} table
 */
export function foldLines(text, table) {
  return text
    .split("\n")
    .map((line) => fold(line, table))
    .filter(Boolean)
    .join("\n");
}

/**
 * The folded text, and where each unit of it comes from.
 *
 * @param {string} text
 * @param {FoldingTable} table
 * @returns {FoldedText}
 */
export function foldWithMap(text, table) {
  const plain = normalized(text, rules(table));
  const spaced = withoutBlanks(plain, rules(table));
  const units = paired(mappedUnits(spaced, rules(table)), table);
  let first = 0;
  let last = units.length;
  while (first < last && units[first].char === " ") first++;
  while (last > first && units[last - 1].char === " ") last--;
  const kept = units.slice(first, last);
  return {
    text: kept.map((unit) => unit.char).join(""),
    map: [...kept.map((unit) => unit.start), text.length],
    ends: kept.map((unit) => unit.end),
  };
}

/**
 * What is left of a folded text where spellings differ most: no marks, blanks, accents or small kana.
 *
 * @param {string} folded
 * @param {FoldingTable} table
 * @returns {string}
 */
export function skeleton(folded, table) {
  const { bones, accented } = rules(table);
  const plain = folded.replace(accented, (char) => char.normalize("NFD").charAt(0));
  return [...plain].map((char) => bones.get(char) ?? char).join("");
}

/** @typedef {{char: string, start: number, end: number}} Unit One UTF-16 unit and its origin. */

/** @type {Map<string, string>} What most segments of most texts become: there are few different ones. */
const lowered = new Map();

/** @param {string} segment */
function lower(segment) {
  const plain = segment.normalize("NFKC").toLowerCase();
  if (lowered.size < 10_000) lowered.set(segment, plain);
  return plain;
}

/**
 * @param {string} text
 * @param {Rules} rule
 * @returns {Unit[]}
 */
function normalized(text, { segments }) {
  /** @type {Unit[]} */
  const units = [];
  for (const match of text.matchAll(segments)) {
    const start = match.index;
    const end = start + match[0].length;
    const plain = lowered.get(match[0]) ?? lower(match[0]);
    for (let at = 0; at < plain.length; at++) units.push({ char: plain.charAt(at), start, end });
  }
  return units;
}

/**
 * @param {Unit[]} units
 * @param {Rules} rule
 * @returns {Unit[]}
 */
function withoutBlanks(units, { blank, japanese }) {
  /** @type {Unit[]} */
  const single = [];
  for (const unit of units) {
    const before = single[single.length - 1];
    if (!blank.test(unit.char)) single.push(unit);
    else if (before?.char === " ") before.end = unit.end;
    else single.push({ ...unit, char: " " });
  }
  return single.filter(
    ({ char }, at) =>
      char !== " " || !(japanese.test(single[at - 1]?.char ?? "") || japanese.test(single[at + 1]?.char ?? "")),
  );
}

/**
 * @param {Unit[]} units
 * @param {Rules} rule
 * @returns {Unit[]}
 */
function mappedUnits(units, { characters }) {
  /** @type {Unit[]} */
  const out = [];
  for (const unit of units) {
    const target = characters.get(unit.char) ?? unit.char;
    if (target.length === 1) out.push(target === unit.char ? unit : { char: target, start: unit.start, end: unit.end });
    else for (const char of target.split("")) out.push({ char, start: unit.start, end: unit.end });
  }
  return out;
}

/**
 * @param {Unit[]} units
 * @param {FoldingTable} table
 * @returns {Unit[]}
 */
function paired(units, table) {
  /** @type {Unit[]} */
  const out = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at];
    const after = units[at + 1];
    const both = after && table.pairs[unit.char + after.char];
    if (both) {
      for (const char of both.split("")) out.push({ char, start: unit.start, end: after.end });
      at++;
    } else {
      const char = table.pairs[unit.char];
      out.push(char ? { ...unit, char } : unit);
    }
  }
  return out;
}

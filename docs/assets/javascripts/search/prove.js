// @ts-check
/**
 * A page's own text held against the words of a query: whether it matches, how well, and where.
 *
 * @typedef {import("./reader.js").Page} Page
 * @typedef {import("./fold.js").FoldingTable} FoldingTable
 *
 * @typedef {object} Word What is looked for.
 * @property {string} text As typed.
 * @property {string} folded
 * @property {boolean} [start] Whether it has to begin a word: short names of other scripts' words.
 *
 * @typedef {object} Proof A page that matches.
 * @property {Page} page
 * @property {number} number
 * @property {number[]} score Compared from the left; greater is better.
 * @property {{at: number, score: number}[]} sections The sections that match, best first.
 */

import { fold, foldLines, foldWithMap } from "./fold.js";

const [TEXT, META, HEADING, TITLE] = [0, 1, 2, 3];

/** @typedef {{tier: number, section: number, source: string, folded: string}} Field */

/** @type {WeakMap<Page, Field[]>} */
const folded = new WeakMap();

/**
 * @param {Page} page
 * @param {FoldingTable} table
 * @returns {Field[]}
 */
function fieldsOf(page, table) {
  const known = folded.get(page);
  if (known) return known;
  /** @type {[number, number, string][]} */
  const sources = [page.title, ...page.names].map((name) => [TITLE, -1, name]);
  page.sections.forEach(([, heading, meta, text], at) => {
    sources.push([HEADING, at, heading], [META, at, meta], [TEXT, at, text]);
  });
  const fields = sources
    .filter(([, , source]) => source)
    .map(([tier, section, source]) => ({ tier, section, source, folded: foldLines(source, table) }));
  folded.set(page, fields);
  return fields;
}

/**
 * @param {Page} page
 * @param {number} number
 * @param {Word[]} words All of them have to be there.
 * @param {Word[]} excluded None of them may be there.
 * @param {string} whole The folded words of the whole query, to be held against titles and names.
 * @param {FoldingTable} table
 * @returns {Proof | null}
 */
export function prove(page, number, words, excluded, whole, table) {
  const fields = fieldsOf(page, table);
  if (excluded.some((word) => fields.some((field) => field.folded.includes(word.folded)))) return null;
  const places = words.map((word) => fields.filter((field) => holds(field.folded, word)));
  if (places.some((found) => !found.length)) return null;
  const sections = sectionScores(page, places);
  return {
    page,
    number,
    score: [
      named(page, fields, whole, table),
      sum(places.map((found) => Math.max(...found.map((field) => field.tier)))),
      sum(places.map((found, at) => wholeness(found, words[at]))),
      nearness(words, fields),
    ],
    sections,
  };
}

/**
 * @param {string} text
 * @param {Word} word
 */
function holds(text, word) {
  return word.start ? places(text, word.folded).some((at) => !WORD.test(text.charAt(at - 1))) : text.includes(word.folded);
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * 3 for the page whose title is the query, 2 for one that is also called so, 1 for a heading.
 *
 * @param {Page} page
 * @param {Field[]} fields
 * @param {string} whole
 * @param {FoldingTable} table
 */
function named(page, fields, whole, table) {
  if (!whole) return 0;
  if (fold(page.title.replace(/^#/, ""), table) === whole || fold(page.title, table) === whole) return 3;
  const same = fields.filter((field) => field.folded === whole);
  return same.some((field) => field.tier === TITLE) ? 2 : same.some((field) => field.tier === HEADING) ? 1 : 0;
}

/**
 * 2 for a match that is a whole word, of Latin script or digits, and 1 more for the case as typed.
 *
 * @param {Field[]} found
 * @param {Word} word
 */
function wholeness(found, word) {
  const plain = word.text.normalize("NFKC");
  const best = found.some((field) => wholeWord(field.folded, word.folded)) ? 2 : 0;
  return best + (found.some((field) => field.source.includes(plain)) ? 1 : 0);
}

const WORD = /[0-9a-z]/;

/**
 * @param {string} text
 * @param {string} word
 */
function wholeWord(text, word) {
  if (!WORD.test(word)) return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = WORD.test(text.charAt(at - 1)) && WORD.test(word.charAt(0));
    const after = WORD.test(text.charAt(at + word.length)) && WORD.test(word.charAt(word.length - 1));
    if (!before && !after) return true;
  }
  return false;
}

/**
 * How near several words stand to each other in the best field; 0 where no field has all of them.
 *
 * @param {Word[]} words
 * @param {Field[]} fields
 */
function nearness(words, fields) {
  if (words.length < 2) return 0;
  let best = 0;
  for (const field of fields) {
    if (words.every((word) => field.folded.includes(word.folded))) {
      best = Math.max(best, 1 / (1 + span(field.folded, words)));
    }
  }
  return best;
}

/**
 * The distance from the first word to the farthest of the others, at its shortest.
 *
 * @param {string} text
 * @param {Word[]} words
 */
function span(text, words) {
  const [first, ...others] = words.map((word) => places(text, word.folded));
  return Math.min(
    ...first.slice(0, 50).map((at) =>
      Math.max(...others.map((list) => Math.min(...list.slice(0, 50).map((other) => Math.abs(other - at))))),
    ),
  );
}

/**
 * @param {string} text
 * @param {string} word
 */
function places(text, word) {
  const found = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}

/**
 * @param {Page} page
 * @param {Field[][]} found By word.
 */
function sectionScores(page, found) {
  /** @type {Map<number, number>} */
  const scores = new Map();
  for (const fields of found) {
    const best = new Map();
    for (const { section, tier } of fields) {
      if (section >= 0) best.set(section, Math.max(best.get(section) ?? 0, [2, 1, 4][tier]));
    }
    for (const [section, score] of best) scores.set(section, (scores.get(section) ?? 0) + score + 10);
  }
  const list = [...scores].map(([at, score]) => ({ at, score }));
  list.sort((a, b) => b.score - a.score || a.at - b.at);
  // A match in the title alone leads to the beginning of the page.
  return list.length || !page.sections.length ? list : [{ at: 0, score: 0 }];
}

/**
 * Best first: by score, then newer before older.
 *
 * @param {Proof} a
 * @param {Proof} b
 */
export function compare(a, b) {
  const at = a.score.findIndex((value, index) => value !== b.score[index]);
  return at < 0 ? b.number - a.number : b.score[at] - a.score[at];
}

/** @type {Map<string, import("./fold.js").FoldedText>} Texts that were shown last: the next query shows many again. */
const recent = new Map();
const MOST_RECENT = 400;

/**
 * @param {string} source
 * @param {FoldingTable} table
 */
function mapped(source, table) {
  const known = recent.get(source) ?? foldWithMap(source, table);
  recent.delete(source);
  recent.set(source, known);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST_RECENT) break;
    recent.delete(oldest);
  }
  return known;
}

/**
 * Where words stand in a text, as places in the text itself, without overlaps.
 *
 * @param {string} source
 * @param {string[]} words Folded.
 * @param {FoldingTable} table
 * @returns {[number, number][]}
 */
export function marks(source, words, table) {
  const { text, map, ends } = mapped(source, table);
  /** @type {[number, number][]} */
  const found = words.flatMap((word) =>
    places(text, word).map((at) => /** @type {[number, number]} */ ([map[at], ends[at + word.length - 1]])),
  );
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  /** @type {[number, number][]} */
  const apart = [];
  for (const [start, end] of found) {
    const last = apart[apart.length - 1];
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else apart.push([start, end]);
  }
  return apart;
}

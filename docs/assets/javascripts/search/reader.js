// @ts-check
/**
 * The index, fetched piece by piece as a query needs it. docs/dev/search.md describes the format.
 *
 * @typedef {import("./fold.js").FoldingTable} FoldingTable
 *
 * @typedef {object} Root
 * @property {number} version
 * @property {number} pages
 * @property {number} few So many candidates are read rather than corrected.
 * @property {number} depth Longest text that is corrected.
 * @property {string} common Frequent characters, the most frequent first.
 * @property {FacetName[]} facets In the order in which they are offered.
 * @property {FoldingTable} folding
 * @property {Record<string, Family>} pieces By the letters of the families.
 *
 * @typedef {object} Family
 * @property {(string | number)[]} first With which text, or page, each piece begins.
 * @property {number[]} [counts] Of texts, in the file: how many pages are in each piece.
 * @property {string} marks
 *
 * @typedef {object} Entry What the index knows of one text.
 * @property {number[]} [pages]
 * @property {Map<number, number>} tiers Pages whose best match is in more than the text.
 * @property {Set<number>} [words] Pages where it is a whole word of Latin script.
 * @property {{inverse: boolean, at: number[]}} [correction]
 * @property {[number, boolean][]} named Pages that have it as a whole title (true) or heading.
 * @property {string[]} synonyms
 *
 * @typedef {object} Page
 * @property {string} url
 * @property {string} title
 * @property {string[]} names
 * @property {string[]} kinds
 * @property {string} date
 * @property {string[]} presenters
 * @property {string[]} tags
 * @property {[anchor: string, heading: string, meta: string, text: string][]} sections
 *
 * @typedef {object} FacetName What a search can be narrowed by.
 * @property {string} name
 * @property {string} label Shown; either may be typed.
 *
 * @typedef {object} Summary All pages in short.
 * @property {string[]} dates By page.
 * @property {Record<string, string[][]>} values Names by facet and number, each with its other names.
 * @property {Record<string, number[][]>} pages Numbers of values by facet and page.
 */

import { inflate, parseEntries } from "./decode.js";
import { DAMAGED, IndexError, MISSING, drop, fetchPiece, fetchRoot, keepOnly } from "./store.js";

const ROOT = "index.bin";
const VERSION = 2;
/** Digits in a mark. */
const MARK = 6;

/** Reads an index. Each piece is fetched once, however many ask for it. */
export class IndexReader {
  /** @param {URL | string} base The folder of the index, with a slash at its end. */
  constructor(base) {
    this.base = base;
    /** @type {Map<string, Promise<any>>} */
    this.known = new Map();
  }

  /** @returns {Promise<Root>} */
  root() {
    return this.once(ROOT, async () => {
      const root = JSON.parse(decoded(await inflated(await fetchRoot(new URL(ROOT, this.base)))));
      if (root.version !== VERSION) throw new IndexError("missing", MISSING);
      let next = 0;
      root.pieces.t.first = root.pieces.t.counts.map((/** @type {number} */ count) => (next += count) - count);
      void keepOnly(this.base, fileNames(root));
      return root;
    });
  }

  /**
   * What is known of a text; nothing where the index has no entry for it.
   *
   * @param {string} text
   * @returns {Promise<Entry | undefined>}
   */
  async entry(text) {
    const entries = await this.entriesNear(text);
    return entries?.get(text);
  }

  /**
   * @param {string} text
   * @returns {Promise<import("./decode.js").Entries | undefined>}
   */
  async entriesNear(text) {
    const { first } = (await this.root()).pieces.g;
    const at = place(first, text);
    return at < 0 ? undefined : this.piece("g", at, (bytes) => parseEntries(bytes, String(first[at])));
  }

  /**
   * @param {number} number
   * @returns {Promise<Page>}
   */
  async page(number) {
    const { first } = (await this.root()).pieces.t;
    const at = place(first, number);
    const start = Number(first[at]);
    /** @type {Page[]} */
    const pages = await this.piece("t", at, (bytes) => {
      const read = JSON.parse(decoded(bytes));
      const end = at + 1 < first.length ? Number(first[at + 1]) : start + read.length;
      if (!Array.isArray(read) || read.length !== end - start || !read[0]?.sections) throw new TypeError("foreign piece");
      return read;
    });
    return pages[number - start];
  }

  /** @returns {Promise<Summary>} */
  summary() {
    return this.piece("m", 0, (bytes) => {
      const { values, columns } = JSON.parse(decoded(bytes));
      const [dates, ...numbers] = columns.map((/** @type {string} */ column) => column.split("\n"));
      const pages = Object.keys(values).map((name, at) => [
        name,
        numbers[at].map((/** @type {string} */ cell) => (cell ? cell.split(" ").map(Number) : [])),
      ]);
      return { dates, values, pages: Object.fromEntries(pages) };
    });
  }

  /**
   * The words whose keys begin with a text, and their neighbours in the same pieces.
   *
   * @param {"f" | "r"} family By skeletons, or by skeletons read backwards.
   * @param {string} prefix
   * @returns {Promise<string[][]>} Each a key and the words as they are written.
   */
  async words(family, prefix) {
    const { first } = (await this.root()).pieces[family];
    if (!first.length) return [];
    const from = Math.max(0, place(first, prefix));
    const to = Math.max(from, Math.min(place(first, `${prefix}\uffff`), from + 2));
    const all = [];
    for (let at = from; at <= to; at++) {
      all.push(
        this.piece(family, at, (bytes) => {
          const read = JSON.parse(decoded(bytes));
          if (read[0]?.[0] !== first[at]) throw new TypeError("foreign piece");
          return read;
        }),
      );
    }
    return (await Promise.all(all)).flat();
  }

  /**
   * @template T
   * @param {string} family
   * @param {number} at
   * @param {(bytes: Uint8Array) => T} parse Throws where the bytes are not those of this piece.
   * @returns {Promise<T>}
   */
  async piece(family, at, parse) {
    const name = pieceName(await this.root(), family, at);
    return this.once(name, async () => {
      const url = new URL(name, this.base);
      const bytes = await inflated(await fetchPiece(url));
      try {
        return parse(bytes);
      } catch {
        await drop(url);
        throw new IndexError("damaged", DAMAGED);
      }
    });
  }

  /**
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} load
   * @returns {Promise<T>}
   */
  once(name, load) {
    const known = this.known.get(name);
    if (known) return known;
    const loading = load().catch((error) => {
      this.known.delete(name); // a later try may fare better
      throw error;
    });
    this.known.set(name, loading);
    return loading;
  }
}

/**
 * The file of a piece: the mark in it changes with its content. Only texts have a mark each.
 *
 * @param {Root} root
 * @param {string} family
 * @param {number} at
 */
function pieceName({ pieces }, family, at) {
  const { marks } = pieces[family];
  return `${family}${at}-${marks.length > MARK ? marks.slice(at * MARK, (at + 1) * MARK) : marks}.bin`;
}

/**
 * All files of an index.
 *
 * @param {Root} root
 */
function fileNames(root) {
  const names = new Set([ROOT]);
  for (const [family, { first }] of Object.entries(root.pieces)) {
    for (let at = 0; at < first.length; at++) names.add(pieceName(root, family, at));
  }
  return names;
}

/**
 * The last place whose value is not above another; -1 where all are.
 *
 * @param {readonly (string | number)[]} first Ascending.
 * @param {string | number} value
 */
export function place(first, value) {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const decoder = new TextDecoder();

/** @param {Uint8Array} bytes */
const decoded = (bytes) => decoder.decode(bytes);

/** @param {ArrayBuffer} bytes */
async function inflated(bytes) {
  try {
    return await inflate(bytes);
  } catch {
    throw new IndexError("damaged", DAMAGED);
  }
}

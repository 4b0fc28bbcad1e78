// @ts-check
// Marks, on a page that was opened from a hit, the words that were found. The address names them as
// they stand on the page: `?q=…&q=…#section`. Loaded only where there is such a parameter.

import { foldWithMap } from "./fold.js";

const MOST_MARKS = 300;
const MOST_TEXTS = 8;
const BLOCKS = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, figcaption, summary, div, section";
const NO_TEXT = "script, style, math, noscript, template, nav, .headerlink, .md-content__button, .md-code__nav, mark.kb-found";

/**
 * The texts in the address are the page's own, so case, width and blanks are folding enough, and the
 * index with its table need not be asked.
 *
 * @type {import("./fold.js").FoldingTable}
 */
const TABLE = {
  blank: "\\s",
  japanese: "",
  shift: [],
  same: {},
  drop: "",
  pairs: {},
  joins: "\\p{M}\\uff9e\\uff9f",
  skeleton: { drop: "", small: ["", ""], accented: "" },
};

/**
 * @typedef {object} Run The text of a block, with the nodes that it is made of.
 * @property {Text[]} nodes
 * @property {string} text
 */

/** Marks the words and brings the first one at the anchor into sight. */
export async function markPlaces() {
  const article = document.querySelector("article");
  const texts = new URLSearchParams(location.search).getAll("q").slice(0, MOST_TEXTS);
  if (!article || !texts.length) return;
  const anchor = anchored();
  const { before, after } = runsAround(article, anchor);
  const wanted = texts.map((text) => foldWithMap(text, TABLE).text.trim()).filter(Boolean);
  const marks = markRuns(after, wanted, MOST_MARKS);
  markRuns(before, wanted, MOST_MARKS - marks.length);
  await loaded();
  showFirst(marks[0], anchor);
}

function anchored() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // a hash that is no encoded text
  }
}

/** The browser itself goes to the anchor until the page is complete. */
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", () => resolve(undefined), { once: true }));
}

/**
 * The blocks of text from the anchor on, and those before it.
 *
 * @param {Element} article
 * @param {Element | null} anchor
 */
function runsAround(article, anchor) {
  /** @type {{ before: Run[], after: Run[] }} */
  const runs = { before: [], after: [] };
  /** @type {Element | null | undefined} */
  let block;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    if (node.parentElement?.closest(NO_TEXT)) continue;
    const side = isFrom(node, anchor) ? runs.after : runs.before;
    const around = node.parentElement?.closest(BLOCKS);
    const last = side.at(-1);
    if (last && around === block) {
      last.nodes.push(node);
      last.text += node.data;
    } else {
      side.push({ nodes: [node], text: node.data });
    }
    block = around;
  }
  return runs;
}

/**
 * @param {Node} node
 * @param {Element | null} anchor
 */
function isFrom(node, anchor) {
  if (!anchor) return true;
  return Boolean(anchor.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/**
 * @param {Run[]} runs
 * @param {string[]} wanted
 * @param {number} most
 */
function markRuns(runs, wanted, most) {
  /** @type {HTMLElement[]} */
  const marks = [];
  for (const run of runs) {
    if (marks.length >= most) break;
    marks.push(...markRun(run, placesIn(run.text, wanted)));
  }
  return marks;
}

/**
 * Where the wanted texts stand, in order and without overlap.
 *
 * @param {string} text
 * @param {string[]} wanted
 */
function placesIn(text, wanted) {
  const folded = foldWithMap(text, TABLE);
  /** @type {[number, number][]} */
  const places = [];
  for (const one of wanted) {
    for (let at = folded.text.indexOf(one); at >= 0; at = folded.text.indexOf(one, at + one.length)) {
      places.push([folded.map[at] ?? 0, folded.ends[at + one.length - 1] ?? text.length]);
    }
  }
  places.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let end = 0;
  return places.filter((place) => {
    if (place[0] < end) return false;
    end = place[1];
    return true;
  });
}

/**
 * Wraps each place, from the last one on, so that what is before it keeps its position. A place that
 * goes over several nodes (a link begins in it) gets a mark in each.
 *
 * @param {Run} run
 * @param {[number, number][]} places
 */
function markRun(run, places) {
  const starts = startsOf(run.nodes);
  /** @type {HTMLElement[]} */
  const marks = [];
  for (const [start, end] of places.reverse()) {
    for (const [node, offset] of starts) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, node.data.length);
      if (from < to) marks.push(wrap(node, from, to));
    }
  }
  return marks.reverse();
}

/**
 * Each node and where it begins in the text of the run, the last node first.
 *
 * @param {Text[]} nodes
 */
function startsOf(nodes) {
  let offset = 0;
  /** @type {[Text, number][]} */
  const starts = [];
  for (const node of nodes) {
    starts.unshift([node, offset]);
    offset += node.data.length;
  }
  return starts;
}

/**
 * @param {Text} node
 * @param {number} from
 * @param {number} to
 */
function wrap(node, from, to) {
  const mark = document.createElement("mark");
  mark.className = "kb-found";
  const found = node.splitText(from);
  found.splitText(to - from);
  found.replaceWith(mark);
  mark.append(found);
  return mark;
}

/**
 * The browser went to the anchor. The mark is brought into sight only where that did not show it, so
 * that the heading stays where the reader expects it.
 *
 * @param {HTMLElement | undefined} mark
 * @param {Element | null} anchor
 */
function showFirst(mark, anchor) {
  if (!mark) return;
  mark.classList.add("kb-found--first");
  for (let at = mark.closest("details"); at; at = at.parentElement?.closest("details") ?? null) at.open = true;
  const { top, bottom } = mark.getBoundingClientRect();
  const isSeen = top > 0 && bottom < innerHeight;
  if (!isSeen || !anchor) mark.scrollIntoView({ block: "center", behavior: "instant" });
}

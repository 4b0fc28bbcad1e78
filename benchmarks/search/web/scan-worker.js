// @ts-check
/** Fetches and folds all texts at the first question. */

const JAPANESE = "\\u3001-\\u303f\\u3041-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const BLANK_AT_JAPANESE = new RegExp(`(?<=[${JAPANESE}]) | (?=[${JAPANESE}])`, "g");
/** @type {[RegExp, string | ((found: string) => string)][]} */
const STEPS = [
  [/[^\S\n]+/g, " "],
  [BLANK_AT_JAPANESE, ""],
  [/[ァ-ヴ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60)],
  [/[ヵヶ]/g, "か"],
  [/[\u2010-\u2015\u2212\u2043\u2500\u2501ー]/g, "-"],
  [/[・\u00ad\u200b-\u200d\u2060\ufeff]/g, ""],
  [/[\u2018-\u201b]/g, "'"],
  [/[\u201c-\u201f]/g, '"'],
  [/[\u301c\u223c]/g, "~"],
  [/ゔぁ/g, "ば"],
  [/ゔぃ/g, "び"],
  [/ゔぇ/g, "べ"],
  [/ゔぉ/g, "ぼ"],
  [/ゔ/g, "ぶ"],
];

/** @param {string} text */
function fold(text) {
  let folded = text.normalize("NFKC").toLowerCase();
  for (const [pattern, target] of STEPS) {
    folded = folded.replace(pattern, /** @type {string} */ (target));
  }
  return folded.trim();
}

/** @typedef {{url: string, title: string, text: string}} Page */

/** @type {Promise<Page[]> | undefined} */
let ready;

async function start() {
  const response = await fetch("/scan/texts.json");
  /** @type {Page[]} */
  const pages = await response.json();
  return pages.map(({ url, title, text }) => ({ url, title: fold(title), text: fold(text) }));
}

/**
 * Titles first, then how often the words stand there.
 *
 * @param {Page} page
 * @param {string[]} words
 * @param {string} whole
 */
function score(page, words, whole) {
  let sum = page.title === whole ? 1e6 : 0;
  for (const word of words) {
    if (page.title.includes(word)) sum += 1e3;
    sum += Math.min(page.text.split(word).length, 900);
  }
  return sum;
}

addEventListener("message", async ({ data: { query, limit } }) => {
  ready ??= start();
  const pages = await ready;
  const words = query.split(/\s+/).map(fold).filter(Boolean);
  const found = pages
    .filter((page) => words.length && words.every((/** @type {string} */ word) => page.text.includes(word)))
    .map((page) => ({ url: page.url, score: score(page, words, fold(query)) }))
    .sort((a, b) => b.score - a.score);
  postMessage({ hits: found.slice(0, limit).map(({ url }) => url), total: found.length });
});

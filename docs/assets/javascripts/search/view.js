// @ts-check
// Results as elements. Everything from the index becomes text: nothing here reads markup.

/** @typedef {import("./types.js").Facet} Facet */
/** @typedef {import("./types.js").FacetValue} FacetValue */
/** @typedef {import("./types.js").Hit} Hit */
/** @typedef {import("./types.js").Notice} Notice */
/** @typedef {import("./types.js").Piece} Piece */
/** @typedef {import("./types.js").SearchResult} SearchResult */
/** @typedef {import("./types.js").SectionHit} SectionHit */
/** @typedef {import("./types.js").Sort} Sort */

/** Where the site is. This file lies in assets/javascripts/search/, at whatever path it is served. */
const SITE = new URL("../../../", import.meta.url);
const FACET_VALUES = 6;
const PLACES = 8;
const PLACE_LENGTH = 100;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * The search page's address for a query.
 *
 * @param {string} query
 * @param {Sort} [sort]
 */
export function pageAddress(query, sort = "relevance") {
  const address = new URL("search/", SITE);
  if (query.trim()) address.searchParams.set("q", query);
  if (sort !== "relevance") address.searchParams.set("sort", sort);
  return address.href;
}

/**
 * The address of a place, with the words to mark there: each `q` is a text as it stands on the page.
 *
 * @param {string} url Below the site's root.
 * @param {Piece[]} pieces
 */
function placeAddress(url, pieces) {
  // "./" keeps a colon in a name from being read as a scheme.
  const address = new URL(`./${url}`, SITE);
  const texts = new Set(pieces.filter((piece) => piece.mark).map((piece) => piece.text.trim()));
  for (const text of [...texts].filter(Boolean).slice(0, PLACES)) {
    address.searchParams.append("q", text.slice(0, PLACE_LENGTH));
  }
  return address.href;
}

/** @param {Piece[]} pieces */
function marked(pieces) {
  return pieces.map((piece) => (piece.mark ? element("mark", {}, piece.text) : piece.text));
}

/** @param {Piece[]} pieces */
function plain(pieces) {
  return pieces.map((piece) => piece.text).join("");
}

/** @param {Hit} hit */
export function hitItem(hit) {
  const [best] = hit.sections;
  const pieces = best ? [...best.heading, ...best.excerpt, ...hit.title] : hit.title;
  const link = element("a", { href: placeAddress(hit.url, pieces), "data-key": hit.url }, ...marked(hit.title));
  const item = element("li", { class: "kb-hit", "data-hit": "" });
  item.append(element("h2", { class: "kb-hit__title" }, link), ...facts(hit));
  if (hit.reason) item.append(why(hit.reason));
  item.append(...sections(hit));
  if (hit.more) item.append(element("p", { class: "kb-hit__more" }, `ほかに ${hit.more} か所`));
  return item;
}

/** @param {import("./types.js").Reason} reason */
function why({ kind, text }) {
  return element("p", { class: "kb-hit__why", "data-reason": kind }, `表示した理由: ${text}`);
}

/** @param {Hit} hit */
function facts(hit) {
  const line = element("p", { class: "kb-hit__facts" });
  if (hit.kind) line.append(element("span", { class: "kb-hit__kind" }, hit.kind));
  if (hit.date) line.append(element("time", { datetime: hit.date }, hit.date));
  if (hit.presenters.length) line.append(element("span", {}, hit.presenters.join("、")));
  for (const tag of hit.tags) line.append(element("span", { class: "kb-hit__tag" }, `#${tag}`));
  return line.childNodes.length ? [line] : [];
}

/** @param {Hit} hit */
function sections(hit) {
  const shown = hit.sections.map((section, index) => sectionItem(hit, section, index === 0));
  const filled = shown.filter((item) => item.childNodes.length);
  return filled.length ? [element("ul", { class: "kb-hit__sections" }, ...filled)] : [];
}

/**
 * The title leads to the first section, so a heading that says the same is not said again.
 *
 * @param {Hit} hit
 * @param {SectionHit} section
 * @param {boolean} isFirst
 */
function sectionItem(hit, section, isFirst) {
  const item = element("li");
  const heading = plain(section.heading);
  if (!(isFirst && (heading === "" || heading === plain(hit.title)))) {
    const href = placeAddress(section.url, [...section.heading, ...section.excerpt]);
    const text = heading ? marked(section.heading) : ["冒頭"];
    item.append(element("a", { href, "data-key": `${hit.url} ${section.url}` }, ...text));
  }
  if (plain(section.excerpt)) item.append(element("p", {}, ...marked(section.excerpt)));
  return item;
}

/**
 * A link that asks another question, here with a plain click, or in a new tab.
 *
 * @param {string} query
 * @param {string} label
 */
function queryLink(query, label) {
  return element("a", { href: pageAddress(query), "data-query": query, "data-key": `query ${query}` }, label);
}

/** @param {Notice} notice */
export function noticeLine(notice) {
  const line = element("p", { class: "kb-search__notice", "data-notice": notice.kind }, notice.text);
  if (notice.query) line.append(" ", queryLink(notice.query, notice.label || notice.query));
  return line;
}

/**
 * @param {Facet} facet
 * @param {boolean} isOpen Whether all values are shown.
 */
export function facetGroup(facet, isOpen) {
  const id = `kb-facet-${facet.name}`;
  const shown = facet.values.filter((value, index) => isOpen || index < FACET_VALUES || value.active);
  const list = element("ul", {}, ...shown.map((value) => element("li", {}, chip(facet, value))));
  if (facet.values.length > FACET_VALUES) {
    list.append(element("li", {}, moreChip(facet, isOpen, facet.values.length - shown.length)));
  }
  return element(
    "div",
    { class: "kb-facet", role: "group", "aria-labelledby": id },
    element("p", { id }, facet.label),
    list,
  );
}

/**
 * @param {Facet} facet
 * @param {FacetValue} value
 */
function chip(facet, value) {
  const count = element("small", {}, String(value.count), element("span", { class: "kb-unseen" }, "件"));
  const attributes = {
    type: "button",
    class: "kb-search__chip",
    "aria-pressed": String(value.active),
    title: value.active ? "この絞り込みを外す" : "これで絞り込む",
    "data-query": value.query,
    "data-key": `${facet.name} ${value.label}`,
  };
  return element("button", attributes, element("span", {}, value.label), " ", count);
}

/**
 * @param {Facet} facet
 * @param {boolean} isOpen
 * @param {number} hidden
 */
function moreChip(facet, isOpen, hidden) {
  const attributes = {
    type: "button",
    class: "kb-search__chip kb-search__chip--more",
    "aria-expanded": String(isOpen),
    "data-facet": facet.name,
    "data-key": `more ${facet.name}`,
  };
  return element("button", attributes, isOpen ? "少なく表示" : `ほか ${hidden}`);
}

/** @param {SearchResult} result */
export function countLine(result) {
  const number = element("b", { "data-hit-count": "" }, String(result.total));
  return [number, result.exact ? "件" : "件以上"];
}

/** @param {Sort} chosen */
export function sortButtons(chosen) {
  const sorts = /** @type {[Sort, string][]} */ ([["relevance", "関連順"], ["date", "新しい順"]]);
  return sorts.map(([sort, label]) => {
    const pressed = String(sort === chosen);
    return element("button", { type: "button", "data-sort": sort, "data-key": sort, "aria-pressed": pressed }, label);
  });
}

/** On a touch screen Enter is the key 「検索」, which asks for hits and not for the first of them. */
export function isTouch() {
  return matchMedia("(pointer: coarse)").matches;
}

/** What the live region says. @param {SearchResult} result */
export function spoken(result) {
  return result.total ? `${result.total}件見つかりました` : "見つかりませんでした";
}

/** @param {string} query */
export function nothingFound(query) {
  const short = query.length > 60 ? `${query.slice(0, 60)}…` : query;
  return element("p", { class: "kb-search__notice" }, `「${short}」を含むページはありません。`);
}

/** What can be typed, shown while nothing is. */
export function help() {
  const examples = ["LLM 評価", '"Deep Research"', "モデル -動画", "発表者:pon", "種類:論文 年:2025"];
  const links = element("p", { class: "kb-search__examples" }, "例: ");
  for (const query of examples) links.append(queryLink(query, query), " ");
  return [
    element(
      "p",
      {},
      "空白で区切ったことばを、すべて含むページを探します。",
      element("code", {}, '"…"'),
      " はそのままの並び、",
      element("code", {}, "-…"),
      " はそのことばを除きます。",
    ),
    element(
      "p",
      {},
      ...["発表者:", "タグ:", "掲載先:", "種類:", "年:"].flatMap((word) => [element("code", {}, word), " "]),
      "を前に付けると絞り込めます。",
    ),
    links,
  ];
}

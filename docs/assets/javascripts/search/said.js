// @ts-check
/**
 * What the engine says to its reader, in Japanese: nothing of it is read again, so any of it may be reworded.
 *
 * @typedef {import("./types.js").Reason} Reason
 * @typedef {import("./types.js").Notice} Notice
 */

/** @type {Record<Reason["kind"], (name: string, typed: string) => string>} */
const REASONS = {
  synonym: (name) => `同義語「${name}」`,
  variant: (name) => `表記ゆれ「${name}」`,
  near: (name, typed) => `「${typed}」に近い言葉「${name}」`,
  part: (name, typed) => `「${typed}」の一部「${name}」`,
};

/**
 * Why pages are shown on which what was typed does not stand.
 *
 * @param {Reason["kind"]} kind
 * @param {string} name What stands there instead.
 * @param {string} typed
 * @returns {Reason}
 */
export function reason(kind, name, typed) {
  return { kind, text: REASONS[kind](name, typed) };
}

/**
 * A notice, with a link to another query where there is one.
 *
 * @param {Notice["kind"]} kind
 * @param {string} text
 * @param {string} [query]
 * @param {string} [label]
 * @returns {Notice}
 */
function notice(kind, text, query = "", label = "") {
  return { kind, text, query, label };
}

export const cut = () => notice("long", "検索の言葉が長いため、はじめの部分だけで探しています。");

export const nothing = () => notice("empty", "見つかりませんでした。短い言葉や、別の言い方でも試してみてください。");

export const notTogether = () => notice("empty", "すべての言葉を含むページはありません。");

/** @param {string} query @param {string} label */
export const meant = (query, label) => notice("suggestion", "もしかして", query, label);

/** @param {string} typed @param {string} near */
export const nearShown = (typed, near) =>
  notice("part", `「${typed}」は見つかりません。近い言葉「${near}」を含むページです。`);

/** @param {string} typed @param {string} part */
export const partShown = (typed, part) =>
  notice("part", `「${typed}」は見つかりません。その一部「${part}」を含むページです。`);

/** @param {string} typed @param {string} query @param {string} part */
export const partOffered = (typed, query, part) =>
  notice("part", `「${typed}」は見つかりません。その一部なら見つかります:`, query, part);

/** @param {string} typed Stands nowhere. @param {number} count @param {string} query */
export const withoutUnknown = (typed, count, query) =>
  notice("part", `「${typed}」はどのページにもありません。外すと ${count} 件あります。`, query, query);

/** @param {string} typed @param {number} count @param {string} query */
export const withoutWord = (typed, count, query) => notice("part", `「${typed}」を外すと ${count} 件あります。`, query, query);

/** @param {string} facets @param {number} count @param {string} query */
export const withoutFacets = (facets, count, query) =>
  notice("facet", `絞り込み(${facets})を外すと ${count} 件あります。`, query, "外して探す");

/** @param {string} facet @param {number} count @param {string} query */
export const withoutFacet = (facet, count, query) =>
  notice("facet", `「${facet}」に当てはまるページはありません。外すと ${count} 件あります。`, query, "外して探す");

/**
 * @param {"synonym" | "variant"} kind
 * @param {string} why
 * @param {number} count
 * @param {string} query
 */
export const added = (kind, why, count, query) =>
  notice(kind, `${why}だけを含む ${count} 件も、下に加えています。`, query, `「${query}」で探す`);

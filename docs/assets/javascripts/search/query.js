// @ts-check
/**
 * What a reader typed, understood: words, phrases, exclusions and facets.
 *
 * @typedef {import("./reader.js").FacetName} FacetName
 *
 * @typedef {object} Term
 * @property {string} text As typed, without quotes and sign.
 * @property {string} folded
 * @property {boolean} exact In quotes: neither synonyms nor variants are wanted.
 * @property {boolean} not
 *
 * @typedef {object} FacetTerm
 * @property {string} name Of the facet.
 * @property {string} value As typed.
 * @property {string} folded
 * @property {string} source The words of the query that say it.
 * @property {boolean} not
 *
 * @typedef {object} Query
 * @property {Term[]} terms
 * @property {FacetTerm[]} facets
 * @property {boolean} cut Whether the query was too long and is searched only in part.
 */

import { fold } from "./fold.js";

/** @typedef {import("./fold.js").FoldingTable} FoldingTable */

/** Longest query that is read, in UTF-16 units. */
export const LONGEST = 400;
/** Most words that are looked for. */
export const MOST_TERMS = 16;

const QUOTED = `["“”＂]([^"“”＂]*)["“”＂]?`;
const PHRASE = new RegExp(`([-－−]?)${QUOTED}`, "uy");
const WORD = /([-－−]?)([^\s"“”＂]+)/uy;

/** @param {FacetName[]} facets */
function facetPattern(facets) {
  const words = facets.flatMap(({ name, label }) => [label, name]).join("|");
  return new RegExp(`([-－−]?)(${words})[:：](?:${QUOTED}|([^\\s"“”＂]+))`, "iuy");
}

/**
 * @param {string} source
 * @param {FoldingTable} table
 * @param {FacetName[]} known Facets that may be named.
 * @returns {Query}
 */
export function parse(source, table, known) {
  const pattern = facetPattern(known);
  const text = source.slice(0, LONGEST);
  /** @type {Term[]} */
  const terms = [];
  /** @type {FacetTerm[]} */
  const facets = [];
  for (let at = 0; at < text.length; ) {
    const facet = matched(pattern, text, at);
    const phrase = facet ? null : matched(PHRASE, text, at);
    const word = facet || phrase ? null : matched(WORD, text, at);
    const found = facet ?? phrase ?? word;
    if (facet) {
      const [source, sign, typed, quoted, plain] = facet;
      const value = quoted ?? plain ?? "";
      const word = typed.toLowerCase();
      const name = known.find((one) => one.name === word || one.label === word)?.name ?? "";
      facets.push({ name, value, folded: fold(value, table), source, not: sign !== "" });
    } else if (found) {
      // A sign alone is a character to look for: the pattern then takes it for the word.
      const [, sign, words] = found;
      terms.push({ text: words, folded: fold(words, table), exact: phrase !== null, not: sign !== "" });
    }
    at += found?.[0].length || 1;
  }
  const seen = new Set();
  const unique = terms.filter(({ folded, not }) => {
    const key = `${not ? "-" : "+"}${folded}`;
    return folded !== "" && !seen.has(key) && seen.add(key);
  });
  return {
    terms: unique.slice(0, MOST_TERMS),
    facets: facets.filter((facet) => facet.folded !== ""),
    cut: source.length > LONGEST || unique.length > MOST_TERMS,
  };
}

/**
 * @param {RegExp} pattern Sticky.
 * @param {string} text
 * @param {number} at
 */
function matched(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * A facet as words of a query.
 *
 * @param {FacetName} facet
 * @param {string} value
 */
export function facetWords({ label }, value) {
  const quoted = /[\s:：]/u.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  return `${label}:${quoted}`;
}

/**
 * A query without some words, or with some more.
 *
 * @param {string} query
 * @param {string[]} without Parts of the query, as they stand there.
 * @param {string} [more]
 */
export function changed(query, without, more = "") {
  const rest = without.reduce((text, part) => text.replace(part, " "), query);
  return `${rest} ${more}`.replace(/\s+/gu, " ").trim();
}

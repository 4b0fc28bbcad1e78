// @ts-check
/**
 * Facets: which pages they leave, and what choosing another value would bring.
 *
 * Values of one facet widen each other (発表者:a 発表者:b is either), different facets narrow.
 *
 * @typedef {import("./query.js").FacetTerm} FacetTerm
 * @typedef {import("./reader.js").FacetName} FacetName
 * @typedef {import("./reader.js").Summary} Summary
 * @typedef {import("./fold.js").FoldingTable} FoldingTable
 */

import { fold } from "./fold.js";
import { changed, facetWords } from "./query.js";
import { withoutFacet } from "./said.js";

/** The facet that a page's date tells. */
const YEAR = "year";

/**
 * The values of a page, as labels.
 *
 * @param {Summary} summary
 * @param {string} name Of the facet.
 * @param {number} page
 * @returns {string[]}
 */
function labels(summary, name, page) {
  if (name === YEAR) return summary.dates[page] ? [summary.dates[page].slice(0, 4)] : [];
  return summary.pages[name][page].map((at) => summary.values[name][at][0]);
}

/**
 * The labels that a facet of the query means: those that are called so, else those that contain it.
 *
 * @param {Summary} summary
 * @param {FacetTerm} facet
 * @param {FoldingTable} table
 * @returns {string[]}
 */
function meant(summary, facet, table) {
  if (facet.name === YEAR) return [facet.folded.replace(/年$/, "")];
  const all = summary.values[facet.name];
  const wanted = facet.folded.replace(/^[#@]/, "");
  const folded = all.map((names) => names.map((name) => fold(name, table)));
  const same = all.filter((_, at) => folded[at].includes(wanted));
  const found = same.length ? same : all.filter((_, at) => folded[at].some((name) => name.includes(wanted)));
  return found.map(([label]) => label);
}

/** The facets of a query, applied to lists of pages. */
export class Filter {
  /**
   * @param {FacetTerm[]} terms
   * @param {Summary} summary
   * @param {import("./reader.js").Root} root
   */
  constructor(terms, summary, { facets, folding: table }) {
    this.facets = facets;
    this.terms = terms.filter((term) => !term.not);
    this.summary = summary;
    this.meanings = new Map(this.terms.map((term) => [term, meant(summary, term, table)]));
    this.unwanted = terms
      .filter((term) => term.not)
      .map((term) => ({ name: term.name, labels: new Set(meant(summary, term, table)) }));
    /** @type {Map<string, Set<string>>} */
    this.wanted = new Map();
    for (const [{ name }, labels] of this.meanings) {
      this.wanted.set(name, new Set([...(this.wanted.get(name) ?? []), ...labels]));
    }
  }

  /**
   * @param {number} page
   * @param {string} [except] The name of a facet that is left out of account.
   */
  passes(page, except) {
    for (const [name, values] of this.wanted) {
      if (name !== except && !labels(this.summary, name, page).some((label) => values.has(label))) return false;
    }
    return !this.unwanted.some(({ name, labels: those }) =>
      labels(this.summary, name, page).some((label) => those.has(label)),
    );
  }

  /**
   * What each facet offers among pages that match the words.
   *
   * @param {number[]} pages Before any facet.
   * @param {string} query As typed.
   * @returns {import("./types.js").Facet[]}
   */
  offers(pages, query) {
    const offered = this.facets.map((facet) => {
      const { name } = facet;
      /** @type {Map<string, number>} */
      const counts = new Map([...(this.wanted.get(name) ?? [])].map((label) => [label, 0]));
      for (const page of pages) {
        if (!this.passes(page, name)) continue;
        for (const label of labels(this.summary, name, page)) counts.set(label, (counts.get(label) ?? 0) + 1);
      }
      const values = [...counts].map(([label, count]) => this.value(facet, label, count, query));
      values.sort((a, b) => (name === YEAR ? b.label.localeCompare(a.label) : b.count - a.count));
      return { ...facet, values };
    });
    return offered.filter((facet) => facet.values.length);
  }

  /**
   * @param {FacetName} facet
   * @param {string} label
   * @param {number} count
   * @param {string} query
   */
  value(facet, label, count, query) {
    const { name } = facet;
    const active = this.wanted.get(name)?.has(label) ?? false;
    const said = this.terms.filter((term) => term.name === name && this.meanings.get(term)?.includes(label));
    const sources = said.map((term) => term.source);
    return { label, count, active, query: active ? changed(query, sources) : changed(query, [], facetWords(facet, label)) };
  }

  /**
   * Which facet to lift where together they leave nothing.
   *
   * @param {number[]} pages Before any facet.
   * @param {string} query
   * @returns {import("./types.js").Notice[]}
   */
  lifts(pages, query) {
    const names = [...new Set(this.terms.map((term) => term.name))];
    return names.flatMap((name) => {
      const count = pages.filter((page) => this.passes(page, name)).length;
      const said = this.terms.filter((term) => term.name === name).map((term) => term.source);
      if (!count) return [];
      return [withoutFacet(said.join(" "), count, changed(query, said))];
    });
  }
}

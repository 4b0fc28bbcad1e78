// @ts-check
/**
 * A search from the query to its hits.
 *
 * A query has *readings*: what was typed, then other names and spellings of it, each below the one
 * before. The index gives each reading a list of pages; the texts of those that are shown are read
 * and held against it, so nothing is shown that is not there.
 *
 * @typedef {import("./prove.js").Proof} Proof
 * @typedef {import("./readings.js").Reading} Reading
 * @typedef {import("./reader.js").IndexReader} IndexReader
 * @typedef {import("./reader.js").Root} Root
 * @typedef {import("./types.js").SearchRequest} SearchRequest
 * @typedef {import("./types.js").SearchResult} SearchResult
 * @typedef {import("./types.js").Notice} Notice
 *
 * @typedef {object} Found The pages of a reading, best first as far as the index tells.
 * @property {Reading} reading
 * @property {number[]} pages
 * @property {Map<number, Promise<Proof | null>>} proofs
 */

import { Filter } from "./facets.js";
import { forgive } from "./forgive.js";
import { hit } from "./hits.js";
import { both, without } from "./lists.js";
import { candidates, roughly } from "./match.js";
import { compare, prove } from "./prove.js";
import { changed, parse } from "./query.js";
import { otherReadings, whole } from "./readings.js";
import * as said from "./said.js";

/** Milliseconds that the first hit waits for the others, so that a quick answer is drawn once. */
const PATIENCE = 40;
/** Pages that are read for a first hit. */
const MOST_GUESSES = 3;
/** So many hits are put in order at a time: those above stay where they are when more are asked for. */
const SCREEN = 10;

/** Answers one request. */
export class Search {
  /**
   * @param {IndexReader} reader
   * @param {Root} root
   * @param {SearchRequest} request
   * @param {(result: SearchResult) => void} emit Takes what is known so far.
   */
  constructor(reader, root, request, emit) {
    this.reader = reader;
    this.root = root;
    this.table = root.folding;
    this.request = request;
    this.emit = emit;
    this.query = parse(request.query, root.folding, root.facets);
    this.excluded = this.query.terms.filter((term) => term.not);
    this.typed = this.query.terms.filter((term) => !term.not);
    /** @type {Found[]} */
    this.found = [];
    /** @type {Notice[]} */
    this.notices = [];
    /** @type {Filter | null} */
    this.filter = null;
  }

  /** @returns {Promise<SearchResult>} */
  async run() {
    const { terms, facets, cut } = this.query;
    if (cut) this.notices.push(said.cut());
    if (!terms.length && !facets.length) return { total: 0, exact: true, hits: [], facets: [], notices: this.notices };
    if (facets.length) this.filter = new Filter(facets, await this.reader.summary(), this.root);
    const typed = { words: this.typed, reason: null };
    await this.begin(typed);
    for (const reading of await otherReadings(this.reader, this.table, this.typed)) await this.add(reading);
    if (!this.matches().length) await forgive(this);
    else if (this.found[0].reading.reason) this.offer(this.found[0].reading);
    if (this.matches().length && !this.shown().length) this.explainFacets();
    return this.result(this.request.limit, true);
  }

  /**
   * Nothing has what was typed, but something has another name or spelling of it.
   *
   * @param {Reading} reading
   */
  offer({ words }) {
    const query = words.map((word) => word.text).join(" ");
    this.notices.push(said.meant(query, query));
  }

  /**
   * Find the pages of a reading that no earlier one has.
   *
   * @param {Reading} reading
   * @returns {Promise<number>} How many.
   */
  async add(reading) {
    const [wanted, unwanted] = await Promise.all([
      Promise.all(reading.words.map((word) => candidates(this.reader, word.folded))),
      Promise.all(this.excluded.map((word) => candidates(this.reader, word.folded))),
    ]);
    let pages = wanted.length
      ? wanted.map((list) => list.pages).reduce(both)
      : Array.from({ length: this.root.pages }, (_, page) => page);
    for (const list of unwanted) if (list.exact) pages = without(pages, list.pages);
    pages = without(pages, this.matches());
    /** @type {Found} */
    const found = { reading, pages: await this.ordered(pages, reading, wanted), proofs: new Map() };
    const certain = [...wanted, ...unwanted].every((list) => list.exact) && !reading.words.some((word) => word.start);
    if (pages.length && !certain) {
      const proofs = await Promise.all(found.pages.map((page) => this.proof(found, page)));
      found.pages = found.pages.filter((_, at) => proofs[at]);
    }
    if (found.pages.length) this.found.push(found);
    return found.pages.length;
  }

  /**
   * Best first, as far as the index knows: by name, by tier, by whole words, newest first.
   *
   * @param {number[]} pages
   * @param {Reading} reading
   * @param {import("./match.js").Candidates[]} lists
   */
  async ordered(pages, reading, lists) {
    const title = whole(reading.words, this.table);
    const named = new Map(title ? ((await this.reader.entry(title))?.named ?? []) : []);
    const rank = (/** @type {number} */ page) => {
      const name = named.has(page) ? (named.get(page) ? 2 : 1) : 0;
      const tiers = lists.reduce((total, list) => total + (list.tiers.get(page) ?? 0), 0);
      const words = lists.filter((list) => list.words?.has(page)).length;
      return name * 10_000 + tiers * 100 + words;
    };
    return pages
      .map((page) => ({ page, rank: rank(page) }))
      .sort((a, b) => b.rank - a.rank || b.page - a.page)
      .map(({ page }) => page);
  }

  /**
   * @param {Found} found
   * @param {number} page
   */
  proof(found, page) {
    const known = found.proofs.get(page);
    if (known) return known;
    const { words } = found.reading;
    const proving = this.reader
      .page(page)
      .then((read) => prove(read, page, words, this.excluded, whole(words, this.table), this.table));
    found.proofs.set(page, proving);
    return proving;
  }

  /** All pages that match the words, before any facet. */
  matches() {
    return this.found.flatMap((found) => found.pages);
  }

  shown() {
    const { filter } = this;
    return filter ? this.matches().filter((page) => filter.passes(page)) : this.matches();
  }

  /**
   * The pages of what was typed. A first hit is shown before they are known, unless all are known as soon.
   *
   * @param {Reading} typed
   */
  async begin(typed) {
    const first = await this.guess(typed);
    const all = this.add(typed).then(() => this.result(this.request.limit, false));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
    if (first && !(await Promise.race([all, late]))) this.emit(first);
    const known = await all;
    if (known.hits.length) this.emit(known);
  }

  /**
   * The best page that a rough list names and whose text proves it: two pieces of the index and a text.
   *
   * @param {Reading} reading
   * @returns {Promise<SearchResult | null>}
   */
  async guess(reading) {
    const lists = await Promise.all(reading.words.map((word) => roughly(this.reader, word.folded)));
    if (!lists.length) return null;
    const pages = lists.map((list) => list.pages).reduce(both);
    const found = { reading, pages: await this.ordered(pages, reading, lists), proofs: new Map() };
    for (const page of found.pages.filter((one) => this.filter?.passes(one) ?? true).slice(0, MOST_GUESSES)) {
      const proof = await this.proof(found, page);
      if (proof) return { hits: [hit(proof, reading, this.table)], total: 1, exact: false, facets: [], notices: [] };
    }
    return null;
  }

  explainFacets() {
    const lifts = this.filter?.lifts(this.matches(), this.request.query) ?? [];
    this.notices.push(...lifts);
    if (lifts.length) return;
    const facets = this.query.facets.map((facet) => facet.source);
    const query = changed(this.request.query, facets);
    this.notices.push(said.withoutFacets(facets.join(" "), this.matches().length, query));
  }

  /**
   * @param {number} limit
   * @param {boolean} exact
   * @returns {Promise<SearchResult>}
   */
  async result(limit, exact) {
    const hits = (await this.best(limit)).map(({ proof, reading }) => hit(proof, reading, this.table));
    const summary = exact ? await this.reader.summary() : null;
    const filter = this.filter ?? (summary && new Filter([], summary, this.root));
    return {
      total: this.shown().length,
      exact,
      hits,
      facets: exact && filter ? filter.offers(this.matches(), this.request.query) : [],
      notices: [...this.synonymNotices(), ...this.notices],
    };
  }

  /** @returns {Notice[]} */
  synonymNotices() {
    const shown = new Set(this.shown());
    // Where nothing has what was typed, もしかして says what is shown instead.
    const added = this.found[0]?.reading.reason ? [] : this.found;
    return added.flatMap(({ reading: { reason, words }, pages }) => {
      const count = pages.filter((page) => shown.has(page)).length;
      if (!count || (reason?.kind !== "synonym" && reason?.kind !== "variant")) return [];
      return [said.added(reason.kind, reason.text, count, words.map((word) => word.text).join(" "))];
    });
  }

  /**
   * The best proofs, in the order in which they are shown.
   *
   * @param {number} limit
   */
  async best(limit) {
    const shown = new Set(this.shown());
    let all = this.found.flatMap((found, at) =>
      found.pages.filter((page) => shown.has(page)).map((page) => ({ found, page, at })),
    );
    if (this.request.sort === "date") all = all.sort((a, b) => b.page - a.page);
    const wanted = limit < SCREEN ? limit : Math.ceil(limit / SCREEN) * SCREEN;
    const proofs = await Promise.all(all.slice(0, wanted).map(({ found, page }) => this.proof(found, page)));
    const proved = all.slice(0, wanted).flatMap(({ found, at }, place) => {
      const proof = proofs[place];
      return proof ? [{ proof, reading: found.reading, at, screen: Math.floor(place / SCREEN) }] : [];
    });
    if (this.request.sort !== "date") {
      proved.sort((a, b) => a.at - b.at || a.screen - b.screen || compare(a.proof, b.proof));
    }
    return proved.slice(0, limit);
  }
}

/**
 * @param {IndexReader} reader
 * @param {SearchRequest} request
 * @param {(result: SearchResult) => void} emit Takes what is known before the end.
 * @returns {Promise<SearchResult>}
 */
export async function search(reader, request, emit) {
  return new Search(reader, await reader.root(), request, emit).run();
}

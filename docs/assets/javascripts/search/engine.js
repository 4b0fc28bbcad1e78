// @ts-check
/**
 * A search from the query to its hits.
 *
 * A query has *readings*: what was typed, then other names and spellings of it, each below the one
 * before. The index gives each reading a list of pages; the texts of those that are shown are read
 * and held against it, so nothing is shown that is not there.
 *
 * @typedef {import("./query.js").Query} Query
 * @typedef {import("./prove.js").Word} Word
 * @typedef {import("./prove.js").Proof} Proof
 * @typedef {import("./reader.js").IndexReader} IndexReader
 * @typedef {import("./reader.js").Root} Root
 * @typedef {import("./types.js").SearchRequest} SearchRequest
 * @typedef {import("./types.js").SearchResult} SearchResult
 * @typedef {import("./types.js").Notice} Notice
 *
 * @typedef {object} Reading
 * @property {Word[]} words
 * @property {string} why Empty for what was typed.
 *
 * @typedef {object} Found The pages of a reading, best first as far as the index tells.
 * @property {Reading} reading
 * @property {number[]} pages
 * @property {Map<number, Promise<Proof | null>>} proofs
 */

import { Filter } from "./facets.js";
import { fold, foldWithMap } from "./fold.js";
import { excerpt, marked } from "./excerpt.js";
import { both, without } from "./lists.js";
import { candidates, roughly } from "./match.js";
import { compare, prove } from "./prove.js";
import { changed, parse } from "./query.js";
import { nearest, variants } from "./suggest.js";

/** Milliseconds that the first hit waits for the others, so that a quick answer is drawn once. */
const PATIENCE = 40;
const MOST_SYNONYMS = 8;
const MOST_SECTIONS = 3;
const MOST_SUGGESTIONS = 3;
/** Pages that are read for a first hit. */
const MOST_GUESSES = 3;
const SHORT = /^[0-9a-z]{1,4}$/;
/** Pages that are read to tell a short word from a part of one. */
const MOST_READ = 40;
/** So many hits are put in order at a time: those above stay where they are when more are asked for. */
const SCREEN = 10;
/** Pages with a smaller share of a word than this are offered, not shown. */
const LARGE_PART = 0.6;
const LONGEST_PARTED = 32;
/** Parts that say something by themselves: two kanji, three kana, four letters. */
const TELLING = /\p{Script=Han}{2}|[\p{Script=Han}\p{Script=Hiragana}]{3}|\p{L}{4}/u;

/** Answers one request. */
class Search {
  /**
   * @param {IndexReader} reader
   * @param {Root} root
   * @param {SearchRequest} request
   * @param {(result: SearchResult) => void} emit Takes what is known so far.
   */
  constructor(reader, root, request, emit) {
    this.reader = reader;
    this.table = root.folding;
    this.pages = root.pages;
    this.request = request;
    this.emit = emit;
    this.query = parse(request.query, root.folding);
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
    if (cut) this.note("long", "検索の言葉が長いため、はじめの部分だけで探しています。");
    if (!terms.length && !facets.length) return { total: 0, exact: true, hits: [], facets: [], notices: this.notices };
    if (facets.length) this.filter = new Filter(facets, await this.reader.summary(), this.table);
    const typed = { words: this.typed, why: "" };
    await this.begin(typed);
    for (const reading of await this.otherNames()) await this.add(reading);
    if (!this.matches().length) await this.forgive();
    else if (this.found[0].reading.why) this.offer(this.found[0].reading.words);
    if (this.matches().length && !this.shown().length) this.explainFacets();
    return this.result(this.request.limit, true);
  }

  /**
   * @param {Notice["kind"]} kind
   * @param {string} text
   * @param {string} [query]
   * @param {string} [label]
   */
  note(kind, text, query = "", label = "") {
    this.notices.push({ kind, text, query, label });
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
      : Array.from({ length: this.pages }, (_, page) => page);
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
    const whole = this.whole(reading);
    const named = new Map(whole ? ((await this.reader.entry(whole))?.named ?? []) : []);
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

  /** @param {Reading} reading */
  whole(reading) {
    return fold(reading.words.map((word) => word.text).join(" "), this.table);
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
      .then((read) => prove(read, page, words, this.excluded, this.whole(found.reading), this.table));
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
      if (proof) return { hits: [this.hit(proof, reading)], total: 1, exact: false, facets: [], notices: [] };
    }
    return null;
  }

  /**
   * Other names of what was typed, and other spellings.
   *
   * @returns {Promise<Reading[]>}
   */
  async otherNames() {
    /** @type {Reading[]} */
    const readings = [];
    const words = this.typed;
    const whole = this.whole({ words, why: "" });
    if (words.length > 1 && !words.some((word) => word.exact)) {
      for (const [text, why] of await this.namesOf(whole)) readings.push({ words: [await this.otherWord(text)], why });
    }
    for (const word of words) {
      if (word.exact) continue;
      for (const [text, why] of await this.namesOf(word.folded)) {
        const other = await this.otherWord(text);
        readings.push({ words: words.map((one) => (one === word ? other : one)), why });
      }
    }
    return readings;
  }

  /**
   * @param {string} folded
   * @returns {Promise<[text: string, why: string][]>}
   */
  async namesOf(folded) {
    const [entry, spellings] = await Promise.all([this.reader.entry(folded), variants(this.reader, folded)]);
    const synonyms = (entry?.synonyms ?? []).slice(0, MOST_SYNONYMS);
    return [
      ...synonyms.map((name) => /** @type {[string, string]} */ ([name, `同義語「${name}」`])),
      ...spellings.map((name) => /** @type {[string, string]} */ ([name, `表記ゆれ「${name}」`])),
    ];
  }

  /**
   * @param {string} text
   * @returns {Word}
   */
  word(text) {
    return { text, folded: fold(text, this.table) };
  }

  /**
   * A word that nobody typed. A short one of Latin script stands in many others (pon in response), so it
   * has to begin a word, unless it is so frequent that all those pages would have to be read.
   *
   * @param {string} text
   * @returns {Promise<Word>}
   */
  async otherWord(text) {
    const word = this.word(text);
    if (!SHORT.test(word.folded)) return word;
    const { pages } = await candidates(this.reader, word.folded);
    return { ...word, start: pages.length <= MOST_READ };
  }

  /** Nothing matches: the nearest words, else the longest part that is there, else which word is in the way. */
  async forgive() {
    const counts = await Promise.all(this.typed.map((word) => this.count([word])));
    const unknown = this.typed.filter((_, at) => !counts[at]);
    if (!unknown.length) return this.explainWords();
    for (const word of unknown.filter((one) => !one.exact)) await this.forgiveWord(word, unknown);
    if (!this.matches().length) this.note("empty", "見つかりませんでした。短い言葉や、別の言い方でも試してみてください。");
  }

  /**
   * @param {Word} word Stands nowhere.
   * @param {Word[]} unknown All such words.
   */
  async forgiveWord(word, unknown) {
    const words = await nearest(this.reader, word.folded, MOST_SUGGESTIONS);
    for (const near of words) this.note("suggestion", "もしかして", changed(this.request.query, [word.text], near), near);
    const known = this.typed.filter((other) => !unknown.includes(other));
    if (words.length && unknown.length > 1) return; // pages with one of several guesses would be guesses twice
    if (words.length) {
      const why = `「${word.text}」に近い言葉「${words[0]}」`;
      if (await this.add({ words: [...known, this.word(words[0])], why })) {
        this.note("part", `「${word.text}」は見つかりません。近い言葉「${words[0]}」を含むページです。`);
        return;
      }
      return this.explainWord(word);
    }
    const part = await this.longestPart(word);
    if (!part) return this.explainWord(word);
    const query = changed(this.request.query, [word.text], part);
    if (part.length < word.text.length * LARGE_PART) {
      this.note("part", `「${word.text}」は見つかりません。その一部なら見つかります:`, query, part);
      return;
    }
    const why = `「${word.text}」の一部「${part}」`;
    if (await this.add({ words: [...known, this.word(part)], why })) {
      this.note("part", `「${word.text}」は見つかりません。その一部「${part}」を含むページです。`);
    }
  }

  /**
   * @param {Word} word Stands nowhere, nor does any part of it.
   */
  async explainWord(word) {
    const rest = this.typed.filter((other) => other !== word);
    const count = rest.length ? await this.count(rest) : 0;
    const query = rest.map((other) => other.text).join(" ");
    if (count) this.note("part", `「${word.text}」はどのページにもありません。外すと ${count} 件あります。`, query, query);
  }

  /**
   * Nothing has what was typed, but something has another name or spelling of it.
   *
   * @param {Word[]} words
   */
  offer(words) {
    const query = words.map((word) => word.text).join(" ");
    this.note("suggestion", "もしかして", query, query);
  }

  /**
   * How many pages a reading has.
   *
   * @param {Word[]} words
   */
  async count(words) {
    const lists = await Promise.all(words.map((word) => candidates(this.reader, word.folded)));
    const pages = lists.map((list) => list.pages).reduce(both);
    if (lists.every((list) => list.exact)) return pages.length;
    const read = await Promise.all(pages.map((page) => this.reader.page(page)));
    return read.filter((page, at) => prove(page, pages[at], words, [], "", this.table)).length;
  }

  /** Each word is known, but no page has them all. */
  async explainWords() {
    this.note("empty", "すべての言葉を含むページはありません。");
    if (this.typed.length < 2) return;
    for (const word of this.typed) {
      const rest = this.typed.filter((other) => other !== word);
      const count = await this.count(rest);
      if (!count) continue;
      const shown = rest.map((other) => (other.exact ? `"${other.text}"` : other.text)).join(" ");
      this.note("part", `「${word.text}」を外すと ${count} 件あります。`, shown, shown);
    }
  }

  /**
   * The longest part of a word that stands on a page, as typed; empty where none says anything.
   *
   * @param {Word} word
   */
  async longestPart(word) {
    const { text, map, ends } = foldWithMap(word.text.slice(0, LONGEST_PARTED), this.table);
    for (let length = text.length - 1; length >= 2; length--) {
      for (let at = 0; at + length <= text.length; at++) {
        const part = text.slice(at, at + length);
        if (!TELLING.test(part) || part.trim() !== part) continue;
        if (await this.count([{ text: part, folded: part }])) return word.text.slice(map[at], ends[at + length - 1]);
      }
    }
    return "";
  }

  explainFacets() {
    const lifts = this.filter?.lifts(this.matches(), this.request.query) ?? [];
    this.notices.push(...lifts);
    if (lifts.length) return;
    const said = this.query.facets.map((facet) => facet.source);
    const text = `絞り込み(${said.join(" ")})を外すと ${this.matches().length} 件あります。`;
    this.note("facet", text, changed(this.request.query, said), "外して探す");
  }

  /**
   * @param {number} limit
   * @param {boolean} exact
   * @returns {Promise<SearchResult>}
   */
  async result(limit, exact) {
    const hits = (await this.best(limit)).map(({ proof, reading }) => this.hit(proof, reading));
    const summary = exact ? await this.reader.summary() : null;
    const filter = this.filter ?? (summary && new Filter([], summary, this.table));
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
    const added = this.found[0]?.reading.why ? [] : this.found;
    return added.flatMap(({ reading, pages }) => {
      const count = pages.filter((page) => shown.has(page)).length;
      const isSynonym = reading.why.startsWith("同義語");
      if (!count || !(isSynonym || reading.why.startsWith("表記ゆれ"))) return [];
      const words = reading.words.map((word) => word.text).join(" ");
      const text = `${reading.why}だけを含む ${count} 件も、下に加えています。`;
      const kind = isSynonym ? /** @type {const} */ ("synonym") : /** @type {const} */ ("variant");
      return [{ kind, text, query: words, label: `「${words}」で探す` }];
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

  /**
   * @param {Proof} proof
   * @param {Reading} reading
   * @returns {import("./types.js").Hit}
   */
  hit(proof, reading) {
    const { page } = proof;
    const words = reading.words.map((word) => word.folded);
    const sections = (proof.sections.length ? proof.sections : [{ at: 0, score: 0 }])
      .filter(({ at }) => at < page.sections.length)
      .map(({ at }) => this.section(page, at, words));
    return {
      url: sections[0]?.url ?? page.url,
      title: marked(page.title, words, this.table),
      kind: page.kinds.join("・"),
      date: page.date,
      presenters: page.presenters,
      tags: page.tags,
      sections: sections.slice(0, MOST_SECTIONS),
      more: Math.max(0, sections.length - MOST_SECTIONS),
      why: reading.why,
    };
  }

  /**
   * @param {import("./reader.js").Page} page
   * @param {number} at
   * @param {string[]} words
   * @returns {import("./types.js").SectionHit}
   */
  section(page, at, words) {
    const [anchor, heading, meta, text] = page.sections[at];
    const inText = excerpt(text, words, this.table);
    const inMeta = excerpt(meta, words, this.table);
    const quoted = !inText.some((piece) => piece.mark) && inMeta.some((piece) => piece.mark) ? inMeta : inText;
    return {
      url: anchor ? `${page.url}#${anchor}` : page.url,
      heading: marked(heading, words, this.table),
      excerpt: quoted,
    };
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

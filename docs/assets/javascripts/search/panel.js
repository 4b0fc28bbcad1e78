// @ts-check
// The search as people use it: a field, and below it what the worker answers. The overlay and the
// page are two frames around this.
//
// The keyboard moves the real focus from the field to the titles of the hits and back. A combobox
// with a listbox would keep the focus in the field, but a screen reader takes an option for one run
// of text: the links to sections inside of a hit could not be reached. Here hits are headings and
// links in a list, which every screen reader lists, steps through and opens by itself. Letters typed
// on a hit go to the field again.

import { SearchClient } from "./client.js";
import { actionOf, isComposing } from "./keys.js";
import * as view from "./view.js";

/** @typedef {import("./types.js").SearchAnswer} SearchAnswer */
/** @typedef {import("./types.js").SearchProblem} SearchProblem */
/** @typedef {import("./types.js").SearchResult} SearchResult */
/** @typedef {import("./types.js").Sort} Sort */

/**
 * @typedef {object} Asked What the reader asks.
 * @property {string} query
 * @property {Sort} sort
 * @property {number} limit
 *
 * @typedef {object} Frame What is around the panel.
 * @property {number} step How many hits are shown, and how many more by the button.
 * @property {(asked: Asked) => void} onChange After every change of what is asked.
 * @property {() => void} onSettle The reader is content with the query.
 * @property {() => boolean} opensFirst Whether Enter in the field opens the first hit.
 * @property {() => void} onLeave A hit is about to be opened here.
 */

const WAIT = 60;
const WAIT_TO_SPEAK = 700;
const WIDE = "(min-width: 60em)";

export class Panel {
  field = view.element("input", {
    type: "search",
    name: "q",
    class: "kb-search__field",
    "aria-label": "検索することば",
    placeholder: "ことばを入力",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  clear = view.element("button", { type: "button", class: "kb-search__clear", hidden: "" }, "消す");
  form = view.element("form", { role: "search", class: "kb-search__form" }, this.field, this.clear);
  status = view.element("p", { class: "kb-unseen", role: "status" });
  alert = view.element("div", { class: "kb-search__alert" });
  help = view.element("div", { class: "kb-search__help" }, ...view.help());
  count = view.element("p", { class: "kb-search__count" });
  sorts = view.element("div", { class: "kb-search__sorts", role: "group", "aria-label": "並び順" });
  notices = view.element("div", { class: "kb-search__notices" });
  facets = view.element("div", { class: "kb-search__facets" });
  folder = view.element("details", { class: "kb-search__folder" }, view.element("summary", {}, "絞り込む"), this.facets);
  hits = view.element("ol", { class: "kb-search__hits", "aria-label": "検索結果" });
  more = view.element("button", { type: "button", class: "kb-search__more", hidden: "" }, "さらに表示");
  body = view.element("div", { class: "kb-search__body" }, this.folder, this.#found());
  scroller = view.element("div", { class: "kb-search__scroller" }, this.alert, this.help, this.body);

  /** @type {SearchResult | null} */
  result = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  speech;
  /** Enter came before the answer to what was typed. */
  opensSoon = false;
  /** The first of the hits that the button adds, or 0. */
  focusesSoon = 0;
  /** @type {Set<string>} Facets of which all values are shown. */
  unfolded = new Set();
  /** @type {Map<Element, string>} What each part shows, so that only what changed is drawn again. */
  drawn = new Map();
  /** @type {string | undefined} The query of the result that is shown. */
  drawnFor;

  /**
   * @param {HTMLElement} root Gets the panel's elements and its state.
   * @param {Frame} frame
   */
  constructor(root, frame) {
    this.root = root;
    this.frame = frame;
    /** @type {Asked} */
    this.asked = { query: "", sort: "relevance", limit: frame.step };
    this.client = new SearchClient((answer) => this.#answered(answer));
    this.#build();
    this.#listen();
    this.#draw();
  }

  /** @returns {"idle" | "loading" | "done" | "error"} */
  get state() {
    return /** @type {any} */ (this.root.dataset.searchState);
  }

  /** Goes to the field; who is there already may be in the middle of a conversion. */
  focus() {
    if (document.activeElement === this.field) return;
    this.field.focus();
    this.field.select();
  }

  /**
   * Shows what was asked elsewhere: in the address, or by a link.
   *
   * @param {Partial<Asked>} asked
   */
  show(asked) {
    this.asked = { ...this.asked, limit: this.frame.step, ...asked };
    this.field.value = this.asked.query;
    this.#ask();
  }

  #found() {
    const bar = view.element("div", { class: "kb-search__bar" }, this.count, this.sorts);
    return view.element("div", { class: "kb-search__found" }, bar, this.notices, this.hits, this.more);
  }

  #build() {
    this.folder.open = matchMedia(WIDE).matches;
    this.root.classList.add("kb-search");
    this.root.replaceChildren(this.form, this.status, this.scroller);
  }

  #listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.field.addEventListener("input", (event) => {
      // Half a conversion is not a question yet; its end is an event of its own.
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.#typed();
    });
    this.field.addEventListener("compositionend", () => this.#typed());
    this.field.addEventListener("blur", () => this.frame.onSettle());
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
    this.root.addEventListener("click", (event) => this.#clicked(event));
  }

  #typed() {
    if (this.field.value === this.asked.query) return;
    this.asked = { ...this.asked, query: this.field.value, limit: this.frame.step };
    this.#ask(WAIT);
  }

  /** @param {number} [wait] */
  #ask(wait = 0) {
    clearTimeout(this.timer);
    clearTimeout(this.speech);
    this.client.forget();
    this.opensSoon = false;
    this.focusesSoon = 0;
    this.clear.hidden = !this.asked.query;
    this.frame.onChange(this.asked);
    if (!this.asked.query.trim()) {
      this.result = null;
      this.#enter("idle");
      return;
    }
    this.#enter("loading");
    const { query, sort, limit } = this.asked;
    this.timer = setTimeout(() => this.client.ask(query, sort, limit), wait);
  }

  /** @param {"idle" | "loading" | "done" | "error"} state */
  #enter(state) {
    this.root.dataset.searchState = state;
    if (state === "loading") this.root.setAttribute("aria-busy", "true");
    else this.root.removeAttribute("aria-busy");
    if (state !== "error") this.alert.replaceChildren();
    this.#draw();
  }

  /** @param {SearchAnswer} answer */
  #answered(answer) {
    if (answer.problem) {
      this.#failed(answer.problem);
      return;
    }
    const isNew = this.drawnFor !== this.asked.query;
    this.result = answer.result ?? this.result;
    this.drawnFor = this.asked.query;
    this.#enter(answer.done ? "done" : "loading");
    if (isNew) this.scroller.scrollTop = 0;
    this.#catchUp(answer.done);
    if (answer.done) this.#speak();
  }

  /**
   * What the reader asked for before the hits were there.
   *
   * @param {boolean} isDone
   */
  #catchUp(isDone) {
    const titles = this.#titles();
    if (this.opensSoon && (isDone || titles.length)) {
      this.opensSoon = false;
      titles[0]?.click();
    }
    if (this.focusesSoon && (isDone || titles.length > this.focusesSoon)) {
      titles[this.focusesSoon]?.focus();
      this.focusesSoon = 0;
    }
  }

  /** @param {SearchProblem} problem */
  #failed(problem) {
    this.result = null; // hits of another query would be a wrong answer
    this.opensSoon = false;
    const again = view.element("button", { type: "button", class: "kb-search__more" }, "もう一度試す");
    again.addEventListener("click", () => {
      this.client.stop();
      this.#ask();
      this.field.focus();
    });
    const message = view.element("p", {}, problem.message);
    this.#enter("error");
    this.alert.replaceChildren(view.element("div", { role: "alert", class: "kb-search__problem" }, message, again));
  }

  #speak() {
    const said = this.result ? view.spoken(this.result) : "";
    this.speech = setTimeout(() => {
      // The same number again is said again: an emptied region is a change.
      this.status.textContent = "";
      this.status.textContent = said;
    }, WAIT_TO_SPEAK);
  }

  #draw() {
    const { result } = this;
    this.help.hidden = this.state !== "idle" && this.state !== undefined;
    this.body.hidden = !result;
    if (!result) {
      this.drawn.clear();
      for (const part of [this.count, this.notices, this.facets, this.hits]) part.replaceChildren();
      return;
    }
    this.#drawPart(this.count, [result.total, result.exact], () => view.countLine(result));
    this.#drawPart(this.sorts, this.asked.sort, () => view.sortButtons(this.asked.sort));
    this.#drawPart(this.notices, [result.notices, this.drawnFor, this.state], () => this.#noticeLines(result));
    this.#drawFacets(result);
    this.#drawPart(this.hits, result.hits, () => result.hits.map(view.hitItem));
    this.folder.hidden = !this.facets.childElementCount;
    this.sorts.hidden = result.total < 2;
    this.more.hidden = result.hits.length >= result.total || result.hits.length < this.asked.limit;
  }

  /**
   * The first piece of an answer does not know them yet: those of the last one stay until then, and
   * with them the focus on the one that was pressed.
   *
   * @param {SearchResult} result
   */
  #drawFacets(result) {
    if (this.state === "loading" && !result.facets.length) return;
    const facets = result.facets.filter((facet) => facet.values.length);
    this.#drawPart(this.facets, [facets, [...this.unfolded]], () =>
      facets.map((facet) => view.facetGroup(facet, this.unfolded.has(facet.name))),
    );
  }

  /** @param {SearchResult} result */
  #noticeLines(result) {
    const lines = result.notices.map(view.noticeLine);
    const isSilent = this.state === "done" && result.total === 0 && lines.length === 0;
    return isSilent ? [view.nothingFound(this.asked.query)] : lines;
  }

  /**
   * An answer comes in several pieces; what did not change keeps its elements, and with them the focus.
   *
   * @param {HTMLElement} part
   * @param {unknown} data
   * @param {() => (Node | string)[]} make
   */
  #drawPart(part, data, make) {
    const text = JSON.stringify(data);
    if (this.drawn.get(part) === text) return;
    this.drawn.set(part, text);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const key = focused && part.contains(focused) ? focused.dataset.key : undefined;
    part.replaceChildren(...make());
    if (key === undefined) return;
    const same = [...part.querySelectorAll("[data-key]")].find(
      (one) => /** @type {HTMLElement} */ (one).dataset.key === key,
    );
    (/** @type {HTMLElement} */ (same) ?? this.field).focus({ preventScroll: true });
  }

  #titles() {
    return [...this.hits.querySelectorAll(/** @type {"a"} */ (".kb-hit__title a"))];
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // The theme has keys of its own on the window (n and p turn pages); none of them is meant here.
    event.stopPropagation();
    const at = /** @type {HTMLElement} */ (event.target);
    const hit = at.closest("[data-hit]");
    if (at !== this.field && at !== this.more && !hit) return;
    const action = actionOf(event, at === this.field);
    if (action === "") return;
    if (action === "type") {
      this.field.focus(); // the browser then writes the letter there
      return;
    }
    event.preventDefault();
    if (action === "next") this.#step(at, hit, 1);
    else if (action === "previous") this.#step(at, hit, -1);
    else this.#enterPressed(action === "open-new");
  }

  /**
   * @param {HTMLElement} at
   * @param {Element | null} hit
   * @param {number} by
   */
  #step(at, hit, by) {
    const titles = this.#titles();
    /** @type {HTMLElement[]} */
    const stops = [this.field, ...titles];
    if (!this.more.hidden) stops.push(this.more);
    const here = hit ? titles.findIndex((title) => hit.contains(title)) + 1 : stops.indexOf(at);
    stops[Math.min(Math.max(here + by, 0), stops.length - 1)]?.focus();
  }

  /** @param {boolean} inNewTab */
  #enterPressed(inNewTab) {
    if (this.field.value !== this.asked.query) this.#typed();
    const opens = inNewTab || this.frame.opensFirst();
    this.frame.onSettle();
    if (!opens) {
      if (view.isTouch()) this.field.blur(); // puts the keyboard away, which hides the hits
      return;
    }
    const [first] = this.#titles();
    if (inNewTab && first && this.state === "done") window.open(first.href, "_blank", "noopener");
    else if (!inNewTab && first && this.state === "done") first.click();
    else if (!inNewTab) this.opensSoon = this.state === "loading";
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const at = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest("a, button")
    );
    if (!at || isElsewhere) return;
    const { query, facet, sort } = at.dataset;
    if (query !== undefined) {
      event.preventDefault();
      this.#settleAs({ query });
      if (at instanceof HTMLAnchorElement) this.field.focus(); // a link goes away with its answer
    } else if (sort !== undefined) {
      this.#settleAs({ sort: /** @type {Sort} */ (sort) });
    } else if (facet !== undefined) {
      if (!this.unfolded.delete(facet)) this.unfolded.add(facet);
      this.#draw();
    } else if (at === this.clear) {
      this.show({ query: "" });
      this.field.focus();
    } else if (at === this.more) {
      this.#showMore();
    } else if (at.closest("[data-hit]")) {
      this.frame.onLeave();
    }
  }

  /** @param {Partial<Asked>} asked */
  #settleAs(asked) {
    this.show(asked);
    this.frame.onSettle();
  }

  #showMore() {
    const shown = this.#titles().length;
    this.asked = { ...this.asked, limit: this.asked.limit + this.frame.step };
    this.#ask();
    this.focusesSoon = shown;
  }
}

// @ts-check
// The search as a page: its address says what is asked, so it can be shared, reloaded and gone back to.
//
// While the reader types, the address of this entry of the history follows. When the query is settled
// the entry gets back what it was, and the new query becomes an entry after it.

import { isComposing } from "./keys.js";
import { Panel } from "./panel.js";
import { isTouch, pageAddress } from "./view.js";

/** @typedef {import("./panel.js").Asked} Asked */

const STEP = 20;

/** @type {Panel | undefined} */
let panel;
/** The address of the last settled query. */
let settled = "";
let current = "";

export function focus() {
  panel?.focus();
}

/** @param {HTMLElement} root */
export function start(root) {
  panel = new Panel(root, {
    step: STEP,
    onChange: follow,
    onSettle: settle,
    // A first Enter asks, as on every search page; with nothing new to ask it opens.
    opensFirst: () => current === settled && !isTouch(),
    onLeave: settle,
  });
  // Browsers empty a search field by Esc; here that would throw away what the address says.
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isComposing(event)) event.preventDefault();
  });
  showAddress();
  window.addEventListener("popstate", showAddress);
  if (!isTouch() && !current.includes("?")) panel.focus();
}

/** Asks what the address says. */
function showAddress() {
  const asked = addressed();
  settled = pageAddress(asked.query, asked.sort);
  panel?.show(asked);
}

/** @returns {Asked} */
function addressed() {
  const parameters = new URLSearchParams(location.search);
  return {
    query: parameters.get("q") ?? "",
    sort: parameters.get("sort") === "date" ? "date" : "relevance",
    limit: Number(history.state?.limit) || STEP,
  };
}

/** @param {Asked} asked */
function follow(asked) {
  current = pageAddress(asked.query, asked.sort);
  remember("replaceState", current, asked.limit);
}

function settle() {
  if (current === settled) return;
  const limit = panel?.asked.limit ?? STEP;
  remember("replaceState", settled, STEP);
  remember("pushState", current, limit);
  settled = current;
}

/**
 * @param {"replaceState" | "pushState"} how
 * @param {string} address
 * @param {number} limit
 */
function remember(how, address, limit) {
  try {
    history[how]({ limit }, "", address);
  } catch {
    // Too many changes in a short time, or too long an address: the search itself goes on.
  }
}

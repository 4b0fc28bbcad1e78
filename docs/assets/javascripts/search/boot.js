// @ts-check
// The one part of the search that every page loads. The rest comes when it is asked for.

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"));
const opener = document.querySelector("[data-search-open]");

/** @param {Event} event */
function open(event) {
  event.preventDefault();
  const opened = page
    ? import("./page.js").then((search) => search.focus())
    : import("./overlay.js").then((search) => search.open());
  // Without the program there is still the page; without a network not even that.
  opened.catch(() => page || !navigator.onLine || location.assign(new URL("../../../search/", import.meta.url)));
}

/** @param {KeyboardEvent} event */
function opens(event) {
  // 229: keys that belong to an input method, in browsers that do not say isComposing.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  const at = /** @type {HTMLElement} */ (event.target);
  const typing = at.isContentEditable || at.closest("input, textarea, select, dialog");
  return !typing && (event.key === "/" || event.key === "s");
}

document.addEventListener("keydown", (event) => opens(event) && open(event));
opener?.addEventListener("click", (/** @type {MouseEventInit & Event} */ event) => {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!elsewhere) open(event);
});

if (page) {
  import("./page.js").then((search) => search.start(page)).catch(() => {
    page.dataset.searchState = "error";
    page.setAttribute("role", "alert");
    page.textContent = "検索のプログラムを読み込めませんでした。通信を確かめて、ページを読み直してください。";
  });
} else if (new URLSearchParams(location.search).has("q")) {
  import("./place.js").then((place) => place.markPlaces());
}

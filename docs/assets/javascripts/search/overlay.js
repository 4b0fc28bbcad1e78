// @ts-check
// The search over the page that is being read. It remembers its query while that page lives.

import { isComposing } from "./keys.js";
import { Panel } from "./panel.js";
import { element, isTouch, pageAddress } from "./view.js";

const STEP = 10;

/** @type {{ dialog: HTMLDialogElement, panel: Panel } | undefined} */
let made;

/** Opens the overlay; one that is open gets the focus. */
export function open() {
  made ??= make();
  // showModal keeps the focus inside and gives it back when the dialog closes.
  if (!made.dialog.open) made.dialog.showModal();
  made.panel.focus();
}

function make() {
  const dialog = element("dialog", { class: "kb-overlay", "aria-label": "検索" });
  const root = element("div", { "data-search": "", "data-search-state": "idle" });
  const close = element("button", { type: "button", class: "kb-overlay__close" }, "閉じる");
  const onPage = element("a", { class: "kb-overlay__page", href: pageAddress("") }, "検索ページで開く");
  dialog.append(element("div", { class: "kb-overlay__frame" }, root, close, foot(onPage)));
  document.body.append(dialog);
  const panel = new Panel(root, {
    step: STEP,
    onChange: (asked) => (onPage.href = pageAddress(asked.query, asked.sort)),
    onSettle: () => {},
    opensFirst: () => !isTouch(),
    onLeave: () => dialog.close(),
  });
  close.addEventListener("click", () => dialog.close());
  closeByEscape(dialog);
  closeByBackdrop(dialog);
  return { dialog, panel };
}

/** @param {HTMLElement} onPage */
function foot(onPage) {
  const keys = element("p", { class: "kb-overlay__keys", "aria-hidden": "true" });
  for (const [key, meaning] of [["↑↓", "選ぶ"], ["Enter", "開く"], ["Esc", "閉じる"]]) {
    keys.append(element("kbd", {}, key), ` ${meaning} `);
  }
  return element("div", { class: "kb-overlay__foot" }, keys, onPage);
}

/**
 * Esc closes at once, though a search field would only be emptied by it; but while an input method is
 * composing it gives up the conversion.
 *
 * @param {HTMLDialogElement} dialog
 */
function closeByEscape(dialog) {
  let isConverting = false;
  dialog.addEventListener("compositionstart", () => (isConverting = true));
  dialog.addEventListener("compositionend", () => (isConverting = false));
  dialog.addEventListener("cancel", (event) => isConverting && event.preventDefault());
  // Before the panel, which keeps its keys to itself.
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (!isConverting && !isComposing(event)) dialog.close();
  };
  dialog.addEventListener("keydown", onKey, { capture: true });
}

/** @param {HTMLDialogElement} dialog */
function closeByBackdrop(dialog) {
  // Where the press began: a selection of text may end outside.
  dialog.addEventListener("mousedown", (event) => event.target === dialog && dialog.close());
}

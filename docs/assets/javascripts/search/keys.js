// @ts-check
// Which key means what. Knows nothing of the page.

/**
 * While an input method is composing, all keys belong to it: Enter takes a conversion, arrows choose
 * one, Esc gives it up. Safari ends the composition before the Enter that ended it, with keyCode 229.
 *
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** @param {KeyboardEvent} event */
function isPlain(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
}

/**
 * What a key asks the search to do; "" leaves it to the browser.
 *
 * @param {KeyboardEvent} event
 * @param {boolean} inField
 * @returns {"next" | "previous" | "open" | "open-new" | "type" | ""}
 */
export function actionOf(event, inField) {
  if (isComposing(event)) return "";
  if (isPlain(event) && event.key === "ArrowDown") return "next";
  if (isPlain(event) && event.key === "ArrowUp") return "previous";
  if (inField && event.key === "Enter") {
    if (event.ctrlKey || event.metaKey) return "open-new";
    return isPlain(event) ? "open" : "";
  }
  if (!inField && isTyping(event)) return "type";
  return "";
}

/**
 * Letters typed on a hit go on with the query. The blank stays what it is: it scrolls and presses.
 *
 * @param {KeyboardEvent} event
 */
function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return event.key === "Backspace" || ([...event.key].length === 1 && event.key !== " ");
}

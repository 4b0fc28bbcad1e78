// @ts-check
/** Ascending lists of page numbers. */

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 * @returns {number[]}
 */
export function both(a, b) {
  /** @type {number[]} */
  const out = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      out.push(a[i]);
      i++;
      j++;
    } else if (a[i] < b[j]) {
      i++;
    } else {
      j++;
    }
  }
  return out;
}

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 * @returns {number[]}
 */
export function without(a, b) {
  const gone = new Set(b);
  return a.filter((page) => !gone.has(page));
}

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 * @returns {number[]}
 */
export function either(a, b) {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

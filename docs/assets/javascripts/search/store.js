// @ts-check
/** The files of an index, from the network or from the browser's own store. */

const STORE = "kb-search";

/** The index cannot be read; `kind` is one of the problems in types.js. */
export class IndexError extends Error {
  /**
   * @param {import("./types.js").SearchProblem["kind"]} kind
   * @param {string} message Japanese, for the reader of the page.
   */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

export const MISSING = "検索の部品が見つかりません。サイトが新しくなったのかもしれません。ページを再読み込みしてください。";
export const DAMAGED = "検索の部品が壊れています。ページを再読み込みしても直らないときは、サイトを作り直す必要があります。";
const OFFLINE = "検索の部品を取り出せません。ネットワークの接続を確かめて、もう一度試してください。";

/**
 * The root from the network, for it names the newest pieces; without a network, the last one seen.
 *
 * @param {URL} url
 */
export async function fetchRoot(url) {
  try {
    const response = await answered(url, { cache: "no-cache" });
    const copy = response.clone();
    void withStore((store) => store.put(url, copy));
    return await response.arrayBuffer();
  } catch (error) {
    const kept = await withStore((store) => store.match(url));
    if (kept) return kept.arrayBuffer();
    throw error;
  }
}

/**
 * A piece, which never changes under its name: from the store where it was kept.
 *
 * @param {URL} url
 */
export async function fetchPiece(url) {
  const kept = await withStore((store) => store.match(url));
  if (kept) return kept.arrayBuffer();
  const response = await answered(url, {});
  const copy = response.clone();
  void withStore((store) => store.put(url, copy));
  return response.arrayBuffer();
}

/**
 * @param {URL} url
 * @param {RequestInit} options
 */
async function answered(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new IndexError("offline", OFFLINE);
  }
  if (!response.ok) throw new IndexError("missing", MISSING);
  return response;
}

/**
 * The browser's own store; nothing where it is blocked, as in private windows and without https.
 *
 * @template T
 * @param {(store: Cache) => Promise<T>} use
 * @returns {Promise<T | undefined>}
 */
async function withStore(use) {
  try {
    return await use(await caches.open(STORE));
  } catch {
    return undefined;
  }
}

/** @param {URL} url */
export const drop = (url) => withStore((store) => store.delete(url));

/**
 * Forget files that an index no longer names.
 *
 * @param {URL | string} base
 * @param {Set<string>} names
 */
export async function keepOnly(base, names) {
  await withStore(async (store) => {
    for (const request of await store.keys()) {
      const name = request.url.slice(String(base).length);
      if (request.url.startsWith(String(base)) && !names.has(name)) await store.delete(request);
    }
  });
}

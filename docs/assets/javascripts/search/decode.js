// @ts-check
/** The bytes of the index. The mirror of scripts/kb/search/encode.py and entries.py. */

/** @typedef {import("./reader.js").Entry} Entry */

/**
 * @param {ArrayBuffer} bytes A zlib stream, whose checksum the browser proves.
 * @returns {Promise<Uint8Array>}
 */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads numbers, texts and lists one after the other. */
class Bytes {
  /**
   * @param {Uint8Array} bytes
   * @param {number} [at]
   */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new RangeError("the piece ends too early");
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.byte();
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }

  string() {
    const length = this.number();
    let text = "";
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.byte() | (this.byte() << 8));
    return text;
  }

  /** @param {number} count */
  ascending(count) {
    const list = new Array(count);
    for (let i = 0, value = -1; i < count; i++) {
      value += this.number() + 1;
      list[i] = value;
    }
    return list;
  }

  numbers() {
    return this.ascending(this.number());
  }
}

const [PAGES, TIERS, WORDS, CORRECTION, NAMED, SYNONYMS] = [1, 2, 4, 8, 16, 32];

/** The entries of a piece; each is decoded when it is asked for. */
export class Entries {
  /**
   * @param {Uint8Array} bytes
   * @param {Map<string, number>} places
   */
  constructor(bytes, places) {
    this.bytes = bytes;
    this.places = places;
    /** @type {Map<string, Entry>} */
    this.decoded = new Map();
  }

  /**
   * @param {string} text
   * @returns {Entry | undefined}
   */
  get(text) {
    const known = this.decoded.get(text);
    const at = this.places.get(text);
    if (known || at === undefined) return known;
    const entry = decodeEntry(new Bytes(this.bytes, at));
    this.decoded.set(text, entry);
    return entry;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {string} first The beginning of the first text in the piece.
 * @returns {Entries}
 */
export function parseEntries(bytes, first) {
  const reader = new Bytes(bytes);
  const places = new Map();
  for (let text = ""; reader.at < bytes.length; ) {
    const shared = reader.number();
    text = text.slice(0, shared) + reader.string();
    if (!places.size && !text.startsWith(first)) throw new TypeError("foreign piece");
    const length = reader.number();
    places.set(text, reader.at);
    reader.at += length;
    if (reader.at > bytes.length) throw new RangeError("the piece ends too early");
  }
  return new Entries(bytes, places);
}

/**
 * @param {Bytes} bytes
 * @returns {Entry}
 */
function decodeEntry(bytes) {
  const flags = bytes.byte();
  /** @type {Entry} */
  const entry = { tiers: new Map(), named: [], synonyms: [] };
  if (flags & PAGES) entry.pages = bytes.numbers();
  const pages = entry.pages ?? [];
  if (flags & TIERS) for (const at of bytes.numbers()) entry.tiers.set(pages[at], 0);
  for (const page of entry.tiers.keys()) entry.tiers.set(page, bytes.byte());
  if (flags & WORDS) entry.words = new Set(bytes.numbers().map((at) => pages[at]));
  if (flags & CORRECTION) {
    const count = bytes.number();
    entry.correction = { inverse: count % 2 === 1, at: bytes.ascending(count >> 1) };
  }
  if (flags & NAMED) entry.named = bytes.numbers().map((page) => [page, false]);
  for (const pair of entry.named) pair[1] = bytes.byte() === 1;
  if (flags & SYNONYMS) entry.synonyms = Array.from({ length: bytes.number() }, () => bytes.string());
  return entry;
}

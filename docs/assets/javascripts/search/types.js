// @ts-check
/**
 * What the search engine and the page tell each other. Types only: nothing here runs.
 *
 * @typedef {"relevance" | "date"} Sort
 *
 * @typedef {object} SearchRequest Sent to the worker.
 * @property {number} id Grows with every request; an answer to an older one is thrown away.
 * @property {string} query As typed, facet words included (`発表者:pon モデル`).
 * @property {Sort} sort
 * @property {number} limit How many hits to return.
 *
 * @typedef {object} SearchAnswer Sent by the worker, several times for one request: the first hits
 *   first, then facets and the exact number. The last one is `done`.
 * @property {number} id
 * @property {boolean} done
 * @property {SearchResult} [result]
 * @property {SearchProblem} [problem] Instead of a result. Ends the request.
 *
 * @typedef {object} SearchProblem
 * @property {"missing" | "damaged" | "offline" | "unsupported" | "failed"} kind
 * @property {string} message Japanese, for the reader: what is wrong and what to do.
 *
 * @typedef {object} SearchResult
 * @property {number} total Pages that match.
 * @property {boolean} exact Whether `total` is final; it is when `done`.
 * @property {Hit[]} hits Best first, at most `limit`.
 * @property {Facet[]} facets Empty until they are known.
 * @property {Notice[]} notices What the reader should know about these hits, in order.
 *
 * @typedef {object} Hit A page, with the places in it that match.
 * @property {string} url Below the site's root, with the anchor of its best section: `topics/sam3/#e-2025-11-25`.
 * @property {Piece[]} title
 * @property {string} kind Shown as a label: 論文, blog, 発表者, タグ, 勉強会, ガイド …
 * @property {string} date `2025-11-25`, or "".
 * @property {string[]} presenters Names.
 * @property {string[]} tags Labels.
 * @property {SectionHit[]} sections Best first, at least one, at most three.
 * @property {number} more How many further sections of the page match.
 * @property {Reason | null} reason Why this is shown though what was typed is not on the page.
 *
 * @typedef {object} Reason
 * @property {"synonym" | "variant" | "near" | "part"} kind
 * @property {string} text Japanese, with the word that is there: `同義語「ゼロショット」`.
 *
 * @typedef {object} SectionHit
 * @property {string} url Below the site's root, with the section's anchor.
 * @property {Piece[]} heading Empty for the text before a page's first heading.
 * @property {Piece[]} excerpt The match in its sentence.
 *
 * @typedef {object} Piece A part of a text.
 * @property {string} text
 * @property {boolean} mark Whether it is a match.
 *
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} label 種類, 発表者 …
 * @property {FacetValue[]} values The most frequent first; active ones always there.
 *
 * @typedef {object} FacetValue
 * @property {string} label
 * @property {number} count Hits if this value were chosen.
 * @property {boolean} active
 * @property {string} query The whole query with this value added, or taken out where it is active.
 *
 * @typedef {object} Notice
 * @property {"synonym" | "variant" | "suggestion" | "part" | "facet" | "long" | "empty"} kind
 * @property {string} text Japanese.
 * @property {string} query A query to offer as a link, or "".
 * @property {string} label The text of that link.
 */

export {};

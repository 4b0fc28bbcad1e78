"""The index of a built site, written beside its search page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kb.link import KnowledgeBase
from kb.model.document import Document
from kb.model.kinds import PRESENTER, TAG, VENUE
from kb.model.registry import Presenter
from kb.search.entries import entries
from kb.search.extract import extract
from kb.search.folding import LINE_END
from kb.search.page import IndexedPage
from kb.search.pieces import ROOT, entry_pieces, root_piece, summary_piece, text_pieces, word_pieces
from kb.search.terms import synonyms, vocabulary

FOLDER = "search"
"""Below the site: the search page, and its index beside it."""
# So many of the most frequent characters are named: of the others, none is worth preferring.
_COMMON = 160


@dataclass(frozen=True, slots=True)
class IndexSize:
    """What was written."""

    pages: int
    files: int
    bytes: int


def build_index(site: Path, base: KnowledgeBase, documents: Mapping[str, Document | None]) -> IndexSize:
    """Write the index of a site into it; pieces of an older index are removed.

    `documents` are those of the generated pages by address, None for what is not searched. Of the site
    only the other pages are read, which people wrote.
    """
    pages = sorted(_pages(site, documents), key=lambda page: (page.date, page.url))
    files = index_files(pages, _names(base), _synonyms(base))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for name in sorted(files, key=ROOT.__eq__):  # the root last: it names the others
        path = folder / name
        # The name of every other piece changes with its content.
        if name == ROOT or not path.exists():
            path.write_bytes(files[name])
    for path in folder.glob("*.bin"):
        if path.name not in files:
            path.unlink()
    return IndexSize(len(pages), len(files), sum(map(len, files.values())))


def _pages(site: Path, documents: Mapping[str, Document | None]) -> Iterator[Document]:
    # All that is searched. Sorted by date, a new week is added at the end of every list.
    yield from filter(None, documents.values())
    for path in sorted(site.rglob("index.html")):
        url = "".join(f"{part}/" for part in path.relative_to(site).parts[:-1])
        # Generated pages are in the site as well, and have handed over what they say.
        if url not in documents and (found := extract(path.read_bytes(), url)):
            yield found


def index_files(
    documents: Sequence[Document],
    names: Mapping[str, Sequence[str]] = MappingProxyType({}),
    others: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The files of an index by their names.

    `names` are the names of presenters, tags and venues, by the address of their pages; `others` are the
    synonyms of folded names.
    """
    pages = list(map(IndexedPage.from_document, documents))
    words = vocabulary(pages)
    families = [
        entry_pieces(entries(pages, words, others)),
        text_pieces(documents),
        summary_piece(documents, names),
        word_pieces(words.surfaces, "f"),
        word_pieces(words.surfaces, "r"),
    ]
    files = {ROOT: root_piece(documents, families, _common(pages))}
    for family in families:
        files |= family.files
    return files


def _names(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    tags = {f"{TAG.path(tag.id)}/": tag.terms for tag in base.tags.values()}
    people = {f"{PRESENTER.path(who.id)}/": (who.name, *who.handles, *who.aliases) for who in _shown(base)}
    venues = {f"{VENUE.path(one.id)}/": one.names for one in base.venues.values()}
    return tags | people | venues


def _shown(base: KnowledgeBase) -> list[Presenter]:
    return [who for who in base.presenters.values() if not who.hidden]


def _synonyms(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    # Names of one tag or one person. Parts of readings stand for whole names: なかの for Shuhei Nakano.
    tags = [tag.terms for tag in base.tags.values()]
    people = [(who.name, *who.handles, *who.aliases, who.reading) for who in _shown(base)]
    readings = [(part, who.name) for who in _shown(base) for part in who.reading.split()]
    return synonyms([*tags, *people, *readings])


def _common(pages: Sequence[IndexedPage]) -> str:
    # The most frequent characters, most frequent first: a reader of the index prefers rare ones.
    counts = Counter(char for page in pages for char in set("".join(field for _, field in page.fields)))
    del counts[LINE_END]
    often = sorted(counts, key=lambda char: (-counts[char], char))
    return "".join(often[:_COMMON])

"""The index of a built site, written beside its search page."""

from __future__ import annotations

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kb.link import KnowledgeBase
from kb.model.registry import Presenter
from kb.search.entries import entries
from kb.search.extract import FOLDER, extract, site_pages
from kb.search.folding import LINE_END
from kb.search.page import IndexedPage
from kb.search.pieces import ROOT, entry_pieces, root_piece, summary_piece, text_pieces, word_pieces
from kb.search.terms import synonyms, vocabulary

_COMMON = 160
"""So many of the most frequent characters are named: of the others, none is worth preferring."""
_MANY = 300
"""Pages from which on it pays to start processes."""


@dataclass(frozen=True, slots=True)
class IndexSize:
    """What was written."""

    pages: int
    files: int
    bytes: int


def build_index(site: Path, base: KnowledgeBase, cache: Path | None = None) -> IndexSize:
    """Read the pages of a site and write their index into it; pieces of an older index are removed.

    `cache` is a file that remembers the words of pages by their bytes: a page that did not change is
    not parsed again. The result does not depend on it.
    """
    pages = _read(site, cache)
    files = index_files(pages, _names(base), _synonyms(base))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for name in sorted(files, key=ROOT.__eq__):  # the root last: it names the others
        path = folder / name
        if name == ROOT or not path.exists():
            path.write_bytes(files[name])
    for path in folder.glob("*.bin"):
        if path.name not in files:
            path.unlink()
    return IndexSize(len(pages), len(files), sum(map(len, files.values())))


def _read(site: Path, cache: Path | None) -> list[IndexedPage]:
    """The pages, older ones first, so that a new week is added at the end of every list."""
    known = _load(cache)
    sources = {_key(url, source): (source, url) for url, source in _sources(site)}
    fresh = {key: pair for key, pair in sources.items() if key not in known}
    made = dict(zip(fresh, _extracted(list(fresh.values())), strict=True))
    pages = {key: known[key] if key in known else made[key] for key in sources}
    _save(cache, pages)
    return sorted((page for page in pages.values() if page), key=lambda page: (page.date, page.url))


def _sources(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in site_pages(site):
        url = path.relative_to(site).parent.as_posix()
        yield "" if url == "." else f"{url}/", path.read_bytes()


def _key(url: str, source: bytes) -> bytes:
    return hashlib.sha256(url.encode() + b"\0" + source).digest()


def _extracted(sources: Sequence[tuple[bytes, str]]) -> list[IndexedPage | None]:
    """Many pages are parsed by several processes at once."""
    if len(sources) < _MANY:
        return [extract(*pair) for pair in sources]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(extract, *zip(*sources, strict=True), chunksize=50))


def _load(cache: Path | None) -> dict[bytes, IndexedPage | None]:
    """What an earlier run read; nothing where the file is missing, damaged or of another version."""
    if cache is None or not cache.is_file():
        return {}
    try:
        version, known = pickle.loads(cache.read_bytes())
    except Exception:  # whatever is wrong with a cache, it is made anew
        return {}
    return known if version == _version() else {}


def _save(cache: Path | None, pages: dict[bytes, IndexedPage | None]) -> None:
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps((_version(), pages)))


def _version() -> str:
    """Changes with the code that makes what is remembered."""
    here = Path(__file__).parent
    parts = [here / name for name in ("extract.py", "page.py", "folding.py", "folding.json")]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def index_files(
    pages: Sequence[IndexedPage],
    names: Mapping[str, Sequence[str]] = MappingProxyType({}),
    others: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The files of an index by their names.

    `names` are the names of presenters and tags, by the address of their pages; `others` are the
    synonyms of folded names.
    """
    words = vocabulary(pages)
    families = [
        entry_pieces(entries(pages, words, others)),
        text_pieces(pages),
        summary_piece(pages, names),
        word_pieces(words.surfaces, "f"),
        word_pieces(words.surfaces, "r"),
    ]
    files = {ROOT: root_piece(pages, families, _common(pages))}
    for family in families:
        files |= family.files
    return files


def _names(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    tags = {f"tags/{tag.id}/": tag.terms for tag in base.tags.values()}
    people = {f"presenters/{who.id}/": (who.name, *who.handles, *who.aliases) for who in _shown(base)}
    return tags | people


def _shown(base: KnowledgeBase) -> list[Presenter]:
    return [who for who in base.presenters.values() if not who.hidden]


def _synonyms(base: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Names of one tag or one person. Parts of readings stand for whole names: なかの for Shuhei Nakano."""
    tags = [tag.terms for tag in base.tags.values()]
    people = [(who.name, *who.handles, *who.aliases, who.reading) for who in _shown(base)]
    readings = [(part, who.name) for who in _shown(base) for part in who.reading.split()]
    return synonyms([*tags, *people, *readings])


def _common(pages: Sequence[IndexedPage]) -> str:
    """The most frequent characters, most frequent first: a reader of the index prefers rare ones."""
    counts = Counter(char for page in pages for char in set("".join(field for _, field in page.fields)))
    del counts[LINE_END]
    often = sorted(counts, key=lambda char: (-counts[char], char))
    return "".join(often[:_COMMON])

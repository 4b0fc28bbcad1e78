"""The full-text search: from the built site to its index in `site/search/`.

Reads pages as readers see them, whichever engine built them, and writes small compressed pieces
that the browser fetches as a query needs them. docs/dev/search.md describes the format.
"""

from kb.search.index import IndexSize, build_index

__all__ = ["IndexSize", "build_index"]

"""The full-text search: from the documents of pages to their index in `site/search/`.

Takes what each generated page hands over, reads the pages that people wrote from the built site, and
writes small compressed pieces that the browser fetches as a query needs them. docs/dev/search.md describes
the format.
"""

from kb.search.index import IndexSize, build_index

__all__ = ["IndexSize", "build_index"]

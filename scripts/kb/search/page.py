"""A document with its words folded."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.document import Document
from kb.search.folding import fold_lines, units

TEXT, META, HEADING, TITLE = range(4)
"""Where a match stands; what is greater is shown first."""


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What the index knows of a page."""

    document: Document
    fields: tuple[tuple[int, str], ...]
    """Each piece of text in which a match has to lie as a whole: its tier and its folded UTF-16 units."""

    @classmethod
    def from_document(cls, document: Document) -> IndexedPage:
        """Fold everything that a document says."""
        fields = [(TITLE, name) for name in (document.title, *document.names)]
        for section in document.sections:
            fields += [(HEADING, section.heading), (META, section.meta), (TEXT, section.text)]
        folded = ((tier, units(fold_lines(text))) for tier, text in fields)
        return cls(document, tuple((tier, text) for tier, text in folded if text))

"""Everything that people wrote below a root, and what lies beside it."""

from kb.sources.cache import Cache
from kb.sources.reader import Reader, Sources
from kb.sources.tree import (
    NOTES,
    REGISTRY,
    is_note,
    is_registry,
    is_source,
    note_files,
    registry_files,
    source_files,
)

__all__ = [
    "NOTES",
    "REGISTRY",
    "Cache",
    "Reader",
    "Sources",
    "is_note",
    "is_registry",
    "is_source",
    "note_files",
    "registry_files",
    "source_files",
]

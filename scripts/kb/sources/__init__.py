"""Everything that people wrote below a root, and what lies beside it."""

from kb.sources.reader import REGISTRY, Reader, Sources
from kb.sources.tree import NOTES, note_files

__all__ = ["NOTES", "REGISTRY", "Reader", "Sources", "note_files"]

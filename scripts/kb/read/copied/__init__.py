"""Text copied from a Notion page: no markup but list dashes, pipes and a run-together contents line."""

from kb.read.copied.reader import looks_copied, read_copied

__all__ = ["looks_copied", "read_copied"]

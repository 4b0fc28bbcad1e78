"""From files to sessions. `read` knows every dialect that a note comes in."""

from kb.read.dialects import Reading, read, read_file, read_text

__all__ = ["Reading", "read", "read_file", "read_text"]

"""From files to sessions. `read` knows every dialect that a note comes in."""

from kb.read.dialects import Reading, read, read_text
from kb.read.page import Page

__all__ = ["Page", "Reading", "read", "read_text"]

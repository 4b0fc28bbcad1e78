"""From files to sessions. `read` knows every dialect that a note comes in."""

from kb.read.dialects import read, read_text
from kb.read.note import Reading
from kb.read.page import Page

__all__ = ["Page", "Reading", "read", "read_text"]

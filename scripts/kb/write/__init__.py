"""From sessions to the note format. `read(write(session)) == session`."""

from kb.write.note import write

__all__ = ["write"]

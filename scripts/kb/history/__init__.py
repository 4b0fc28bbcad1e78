"""What git knows of the files of a root."""

from kb.history.git import Change, HistoryError, Revision, revision

__all__ = ["Change", "HistoryError", "Revision", "revision"]

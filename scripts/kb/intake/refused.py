"""What an import does not touch at all."""

from __future__ import annotations


class RefusedError(Exception):
    """Input that is not read: an attack, a broken archive, several sessions at once.

    Attributes:
        message: One line in Japanese for the member who gave the input.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

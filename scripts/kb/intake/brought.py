"""What an import makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.intake.account import Account
from kb.model.finding import Finding, errors
from kb.model.session import Session


@dataclass(frozen=True, slots=True)
class Brought:
    """A note with its files, and everything that there is to say about how it came to be."""

    dialect: str
    """`notion`, `html`, `note` or `copied`; empty where nothing could be read."""
    session: Session | None = None
    note: str = ""
    """The text of the note; empty where there is no session."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Images and attachments by their path relative to the folder of notes."""
    findings: tuple[Finding, ...] = ()
    """In the order of files and lines."""
    account: Account | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing of this is to be kept: there is no session, or an error was found."""
        return self.session is None or bool(errors(self.findings))

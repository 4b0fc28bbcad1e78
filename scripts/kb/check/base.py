"""What a note is checked against: the registry, the files beside it, the notes before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.check.earlier import Earlier
from kb.link.works import Works
from kb.model.finding import Finding
from kb.model.registry import Registry
from kb.registry import load_registry


@dataclass(frozen=True, eq=False)
class Base:
    """A checkout. Each part of it is read when a rule first asks for it."""

    root: Path

    @cached_property
    def _loaded(self) -> tuple[Registry, tuple[Finding, ...]]:
        return load_registry(self.root, cached=True)

    @property
    def registry(self) -> Registry:
        """The group's people, papers, tags and topics."""
        return self._loaded[0]

    @property
    def registry_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the registry's files."""
        return self._loaded[1]

    @property
    def notes(self) -> Path:
        """The folder of the notes."""
        return self.root / "docs" / "notes"

    @cached_property
    def earlier(self) -> Earlier:
        """The notes of the checkout, to be searched."""
        return Earlier(self.root, self.notes)

    @cached_property
    def works(self) -> Works:
        """The registered papers by id, address and title; who adds to them takes a copy."""
        return Works(self.registry.papers)

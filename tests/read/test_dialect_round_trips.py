"""Sessions written as each dialect gives them, and read back: nothing is lost beyond what it loses."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from kb.model.blocks import Block, Math, Remark, Toggle, walk
from kb.model.finding import Finding
from kb.model.session import Session
from kb.read import Reading, read_text
from tests.support.dialects import (
    as_copied,
    as_html,
    as_note,
    as_notion,
    kept_by_copied,
    kept_by_html,
    kept_by_notion,
    meaning,
)
from tests.support.enhanced import as_enhanced
from tests.support.notes import examples
from tests.support.sessions import SESSIONS
from tests.support.written import Written


def _read(written: Written, dialect: str) -> tuple[Session, tuple[Finding, ...]]:
    """Read a text without saying in which dialect it is."""
    reading = read_text(written.text, written.name)
    assert reading.dialect == dialect
    return _session(reading), reading.findings


def _session(reading: Reading) -> Session:
    assert reading.session is not None
    return reading.session


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@examples(150)
@given(SESSIONS)
def test_note(session: Session) -> None:
    read, findings = _read(as_note(session), "note")
    assert read == session
    assert findings == ()


@examples(150)
@given(SESSIONS)
def test_markdown_export(session: Session) -> None:
    read, findings = _read(as_notion(session), "notion")
    assert meaning(read) == meaning(kept_by_notion(session))
    assert "notion-property" in _codes(findings)
    assert "notion-title-date" not in _codes(findings)


@examples(150)
@given(SESSIONS)
def test_enhanced_markdown(session: Session) -> None:
    read, findings = _read(as_enhanced(session), "enhanced")
    assert meaning(read) == meaning(session)
    assert set(_codes(findings)) <= {"notion-colour", "notion-layout"}


@examples(150)
@given(SESSIONS)
def test_html_export(session: Session) -> None:
    read, findings = _read(as_html(session), "html")
    assert meaning(read) == meaning(kept_by_html(session))
    assert _codes(findings) == ["html-contents"]


@examples(150)
@given(SESSIONS)
def test_copied_text(session: Session) -> None:
    """A comment in its code, `# …`, makes a copy look like a note: it has to be said that it is none."""
    written = as_copied(session)
    reading = read_text(written.text, written.name, "copied")
    assert kept_by_copied(_session(reading)) == kept_by_copied(session)
    lost = [block for entry in session.entries for block in _gaps(entry.blocks)]
    assert not lost or "copy-lost" in _codes(reading.findings)


def _gaps(blocks: tuple[Block, ...]) -> list[Block]:
    """Equations with text behind them: the copy has an empty line, which the reader can see."""
    pairs = pairwise(blocks)
    return [block for block, below in pairs if isinstance(block, Math) and isinstance(below, Remark | Toggle)]


def test_what_the_strategies_make() -> None:
    """All blocks that a session can hold are among the examples."""
    seen: set[str] = set()

    @examples(150)
    @given(SESSIONS)
    def look(session: Session) -> None:
        seen.update(type(block).__name__ for entry in session.entries for block in walk(entry.blocks))

    look()
    assert seen >= {
        "Toggle",
        "Callout",
        "Quote",
        "Table",
        "CodeBlock",
        "Math",
        "Remark",
        "OrderedList",
        "BulletList",
    }

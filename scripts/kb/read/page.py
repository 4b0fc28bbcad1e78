"""A page of an export: its blocks, before it is known where in a session they belong."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.blocks import Block
from kb.model.finding import NOWHERE, Finding, Span
from kb.model.inline import RichText


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a dialect of Notion's export tells it.

    Headings have the levels of the page (Notion's heading 1 is level 1). Links and images keep the
    addresses of the export, percent-encoded as they were: who has the other files resolves them.
    """

    title: RichText
    """On one line."""
    properties: tuple[tuple[str, str], ...] = ()
    """The page's properties as they were typed, `("作成日時", "2022年10月20日 午前 4:43")`."""
    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    words: str = ""
    """Every character of the source that a reader of the page would see, and the address of every link
    and image, told without regard to what became of it: an import accounts for each of them."""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

"""What there is to say of a page while it is read, each kind of it once."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span


@dataclass(slots=True)
class Told:
    """The findings of one page."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    once: set[str] = field(default_factory=set)

    def say(self, code: Code, severity: Severity, line: int, message: str, hint: str = "") -> None:
        """Report what was found on a line."""
        self.findings.append(Finding(code, severity, Span(self.path, line, line), message, hint))

    def say_once(self, code: Code, severity: Severity, line: int, message: str, hint: str = "") -> None:
        """Report it unless the page has been told of it."""
        if message not in self.once:
            self.once.add(message)
            self.say(code, severity, line, message, hint)

    def colour(self, line: int) -> None:
        """Report that colours are gone."""
        self.say_once(Code.NOTION_COLOUR, "left-out", line, "文字や背景の色を除きました。文字は残っています")

    def layout(self, line: int, message: str) -> None:
        """Report that what stood beside or inside of each other stands below each other now."""
        self.say_once(Code.NOTION_LAYOUT, "guess", line, message, "元のページと見比べてください")

    def outside(self, line: int, what: str, address: str = "") -> None:
        """Report that something is not in what was given; its address is nowhere but in the report."""
        message = f"{what}は、このMarkdownに入っていません"
        hint = "要るものは、元のページから写してください"
        if address:
            span = Span(self.path, line, line)
            self.findings.append(Finding(Code.NOTION_OUTSIDE, "loss", span, message, hint, address))
        else:
            self.say_once(Code.NOTION_OUTSIDE, "loss", line, message, hint)

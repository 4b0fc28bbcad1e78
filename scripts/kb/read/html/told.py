"""What there is to say of a page while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from kb.model.codes import Code
from kb.model.finding import Finding, Severity, Span


@dataclass(slots=True)
class Told:
    """The findings of one page."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    once: set[str] = field(default_factory=set)
    """What is said once for a page, however often it is the case."""

    def say(self, code: Code, severity: Severity, element: HtmlElement, message: str, hint: str = "") -> None:
        """Report what was found at an element."""
        self.findings.append(Finding(code, severity, self.span(element), message, hint))

    def say_once(self, key: str, code: Code, element: HtmlElement, message: str, hint: str = "") -> None:
        """Report a guess unless it was reported before."""
        if key not in self.once:
            self.once.add(key)
            self.say(code, "guess", element, message, hint)

    def leave_out(self, code: Code, element: HtmlElement, message: str, excerpt: str) -> None:
        """Report words that are not in the note; nothing where there are none."""
        if excerpt.strip():
            shown = " ".join(excerpt.split())
            self.findings.append(Finding(code, "left-out", self.span(element), message, "", shown))

    def span(self, element: HtmlElement) -> Span:
        """The line of an element's tag, as a place."""
        # What the parser put in itself has no line.
        line = int(element.sourceline or 1)
        return Span(self.path, line, line)

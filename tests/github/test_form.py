"""The form's text, taken apart again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.github.form import LABEL, TITLES, Attachment, NotBroughtError, request_of
from tests.github.server import event
from tests.support.notes import WILD_NOTES, examples
from tests.support.rendered import HOME

FORM = Path(HOME) / ".github" / "ISSUE_TEMPLATE" / "new-week.yml"


def body(
    date: str = "2025-12-02", text: str = "x", files: str = "_No response_", boxes: str = "- [x] a"
) -> str:
    """What GitHub makes of the fields."""
    values = (date, f"```text\n{text}\n```", files, boxes)
    return "\n\n".join(f"### {title}\n\n{value}" for title, value in zip(TITLES, values, strict=True))


def test_the_titles_are_the_forms() -> None:
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert tuple(field["attributes"]["label"] for field in fields) == TITLES
    assert form["labels"] == [LABEL]
    assert all(option["required"] for option in fields[-1]["attributes"]["options"])


def test_the_recorded_form() -> None:
    request = request_of(event("issue_member")["issue"]["body"])
    assert request.date == dt.date(2025, 12, 2)
    assert request.consent
    assert request.attachments == ()
    first, *rest = request.text.split("\n")
    assert first == "2025-12-02 機械学習勉強会"
    assert "### 添付ファイル" in rest, "a heading of the note is the note's"
    assert rest[-1] == "<script>alert(1)</script> @everyone [x](javascript:alert(1))"
    assert "\r" not in request.text


def test_attachments() -> None:
    request = request_of(event("issue_attachment")["issue"]["body"])
    assert request.text == ""
    assert [one.name for one in request.attachments] == ["Export-9b2f.zip", "図1.png"]


@given(WILD_NOTES.filter(lambda text: "\r" not in text and text.strip("\n") == text))
@examples(150)
def test_no_character_of_a_note_is_lost(text: str) -> None:
    assert request_of(body(text=text)).text == ("" if text.strip() == "_No response_" else text)


@given(st.text())
@examples(100)
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(NotBroughtError):
        request_of(text)


@pytest.mark.parametrize(
    "date", ["2025-12-02", "2025/12/2", "2025年12月2日", " ２０２５－１２－０２ ", "2025.12.02"]
)
def test_dates(date: str) -> None:
    assert request_of(body(date=date)).date == dt.date(2025, 12, 2)


@pytest.mark.parametrize("date", ["", "12/2", "2025-13-02", "2025-12-02; rm -rf ~", "$(date)", "--force"])
def test_no_dates(date: str) -> None:
    assert request_of(body(date=date)).date is None


@pytest.mark.parametrize("boxes", ["", "- [ ] a", "- [x] a\n- [ ] b", "[x] a"])
def test_no_consent(boxes: str) -> None:
    assert not request_of(body(boxes=boxes)).consent


@pytest.mark.parametrize(
    ("label", "url", "name"),
    [
        ("../../etc/passwd", "https://github.com/a.zip", "_.._etc_passwd"),
        ("-rf.zip", "https://github.com/a.zip", "-rf.zip"),
        ("a", "https://github.com/user-attachments/files/1/%E3%83%86%20x.zip", "テ x.zip"),
        ("...", "https://github.com/x/..", "file"),
    ],
)
def test_names_are_plain(label: str, url: str, name: str) -> None:
    assert request_of(body(files=f"[{label}]({url})")).attachments == (Attachment(url, name),)

"""The comment's text: kind, bounded, and with no markup but our own."""

from __future__ import annotations

import os
import re

import markdown
import pytest
from lxml import html

from kb.github.comment import LIMIT, MARKER, Places, comment, summary
from kb.github.data import report_of
from tests.github.reports import EVIL, NOTE, diff, finding, made, minor, page
from tests.github.server import EVENTS

RUN = "https://github.com/ml-group/study-notes/actions/runs/1"
PLACES = Places(
    "https://github.com/ml-group/study-notes/blob/5f0c",
    "https://ml-group.github.io/study-notes/",
    RUN,
    f"{RUN}/artifacts/2",
)


def text_of(check: object = (), change: object = None, places: Places = PLACES) -> str:
    return comment(report_of(made(check, change)), places)


def test_the_whole_comment() -> None:
    misspelt = "タグ `segmentaton` は登録されていません"
    rows = [
        finding(12, "warning", code="tag-unknown", message=misspelt, hint=""),
        finding(15, "warning", places=[{"line": line, "column": 0} for line in range(15, 30)]),
        minor(40),
        minor(12, mended=False, code="image-alt-missing"),
        finding(20, "left-out", code="note-boilerplate"),
        finding(8),
    ]
    golden = EVENTS.parent / "comment.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text_of(rows), encoding="utf-8")
    assert text_of(rows) == golden.read_text(encoding="utf-8")


def test_nothing_wrong() -> None:
    text = text_of()
    assert text.startswith(f"{MARKER}\n\n### ✅ 問題は見つかりませんでした")
    assert "week.py fix" not in text


def test_only_warnings_are_no_fault() -> None:
    assert "✅ このままで大丈夫です(注意が 1 件)" in text_of([finding(severity="warning")])


def test_errors_stand_first_in_each_file() -> None:
    rows = [finding(1, "warning"), finding(9), finding(5, path="docs/data/tags.yml")]
    lines = re.findall(r"^#### `(.*)`|^- \S+ \S+ \[(\d+)行目\]", text_of(rows), re.MULTILINE)
    assert lines == [("docs/data/tags.yml", ""), ("", "5"), (NOTE, ""), ("", "9"), ("", "1")]


def test_a_failed_command_is_told() -> None:
    from kb.github.data import report_json
    from kb.github.event import Proposal

    text = comment(report_of(report_json(Proposal(1, "a" * 40), None, None)), PLACES)
    assert "確かめられませんでした" in text
    assert f"[実行の記録]({RUN})" in text


def test_other_failures_are_told_and_no_preview_is_invented() -> None:
    text = text_of(places=Places(run=RUN, preview="", passed=False))
    assert "失敗した検査があります" in text
    assert "サイトは作れませんでした" in text
    assert "zip" not in text


def test_the_mending_command_can_be_typed_as_it_is() -> None:
    odd = [minor(path=f"docs/notes/{name}.md") for name in ("$(id)", "a b")]
    assert "\n.venv/bin/python scripts/week.py fix\n" in text_of(odd)
    assert f"\n.venv/bin/python scripts/week.py fix {NOTE}\n" in text_of([minor(), *odd])
    assert "week.py fix" not in text_of([finding(), minor(mended=False)]), "nothing that it would mend"


def test_form_is_one_line_whatever_there_is_of_it() -> None:
    rows = [minor(40, path=f"docs/notes/2025-12-{day:02}.md") for day in range(1, 29)]
    text = text_of([*rows, minor(3, mended=False)])
    assert text.count("か所") == 2
    assert f"`fix` で整えられる書き方が {28 * 40} か所、手で整えられるところが 3 か所" in text
    assert "### ✅ 問題は見つかりませんでした" in text, "the page reads the same"
    assert "####" not in text


def test_the_heading_is_good_only_without_an_error() -> None:
    for rows in ([finding()], [finding(severity="warning"), finding()], [minor(), finding()]):
        assert "✅" not in text_of(rows)
        assert "### ❌" in text_of(rows)


def test_injection_stays_text() -> None:
    link = {
        "from": page("topics/x/", EVIL),
        "to": page("topics/y/", EVIL),
        "reason": "paper",
        "sentence": EVIL,
    }
    named = {"id": "x", "name": EVIL, "url": "presenters/x/", "registered": False}
    pages = {"added": [page("a/", EVIL)], "changed": [page("b/", EVIL)], "removed": [], "moved": []}
    evil = diff(summary=EVIL, links=[link], presenters=[named], pages=pages)
    text = text_of([finding(message=EVIL, hint=EVIL, code=EVIL, path="docs/notes/`x`<b>.md")], evil)
    assert_own_markup_only(text)
    assert "@everyone" not in re.sub(r"`[^`\n]*`", "", text)


def assert_own_markup_only(text: str) -> None:
    tree = html.fragment_fromstring(markdown.markdown(text, extensions=["md_in_html"]), create_parent="div")
    tags = {element.tag for element in tree.iterdescendants() if isinstance(element.tag, str)}
    assert tags <= {"p", "h3", "h4", "ul", "li", "code", "strong", "a", "details", "summary", "sub", "br"}
    for link in tree.iter("a"):
        assert str(link.get("href")).startswith(("https://github.com/ml-group/", PLACES.site)), link.get(
            "href"
        )


@pytest.mark.parametrize("message", ["<" * 2_000, "@a" * 1_000, "短い"])
def test_it_is_never_longer_than_github_takes(message: str) -> None:
    rows = [finding(line, message=message, hint=message) for line in range(1, 400)]
    links = [{**diff()["links"][0], "sentence": message}] * 300
    text = text_of(rows, diff(links=links))
    assert len(text) <= LIMIT
    assert "ほかに" in text or "ここまで" in text
    assert text.rstrip().endswith("</sub>"), "the end is there, whatever was left out"


def test_the_page_of_the_job_says_the_same_without_links() -> None:
    text = summary(report_of(made([finding()])))
    assert MARKER not in text
    assert "出典がありません" in text
    assert "この週で 1 本の論文が過去の回とつながりました" in text
    assert "](" not in text

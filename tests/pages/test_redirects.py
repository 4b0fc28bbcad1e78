"""Where former addresses lead: what follows from data, and what is written down."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from kb.model.registry import Moved, Paper, Presenter, Registry, Tag, Topic, Venue
from kb.pages import Context
from kb.pages.redirects import redirect_pages, redirects
from tests.support.notes import base_of
from tests.support.worlds import entry, fronts_of, talk_id

REGISTRY = Registry(
    presenters=(
        Presenter("ito", "Shun Ito", ("shun",), ("伊藤 俊",), former=("old-ito",)),
        Presenter("hana", "Hana Kakushi", ("hana",), hidden=True, former=("old-hana",)),
    ),
    papers=(
        Paper(
            "ab2025", "AB", ids=(("arxiv", "2511.00001"), ("doi", "10.1234/ab")), former=("ab",),
            container_title="Learning Things 2025",
        ),
        Paper("cd2025", "CD", ids=(("arxiv", "2511.00002"),)),
    ),
    tags=(Tag("evaluation", "評価", "evaluation", ("eval",), former=("measure",)), Tag("rag", "検索", "RAG")),
    topics=(
        Topic("gam", "GAM", ("記憶の話",), ("old-gam",)),
        Topic("nothing", "無", former=("gone",)),
    ),
    venues=(Venue("lt", "LT", "Learning Things", former=("old-lt",)),),
)  # fmt: skip
NOTE = (
    "# 部\n\n"
    + entry("題", 発表者="@Shun Ito", タグ="評価", トピック="gam", 出典="arXiv:2511.00001")
    + entry("新しい話", 発表者="@Hana Kakushi", 出典="https://a.b/c")
)


def leading(registry: Registry, **notes: str) -> dict[str, str]:
    """Where each former address leads."""
    return {
        str(one.origin)[1:]: one.to for one in redirects(Context(base_of(registry, **notes), frozenset()))
    }


def test_what_follows_from_data_needs_no_help() -> None:
    talk = "topics/gam/#e-2025-11-25"
    assert leading(REGISTRY, d2025_11_25=NOTE) == {
        "presenters/old-ito/": "presenters/ito/",
        "presenters/shun-ito/": "presenters/ito/",
        "presenters/伊藤-俊/": "presenters/ito/",
        "presenters/shun/": "presenters/ito/",
        "papers/ab/": "papers/ab2025/",
        "papers/arxiv-2511-00001/": "papers/ab2025/",
        "papers/doi-10-1234-ab/": "papers/ab2025/",
        "tags/measure/": "tags/evaluation/",
        "tags/評価/": "tags/evaluation/",
        "tags/eval/": "tags/evaluation/",
        "topics/old-gam/": "topics/gam/",
        "topics/記憶の話/": "topics/gam/",
        # a talk at each id of its source
        "topics/ab2025/": talk,
        "topics/ab/": talk,
        "topics/arxiv-2511-00001/": talk,
        "topics/doi-10-1234-ab/": talk,
        "venues/learning-things/": "venues/lt/",
        "venues/old-lt/": "venues/lt/",
        # what has nothing to show, and may have had: the list of its kind
        "papers/cd2025/": "papers/",
        "papers/arxiv-2511-00002/": "papers/",
        "tags/rag/": "tags/",
        "tags/検索/": "tags/",
    }


REGISTERED_LATER = [
    (
        Registry(papers=(Paper("ab2025", "AB", ids=(("arxiv", "2511.00001"),)),)),
        entry("AB", 出典="arXiv:2511.00001"),
    ),
    (Registry(tags=(Tag("evaluation", "評価", "evaluation"),)), entry("題", タグ="評価, eval")),
    (Registry(topics=(Topic("gam", "記憶の話"),)), entry("題", トピック="記憶の話")),
    (Registry(presenters=(Presenter("ito", "I", aliases=("Shun Ito",)),)), entry("題", 発表者="@Shun Ito")),
    (Registry(presenters=(Presenter("ito", "Shun Itō", ("shun",)),)), entry("題", "[shun] はい")),
]  # fmt: skip


@pytest.mark.parametrize(("registry", "text"), REGISTERED_LATER)
def test_registering_takes_no_address_away(registry: Registry, text: str) -> None:
    before = fronts_of(base_of(Registry(), d2025_11_25=f"# 部\n\n{text}"))
    base = base_of(registry, d2025_11_25=f"# 部\n\n{text}")
    after = {f"{path}/" for path in fronts_of(base)} | redirect_pages(Context(base, frozenset())).keys()
    assert {f"{path}/" for path in before} <= after


def test_a_page_that_is_there_goes_before_all_claims() -> None:
    registry = Registry(tags=(Tag("eval", "評価", "evaluation", ("rag",)), Tag("rag", "検索", "RAG")))
    assert "tags/rag/" not in leading(registry, d2025_11_25=entry("題", タグ="評価, 検索"))


def test_the_older_of_two_talks_on_a_source_has_its_address() -> None:
    papers = Registry(papers=REGISTRY.papers, topics=(Topic("a", "A"), Topic("b", "B")))
    notes = {
        "d2025_11_18": entry("題", トピック="b", 出典="arXiv:2511.00001"),
        "d2025_11_25": entry("題", トピック="a", 出典="arXiv:2511.00001"),
    }
    assert leading(papers, **notes)["topics/arxiv-2511-00001/"] == "topics/b/#e-2025-11-18"


def test_rows_are_followed_to_what_is_there() -> None:
    rows = (
        Moved("/topics/first/", "/topics/second/#e-2025-11-25"),
        Moved("/topics/second/", "/topics/gam/#e-2025-11-25"),
        # a row goes before what data says
        Moved("/topics/ab2025/", f"/topics/{talk_id('2025-11-25', '新しい話')}/"),
        Moved("/sessions/2025-11-24/", "/sessions/2025-11-25/"),
        Moved("/tags/nobody-has-it/", "/tags/"),
        # a circle, and what is no more, lead nowhere
        Moved("/tags/a/", "/tags/b/"),
        Moved("/tags/b/", "/tags/a/"),
        Moved("/topics/x/", "/topics/never/"),
        Moved("/presenters/ms-k/", "/presenters/hana/"),
    )
    there = leading(replace(REGISTRY, moved=rows), d2025_11_25=NOTE)
    assert there["topics/first/"] == there["topics/second/"] == "topics/gam/#e-2025-11-25"
    assert there["topics/ab2025/"] == f"topics/{talk_id('2025-11-25', '新しい話')}/"
    assert there["sessions/2025-11-24/"] == "sessions/2025-11-25/"
    assert there["tags/nobody-has-it/"] == "tags/"
    assert not {"tags/a/", "tags/b/", "topics/x/", "presenters/ms-k/"} & there.keys()


TWO = Registry(topics=(Topic("gam", "GAM", former=("old",)),))


def page(rows: tuple[Moved, ...], url: str) -> tuple[str, dict[str, object]]:
    """A redirect page, and what its script was told."""
    registry = Registry(topics=TWO.topics, moved=rows)
    notes = {f"d2025_11_{day}": entry(f"題 <{day}>", "### 結果", "よい", トピック="gam") for day in (18, 25)}
    text = redirect_pages(Context(base_of(registry, **notes), frozenset()))[url]
    told = re.search(r"const \{ to, plain, marks \} = (.*);", text)
    assert told
    return text, json.loads(told[1])


def test_a_redirect_page_takes_the_places_on_it_along() -> None:
    """Each talk and each section has the anchor that it has now."""
    here = "../../topics/gam/"
    text, told = page((), "topics/old/")
    assert told == {
        "to": here,
        "plain": [here, "e-2025-11-18", ""],
        "marks": {
            "2025-11-18": [here, "e-2025-11-18", ""],
            "2025-11-25": [here, "e-2025-11-25", "-2025-11-25"],
        },
    }
    assert f'<a href="{here}">GAM</a>' in text


def test_a_page_that_led_to_one_talk_takes_its_sections_there() -> None:
    rows = (Moved("/topics/alone/", "/topics/gam/#e-2025-11-25"),)
    text, told = page(rows, "topics/alone/")
    talk = ["../../topics/gam/", "e-2025-11-25", "-2025-11-25"]
    assert (told["to"], told["plain"]) == ("../../topics/gam/#e-2025-11-25", talk)
    assert told["marks"] == {"2025-11-25": talk}
    assert "題 &lt;25&gt;</a>" in text
    assert "<25>" not in text

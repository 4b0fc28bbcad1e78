"""The key of a plan: as long as it is the same, so are its pages; and most are, whatever is edited."""

from __future__ import annotations

import pytest

from kb.link import build_base
from kb.pages import Context, Page, all_plans
from tests.support.edited import EDITS, NOTES, REGISTRY, edited, sessions_of
from tests.support.worlds import talk_id

Pages = dict[str, tuple[object, tuple[Page, ...]]]
"""Key and pages by the name of a plan."""


def plans(notes: dict[str, str]) -> tuple[object, Pages]:
    context = Context(build_base(sessions_of(notes), REGISTRY), frozenset())
    return context.common, {plan.name: (plan.key, tuple(plan.make())) for plan in all_plans(context)}


@pytest.mark.parametrize("edit", EDITS)
def test_pages_with_the_same_key_are_the_same(edit: str) -> None:
    before, after = plans(NOTES), plans(edited(*EDITS[edit]))
    nothing = (None, ())
    changed = {name for name, (_, made) in after[1].items() if made != before[1].get(name, nothing)[1]}
    assert changed, "an edit changes something"
    if before[0] == after[0]:  # where what all pages share has changed, all are made anew
        assert not changed & same_keys(before[1], after[1])


def same_keys(before: Pages, after: Pages) -> set[str]:
    return {name for name, (key, _) in after.items() if key and name in before and before[name][0] == key}


@pytest.mark.parametrize("edit", ["a sentence", "a remark", "a kind", "the title of a session", "a label"])
def test_what_an_edit_does_not_reach_keeps_its_key(edit: str) -> None:
    before, after = plans(NOTES), plans(edited(*EDITS[edit]))
    assert before[0] == after[0]
    assert same_keys(before[1], after[1]) >= {f"topics/{talk_id('2024-11-26', '遠い話')}", "tags/llm"}


def test_names_of_plans_are_apart_and_pages_too() -> None:
    _, made = plans(NOTES)
    paths = [page.path for _, pages in made.values() for page in pages]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@New Face", "@Newer Face"),
        ("タグ: fresh", "タグ: fresher"),
        ("arXiv:2511.00001", "arXiv:2512.00099"),
        ("[pon] どう", "[guest] どう"),
        ("[pon] どう", "[shun] どう"),
    ],
)
def test_names_that_only_notes_give_are_shared_by_all_pages(old: str, new: str) -> None:
    """A page may show any of them, so with them all pages are made anew."""
    after = plans(edited("2025-11-18", old, new))[0]
    assert (after == plans(NOTES)[0]) == (new == "[shun] どう")


def test_dates_and_files_are_shared_by_all_pages() -> None:
    """A link to another week or to an image works once it is there."""
    without = {date: text for date, text in NOTES.items() if date != "2025-12-02"}
    assert plans(without)[0] != plans(NOTES)[0]
    base = build_base((), REGISTRY)
    assert Context(base, frozenset(["a.png"])).common != Context(base, frozenset()).common

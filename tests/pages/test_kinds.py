"""What cannot ask the table of kinds says the same as it: templates, configuration, scripts, documents."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
import yaml

from kb.link.base import KnowledgeBase
from kb.model.document import Document
from kb.model.kinds import BY_ID, KINDS, Kind, KindId, TargetKind
from kb.pages.plan import MAKERS
from kb.pages.store import GENERATED
from kb.search.pieces import FACETS, OF_THINGS

HOME = Path(__file__).parents[2]


def text(path: str) -> str:
    return (HOME / path).read_text(encoding="utf-8")


class _Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml` without doing what its tags say."""


_Loader.add_multi_constructor("", lambda *_: None)
CONFIGURATION = yaml.load(text("mkdocs.yml"), _Loader)


def test_each_id_has_a_row_and_makers() -> None:
    ids = [kind.id for kind in KINDS]
    assert ids == list(MAKERS) == list(BY_ID)
    assert set(ids) == {one for union in get_args(KindId) for one in get_args(union) or (union,)}


def test_the_knowledge_base_has_the_records_of_what_texts_name() -> None:
    assert {BY_ID[kind].folder for kind in get_args(TargetKind)} <= {
        one.name for one in fields(KnowledgeBase)
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_each_has_a_template_and_one_for_its_list(kind: Kind) -> None:
    assert (HOME / f"overrides/{kind.id}.html").is_file()
    assert (HOME / f"overrides/{kind.folder}.html").is_file()


def test_the_navigation_names_the_lists_in_this_order() -> None:
    names = [(name, page) for row in CONFIGURATION["nav"] for name, page in row.items()]
    lists = [(name, page) for name, page in names if isinstance(page, str) and page != "index.md"]
    assert lists == [(kind.name, f"{kind.folder}/index.md") for kind in KINDS]
    assert set(CONFIGURATION["not_in_nav"].split()) == {"/search.md", *(f"/{one}/" for one in GENERATED)}


def test_what_is_generated_is_ignored_and_cleaned() -> None:
    assert {f"/docs/{one}/" for one in GENERATED} <= set(text(".gitignore").split())
    [cleaned] = re.findall(r"^\trm -rf (docs/index.md .+)$", text("Makefile"), re.MULTILINE)
    assert cleaned.split() == ["docs/index.md", *(f"docs/{one}" for one in GENERATED)]


def test_facets_are_fields_of_a_page() -> None:
    assert {kind.folder for kind in OF_THINGS} <= {one.name for one in fields(Document)}


def test_help_names_each_facet() -> None:
    """The field's help is shown before the index is read, which has the table."""
    script, guide = text("docs/assets/javascripts/search/view.js"), text("docs/guide/search.md")
    assert set(re.findall(r'"(\w+):"', script)) == {facet.label for facet in FACETS}
    assert all(f"`{facet.label}:" in guide for facet in FACETS)

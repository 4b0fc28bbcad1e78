"""Which names of conferences and journals mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link import build_base
from kb.link.base import KnowledgeBase
from kb.link.venues import Venues, year_of
from kb.model.registry import Paper, Registry, Venue
from kb.registry import load_registry
from kb.text.slug import page_id
from tests.support.notes import examples
from tests.support.rendered import HOME

NEURIPS = Venue(
    "neurips",
    "NeurIPS",
    "Conference on Neural Information Processing Systems",
    ("NIPS", "Advances in Neural Information Processing Systems"),
)
ICLR = Venue("iclr", "ICLR", "International Conference on Learning Representations")
REGISTERED = (NEURIPS, ICLR)


@pytest.mark.parametrize(
    ("container", "venue"),
    [
        ("ICLR", "iclr"),
        ("ICLR 2025", "iclr"),
        ("iclr 2025", "iclr"),
        ("ＩＣＬＲ　２０２５", "iclr"),
        ("ICLR'25", "iclr"),
        ("ICLR 2025年", "iclr"),
        ("International Conference on Learning Representations", "iclr"),
        ("The Thirteenth International Conference on Learning Representations", "iclr"),
        ("The 13th International Conference on Learning Representations, 2025", "iclr"),
        ("The Twelfth International Conference on Learning Representations (ICLR 2024)", "iclr"),
        ("Proceedings of the Twentieth International Conference on Learning Representations", "iclr"),
        ("2024 Conference on Something Else (ICLR)", "iclr"),
        ("NIPS 2017", "neurips"),
        ("Advances in Neural Information Processing Systems 35", "neurips"),
        ("Advances in Neural Information Processing Systems, vol. 35", "neurips"),
        ("The Thirty-eighth Annual Meeting", "annual-meeting"),
        ("Thirty-ninth Conference on Neural Information Processing Systems", "neurips"),
    ],
)
def test_what_changes_with_the_year_is_no_part_of_the_name(container: str, venue: str) -> None:
    assert Venues(REGISTERED).of(container) == venue


@pytest.mark.parametrize(
    ("container", "venue", "label"),
    [
        ("CoRL 2023", "corl", "CoRL"),
        ("Proceedings of the 7th Conference on Robot Learning (CoRL)", "corl", "CoRL"),
        ("Conference on Robot Learning", "conference-on-robot-learning", "Conference on Robot Learning"),
        ("IEEE Computer", "ieee-computer", "IEEE Computer"),
        ("Nature (London)", "nature-london", "Nature (London)"),
        ("ICLR Workshops 2024", "iclr-workshops", "ICLR Workshops"),
        ("NLP2024", "nlp", "NLP"),
        ("(CoRL 2023)", "corl", "CoRL"),
        ("言語処理学会 第30回年次大会", "言語処理学会-年次大会", "言語処理学会 年次大会"),
    ],
)
def test_a_name_that_nobody_registered_makes_a_venue_of_its_own(
    container: str, venue: str, label: str
) -> None:
    venues = Venues(REGISTERED)
    assert venues.of(container) == venue
    assert venues.by_id[venue] == Venue(venue, label, registered=False)


@pytest.mark.parametrize(
    "container", ["", " ", "2025", "arXiv", "arXiv (cs.CL)", "arXiv preprint arXiv:2511.1", "bioRxiv", "CoRR"]
)
def test_preprints_have_appeared_nowhere(container: str) -> None:
    venues = Venues(REGISTERED)
    assert venues.of(container) == ""
    assert venues.by_id == {one.id: one for one in REGISTERED}


@examples(200)
@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=30))
def test_the_address_depends_on_nothing_but_the_name(others: list[str], container: str) -> None:
    alone, beside = Venues(()), Venues(())
    for other in others:
        beside.of(other)
    found = alone.of(container)
    assert beside.of(container) == found
    assert not found or page_id(found) == found


def test_the_year_is_that_of_the_conference() -> None:
    assert year_of(Paper("a", "A", issued="2025-11-20", container_title="ICLR 2026")) == "2026"
    assert year_of(Paper("a", "A", issued="2025-11-20", container_title="TACL")) == "2025"
    assert year_of(Paper("a", "A", container_title="TACL")) == ""


@pytest.fixture
def base() -> KnowledgeBase:
    papers = (Paper("a", "A", container_title="ICLR 2024"), Paper("b", "B", container_title="arXiv"))
    return build_base((), Registry(papers=papers, venues=REGISTERED))


def test_the_base_knows_the_venue_of_each_paper(base: KnowledgeBase) -> None:
    assert base.venue_of == {"a": "iclr"}
    assert base.records("venue")["iclr"].label == "ICLR"


def test_the_groups_papers_have_appeared_at_registered_venues() -> None:
    """Or under a name that is whole by itself."""
    registry, _ = load_registry(HOME)
    venues = Venues(registry.venues)
    found = {venues.of(paper.container_title) for paper in registry.papers} - {""}
    assert {one for one in found if not venues.by_id[one].registered} == {"ieee-computer"}

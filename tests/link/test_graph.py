"""Every link of the pages can be followed both ways, held for whole sets of pages.

The sets are the notes of this checkout, the small corpus beside this file, and a year of generated
notes. What is followed is what the pages say: their front matter and the links in their text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from corpus import write_corpus
from kb.link import build_base
from kb.pages import all_pages
from kb.pages.lists import MAX_ROWS
from kb.sources import Reader
from tests.support.fronts import Front, front_of, urls_in

HERE = Path(__file__).resolve().parent
LISTS = ("entries", "backlinks", "remarks", "proposed")
_LINK = re.compile(r"\]\(\.\./(?P<folder>\w+)/(?P<page>[^)#]+)\.md(?:#[^)]*)?\)")
_ID = re.compile(r'\{: #(?P<mark>\S+) \}|\bid="(?P<tag>[^"]+)"')

Pairs = Counter[tuple[str, str]]
"""How often a page (its address) leads to another."""


class Site:
    """A set of pages by address, further pages of a long list taken together with their first."""

    def __init__(self, root: Path) -> None:
        sources = Reader(root).read()
        base = build_base(sources.sessions, sources.registry)
        self.fronts: dict[str, Front] = {}
        self.bodies: dict[str, str] = {}
        self.addresses: set[str] = set()
        for page in all_pages(base, sources.files):
            address = page.url
            self.addresses.add(address)
            front, body = front_of(page.text), page.text.partition("\n---\n")[2]
            first = "/".join(address.split("/")[:2]) + "/"
            if first != address and first in self.fronts:
                self._join(self.fronts[first], front)
            else:
                self.fronts[address], self.bodies[address] = front, body

    @staticmethod
    def _join(first: Front, further: Front) -> None:
        for name in LISTS:
            if name in first:
                first[name] = [*first[name], *further.get(name, [])]

    def of(self, kind: str) -> Iterator[tuple[str, Front]]:
        """The pages of a kind with their addresses."""
        return ((address, front) for address, front in self.fronts.items() if front["page_kind"] == kind)

    def pairs(self, kind: str, key: str) -> Pairs:
        """From each page of a kind to the pages that one of its lists names."""
        return Counter((here, page_of(row)) for here, front in self.of(kind) for row in front.get(key, []))

    def links(self, folder: str) -> set[tuple[str, str]]:
        """From each topic to the pages of a folder that its text links to."""
        found = set()
        for address, _ in self.of("topic"):
            for link in _LINK.finditer(self.bodies[address]):
                if link["folder"] == folder:
                    found.add((address, f"{folder}/{link['page']}/"))
        return found


def page_of(row: Front) -> str:
    """The page that a row leads to: the row itself, or the place that it quotes."""
    return str((row.get("source") or row)["url"]).partition("#")[0]


def turned(pairs: Pairs) -> Pairs:
    return Counter({(there, here): count for (here, there), count in pairs.items()})


@pytest.fixture(scope="module", params=["notes", "small", "year"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    match request.param:
        case "notes":
            return Site(HERE.parents[1])
        case "small":
            return Site(HERE / "corpus")
        case _:
            root = tmp_path_factory.mktemp("year")
            write_corpus(root, 1, seed=7)
            return Site(root)


def test_every_address_is_a_page_and_every_anchor_is_on_it(site: Site) -> None:
    anchors: defaultdict[str, set[str]] = defaultdict(set)
    for address, body in site.bodies.items():
        anchors[address] = {found["mark"] or found["tag"] for found in _ID.finditer(body)}
    for here, front in site.fronts.items():
        for url in urls_in(front):
            page, _, anchor = url.partition("#")
            assert unquote(page) in site.addresses, (here, url)
            assert not anchor or unquote(anchor) in anchors[unquote(page)], (here, url)


def test_related_topics_are_related_both_ways_for_the_same_reasons(site: Site) -> None:
    told = {
        (here, row["url"]): tuple(row["reasons"])
        for here, front in site.of("topic")
        for row in front["related"]
    }
    assert told
    assert {(there, here): reasons for (here, there), reasons in told.items()} == told
    assert all(told.values()), "a relation says why"


def test_two_hops_go_both_ways_over_the_same_thing(site: Site) -> None:
    told = {
        (here, hop["via"], link["url"])
        for here, front in site.of("topic")
        for hop in front["two_hops"]
        for link in hop["links"]
    }
    assert told or len(site.bodies) < 200, "eight topics may name nothing that is not a topic's own"
    assert {(there, via, here) for here, via, there in told} == told


@pytest.mark.parametrize("kind", ["topic", "paper", "presenter", "tag"])
def test_every_backlink_has_its_link_on_the_other_page(site: Site, kind: str) -> None:
    """In the text; a paper that the text links to itself, on its own site, is in the topic's list."""
    listed = {(here, row["url"]) for here, front in site.of("topic") for row in front["papers"]}
    backlinks = turned(site.pairs(kind, "backlinks"))
    assert backlinks or kind in ("topic", "presenter")
    assert backlinks.keys() <= site.links(f"{kind}s") | (listed if kind == "paper" else set())


@pytest.mark.parametrize("kind", ["topic", "paper", "presenter", "tag"])
def test_every_link_in_the_text_is_told_on_the_other_page(site: Site, kind: str) -> None:
    keys = ("backlinks",) if kind == "topic" else LISTS
    told = {(unquote(here), unquote(there)) for key in keys for here, there in turned(site.pairs(kind, key))}
    linked = {(here, unquote(there)) for here, there in site.links(f"{kind}s")}
    assert linked - {(here, here) for here, _ in linked} <= told


def test_papers_of_a_topic_know_the_topic(site: Site) -> None:
    """As a source among the entries, as a mention among the backlinks."""
    for role, key in (("出典", "entries"), ("言及", "backlinks")):
        named = {
            (here, row["url"])
            for here, front in site.of("topic")
            for row in front["papers"]
            if row["role"] == role
        }
        there = set(turned(site.pairs("paper", key)))
        assert named <= there, role
        if role == "出典":
            assert named == there


@pytest.mark.parametrize(("kind", "key"), [("presenter", "presenters"), ("tag", "tags")])
def test_cards_agree_with_the_pages_of_people_and_tags(site: Site, kind: str, key: str) -> None:
    """Whom the agenda of a session names for an entry has the entry on the own page, and no other."""
    cards = [card for _, front in site.of("session") for part in front["parts"] for card in part["entries"]]
    agenda = Counter((link["url"], card["url"]) for card in cards for link in card[key] if link["url"])
    pages = Counter((here, card["url"]) for here, front in site.of(kind) for card in front["entries"])
    assert {(unquote(here), url): count for (here, url), count in agenda.items()} == dict(pages)


def test_sessions_and_topics_know_each_other(site: Site) -> None:
    agenda = {
        (here, card["url"])
        for here, front in site.of("session")
        for part in front["parts"]
        for card in part["entries"]
    }
    entries = {
        (entry["session_url"], f"{here}#{entry['anchor']}")
        for here, front in site.of("topic")
        for entry in front["entries"]
    }
    assert {(here, unquote(url)) for here, url in agenda} == entries


def test_sessions_are_a_chain(site: Site) -> None:
    following = {here: front["next"]["url"] for here, front in site.of("session") if front["next"]}
    previous = {here: front["previous"]["url"] for here, front in site.of("session") if front["previous"]}
    assert {there: here for here, there in following.items()} == previous
    assert list(following) == sorted(following)


def test_people_meet_each_other_equally_often(site: Site) -> None:
    met = {
        (here, row["url"]): row["count"] for here, front in site.of("presenter") for row in front["partners"]
    }
    assert met or len(list(site.of("session"))) == 1
    assert {(there, here): count for (here, there), count in met.items()} == met


def test_tags_know_what_is_above_and_below(site: Site) -> None:
    above = {(here, front["broader"]["url"]) for here, front in site.of("tag") if front["broader"]}
    below = {(row["url"], here) for here, front in site.of("tag") for row in front["narrower"]}
    assert above == below


def test_no_page_is_empty(site: Site) -> None:
    """A person, a paper or a tag has something to show."""
    for kind in ("presenter", "paper", "tag"):
        for here, front in site.of(kind):
            assert any(front.get(key) for key in (*LISTS, "narrower")), here


def test_every_page_says_where_it_comes_from(site: Site) -> None:
    for kind in ("session", "topic", "paper", "presenter", "tag"):
        for here, front in site.of(kind):
            assert re.match(r"docs/(?:notes|data)/", front["edit_path"]), here
            assert front["edit_line"] > 0, here


@pytest.mark.parametrize("folder", ["sessions", "topics", "papers"])
def test_a_list_and_its_older_pages_name_everything_once(site: Site, folder: str) -> None:
    """No page of a list is endless, and together they leave nothing out."""
    key, rows = {"sessions": ("years", "sessions"), "topics": ("years", "entries")}.get(
        folder, ("groups", "papers")
    )
    lists = [front for _, front in site.of(folder)]
    named = Counter(unquote(page_of(row)) for front in lists for group in front[key] for row in group[rows])
    assert named == Counter(here for here, _ in site.of(folder.removesuffix("s")))
    older = {row["url"] for front in lists for row in front["archive"]}
    assert older == {here for here, _ in site.of(folder)} - {f"{folder}/"}
    assert all(sum(len(group[rows]) for group in front[key]) <= MAX_ROWS for front in lists)

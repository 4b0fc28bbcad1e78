"""Ids of works in every spelling that notes have, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.ids import FoundId, WorkId, canonical, find_ids, url_key

SAM3 = WorkId("arxiv", "2511.16719")
OLD = WorkId("arxiv", "hep-th/9901001")
AMERSHI = WorkId("doi", "10.1145/3290605.3300233")
REVIEWED = WorkId("openreview", "vAElhFcKW6")
ACL = WorkId("acl", "2023.acl-long.1")
OLD_ACL = WorkId("acl", "P19-1001")

SPELLINGS = {
    SAM3: [
        "https://arxiv.org/abs/2511.16719",
        "http://arxiv.org/abs/2511.16719",
        "arxiv.org/abs/2511.16719",
        "https://www.arxiv.org/abs/2511.16719",
        "https://export.arxiv.org/abs/2511.16719",
        "https://arxiv.org/abs/2511.16719v2",
        "https://arxiv.org/pdf/2511.16719",
        "https://arxiv.org/pdf/2511.16719.pdf",
        "https://arxiv.org/pdf/2511.16719v12.pdf",
        "https://arxiv.org/html/2511.16719v1",
        "https://arxiv.org/format/2511.16719",
        "https://arxiv.org/abs/2511.16719?context=cs.CV",
        "https://arxiv.org/abs/2511.16719#comments",
        "https://www.alphaxiv.org/abs/2511.16719",
        "https://alphaxiv.org/overview/2511.16719v2",
        "https://www.alphaxiv.org/pdf/2511.16719",
        "https://huggingface.co/papers/2511.16719",
        "https://ar5iv.org/abs/2511.16719",
        "https://ar5iv.labs.arxiv.org/html/2511.16719",
        "arXiv:2511.16719",
        "arxiv:2511.16719v3",
        "arXiv: 2511.16719",
        "ARXIV：2511.16719",
        "https://doi.org/10.48550/arXiv.2511.16719",
        "doi:10.48550/ARXIV.2511.16719",
        "10.48550/arXiv.2511.16719v2",
    ],
    OLD: [
        "https://arxiv.org/abs/hep-th/9901001",
        "https://arxiv.org/pdf/hep-th/9901001v2.pdf",
        "arXiv:hep-th/9901001",
    ],
    WorkId("arxiv", "math.GT/0309136"): ["https://arxiv.org/abs/math.GT/0309136", "arXiv:math.GT/0309136v1"],
    WorkId("arxiv", "0704.0001"): ["arXiv:0704.0001", "https://arxiv.org/abs/0704.0001"],
    AMERSHI: [
        "https://doi.org/10.1145/3290605.3300233",
        "http://dx.doi.org/10.1145/3290605.3300233",
        "https://doi.org/10.1145%2F3290605.3300233",
        "doi.org/10.1145/3290605.3300233",
        "doi:10.1145/3290605.3300233",
        "DOI: 10.1145/3290605.3300233",
        "doi：10.1145/3290605.3300233",
        "10.1145/3290605.3300233",
    ],
    WorkId("doi", "10.1109/mc.1987.1663532"): [
        "10.1109/MC.1987.1663532",
        "https://doi.org/10.1109/mc.1987.1663532",
    ],
    REVIEWED: [
        "https://openreview.net/forum?id=vAElhFcKW6",
        "https://openreview.net/pdf?id=vAElhFcKW6",
        "openreview.net/forum?id=vAElhFcKW6&noteId=abc",
        "https://openreview.net/forum?noteId=abc&id=vAElhFcKW6",
        "https://openreview.net/attachment?id=vAElhFcKW6&name=supplementary_material",
    ],
    ACL: [
        "https://aclanthology.org/2023.acl-long.1/",
        "https://aclanthology.org/2023.acl-long.1",
        "https://aclanthology.org/2023.acl-long.1.pdf",
        "https://www.aclanthology.org/2023.acl-long.1/",
        "https://doi.org/10.18653/v1/2023.acl-long.1",
    ],
    OLD_ACL: [
        "https://aclanthology.org/P19-1001/",
        "https://www.aclweb.org/anthology/P19-1001",
        "aclweb.org/anthology/P19-1001.pdf",
    ],
}

NOT_IDS = [
    "",
    "2511.16719",  # a number alone may be anything
    "バージョン 2511.16719 の話",
    "https://example.org/abs/2511.16719",
    "https://notarxiv.org/abs/2511.16719",
    "https://arxiv.org/list/cs.CV/recent",
    "https://arxiv.org/",
    "arxiv.org/abs/251.16719",
    "myarxiv:2511.16719",
    "10.5/abc",
    "version 10.15/11",
    "110.1145/3290605",
    "https://openreview.net/group?id=ICLR.cc/2025",
    "https://openreview.net/forum?id=abc",
    "https://aclanthology.org/events/acl-2023/",
    "https://aclanthology.org/people/j/jane-doe/",
    "https://huggingface.co/models/2511.16719",
    "doi を調べた",
]

FORMS = [(spelling, work) for work, spellings in SPELLINGS.items() for spelling in spellings]


@pytest.mark.parametrize(("spelling", "work"), FORMS)
def test_every_spelling_is_one_work(spelling: str, work: WorkId) -> None:
    assert [found.id for found in find_ids(spelling)] == [work]


@pytest.mark.parametrize(("spelling", "work"), FORMS)
def test_spellings_in_japanese_text(spelling: str, work: WorkId) -> None:
    """Neither full stops nor brackets after an id belong to it."""
    for before, after in (
        ("", "。次の文"),
        ("（", "）"),
        ("「", "」は"),
        ("これは ", " の続き"),
        ("、", "、と"),
    ):
        found = find_ids(before + spelling + after)
        assert [one.id for one in found] == [work], before + spelling + after
        assert found[0].start == len(before)


@pytest.mark.parametrize("text", NOT_IDS)
def test_what_is_no_id(text: str) -> None:
    assert find_ids(text) == ()


def test_several_ids_in_order_none_overlapping() -> None:
    text = "doi:10.1145/3290605.3300233 と arXiv:2511.16719、https://doi.org/10.48550/arXiv.2511.16719 など"
    found = find_ids(text)
    assert [one.id for one in found] == [AMERSHI, SAM3, SAM3]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert text[found[1].start : found[1].end] == "arXiv:2511.16719"


@pytest.mark.parametrize("end", [*".,:;!?)", "。", "、", "」", "』", "】", "）"])
def test_a_doi_ends_before_punctuation(end: str) -> None:
    assert find_ids(f"(10.1145/3290605.3300233{end}") == (FoundId(AMERSHI, 1, 24),)


@pytest.mark.parametrize("work", SPELLINGS)
def test_labels_and_addresses_are_read_back(work: WorkId) -> None:
    assert [one.id for one in find_ids(work.url)] == [work]
    assert canonical(work.scheme, work.value) == work
    if work.scheme in ("arxiv", "doi"):
        assert [one.id for one in find_ids(work.label)] == [work]


@pytest.mark.parametrize(
    ("scheme", "value", "work"),
    [
        ("isbn", "978-4-87311-758-4", WorkId("isbn", "9784873117584")),
        ("isbn", "978 4 87311 758 4", WorkId("isbn", "9784873117584")),
        ("doi", "10.48550%2FarXiv.2511.16719", SAM3),
        ("doi", "10.18653/V1/P19-1001", WorkId("acl", "p19-1001")),
        ("arxiv", " 2511.16719v7 ", SAM3),
        ("openreview", "vAElhFcKW6", REVIEWED),
    ],
)
def test_canonical(scheme: str, value: str, work: WorkId) -> None:
    assert canonical(scheme, value) == work


@given(st.text(alphabet="arxivdo:/.10 2511.16719v)。、pdf?=id", max_size=40))
def test_places_are_those_of_the_text(text: str) -> None:
    found = find_ids(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


SAME_PAGE = [
    "https://example.org/a/b",
    "http://example.org/a/b",
    "https://www.example.org/a/b",
    "https://example.org/a/b/",
    "https://example.org/a/b#section",
    "https://EXAMPLE.org/a/b",
    " https://example.org/a/b ",
    "https://example.org/a/b?utm_source=x&utm_medium=y",
    "https://example.org/a/b?fbclid=1&ref=slack&s=20",
    "https://example.org/a/%62",
]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?t=10&v=dQw4w9WgXcQ&list=a", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/@channel", "youtube.com/@channel"),
        ("https://x.com/a/status/1?s=20", "twitter.com/a/status/1"),
        ("https://example.org/a/index.html", "example.org/a"),
        ("https://example.org/a?fbclid=1&mc_cid=2&id=3", "example.org/a?id=3"),
    ],
)
def test_url_key_of_pages_with_several_addresses(url: str, key: str) -> None:
    assert url_key(url) == key


def test_url_key_of_one_page() -> None:
    assert {url_key(url) for url in SAME_PAGE} == {"example.org/a/b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?page=2&utm_source=x", "https://example.org/a"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://sub.example.org/a", "https://example.org/a"),
    ],
)
def test_url_key_keeps_pages_apart(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("url", ["http://[pon]", "https://[::1", "", "///", "http://a:b:c/"])
def test_url_key_takes_anything(url: str) -> None:
    assert isinstance(url_key(url), str)


@given(st.text(max_size=30))
def test_url_key_never_fails(text: str) -> None:
    assert isinstance(url_key(text), str)
    assert isinstance(url_key("https://" + text), str)

"""The artifact: what is written is read back, and nothing else is read."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.github.data import ARCHIVE_LIMIT, FILE, FILE_LIMIT, LIST_LIMIT, report_json, report_of, unpacked
from kb.github.event import Proposal
from kb.github.shape import RefusedError
from tests.github.reports import EVIL, HEAD, archived, artifact, diff, finding, made, minor, page
from tests.support.notes import examples


def test_what_is_written_is_read() -> None:
    report = report_of(unpacked(artifact(made([finding(3, "warning"), finding(5, message=EVIL)]))))
    assert report.proposal == Proposal(34, HEAD)
    assert report.check is not None
    assert (report.check.errors, report.check.warnings) == (1, 1)
    assert [one.span.first for one in report.check.findings.items] == [5, 3], "errors first"
    assert report.check.findings.items[0].message == EVIL
    assert report.change is not None
    assert report.change.names["papers"].items[0].title == "A paper"
    assert report.change.pages["moved"].items[0].url == "topics/b/"


def test_places_and_form_are_numbers_of_bounded_size() -> None:
    places = [{"line": line, "column": 0} for line in range(3, 20_003)]
    report = report_of(
        made([finding(3, "warning", places=places), minor(7), minor(2), minor(5, mended=False)])
    )
    assert report.check is not None
    (row,) = report.check.findings.items
    assert (row.span.first, row.others.total, row.others.items[:2]) == (3, 19_999, (4, 5))
    assert len(row.others.items) < 20
    (one,) = report.check.minor.items
    assert (one.path, one.mended, one.by_hand) == (row.span.path, 9, 5)
    assert (report.check.errors, report.check.warnings) == (0, 1)


def test_a_command_that_failed_leaves_a_gap() -> None:
    report = report_of(report_json(Proposal(1, HEAD), None, None))
    assert report.check is None
    assert report.change is None


def test_a_great_change_is_counted_and_cut() -> None:
    rows = [finding(line, "warning", message="長" * 5_000) for line in range(1, 1_000)]
    data = made(rows, diff(links=diff()["links"] * 1_000))
    report = report_of(data)
    assert len(data) < FILE_LIMIT
    assert report.check is not None
    assert report.change is not None
    assert (report.check.warnings, len(report.check.findings.items)) == (999, LIST_LIMIT)
    assert (report.change.links.total, len(report.change.links.items)) == (1_000, LIST_LIMIT)


@pytest.mark.parametrize(
    "archive",
    [
        archived({}),
        archived({FILE: b"{}", "extra.sh": b"id"}),
        archived({f"../{FILE}": b"{}"}),
        archived({f"/tmp/{FILE}": b"{}"}),
        archived({FILE: b" " * (FILE_LIMIT + 1)}),
        archived({FILE: made()}, zipfile.ZIP_LZMA),
        b"PK\x03\x04 no archive",
        b"",
        b"x" * (ARCHIVE_LIMIT + 1),
    ],
    ids=["empty", "foreign file", "upwards", "absolute", "bomb", "LZMA", "no zip", "nothing", "too large"],
)
def test_archives_that_are_refused(archive: bytes) -> None:
    with pytest.raises(RefusedError):
        unpacked(archive)


def test_two_files_of_one_name_are_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(FILE, made())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(FILE, made())
    with pytest.raises(RefusedError, match="other files"):
        unpacked(out.getvalue())


@given(st.data())
@examples(150)
def test_a_broken_archive_is_refused_or_read(data: st.DataObject) -> None:
    archive = bytearray(artifact())
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedError):
        assert report_of(unpacked(bytes(archive))).check is not None


def test_a_size_that_lies_does_not_help() -> None:
    archive = bytearray(archived({FILE: b" " * (FILE_LIMIT + 1)}))
    at = archive.index(b"PK\x01\x02") + 24  # the size in the central directory
    archive[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(RefusedError):
        report_of(unpacked(bytes(archive)))


MOVED = {"from": "topics/a/", "to": "topics/b/", "title": "B"}


def change(**values: object) -> bytes:
    """A report with other values in it."""
    return json.dumps({**json.loads(made([finding()])), **values}).encode()


def check(**values: object) -> bytes:
    """A report with other values in what was checked."""
    return change(check={**json.loads(made([finding()]))["check"], **values})


ROW = json.loads(made([finding()]))["check"]["findings"]["items"][0]


def test_what_the_refused_ones_are_made_of_is_read() -> None:
    told = report_of(check(findings={"total": 1, "items": [ROW]})).check
    assert told
    assert told.findings.total == told.errors == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        change(version=1),
        change(extra=1),
        change(number="34"),
        change(number=34.0),
        change(head="main"),
        check(errors=0),
        check(findings={"total": 0, "items": [ROW]}),
        check(findings={"total": 1, "items": [{**ROW, "severity": "fatal"}]}),
        check(findings={"total": 1, "items": [{**ROW, "severity": "minor"}]}),
        check(findings={"total": 1, "items": [{**ROW, "path": "../../x"}]}),
        check(findings={"total": 1, "items": [{**ROW, "line": "8"}]}),
        check(findings={"total": 1, "items": [{**ROW, "others": {"total": 0, "items": [1]}}]}),
        check(findings={"total": 1, "items": [{**ROW, "others": {"total": 1, "items": ["1"]}}]}),
        check(findings={"total": 1, "items": ["x"]}),
        check(minor={"total": 1, "items": [{"path": "//x", "mended": 1, "by_hand": 0}]}),
        check(minor={"total": 1, "items": [{"path": "a", "mended": "1", "by_hand": 0}]}),
        check(minor={"total": 1, "items": [{"path": "a", "mended": 1}]}),
        made(change=diff(tags=[{"id": "x", "name": "x", "url": "javascript:alert(1)", "registered": True}])),
        made(change=diff(pages={**diff()["pages"], "moved": [{**MOVED, "from": "../x"}]})),
        made(change=diff(pages={**diff()["pages"], "moved": [{**MOVED, "to": "//evil.example/"}]})),
        made(change=diff(links=[{"from": page("//evil.example/", ""), "to": page("", ""), "sentence": ""}])),
    ],
)
def test_reports_that_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        report_of(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["version", "number", "head", "check", "diff"]), JSON)
@examples(150)
def test_any_value_is_read_or_refused(key: str, value: object) -> None:
    with suppress(RefusedError):
        assert report_of(change(**{key: value})).proposal.number >= 0

"""The files of `docs/data/`: what they become, what is said of what they must not hold."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kb.link.venues import Venues
from kb.model.finding import Span
from kb.model.registry import Author, Paper, Presenter, Registry, Tag, Topic, Venue
from kb.registry import load_registry
from kb.registry.checks import check_registry
from tests.support.hints import hinted
from tests.support.notes import examples
from tests.support.rendered import HOME
from tests.support.values import VALUES

NAMES = ("presenters", "papers", "tags", "topics", "venues", "moved")
CASES = yaml.safe_load(Path(__file__).with_name("messages.yml").read_text(encoding="utf-8"))


def write(root: Path, **files: str) -> Path:
    """A root with registries of these texts."""
    for name, text in files.items():
        path = root / "docs" / "data" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_every_field_is_read_with_its_line(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        presenters="""# a comment
presenters:
  - {id: shun-ito, name: Shun Ito}
  - id: pon
    name: 中村
    handles: [pon, p]
    aliases: [Nakamura]
    reading: なかむら
    hidden: true
""",
        papers="""papers:
  - id: a2025-b
    type: paper-conference
    title: 'A: B'
    author: [{family: A, given: B.}, {literal: C}]
    issued: '2025-11'
    container-title: ICLR 2026
    publisher: P
    language: en
    ids: {doi: 10.1000/x, arxiv: '2511.00001'}
    url: https://a.b/c
    code: https://a.b/d
    aliases: [AB]
""",
        tags="tags:\n  - {id: rag, ja: 検索拡張生成, en: RAG, aliases: [R], broader: llm}\n"
        "  - {id: llm, ja: LLM, en: LLM}\n",
        topics="topics:\n  - {id: gam, name: GAM, aliases: [G], former: [old]}\n",
        venues="venues:\n  - {id: iclr, name: ICLR, full: Long Name, aliases: [L], url: 'https://iclr.cc/'}\n",
    )
    registry, findings = load_registry(root)
    (shun, pon), (paper,), (rag, llm), (gam,), (iclr,) = (
        registry.presenters,
        registry.papers,
        registry.tags,
        registry.topics,
        registry.venues,
    )
    assert findings == ()
    assert shun == Presenter("shun-ito", "Shun Ito")
    assert pon == Presenter("pon", "中村", ("pon", "p"), ("Nakamura",), "なかむら", hidden=True)
    assert paper == Paper(
        id="a2025-b",
        title="A: B",
        type="paper-conference",
        authors=(Author("A", "B."), Author(literal="C")),
        issued="2025-11",
        container_title="ICLR 2026",
        publisher="P",
        language="en",
        ids=(("arxiv", "2511.00001"), ("doi", "10.1000/x")),
        url="https://a.b/c",
        code="https://a.b/d",
        aliases=("AB",),
    )
    assert paper.year == "2025"
    assert (rag, llm) == (Tag("rag", "検索拡張生成", "RAG", ("R",), "llm"), Tag("llm", "LLM", "LLM"))
    assert llm.terms == ("LLM",)
    assert gam == Topic("gam", "GAM", ("G",), ("old",))
    assert iclr == Venue("iclr", "ICLR", "Long Name", ("L",), "https://iclr.cc/")
    assert iclr.names == ("ICLR", "Long Name", "L")
    assert [str(one.span) for one in (shun, pon, paper, rag, llm, gam, iclr)] == [
        "docs/data/presenters.yml:3",
        "docs/data/presenters.yml:4",
        "docs/data/papers.yml:2",
        "docs/data/tags.yml:2",
        "docs/data/tags.yml:3",
        "docs/data/topics.yml:2",
        "docs/data/venues.yml:2",
    ]


def test_files_may_be_missing_and_lists_empty(tmp_path: Path) -> None:
    assert load_registry(tmp_path) == (Registry(), ())
    assert load_registry(write(tmp_path, tags="tags: []\n")) == (Registry(), ())


def test_the_registries_of_this_checkout_are_in_order() -> None:
    registry, findings = load_registry(HOME)
    assert findings == ()
    assert all((registry.presenters, registry.papers, registry.tags, registry.topics, registry.venues))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_messages_as_printed(case: dict[str, str], tmp_path: Path) -> None:
    _, findings = load_registry(write(tmp_path, **{case["file"]: case["text"]}))
    assert "".join(f"{finding}\n" for finding in findings) == case["says"]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas_that_explain_every_key(name: str) -> None:
    """Editors show the descriptions; so do our messages."""
    schema = json.loads((HOME / "docs/data/schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    record = schema["properties"][name]["items"]
    assert set(record["required"]) <= record["properties"].keys()
    assert record["additionalProperties"] is False
    assert all(key["description"] for key in record["properties"].values())


@pytest.mark.parametrize("name", NAMES)
def test_each_registry_names_its_schema_for_editors(name: str) -> None:
    first = (HOME / f"docs/data/{name}.yml").read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=schema/{name}.schema.json"


def test_a_circle_is_told_once_however_long_it_is() -> None:
    place = Span("tags.yml", 1, 1)
    tags = [Tag(f"t{n}", f"語{n}", f"word{n}", broader=f"t{(n + 1) % 9}", span=place) for n in range(9)]
    below = Tag("below", "下", "below", broader="t4", span=place)
    findings = check_registry(Registry(tags=(*tags, below)))
    assert [one.code for one in findings] == ["registry-broader-circle"]
    assert findings[0].message.endswith("t0 → t1 → t2 → t3 → t4 → t5 → t6 → t7 → t8 → t0")


@examples(400)
@given(st.sampled_from(NAMES), VALUES, st.booleans())
@example("tags", {1: 2}, True)
def test_no_value_breaks_the_reader(name: str, value: object, listed: bool) -> None:
    """Whatever YAML can say is read or reported, with a line of the file."""
    text = yaml.safe_dump({name: [value]} if listed else value, allow_unicode=True)
    _load_text(name, text)


@examples(300)
@given(st.sampled_from(NAMES), st.text(alphabet="abi: -[]{}#&*!|>'\"%@`,?\n\t~1.<", max_size=40))
@example("tags", "? [a]\n: b")
@example("tags", "&a [*a]")
@example("tags", "tags: &a [*a]")
@example("tags", "<<: {tags: []}\ntags: []")
@example("tags", "!!python/object:os.system {}")
@example("tags", "tags: !!binary x")
@example("tags", "tags: [{id: 0o7}]\n---\ntags: []")
def test_no_text_breaks_the_reader(name: str, text: str) -> None:
    _load_text(name, text)


def _load_text(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _, findings = load_registry(write(Path(folder), **{name: text}))
    for finding in findings:
        assert finding.severity == "error"
        assert finding.span.path == f"docs/data/{name}.yml"
        assert finding.span.first <= text.count("\n") + 2
        assert finding.message


SLIPS = {
    "one blank where two belong": ("  - {id: b", " - {id: b", "3 行目のはじめの空白が 1 つです。2 つにして"),
    "no blank": ("  - {id: b", "- {id: b", "3 行目のはじめの空白が 0 つです。2 つにして"),
    "a key one column off": ("    name: C", "   name: C", "5 行目のはじめの空白が 3 つです。4 つにして"),
    "a tab": ("    name: C", "\tname: C", "5 行目のはじめにタブがあります。半角の空白 4 つにして"),
    "full-width blanks": (
        "    name: C",
        "　　name: C",
        "5 行目のはじめに全角の空白があります。半角の空白 4 つ",
    ),
    "a full-width colon": ("name: C", "name：C", "5 行目の全角の `：` を"),
    "no blank behind a colon": ("name: C", "name:C", "5 行目の `:` の後ろに空白"),
    "no blank behind a dash": ("- id: c", "-id: c", "4 行目の `-` の後ろに空白"),
    "a colon in a value": ("name: C", "name: C: D", "5 行目の値を `'` と `'` で囲んで"),
    "an at sign": ("name: C", "name: @C", "5 行目の値を `'` と `'` で囲んで"),
    "an at sign in braces": ("name: B", "name: @B", "3 行目の値を `'` と `'` で囲んで"),
    "a brace left open": ("name: B}", "name: B", "3 行目の最後に `}`"),
    "a bracket left open": ("name: B}", "name: B, aliases: [b}", "3 行目の最後の `}` の前に `]`"),
    "a quotation mark left open": ("name: C", 'name: "C', '5 行目の最後に `"`'),
    "a record below an empty list": ("topics:", "topics: []", "1 行目の `[]` を消して"),
    "no colon behind the list's name": ("topics:", "topics", "1 行目の最後に `:`"),
}


@pytest.mark.parametrize(("good", "bad", "hint"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_of_the_hand_is_named(tmp_path: Path, good: str, bad: str, hint: str) -> None:
    """Wherever YAML gives up: often only in the line below."""
    text = (
        "topics:\n  - {id: a, name: A}\n  - {id: b, name: B}\n  - id: c\n    name: C\n  - {id: d, name: D}\n"
    )
    assert load_registry(write(tmp_path, topics=text))[1] == ()
    assert text.count(good) == 1
    _, findings = load_registry(write(tmp_path, topics=text.replace(good, bad)))
    assert [(one.code, one.hint[: len(hint)]) for one in findings] == [("registry-yaml", hint)]


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux"])
def test_a_name_of_a_device_is_no_id(tmp_path: Path, name: str) -> None:
    (finding,) = load_registry(write(tmp_path, topics=f"topics:\n  - {{id: {name}, name: X}}\n"))[1]
    assert "Windows" in finding.message
    assert not load_registry(write(tmp_path, topics=f"topics:\n  - {{id: {name}-2, name: X}}\n"))[1]


@pytest.mark.parametrize("char", ["\\u202e", "\\x07", "\\u200b", "\\x85", "\\u2028"])
@pytest.mark.parametrize("key", ["name: {}", "name: X, aliases: [Y, {}]"])
def test_what_nobody_sees_is_told_at_its_line(tmp_path: Path, char: str, key: str) -> None:
    value = key.format(f'"a{char}b"')
    text = f"topics:\n  - {{id: ok, name: O}}\n  - {{id: x, {value}}}\n"
    (finding,) = load_registry(write(tmp_path, topics=text))[1]
    assert "目に見えない文字 U+" in finding.message
    assert finding.span.first == 3
    assert ("`aliases` の 2 番目" in finding.message) is ("aliases" in key)


def test_what_is_far_too_long_is_told(tmp_path: Path) -> None:
    rows = (
        f"id: {'a' * 101}, name: O",
        f"id: x, name: {'あ' * 1001}",
        f"id: y, name: Y, former: [{'b' * 101}]",
    )
    text = "topics:\n" + "".join(f"  - {{{row}}}\n" for row in rows)
    messages = [one.message for one in load_registry(write(tmp_path, topics=text))[1]]
    assert [message.partition("が長すぎます")[1] for message in messages] == ["が長すぎます"] * 3


NEVER = [
    "ICLR 2025",
    "第30回 年次大会",
    "Proceedings of the Tenth ACL",
    "Learning Conference (LC)",
    "CHI'24",
]


@pytest.mark.parametrize("alias", NEVER)
def test_an_alias_that_no_paper_can_have_is_told(tmp_path: Path, alias: str) -> None:
    text = f'venues:\n  - id: v\n    name: V\n    aliases: [Good Name, "{alias}"]\n'
    registry, (finding,) = load_registry(write(tmp_path, venues=text))
    assert (finding.code, finding.span.first) == ("registry-alias-dead", 4)
    found = Venues(registry.venues)
    assert found.of(alias) != "v"
    assert found.of("Good Name 2024") == "v"


def test_a_fault_between_records_is_told_at_its_value(tmp_path: Path) -> None:
    text = "topics:\n  - id: a\n    name: A\n  - id: b\n    name: B\n    aliases:\n      - C\n      - A\n"
    (finding,) = load_registry(write(tmp_path, topics=text))[1]
    assert (finding.code, finding.span.first, finding.span.column) == ("registry-alias-twice", 8, 9)


@examples(60)
@given(
    st.text("aBc_-.'\"!&*?{}: 山ｱ1,~|%`/@#[]é", min_size=1, max_size=8) | st.integers(0, 3000),
    st.sampled_from(["id", "name", "issued"]),
    st.sampled_from(["", " ", "　"]),
)
@example("Taro Yamada", "id", "")
@example("[a: b, c", "name", " ")
@example(2025, "issued", "")
def test_what_is_to_be_written_instead_can_be_written(value: str | int, key: str, blank: str) -> None:
    typed = f"{blank}{value}{blank}" if isinstance(value, str) else value
    record = {"id": "x", "type": "article", "title": "T", "issued": "2025"} | {
        "title" if key == "name" else key: typed
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        found = load_registry(write(root, papers=yaml.safe_dump({"papers": [record]}, allow_unicode=True)))[1]
        for hint in (
            one.hint for one in found if "と書いてください" in one.hint and one.code == "registry-schema"
        ):
            row = "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in record.items() if one != typed)
            name = next(name for name, one in record.items() if one == typed)
            text = f"papers:\n  - {row}, {name}: {hinted(hint)[0]}}}\n"
            assert not [
                one
                for one in load_registry(write(root, papers=text))[1]
                if one.code != "registry-id-reserved"
            ], text


def _flow(value: object) -> str:
    return yaml.safe_dump([value], default_flow_style=True, allow_unicode=True).strip()[1:-1]

"""The built site, page by page, by both engines: nothing lost, nothing doubled, every way both ways."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html
from mkdocs.utils.meta import get_data

from kb.cli.site import main
from kb.link import KnowledgeBase
from kb.link.nodes import Target
from kb.site.links import broken_links
from tests.site.conftest import HOME, PIXEL, Built
from tests.support.rendered import notes_in, words_of
from tests.support.said import squeezed

COPIED = HOME / "tests/golden/copied/2025-11-25/input.txt"
TITLES = {
    "gpt-oss-nemo": "[blog] NVIDIA NeMoを利用したGPT-OSSの学習",
    "gam": "[論文] General Agentic Memory Via Deep Research",
    "advanced-tool-use": "[blog] Introducing advanced tool use on the Claude Developer Platform",
    "sam3": "SAM3系が色々でた",
    "hai-guidelines": "[論文]Guidelines for Human-AI Interaction",
    "sdd": "[blog] Spec-Driven Development: The Waterfall Strikes Back",
    "lyftlearn": "LyftLearn Evolution: Rethinking ML Platform Architecture",
    "video-models": "Video models are zero-shot learners and reasoners",
}
"""The eight entries of the copied page, by the ids of their topics."""
AUTHORS = "Thaddäus Wiedemer, Yuxuan Li, Paul Vicol"
LISTS = ("sessions", "topics", "papers", "presenters", "tags")


def copied_body(topic: str) -> list[str]:
    """The lines of an entry as they were copied, from its title to the next entry's `@` line or part."""
    lines = COPIED.read_text(encoding="utf-8").split("\n")
    start = lines.index(TITLES[topic]) + 1
    ends = (
        index
        for index, line in enumerate(lines[start:], start)
        if line.startswith("@") or line == "メインTOPIC"
    )
    return lines[start : next(ends, len(lines))]


def copied_words(topic: str) -> str:
    """The characters of an entry: without list dashes, pipes and the brackets of handles."""
    words = ""
    for line in copied_body(topic):
        if line.startswith(AUTHORS):
            continue
        text = line.removeprefix("- ")
        text = re.sub(r"^\[(pon|zunda)\]", r"\1", text)
        words += text.replace("|", "") if text.startswith("|") else text
    return squeezed(words)


def note_words(tree: html.HtmlElement) -> str:
    """What stands in the elements of the note, without the title and the data."""
    words = ""
    for note in notes_in(tree):
        copy = html.fromstring(html.tostring(note, encoding="unicode"))
        for one in copy.xpath('./*[starts-with(@id, "e-")] | .//p[contains(@class, "kb-data")]'):
            one.drop_tree()
        words += words_of(copy)
    return words


def expected_pages(base: KnowledgeBase) -> dict[str, set[str]]:
    """The ids of everything with something to show."""
    linked = {
        kind: {one.id for one in base.backlinks if one.kind == kind} for kind in ("paper", "presenter", "tag")
    }
    people = {*base.by_presenter, *base.remarks, *linked["presenter"]}
    tags: set[str] = set()
    for tag in (*base.by_tag, *base.by_proposal, *linked["tag"]):
        above = tag
        while above:
            tags.add(above)
            above = base.tags[above].broader
    return {
        "sessions": {session.date.isoformat() for session in base.sessions},
        "topics": set(base.by_topic),
        "papers": {*base.by_source, *linked["paper"]},
        "presenters": {one for one in people if not base.presenters[one].hidden},
        "tags": tags,
    }


def test_every_page_and_no_other(built: Built) -> None:
    expected = expected_pages(built.base)
    assert set(TITLES) == expected["topics"]
    for folder in LISTS:
        assert (built.site / folder / "index.html").is_file()
        paths = (built.site / folder).glob("*/index.html")
        there = {path.parent.name for path in paths if 'http-equiv="refresh"' not in path.read_text("utf-8")}
        assert there == expected[folder], folder
    for page in ("", "guide/", "dev/architecture/"):
        assert (built.site / page / "index.html").is_file()
    assert (built.site / "404.html").is_file()


def test_what_nobody_speaks_of_has_no_page(built: Built) -> None:
    """The registry knows more than the notes; the address, which may have had a page, leads to the list."""
    unused = set(built.base.papers) - expected_pages(built.base)["papers"]
    assert unused
    pages = ((built.site / "papers" / one / "index.html").read_text("utf-8") for one in unused)
    assert all('url=../../papers/"' in page for page in pages)


def test_notes_and_registry_are_not_published(built: Built) -> None:
    assert not list(built.site.rglob("*.yml"))
    assert not list((built.site / "notes").rglob("*.html"))


def test_no_link_is_broken(built: Built) -> None:
    assert list(broken_links(built.site)) == []


def test_no_link_of_the_odd_site_is_broken(odd: Built) -> None:
    assert list(broken_links(odd.site)) == []


@pytest.mark.parametrize("topic", TITLES)
def test_the_page_says_what_was_copied(built: Built, topic: str) -> None:
    """Every character of the entry in its order, none lost and none twice."""
    said, wanted = note_words(built.tree(f"topics/{topic}")), copied_words(topic)
    assert len(wanted) > 300
    assert said == wanted


def test_contents_and_boilerplate_are_not_on_pages(built: Built) -> None:
    for page, tree in built.pages.items():
        if page.startswith(("topics/", "sessions/")):
            text = words_of(tree)
            assert "パッと見で分かるように" not in text, page
            assert "学習[論文]General" not in text, page


def test_each_guideline_has_an_address_and_its_explanation(built: Built) -> None:
    tree = built.tree("topics/hai-guidelines")
    for number in range(1, 19):
        (item,) = tree.xpath(f'//*[@id="g{number}"]')
        words = words_of(item)
        assert item.tag == "li"
        assert words.startswith(f"G{number}:")
        assert "説明:" in words
        assert f"G{number + 1}:" not in words


def test_the_four_phases_are_headings(built: Built) -> None:
    headings = [words_of(one) for one in built.tree("topics/hai-guidelines").xpath("//h2 | //h3")]
    phases = ("Initially(初期段階)", "Duringinteraction(インタラクション中)", "Whenwrong(誤動作時)")
    assert [one for one in headings if one in (*phases, "Overtime(長期的な利用)")] == [
        *phases,
        "Overtime(長期的な利用)",
    ]


def test_the_table_has_its_rows(built: Built) -> None:
    (table,) = built.tree("topics/sdd").xpath("//*[@data-note]//table")
    rows = [[words_of(cell) for cell in row.xpath("./th | ./td")] for row in table.xpath(".//tr")]
    assert len(rows) == 8
    assert {len(row) for row in rows} == {2}
    assert rows[0] == ["問題", "内容"]
    assert rows[2] == ["Markdown地獄", "大量のMarkdownに埋もれたミスのチェッ"]


def test_the_main_topic(built: Built) -> None:
    tree = built.tree("topics/video-models")
    assert "発表者の記載なし" in words_of(tree.xpath("//article")[0])
    assert squeezed(AUTHORS) in "".join(map(words_of, notes_in(tree)))
    headings = [words_of(one) for one in tree.xpath("//*[@data-note]//*[self::h2 or self::h3]")]
    assert headings == [
        squeezed(one)
        for one in (
            TITLES["video-models"],
            "サマリー",
            "1. Introduction",
            "2. Methods",
            "3. Qualitative results: Sparks of visual intelligence? / 定性的な実験結果集",
            "4. Quantitative results / 定量的な評価実験",
            "5. Discussion",
        )
    ]


@pytest.mark.parametrize("folder", LISTS)
def test_edit_links_lead_to_the_line(built: Built, folder: str) -> None:
    for page in expected_pages(built.base)[folder]:
        (href,) = built.tree(f"{folder}/{page}").xpath('//a[@rel="edit"]/@href')
        found = re.search(r"/edit/main/(docs/[^#]+)#L(\d+)$", unquote(href))
        assert found, href
        line = (HOME / found[1]).read_text(encoding="utf-8").splitlines()[int(found[2]) - 1]
        match folder:
            case "sessions":
                assert (found[1], found[2]) == (f"docs/notes/{page}.md", "1")
            case "topics":
                assert found[1].startswith("docs/notes/")
                assert squeezed(line).endswith(squeezed(TITLES[page].rpartition("]")[2]))
            case _:
                assert found[1] == f"docs/data/{folder}.yml"
                assert line.strip() == f"- id: {page}"


def test_relations_are_told_on_both_sides(built: Built) -> None:
    related: set[tuple[str, str]] = set()
    for path in (built.root / "docs/topics").glob("*.md"):
        _, front = get_data(path.read_text(encoding="utf-8"))
        here = f"topics/{path.stem}/"
        related |= {(here, one["url"]) for one in front.get("related", [])}
        shown = (
            {_joined(here, href) for href in built.tree(here).xpath('//*[@class="kb-related"]//li/a/@href')}
            if path.stem != "index"
            else set()
        )
        assert shown == {one["url"] for one in front.get("related", [])}, here
    assert related
    assert related == {(other, one) for one, other in related}


def _joined(page: str, href: str) -> str:
    """Where a link of a page leads, without its anchor."""
    return unquote(urlsplit(urljoin(f"https://x/{page}", href)).path).removeprefix("/")


def _quotes(built: Built) -> Iterator[tuple[str, str, str, str]]:
    """Each quoted place: the page that quotes, the page and the anchor it leads to, the words."""
    for page, tree in built.pages.items():
        for item in tree.xpath('//*[@class="kb-quotes"]/li'):
            (href,) = item.xpath("./p/span/a[contains(@href, '#')][1]/@href")
            marks = item.xpath("./blockquote//mark") or item.xpath("./blockquote")
            words = squeezed(marks[0].text_content()).removesuffix("…")
            yield page, _joined(page, href), unquote(urlsplit(href).fragment), words


def _section(tree: html.HtmlElement, anchor: str) -> str:
    """What is read from an anchor to the next heading."""
    (start,) = tree.xpath("//*[@id=$anchor]", anchor=anchor)
    words, inside = "", False
    for one in tree.iter():
        if one is start:
            inside = True
        elif inside and one.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            break
        if inside:
            words += (one.text or "") if isinstance(one.tag, str) else ""
            words += one.tail or ""
    return squeezed(words)


def _check_quotes(built: Built) -> int:
    count = 0
    for page, target, anchor, words in _quotes(built):
        tree = built.tree(target)
        assert words, page
        assert words in _section(tree, anchor), (page, target, anchor)
        back = {_joined(target, href) for href in tree.xpath("//article//a/@href")}
        first = "/".join(page.split("/")[:2]) + "/"
        assert first in back, f"{target} does not lead back to {page}"
        count += 1
    return count


def test_backlinks_lead_to_the_words_and_back(built: Built) -> None:
    kinds = {page.split("/")[0] for page, *_ in _quotes(built)}
    assert kinds >= {"papers", "presenters", "tags"}
    wanted = {kind: len(links) for kind, links in built.base.backlinks.items()}
    assert _check_quotes(built) >= sum(wanted.values())


def test_every_mention_is_a_backlink(built: Built) -> None:
    quoted = [page for page, *_ in _quotes(built)]
    for target, links in built.base.backlinks.items():
        remarks = len(built.base.remarks.get(target.id, ())) if target.kind == "presenter" else 0
        page = f"{target.kind}s/{target.id}/"
        assert quoted.count(page) == len(links) + remarks, page


def test_entries_stand_on_the_pages_of_all_that_they_carry(built: Built) -> None:
    for node in built.base.entries:
        entry = f"topics/{node.topic}/"
        carried = (
            [Target("presenter", one) for one in node.presenters]
            + [Target("tag", one) for one in (*node.tags, *node.proposed)]
            + [Target("paper", one) for one in node.sources]
        )
        pages = [f"{one.kind}s/{one.id}/" for one in carried] + [f"sessions/{node.date}/"]
        there = {_joined(entry, href) for href in built.tree(entry).xpath("//article//a/@href")}
        for page in pages:
            assert page in there, f"{entry} does not lead to {page}"
            back = built.tree(page).xpath("//article//a/@href")
            assert entry in {_joined(page, href) for href in back}, f"{page} does not lead to {entry}"


def test_no_script_inside_articles(built: Built) -> None:
    for page, tree in built.pages.items():
        assert not tree.xpath("//article//script"), page


class TestOddities:
    def test_a_former_id_leads_on(self, odd: Built) -> None:
        source = (odd.site / "topics/old-gam/index.html").read_text(encoding="utf-8")
        tree = odd.tree("topics/old-gam")
        (refresh,) = tree.xpath('//meta[@http-equiv="refresh"]/@content')
        assert _joined("topics/old-gam/", refresh.partition("url=")[2]) == "topics/gam/"
        assert "location.replace(" in source
        assert "topics/gam/" in {_joined("topics/old-gam/", one) for one in tree.xpath("//article//a/@href")}

    def test_both_entries_stand_on_the_topic(self, odd: Built) -> None:
        """The second note names the topic by its former id."""
        tree = odd.tree("topics/gam")
        assert [note.xpath("./h2/@id")[0] for note in notes_in(tree)] == ["e-2025-12-02", "e-2025-11-25"]
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))

    def test_backlinks_of_several_entries(self, odd: Built) -> None:
        assert _check_quotes(odd)

    def test_relations_of_several_notes(self, odd: Built) -> None:
        related = {(one, other.topic) for one, all_ in odd.base.related.relations.items() for other in all_}
        assert related == {(other, one) for one, other in related}

    def test_a_hidden_person_is_nowhere(self, odd: Built) -> None:
        assert not (odd.site / "presenters/hiromu-nakamura").exists()
        for page, tree in odd.pages.items():
            if page.startswith(("guide/", "dev/")):
                continue
            text = html.tostring(tree, encoding="unicode")
            assert not re.search(r"hiromu|nakamura|なかむら", text, re.IGNORECASE), page
            assert not re.search(r"(?<![A-Za-z])pon(?![A-Za-z])", text), page
        remarks = odd.tree("topics/hai-guidelines").xpath('//*[contains(@class, "kb-remark")]')
        assert len(remarks) == 6
        assert all(words_of(one).startswith("匿名") for one in remarks)

    def test_a_hidden_person_is_in_no_index(self, odd: Built) -> None:
        for path in odd.site.rglob("*"):
            if path.suffix in (".json", ".xml", ".txt") and path.is_file():
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"hiromu|nakamura|なかむら", _without_guide(text), re.IGNORECASE), (
                    path.name
                )

    def test_images_beside_a_note_are_shown(self, odd: Built) -> None:
        (image,) = odd.tree("topics/gam").xpath("//*[@data-note]//img[@alt='図の説明']")
        path = odd.site / _joined("topics/gam/", image.get("src"))
        assert path.read_bytes() == PIXEL

    def test_html_of_a_note_is_text(self, odd: Built) -> None:
        """It is read on the page, letter by letter, and does nothing there."""
        note = notes_in(odd.tree("topics/gam"))[0]
        words = words_of(note)
        for said in (
            "<script>owned(3)</script>",
            "<bonclick=owned(4)>",
            "<script>owned(7)</script>",
            '<iframesrc="https://evil.example/owned"></iframe>',
            "onclick=owned(12)",
            "<script>owned(13)</script>",
            "<svgonload=owned(14)>",
            "<script>owned(15)</script>",
            "<script>owned(16)</script>",
            "<style>*{display:none}</style>owned(18)",
            "<script>owned(19)</script>",
            "<bonmouseover=owned(20)>",
        ):
            assert said in words, said

    def test_no_markup_from_a_note_is_alive(self, odd: Built) -> None:
        for page, tree in odd.pages.items():
            for one in tree.iter():
                if not isinstance(one.tag, str):
                    continue
                where = f"{page}: <{one.tag}>"
                if one.tag in ("script", "style", "iframe"):
                    text = (one.text or "") + " ".join(one.values())
                    assert one.get("type") == "application/json" or "owned" not in text, where
                for name, value in one.items():
                    assert not (name.startswith("on") and "owned" in value), where
                    if name in ("href", "src", "action", "content"):
                        assert not re.match(r"\s*(?:javascript|vbscript|data:text)", value, re.IGNORECASE), (
                            where
                        )
            assert not tree.xpath("//article//script | //article//style | //article//iframe"), page

    def test_titles_are_escaped_once(self, odd: Built) -> None:
        """In the head as in the text: read back, they are what the note says."""
        tree = odd.tree("sessions/2025-12-02")
        assert "機械学習勉強会 <script>owned(1)</script>" in tree.xpath("string(//head/title)")
        (told,) = tree.xpath('//head/meta[@name="description"]/@content')
        assert "<script>owned(3)</script> 図 \"と\" 'HTML' & <b onclick=owned(4)>" in told


def _without_guide(text: str) -> str:
    """A search index without the pages that are written by hand; any other text as it is."""
    if not text.startswith("{"):
        return text
    index = json.loads(text)
    rows = index.get("docs") or index.get("items") or []
    return "".join(str(row) for row in rows if not str(row.get("location", "")).startswith(("guide", "dev")))


def _state(folder: Path) -> dict[PurePosixPath, str]:
    return {
        PurePosixPath(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _check_failure(before: Built, root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Build a copy in which something is broken; answer what was said."""
    assert main(["--root", str(root), "--strict", "--engine", before.engine]) == 1
    assert _state(root / "site") == _state(before.site)
    assert not list(root.glob(".site*"))
    said = capsys.readouterr().err
    assert "site/ は前のままです" in said
    return said


def test_a_broken_template_leaves_the_old_site(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(built.root, tmp_path / "root")
    (root / "overrides/topic.html").write_text('{% extends "main.html" %}{% if %}', encoding="utf-8")
    assert "topic.html" in _check_failure(built, root, capsys)


def test_a_broken_link_leaves_the_old_site(
    sites: Callable[[str], Built], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links in HTML are followed by no engine, so one engine is enough."""
    built = sites("zensical")
    root = shutil.copytree(built.root, tmp_path / "root")
    with (root / "docs/guide/index.md").open("a", encoding="utf-8") as file:
        file.write('\n<p><a href="../nowhere/">x</a></p>\n')
    assert "リンク切れ guide/index.html: ../nowhere/" in _check_failure(built, root, capsys)

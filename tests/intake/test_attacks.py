"""What somebody would try who wants an import to lose, hang, or tell what is not so."""

from __future__ import annotations

import unicodedata

import pytest

from kb.intake import Brought, Given, bring, report_text
from kb.model.finding import errors
from kb.read import read
from tests.intake.mutants import ID, zipped

DAY = "2025-12-02"
MAIN = f"{DAY} 会 {ID}.md"
TOP = f"# {DAY} 会\n\n## [blog] 題\n\n"
PNG = b"\x89PNG\r\n\x1a\n"


def _brought(text: str, **files: bytes) -> Brought:
    """An export whose page goes on with this text; `__` in a name stands for a dot."""
    members = {name.replace("__", "."): data for name, data in files.items()}
    return _zip({MAIN: (TOP + text).encode(), **members})


def _zip(files: dict[str, bytes]) -> Brought:
    brought = bring([Given("Export.zip", data=zipped(files))])
    if not brought.failed:
        assert brought.account
        assert not brought.account.missing
        assert read(brought.note.encode(), f"{DAY}.md", "note").session == brought.session
    return brought


def _codes(brought: Brought) -> list[str]:
    return [finding.code for finding in brought.findings]


def test_addresses_that_lead_out_stay_what_they_are() -> None:
    text = (
        "![a](../../x.png) ![b](..%2F..%2Fx.png) ![c](/etc/passwd) ![d](file:///etc/passwd) ![e](C:%5Cx.png)"
    )
    brought = _brought(text, **{"y.png": PNG})
    assert text in brought.note
    assert not brought.files


def test_no_name_of_a_file_leaves_its_folder() -> None:
    names = ["....png", "..%00.png", "a\u202egnp.png", "con.png", "💩.png", "a" * 200 + ".png", "-rf.png"]
    text = " ".join(f"![{number}](x/{name})" for number, name in enumerate(names))
    brought = _zip({MAIN: (TOP + text).encode(), **{f"x/{name}": name.encode() for name in names}})
    assert brought.files
    for name in brought.files:
        assert name.isascii()
        assert name.startswith(f"images/{DAY}/")
        assert ".." not in name
        assert len(name) < 100


def test_names_that_differ_in_case_alone() -> None:
    brought = _brought("![a](A.png) ![b](a.png)", **{"A.png": b"1", "a.png": b"2"})
    assert sorted(brought.files.values()) == [b"1", b"2"]
    assert len({name.lower() for name in brought.files}) == 2


def test_names_that_differ_in_their_accents_alone() -> None:
    both = {name: name.encode() for name in ("が.png", unicodedata.normalize("NFD", "が.png"))}
    brought = _zip({MAIN: (TOP + "![a](が.png)").encode(), **both})
    assert "export-twice" in _codes(brought)
    assert "が" not in "".join(brought.files)


def test_names_write_no_lines_into_the_report() -> None:
    evil = "a\nエラー[x] 偽\u202e\u2028.png"
    brought = _zip({MAIN: TOP.encode(), evil: PNG})
    told = report_text(brought)
    assert "\nエラー[" not in told
    assert not {"\u202e", "\u2028"} & set(told)
    assert len(told.splitlines()) == 8
    assert sum("偽" in line for line in told.splitlines()) == 1


def test_pages_that_link_to_themselves_and_each_other() -> None:
    brought = _brought(
        f"[会]({MAIN.replace(' ', '%20')})\n\n[a](a.md)",
        **{"a.md": b"# a\n\nx\n\n[b](b.md)", "b.md": b"# b\n\ny\n\n[a](a.md)"},
    )
    assert brought.note.count("\nx\n") == brought.note.count("\ny\n") == 1


def test_files_without_a_byte() -> None:
    brought = _brought("![a](a.png)\n\n[s](s.md)\n\n[d](d.csv)", **{"a.png": b"", "s.md": b"", "d.csv": b""})
    assert not errors(brought.findings)
    assert "note-empty" in _codes(brought)
    assert errors(_zip({MAIN: b""}).findings), "but the session's page has to hold something"


@pytest.mark.parametrize("data", ["名前,値\nあ,い".encode("cp932"), b"a,b\nx\0,y", b'"' + b"x" * 200_000])
def test_a_table_that_cannot_be_read_goes_with_the_note(data: bytes) -> None:
    brought = _brought("[表](d.csv)", **{"d.csv": data})
    assert not brought.failed
    assert list(brought.files.values()) == [data]
    assert "export-database" in _codes(brought)


def test_a_table_with_ten_thousand_columns() -> None:
    cells = [f"c{number}" for number in range(10_000)]
    brought = _brought("[表](d.csv)", **{"d.csv": (",".join(cells) + "\n" + ",".join(cells)).encode()})
    assert "| " + " | ".join(cells) + " |" in brought.note


def test_pages_that_nobody_needs_may_be_broken() -> None:
    files = {MAIN: TOP.encode(), "other.md": "会".encode("cp932"), "empty.md": b""}
    assert not _zip(files).failed
    assert _zip({**files, MAIN: (TOP + "[x](other.md)").encode()}).failed, "unless it belongs to the session"


def test_a_zip_in_a_page_is_an_attachment() -> None:
    page, inner = f"会 {ID}", zipped({"2025-12-09 会.md": b"# 2025-12-09 x\n\n## y"})
    for folder, data in ((page, inner), ("会", inner), (page, b"no zip at all")):
        text = TOP + f"[データ]({folder.replace(' ', '%20')}/data.zip)"
        brought = _zip({f"{page}.md": text.encode(), f"{folder}/data.zip": data})
        assert list(brought.files.values()) == [data]


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "C:\\x", "/etc/x", "a\u202eb", '"a": {b} # [', "#", "</summary>"]
)
def test_titles_are_only_words(title: str) -> None:
    brought = _zip(
        {
            MAIN: f"# {DAY} {title}\n\n## [blog] {title}\n\n文\n\n[a](a.md)\n\n文".encode(),
            "a.md": f"# {title}\n\n中".encode(),
        }
    )
    assert not errors(brought.findings)
    assert not brought.files


@pytest.mark.parametrize(
    "label", ["#題", "- x", "1. x", "> x", "```", "---", "<aside>", "[pon] x", "| a |", "$$"]
)
def test_labels_that_become_text_stay_text(label: str) -> None:
    brought = _brought(f"前。\n\n[{label}](gone/x.md)\n\n[{label}]({MAIN.replace(' ', '%20')})\n\n後。")
    assert not errors(brought.findings)


def test_five_megabytes_in_an_attribute() -> None:
    long = "x" * 5_000_000
    page = f'<html><head><title>{DAY} 会</title></head><body><p title="{long}">文</p></body></html>'
    brought = bring([Given(f"会 {ID}.html", data=page.encode())])
    assert brought.note.endswith("\n\n文\n")


def test_a_page_of_html_that_is_called_a_text() -> None:
    page = f"<html><head><title>{DAY} 会</title><style>a {{}}</style></head><body><p>文</p></body></html>"
    brought = _zip({"page.txt": page.encode(), "x.gxt": b"x"})
    assert brought.dialect == "html"
    assert brought.note.endswith("\n\n文\n")


DOUBLED = '<annotation encoding="application/x-tex">前後</annotation></math>'
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><mi>x</mi><annotation encoding="application/x-tex">'
    'x^2</annotation></math></span><span class="katex-html">x2{}</span></span>'
)


@pytest.mark.parametrize(
    "body",
    [
        '<figure class="image">前<img src="a.png">後<figcaption>題</figcaption></figure>',
        '<figure class="image"><div><a href="https://e.org/前後"><img src="a.png"></a></div></figure>',
        f"<p>{KATEX.format('前後')}</p>",
        f"<p>{KATEX.replace('</math>', '前</math>後').format('')}</p>",
        f'<figure class="equation">前{KATEX.format("")}後</figure>',
        f"<p>{KATEX.replace('</math>', DOUBLED)}</p>",
        "<table><tr>前<td>a</td></tr>後</table>",
        "<ul>前<li>a</li>後</ul>",
        "</head><head><x-y>前後</x-y></head>",
    ],
)
def test_words_in_places_where_none_belong(body: str) -> None:
    page = f"<html><head><title>{DAY} 会</title></head><body>{body}</body></html>"
    brought = bring([Given(f"会 {ID}.html", data=page.encode())])
    assert not brought.failed
    assert "前" in brought.note
    assert "後" in brought.note


def test_an_equation_is_said_once() -> None:
    page = f"<html><head><title>{DAY} 会</title></head><body><p>式 {KATEX.format('')}。</p></body></html>"
    brought = bring([Given(f"会 {ID}.html", data=page.encode())])
    assert brought.note.endswith("\n式 $x^2$。\n")


@pytest.mark.parametrize(
    "files",
    [
        {MAIN: f"{TOP}[語 ](b.md)\n\n### [見出し ](b.md)\n\n文 [終わり ](b.md)", "b.md": ""},
        {MAIN: TOP, f"会 {ID}/子.md": "# 子\n\n文\n\n## </details>\n\n## <aside>"},
        {MAIN: f"{TOP}[子](x/c.md)", "x/c.md": "# @子 \n\n出典: </aside>\n\n文"},
        {MAIN: f"# {DAY} 会\n\n場所: </details>\n\n## 題\n\n文"},
    ],
)
def test_what_stands_elsewhere_now_reads_back(files: dict[str, str]) -> None:
    assert not _zip({name: text.encode() for name, text in files.items()}).failed

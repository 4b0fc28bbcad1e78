"""BibTeX that can be copied: types, fields, names and characters."""

from __future__ import annotations

import pytest

from kb.model.registry import Author, Paper
from kb.pages.bibtex import bibtex

WHOLE = {
    "title": "A & B",
    "authors": (Author("Ito", "Shun"), Author("Pon")),
    "issued": "2025-11-25",
    "container_title": "ICLR",
    "publisher": "ACM",
    "ids": (("doi", "10.1/x"), ("arxiv", "2511.00001"), ("isbn", "978-4")),
    "url": "https://a.b/c_d",
}


def entry(**fields: object) -> str:
    return bibtex(Paper("ito2025-ab", **fields))  # type: ignore[arg-type]


def test_all_fields_in_their_order() -> None:
    assert entry(type="paper-conference", **WHOLE).split("\n") == [
        "@inproceedings{ito2025-ab,",
        r"  title = {{A \& B}},",
        "  author = {Ito, Shun and Pon},",
        "  year = {2025},",
        "  booktitle = {ICLR},",
        "  publisher = {ACM},",
        "  eprint = {2511.00001},",
        "  archivePrefix = {arXiv},",
        "  doi = {10.1/x},",
        "  isbn = {978-4},",
        "  url = {https://a.b/c_d},",
        "}",
    ]


def test_what_is_not_known_is_left_out() -> None:
    assert entry(title="題", type="article").split("\n") == ["@misc{ito2025-ab,", "  title = {{題}},", "}"]


@pytest.mark.parametrize(
    ("kind", "shown", "container", "publisher"),
    [
        ("paper-conference", "inproceedings", "booktitle", "publisher"),
        ("article-journal", "article", "journal", "publisher"),
        ("book", "book", "series", "publisher"),
        ("chapter", "incollection", "booktitle", "publisher"),
        ("report", "techreport", "howpublished", "institution"),
        ("thesis", "phdthesis", "school", "publisher"),
        ("article", "misc", "howpublished", "publisher"),
        ("review", "misc", "howpublished", "publisher"),
    ],
)
def test_types(kind: str, shown: str, container: str, publisher: str) -> None:
    text = entry(title="題", type=kind, container_title="C", publisher="P")
    assert text.startswith(f"@{shown}{{ito2025-ab,\n")
    assert f"  {container} = {{C}},\n  {publisher} = {{P}},\n" in text


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        (Author("Ito", "Shun"), "Ito, Shun"),
        (Author("Ito"), "Ito"),
        (Author(literal="OpenAI & friends"), r"{OpenAI \& friends}"),
        (Author(literal="et al."), "others"),
        (Author("O_o", "A#"), r"O\_o, A\#"),
    ],
)
def test_authors(author: Author, shown: str) -> None:
    assert f"  author = {{{shown}}}," in entry(title="題", type="book", authors=(author,))


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        *((char, f"\\{char}") for char in "&%$#_{}"),
        ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"),
        ("\\", r"\textbackslash{}"),
        ("é", "é"),
        ("漢", "漢"),
    ],
)
def test_characters_that_tex_takes_for_its_own(char: str, shown: str) -> None:
    assert f"  title = {{{{a{shown}b}}}}," in entry(title=f"a{char}b", type="book")

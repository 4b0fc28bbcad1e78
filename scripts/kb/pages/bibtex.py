"""BibTeX, to be copied. Types as in Patashnik, "BibTeXing" (1988)."""

from __future__ import annotations

from kb.model.registry import Author, Paper

_TYPES = {
    "paper-conference": ("inproceedings", "booktitle"),
    "article-journal": ("article", "journal"),
    "book": ("book", "series"),
    "chapter": ("incollection", "booktitle"),
    "report": ("techreport", "howpublished"),
    "thesis": ("phdthesis", "school"),
}
_ESCAPES = {ord(char): "\\" + char for char in "&%$#_{}"} | {
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("\\"): r"\textbackslash{}",
}


def bibtex(paper: Paper) -> str:
    """The entry of a paper; fields that are not known are left out."""
    kind, container = _TYPES.get(paper.type, ("misc", "howpublished"))
    ids = dict(paper.ids)
    fields = {
        # In braces of its own: styles would turn its capitals into small letters.
        "title": f"{{{_escaped(paper.title)}}}",
        "author": " and ".join(map(_author, paper.authors)),
        "year": paper.year,
        container: _escaped(paper.container_title),
        "institution" if kind == "techreport" else "publisher": _escaped(paper.publisher),
        "eprint": ids.get("arxiv", ""),
        "archivePrefix": "arXiv" if "arxiv" in ids else "",
        "doi": ids.get("doi", ""),
        "isbn": ids.get("isbn", ""),
        "url": paper.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{paper.id},", *lines, "}"])


def _author(author: Author) -> str:
    # BibTeX takes an unbraced group for first and last names, and calls those left out `others`.
    if author.literal:
        return "others" if author.literal == "et al." else f"{{{_escaped(author.literal)}}}"
    return _escaped(f"{author.family}, {author.given}" if author.given else author.family)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)

"""Ids of scholarly works in any spelling: arXiv, DOI, ISBN, and what publishers' addresses hold.

Sources: https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/,
https://aclanthology.org/info/ids/; the addresses of publishers as they are met in notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_WORKS = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/{}"),
    "doi": ("doi", "https://doi.org/{}"),
    "openreview": ("OpenReview", "https://openreview.net/forum?id={}"),
    "acl": ("ACL", "https://aclanthology.org/{}/"),
    "isbn": ("ISBN", "https://www.worldcat.org/isbn/{}"),
    "cvf": ("CVF", "https://openaccess.thecvf.com/{}_paper.html"),
    "neurips": ("NeurIPS", "https://{}"),
    "pmlr": ("PMLR", "https://proceedings.mlr.press/{}.html"),
    "ieee": ("IEEE Xplore", "https://ieeexplore.ieee.org/document/{}"),
    "pii": ("PII", "https://www.sciencedirect.com/science/article/pii/{}"),
    "s2": ("S2", "https://www.semanticscholar.org/paper/{}"),
    "s2corpus": ("S2 CorpusID", "https://api.semanticscholar.org/CorpusID:{}"),
}
"""How an id of each scheme is written in a text, and where its work is found."""
SCHEMES = tuple(_WORKS)


@dataclass(frozen=True, slots=True, order=True)
class WorkId:
    """An id in its canonical form: no version, DOIs in lower case."""

    scheme: str
    value: str

    @property
    def url(self) -> str:
        """Where the work is found."""
        value = _neurips_page(self.value) if self.scheme == "neurips" else self.value
        return _WORKS[self.scheme][1].format(value)

    @property
    def label(self) -> str:
        """As one writes it in a text."""
        return f"{_WORKS[self.scheme][0]}:{self.value}"


def _neurips_page(value: str) -> str:
    """The page of `2017/3f5e…`, or of `2022/8bb0…-Conference` where the proceedings have tracks."""
    if "/" not in value:  # `7181-attention-is-all-you-need`, as they were called until 2019
        return f"papers.nips.cc/paper/{value}"
    paper, _, track = value.partition("-")
    year, _, digest = paper.partition("/")
    # The first year of datasets and benchmarks, in two rounds, has a host of its own.
    host = "datasets-benchmarks-proceedings" if track.startswith("round") else "proceedings"
    named = f"{digest}-Abstract-{track}" if track else f"{digest}-Abstract"
    return f"{host}.neurips.cc/paper_files/paper/{year}/hash/{named}.html"


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which ids of a scheme are written."""

    hint: str
    """What a text must have, in lower case, to be looked through: most have no id at all."""
    scheme: str
    pattern: re.Pattern[str]
    value: str = r"\g<id>"
    """The id from the pattern's groups."""

    def id_of(self, match: re.Match[str]) -> WorkId:
        """The id that was found."""
        return canonical(self.scheme, match.expand(self.value))


def _form(hint: str, scheme: str, pattern: str, value: str = r"\g<id>") -> _Form:
    return _Form(hint, scheme, re.compile(pattern, re.IGNORECASE), value)


# Notes have no blanks between an id and Japanese: only ASCII goes on an id.
_END = r"(?![a-z0-9])"
_HTTP = r"(?<![a-z0-9\-])(?:https?://)?"
_HOST = rf"{_HTTP}(?:[a-z0-9\-]{{1,60}}\.){{1,6}}[a-z]{{2,8}}"
_ARXIV = r"(?P<id>\d{4}\.\d{4,5}(?!\d)|[a-z\-]+(?:\.[a-z]{2})?/\d{7}(?!\d))(?:v\d+)?"
# Without a colon only a number whose month there is: `arxiv 1904.08398`, `arXiv-1904.08398v2.pdf`.
_ARXIV_DATED = r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?"
_DOI = r"10\.\d{4,9}(?:/|%2F)"
# Printable, but for quotes, angles and the closing bracket of a link. An address ends at `?`, `#`, `&`, too.
_DOI_CHARS = r"!\#-;=?-\\^-~"
_DOI_LAST = rf"(?![.,;:!?)])[{_DOI_CHARS}]"
_DOI_TEXT = rf"(?P<id>{_DOI}[{_DOI_CHARS}]*{_DOI_LAST})"
_DOI_LINK = rf"(?P<id>{_DOI}(?:(?![?\#])[{_DOI_CHARS}])*(?![?\#]){_DOI_LAST})"
# ACM's own numbers, 10.5555, are registered nowhere; behind a DOI stands the part of the page.
_DOI_PATH = (
    rf"(?P<id>(?!10\.5555/){_DOI}(?:(?![?\#&])[{_DOI_CHARS}])*?(?![?\#&]){_DOI_LAST})"
    r"(?:/(?:e?pdf|full|fulltext|abstract|meta|epub|html|summary|figures|tables|references|metrics)(?:/\d+)?"
    r"|\.(?:pdf|full|abstract|html?)|(?<=\d)v\d+){0,3}"
    rf"(?=[.,;:!)]*(?:[^{_DOI_CHARS}]|[?\#&]|$))"
)
_ACL = r"(?P<id>\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[a-z]\d{2}-\d{4}(?!\d))"
_ACL_FOLDERS = r"(?:(?:papers|attachments|anthology-files/pdf)/(?:[a-z0-9]+/){0,2})?"
_ARXIV_MIRRORS = (
    r"alphaxiv\.org/(?:[a-z]{2}/)?(?:abs|pdf|overview|html)|arxiv-vanity\.com/papers"
    r"|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)|scirate\.com/arxiv"
)
_NEURIPS = r"(?:(?:datasets-benchmarks-)?proceedings|papers)\.(?:neurips|nips)\.cc/(?:paper_files/)?paper"
_PMLR = r"(?P<volume>[vr]\d{1,3})"
_PMLR_PAPER = r"(?P<id>[a-z][a-z\-]*\d{2}[a-z]{0,2})(?![a-z0-9\-])"
_CVF = (
    r"openaccess\.thecvf\.com/content(?P<folder>[/_][a-z0-9_]{6,40}(?:/[a-z0-9_.\-]{1,60})?)/(?:html|papers)/"
)
_DOI_HOSTS = (
    r"link\.springer\.com/(?:[a-z\-]{1,30}/){1,2}",
    r"frontiersin\.org/(?:journals/[a-z\-]{1,60}/)?articles/",
    r"(?:bio|med)rxiv\.org/content/",
    r"doi\.ieeecomputersociety\.org/",
    r"ieeexplore\.ieee\.org/(?:[a-z0-9_.\-]{1,40}/){1,5}",
    r"iopscience\.iop\.org/article/",
)
_FORMS = (
    _form("iv", "arxiv", rf"{_HTTP}(?:www\.)?(?:{_ARXIV_MIRRORS})/{_ARXIV}"),
    _form("/papers/", "arxiv", rf"{_HTTP}(?:www\.)?(?:huggingface|hf)\.co/papers/{_ARXIV}"),
    _form("/arxiv/", "arxiv", rf"{_HTTP}(?:www\.)?semanticscholar\.org/arxiv/{_ARXIV}"),
    _form("/ftp/", "arxiv", rf"{_HTTP}(?:www\.)?arxiv\.org/ftp/[a-z\-]+/papers/\d{{4}}/{_ARXIV_DATED}\.pdf"),
    _form("arxiv", "arxiv", rf"(?<![a-z0-9_.])arxiv\s*[:：]\s*{_ARXIV}{_END}"),
    _form(
        "arxiv",
        "arxiv",
        rf"(?<![a-z0-9.\-])arxiv(?:[_/\-]?|[,，]?[ \t]{{1,3}}(?:abs/|preprint[ \t])?){_ARXIV_DATED}{_END}",
    ),
    _form(
        "arxiv",
        "arxiv",
        rf"{_HTTP}(?:(?:www|export|browse)\.)?arxiv\.org/(?:abs|pdf|html|format|src|e-print)/{_ARXIV}(?:\.pdf)?",
    ),
    # The name of a file as arXiv gives it: no other number has a month in it and ends so.
    _form(".pdf", "arxiv", rf"(?<![a-z0-9_.\-]){_ARXIV_DATED}\.pdf{_END}"),
    _form("doi", "doi", rf"{_HTTP}(?:dx\.|www\.)?doi\.org/{_DOI_LINK}"),
    _form("/doi/", "doi", rf"{_HOST}/doi/(?:[a-z]{{1,12}}/){{0,2}}{_DOI_PATH}"),
    _form("10.", "doi", rf"{_HTTP}(?:www\.)?(?:{'|'.join(_DOI_HOSTS)}){_DOI_PATH}"),
    _form("=10.", "doi", rf"(?<==){_DOI_PATH}"),
    _form(
        "nature.com",
        "doi",
        rf"{_HTTP}(?:www\.)?nature\.com/articles/(?P<id>[sd]\d{{5}}-\d{{3}}-\d{{4,5}}-[a-z0-9]|nature\d{{4,5}}){_END}",
        r"10.1038/\g<id>",
    ),
    _form("10.", "doi", rf"(?<![a-z0-9_/.])(?:doi\s*[:：]\s*)?{_DOI_TEXT}"),
    _form(
        "openreview",
        "openreview",
        rf"{_HTTP}openreview\.net/(?:forum|pdf|attachment|revisions)\?(?:\S{{0,300}}&)?id=(?P<id>[a-z0-9_\-]{{6,}})",
    ),
    _form(
        "acl",
        "acl",
        rf"{_HTTP}(?:www\.)?(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/{_ACL_FOLDERS}{_ACL}(?:v\d+)?(?:\.pdf|\.bib|/)?",
    ),
    _form(
        "thecvf",
        "cvf",
        rf"{_HTTP}{_CVF}(?P<sub>(?:[a-z0-9_.\-]{{1,60}}/)?)(?P<id>[^\s/?\#\"<>]{{3,250}}?_[a-z]{{2,8}}_\d{{4}})_paper\.(?:html|pdf)",
        r"content\g<folder>/html/\g<sub>\g<id>",
    ),
    _form(
        "ips.cc",
        "neurips",
        rf"{_HTTP}{_NEURIPS}/(?P<year>\d{{4}})/(?:hash|file)/(?P<id>[0-9a-f]{{32}})(?:-[a-z]+)?(?P<track>(?:-[a-z0-9_]+)?)(?:\.[a-z]{{3,4}})?",
        r"\g<year>/\g<id>\g<track>",
    ),
    _form(
        "papers.nips.cc",
        "neurips",
        rf"{_HTTP}papers\.nips\.cc/paper/(?P<id>\d{{1,5}}-[a-z0-9\-]{{3,200}})(?:\.pdf)?",
    ),
    _form(
        "mlr.press",
        "pmlr",
        rf"{_HTTP}proceedings\.mlr\.press/{_PMLR}/{_PMLR_PAPER}(?:\.html|/[a-z0-9_\-]+\.pdf)?",
        r"\g<volume>/\g<id>",
    ),
    _form(
        "mlresearch",
        "pmlr",
        rf"{_HTTP}raw\.githubusercontent\.com/mlresearch/{_PMLR}/[a-z\-]+/(?:assets/)?{_PMLR_PAPER}(?:/[a-z0-9_\-]+\.pdf)?",
        r"\g<volume>/\g<id>",
    ),
    _form(
        "ieeexplore",
        "ieee",
        rf"{_HTTP}ieeexplore\.ieee\.org/(?:(?:abstract/|iel\d/[\d/]+/)?document/|stamp/\S{{0,80}}?arnumber=)"
        rf"0*(?P<id>\d{{5,9}})(?!\d)/?",
    ),
    _form(
        "sciencedirect",
        "pii",
        rf"{_HTTP}(?:www\.)?sciencedirect\.com/science/article/(?:abs/)?pii/(?P<id>[SB][0-9X]{{16}}){_END}",
    ),
    _form(
        "semanticscholar",
        "s2",
        rf"{_HTTP}(?:www\.)?semanticscholar\.org/(?:paper|reader)/(?:[^\s/?\#]{{1,400}}/)?(?P<id>[0-9a-f]{{40}})(?![0-9a-f])",
    ),
    _form("corpusid", "s2corpus", rf"{_HTTP}api\.semanticscholar\.org/CorpusID:(?P<id>\d{{1,12}})(?!\d)"),
)
"""Where two of them fit the same place, the first is believed."""
# Registered by arXiv for each of its papers: https://info.arxiv.org/help/doi.html
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_ACL_DOI = re.compile(r"10\.18653/v1/(.+)", re.I)


@dataclass(frozen=True, slots=True)
class FoundId:
    """An id and where it stands in a text, as half-open character offsets."""

    id: WorkId
    start: int
    end: int


def canonical(scheme: str, value: str) -> WorkId:
    """One form for each work: an arXiv DOI is its arXiv id, an ACL DOI its ACL id."""
    value = unquote(value.strip()) if "%" in value else value.strip()
    match scheme:
        case "doi" if found := _ARXIV_DOI.fullmatch(value):
            return canonical("arxiv", found[1])
        case "doi" if found := _ACL_DOI.fullmatch(value):
            return canonical("acl", found[1])
        case "doi":
            value = value.lower()
        case "arxiv":
            value = re.sub(r"v\d+$", "", value)
        case "acl":  # old ones, `P19-1001`, are told in capitals
            value = value.lower() if "." in value else value.upper()
        case "isbn":
            value = re.sub(r"[\s-]", "", value)
        case "pii":
            value = value.upper()
        case "pmlr" | "s2":
            value = value.lower()
    return WorkId(scheme, value)


def find_ids(text: str) -> tuple[FoundId, ...]:
    """Every id in a text, in order; none overlaps another."""
    if "." not in text and "/" not in text:  # which every id has, and few texts
        return ()
    low = text.lower()
    found: list[FoundId] = []
    for form in _FORMS:
        if form.hint not in low:
            continue
        for match in form.pattern.finditer(text):
            if all(match.start() >= other.end or match.end() <= other.start for other in found):
                found.append(FoundId(form.id_of(match), match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


# Parts of a query that tell where a reader came from, not what is read.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|dc|ms|y|tw|ig)cl(?:id|src)|fbclid|igshid|igsh|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|trk|spm|cmpid"
    r"|ref|ref_src|ref_url|referrer|s|share|source|si|sk|feature"
)
# Shared from a telephone, the same page has another host.
_SAME_HOSTS = {
    "m.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    "x.com": "twitter.com",
    "mobile.twitter.com": "twitter.com",
    "m.facebook.com": "facebook.com",
}
_VIDEO = re.compile(r"/(?:shorts|embed|live|v)/([\w-]+)")
_INDEX = re.compile(r"/index\.(?:html?|php)$")


def url_key(url: str) -> str:
    """What two addresses of one page share: no scheme, `www`, tracking, closing slash or fragment."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # `http://[pon]`: brackets ask for an IPv6 address
        return url.strip()
    host = _SAME_HOSTS.get(host, host)
    path = unquote(parts.path).rstrip("/")
    if video := _video(host, path, parts.query):
        return f"youtube.com/watch?v={video}"
    pairs = (pair for pair in parts.query.split("&") if pair)
    query = "&".join(pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0]))
    return f"{host}{_INDEX.sub('', path)}{'?' + query if query else ''}"


def _video(host: str, path: str, query: str) -> str:
    """The id of a video on YouTube in any of its addresses; where in it one begins is left out."""
    if host == "youtu.be":
        return path.removeprefix("/").partition("/")[0]
    if host != "youtube.com":
        return ""
    if path == "/watch":
        return next((pair[2:] for pair in query.split("&") if pair.startswith("v=")), "")
    found = _VIDEO.match(path)
    return found[1] if found else ""

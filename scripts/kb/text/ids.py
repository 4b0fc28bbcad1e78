"""Ids of scholarly works in any spelling: arXiv, DOI, OpenReview, ACL Anthology, ISBN.

Sources: https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/,
https://aclanthology.org/info/ids/
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
        return _WORKS[self.scheme][1].format(self.value)

    @property
    def label(self) -> str:
        """As one writes it in a text."""
        return f"{_WORKS[self.scheme][0]}:{self.value}"


_ARXIV = r"(?P<arxiv>\d{4}\.\d{4,5}|[a-z\-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?"
_DOI = r"(?P<doi>10\.\d{4,9}(?:/|%2F)[^\s\"<>、。）」』】\]]*[^\s\"<>、。）」』】\].,;:!?)])"
_ACL = r"(?P<acl>\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[A-Z]\d{2}-\d{4})"
_PATTERNS = (
    re.compile(
        rf"(?:https?://)?(?:www\.)?(?:alphaxiv\.org/(?:abs|pdf|overview|html)|huggingface\.co/papers|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html))/{_ARXIV}",
        re.I,
    ),
    re.compile(
        rf"(?<![A-Za-z0-9\-])(?:https?://)?(?:(?:www|export)\.)?arxiv\.org/(?:abs|pdf|html|format)/{_ARXIV}(?:\.pdf)?",
        re.I,
    ),
    re.compile(rf"(?<![\w.])arxiv\s*[:：]\s*{_ARXIV}(?!\w)", re.I),
    re.compile(rf"(?:https?://)?(?:dx\.)?doi\.org/{_DOI}", re.I),
    re.compile(rf"(?<![\w/.])(?:doi\s*[:：]\s*)?{_DOI}", re.I),
    re.compile(
        r"(?:https?://)?openreview\.net/(?:forum|pdf|attachment)\?(?:\S*&)?id=(?P<openreview>[\w\-]{6,})",
        re.I,
    ),
    re.compile(rf"(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/{_ACL}(?:\.pdf|/)?"),
)
# Seven patterns are too many for each text of ten years; most have none of these.
_HINTS = re.compile(r"arxiv|alphaxiv|ar5iv|/papers/|doi|10\.\d|openreview|acl(?:anthology|web)", re.I)
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
    if scheme == "doi":
        if found := _ARXIV_DOI.fullmatch(value):
            return canonical("arxiv", found[1])
        if found := _ACL_DOI.fullmatch(value):
            return WorkId("acl", found[1].lower())
        return WorkId("doi", value.lower())
    if scheme == "arxiv":
        return WorkId("arxiv", re.sub(r"v\d+$", "", value))
    return WorkId(scheme, re.sub(r"[\s-]", "", value) if scheme == "isbn" else value)


def find_ids(text: str) -> tuple[FoundId, ...]:
    """Every id in a text, in order; none overlaps another."""
    if not _HINTS.search(text):
        return ()
    found: list[FoundId] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            scheme = next(name for name, value in match.groupdict().items() if value)
            if all(match.start() >= other.end or match.end() <= other.start for other in found):
                found.append(FoundId(canonical(scheme, match[scheme]), match.start(), match.end()))
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

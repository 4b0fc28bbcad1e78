"""Anchors and ids from titles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from markdown.extensions.toc import unique
from pymdownx.slugs import slugify

MAX_SLUG = 60

_heading = slugify(case="lower")
# Underscores outside of words, which Markdown would take for emphasis in `{: #__init__ }`.
_LOOSE = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")


@lru_cache(maxsize=65536)
def anchor(title: str) -> str:
    """The anchor of a heading as the engines make it (pymdownx's slugify), Japanese kept."""
    return _LOOSE.sub("", str(_heading(title, "-"))).strip("-") or "section"


def engine_anchor(title: str, taken: set[str]) -> str:
    """The anchor that the engines give a heading of ours without one; from then on it is taken."""
    return str(unique(str(_heading(title, "-")), taken))


@lru_cache(maxsize=65536)
def page_id(title: str) -> str:
    """An address for something that has no id of its own: its title, cut, safe in any file system."""
    text = unicodedata.normalize("NFKC", title).casefold()
    slug = re.sub(r"-{2,}", "-", re.sub(r"[^\w]+", "-", text)).strip("-_")
    # Two long titles that begin alike must not share an address.
    if len(slug) > MAX_SLUG:
        digest = hashlib.sha256(slug.encode()).hexdigest()[:6]
        slug = f"{slug[:MAX_SLUG].rstrip('-')}-{digest}"
    if re.fullmatch(r"index|\d{4}(?:-\d+)?", slug):
        slug = "x-" + slug  # the addresses of lists
    return slug or "x" + hashlib.sha256(title.encode()).hexdigest()[:8]

"""Redirect pages beside the pages of a built site."""

from __future__ import annotations

from pathlib import Path

from kb.model.registry import Registry, Topic
from kb.pages import Context
from kb.pages.redirects import redirect_pages
from kb.site.former import store_redirects
from tests.support.notes import base_of
from tests.support.worlds import entry


def pages_of(topic: str, *former: str) -> dict[str, str]:
    registry = Registry(topics=(Topic(topic, "GAM", former=former),))
    return redirect_pages(Context(base_of(registry, d2025_11_25=entry("題", トピック=topic)), frozenset()))


def test_redirects_are_written_once_and_never_over_a_page(tmp_path: Path) -> None:
    """A server that watches the site would take what is written again for a change, without end."""
    old, page = (tmp_path / f"topics/{name}/index.html" for name in ("old", "page"))
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html>\n<html lang='ja'><title>a page of the site", "utf-8")
    first = pages_of("gam", "old", "page")
    assert set(first) == {"topics/old/", "topics/page/"}
    store_redirects(tmp_path, first)
    assert old.read_text("utf-8") == first["topics/old/"]
    assert "a page of the site" in page.read_text("utf-8")
    old.chmod(0o400)
    written = old.stat().st_mtime_ns
    store_redirects(tmp_path, first)
    assert old.stat().st_mtime_ns == written


def test_a_redirect_that_leads_elsewhere_is_written_anew(tmp_path: Path) -> None:
    store_redirects(tmp_path, pages_of("gam", "old"))
    again = pages_of("memory", "old")
    store_redirects(tmp_path, again)
    assert (tmp_path / "topics/old/index.html").read_text("utf-8") == again["topics/old/"]

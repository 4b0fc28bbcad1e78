#!/usr/bin/env python3
"""Takes the guide's pictures again, from the site as it is built: `make build`, then this.

    .venv/bin/python scripts/pictures.py [--site site] [--out docs/assets/images/guide]

Run by hand when the looks have changed, with the development requirements and Chromium. The letters are
those of this machine, so that the same site gives other files elsewhere: no test compares them.
"""

from __future__ import annotations

import argparse
import functools
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import FloatRect, Page, sync_playwright

HOME = Path(__file__).resolve().parents[1]
OUT = HOME / "docs" / "assets" / "images" / "guide"
WIDTH = 900
LIMIT = 120_000
"""Bytes of a picture: what a reader on a telephone waits for gladly."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The upper part of a page."""

    name: str
    page: str
    height: int
    query: str = ""
    """What is typed into the search that opens over the page."""
    width: int = WIDTH


PICTURES = (
    Picture("session", "sessions/2025-11-25/", 720),
    Picture("topic", "topics/hai-guidelines/", 690),
    Picture("paper", "papers/deepmind2025-veo3/", 705),
    Picture("search", "", 600, query="セグメンテーション"),
    Picture("edit", "topics/sam3/", 170, width=480),
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the library's
        """Say nothing of each file."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _take(page: Page, address: str, picture: Picture, out: Path) -> int:
    """Take one picture; returns its bytes."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(address + picture.page)
    if picture.query:
        page.keyboard.press("/")
        page.locator("input[type=search]:focus").fill(picture.query)
        page.wait_for_timeout(1500)  # the first hits, and the excerpts below them
    file = out / f"{picture.name}.png"
    width = page.evaluate("document.documentElement.scrollWidth")  # without the room of a scroll bar
    clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": picture.height}
    page.screenshot(path=file, clip=clip, animations="disabled", caret="hide")
    return file.stat().st_size


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when all pictures are taken and small enough, 1 when one is not."""
    parser = argparse.ArgumentParser(description="Take the guide's pictures again")
    parser.add_argument("--site", type=Path, default=HOME / "site", help="the built site")
    parser.add_argument("--out", type=Path, default=OUT, help="where the pictures go")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    large = 0
    with _served(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(color_scheme="light", locale="ja-JP")
        for picture in PICTURES:
            size = _take(page, address, picture, options.out)
            sys.stdout.write(f"{picture.name}.png: {size:,} bytes\n")
            large += size > LIMIT
        browser.close()
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())

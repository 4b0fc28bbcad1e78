"""Images on other hosts: what is brought, from where, and what is not; one of them never stops an import."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.intake import Given, bring
from kb.intake.elsewhere import FILE_LIMIT, Fetcher, is_public
from kb.intake.given import NotFetchedError

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
JPEG = b"\xff\xd8\xff\xe0" + b"1" * 50
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a.png": (200, {}, PNG),
    "/b": (200, {"Content-Type": "text/html"}, JPEG),
    "/moved.png": (302, {"Location": "/a.png"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/private": (302, {"Location": "http://10.0.0.1/a.png"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/gone.png": (404, {}, b"no"),
    "/page.png": (200, {"Content-Type": "image/png"}, b"<!doctype html><title>log in</title>"),
    "/drawing.svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg onload='alert(1)'/>"),
    "/large.png": (200, {}, PNG + b"0" * FILE_LIMIT),
    "/empty.png": (200, {}, b""),
}

SLOW = {"/slow-body.png": b"HTTP/1.0 200 OK\r\n\r\n" + PNG, "/slow-head.png": b"HTTP/1.0 200 OK\r\nX: "}


class _Handler(BaseHTTPRequestHandler):
    asked: list[str]
    is_over: threading.Event

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path in SLOW:
            self._crawl(SLOW[self.path])
            return
        status, headers, body = PAGES.get(urlsplit(self.path).path, (404, {}, b""))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever asked may have read enough
            self.wfile.write(body)

    def _crawl(self, answer: bytes) -> None:
        """An answer that goes on without an end, so that no single wait is a long one."""
        with suppress(OSError):
            self.wfile.write(answer)
            while not self.is_over.wait(0.02):
                self.wfile.write(b"a")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    is_over = threading.Event()
    handler = type("_Telling", (_Handler,), {"asked": asked, "is_over": is_over})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        is_over.set()
        running.shutdown()


def _here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "name", "data"),
    [
        ("/a.png", "a.png", PNG),
        ("/a.png?width=2", "a.png", PNG),
        ("/b", "b.jpg", JPEG),
        ("/moved.png", "a.png", PNG),
    ],
)
def test_an_image_is_known_by_its_bytes(
    server: tuple[str, list[str]], path: str, name: str, data: bytes
) -> None:
    picture = Fetcher(_here)(server[0] + path)
    assert (picture.name, picture.data) == (name, data)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone.png", "404"),
        ("/page.png", "画像ではありません"),
        ("/drawing.svg", "画像ではありません"),
        ("/empty.png", "画像ではありません"),
        ("/large.png", "大きすぎます"),
        ("/round", "転送が多すぎます"),
        ("/private", "公開されていない"),
        ("/file", "ウェブのアドレスではありません"),
    ],
)
def test_what_is_not_brought_has_a_reason(server: tuple[str, list[str]], path: str, reason: str) -> None:
    with pytest.raises(NotFetchedError, match=reason):
        Fetcher(_here)(server[0] + path)


@pytest.mark.parametrize("path", SLOW)
def test_what_comes_byte_by_byte_is_waited_for_once(server: tuple[str, list[str]], path: str) -> None:
    root, asked = server
    fetch = Fetcher(_here, patience=0.3)
    for one in (path, "/a.png"):
        before = len(asked)
        with pytest.raises(NotFetchedError, match="時間がかかりすぎました"):
            fetch(root + one)
        assert len(asked) - before == (one == path)


def test_no_private_host_is_asked(server: tuple[str, list[str]]) -> None:
    root, asked = server
    before = len(asked)
    port = urlsplit(root).port
    for host in ("127.0.0.1", "localhost", "[::1]", "2130706433", "0", "[::ffff:127.0.0.1]"):
        with pytest.raises(NotFetchedError):
            Fetcher()(f"http://{host}:{port}/a.png")
    assert len(asked) == before


@pytest.mark.parametrize(
    "url", ["", "a.png", "ftp://a.b/c.png", "http://", "http://[", "http://a b/", "http://u:p@a.b/c"]
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(NotFetchedError):
        Fetcher()(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("::10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("fec0::1", False),
        ("2002:a00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) == public


@given(st.ip_addresses(network="192.168.0.0/16") | st.ip_addresses(network="fc00::/7"))
def test_no_private_network_is_public(address: object) -> None:
    assert not is_public(str(address))


NOTE = """---
date: 2025-12-02
---

## [論文] GAM

![曲線]({root}/a.png) と ![]({root}/b?x=1) と ![同じ]({root}/a.png)

- <img src="{root}/moved.png" alt="表">
- ![ない]({root}/gone.png)

[リンク]({root}/a.png) は残る
"""


def test_an_import_brings_them_beside_the_note(server: tuple[str, list[str]]) -> None:
    root, asked = server
    text = NOTE.format(root=root)
    before = len(asked)
    brought = bring([Given("note.md", data=text.encode())], fetch=Fetcher(_here))
    assert not brought.failed
    assert brought.account
    assert not brought.account.missing
    assert sorted(brought.files.values()) == sorted([PNG, JPEG])
    assert all(f"]({name})" in brought.note for name in brought.files)
    assert f"![ない]({root}/gone.png)" in brought.note
    assert f"[リンク]({root}/a.png)" in brought.note
    failed = [one for one in brought.findings if one.code == "import-image-failed"]
    assert [(one.span.first, "404" in one.message) for one in failed] == [(10, True)]
    assert asked[before:].count("/a.png") == 2  # by its own address, and by the one that moved


def test_without_being_asked_nothing_is_fetched(server: tuple[str, list[str]]) -> None:
    root, asked = server
    before = len(asked)
    brought = bring([Given("note.md", data=NOTE.format(root=root).encode())])
    assert len(asked) == before
    assert not brought.files
    told = [one for one in brought.findings if one.code == "import-image-elsewhere"]
    assert len(told) == 1
    assert "5 個" in told[0].message
    assert "--fetch" in told[0].hint

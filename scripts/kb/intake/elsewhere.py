"""An image on another host, brought once, when somebody who imports asks for it.

The address comes out of a note, so it may be anybody's: only public hosts are asked, at the very address
that was looked at, after each redirect anew; so much and so long; and only what is a picture is taken.
"""

from __future__ import annotations

import ipaddress
import posixpath
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import unquote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout, Url, parse_url

from kb.intake.given import NotFetchedError, Picture

FILE_LIMIT = 10_000_000
TOTAL_LIMIT = 200_000_000
PATIENCE = 30.0
"""Seconds for one image, however slowly it comes."""
_HOPS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TIMEOUT = Timeout(connect=5.0, read=10.0)
_CHUNK = 1 << 16
_UNICAST = ipaddress.ip_network("2000::/3")
"""Where all of IPv6 lies that is public. What else is routed has an IPv4 in it: any address, translated."""
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", 0, ".png"),
    (b"\xff\xd8\xff", 0, ".jpg"),
    (b"GIF87a", 0, ".gif"),
    (b"GIF89a", 0, ".gif"),
    (b"WEBP", 8, ".webp"),
    (b"ftypavif", 4, ".avif"),
)
"""What the bytes of a picture hold at which place. SVG is none: it is a program, which a page may run."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.sixtofour or ip.teredo or not (ip.ipv4_mapped or ip in _UNICAST):
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


@dataclass(slots=True)
class Fetcher:
    """Brings images, each once; `public` says which addresses may be asked."""

    public: Callable[[str], bool] = is_public
    left: int = TOTAL_LIMIT
    patience: float = PATIENCE
    _slow: set[str] = field(default_factory=set)
    """Hosts that took too long, which are asked no more."""
    _known: dict[str, Picture | str] = field(default_factory=dict)

    def __call__(self, url: str) -> Picture:
        """The image at an address.

        Raises:
            NotFetchedError: It is none, is not public, is too large or did not come.
        """
        if url not in self._known:
            try:
                self._known[url] = self._in_time(url)
            except NotFetchedError as error:
                self._known[url] = str(error)
            except (HTTPError, OSError, ValueError):  # no answer, no such host, no address
                self._known[url] = "開けませんでした"
        found = self._known[url]
        if isinstance(found, str):
            raise NotFetchedError(found)
        return found

    def _in_time(self, url: str) -> Picture:
        """The image, or an end of waiting: no time limit of a socket ends what comes byte by byte."""
        host = urlsplit(url).netloc
        told: SimpleQueue[Picture | Exception] = SimpleQueue()

        def work() -> None:
            try:
                told.put(self._fetch(url))
            except Exception as error:  # raised where it is waited for
                told.put(error)

        if host not in self._slow:
            Thread(target=work, daemon=True).start()
            try:
                found = told.get(timeout=self.patience)
            except Empty:
                self._slow.add(host)
            else:
                if isinstance(found, Exception):
                    raise found
                return found
        raise NotFetchedError("時間がかかりすぎました")

    def _fetch(self, url: str) -> Picture:
        for _ in range(_HOPS):
            parts = parse_url(url)
            answer = self._asked(parts)
            try:
                if answer.status in _REDIRECTS:
                    url = urljoin(parts.url, answer.headers.get("Location", ""))
                    continue
                if answer.status != 200:
                    raise NotFetchedError(f"開けませんでした({answer.status})")
                return _picture(parts, self._read(answer))
            finally:
                answer.close()
        raise NotFetchedError("転送が多すぎます")

    def _asked(self, parts: Url) -> urllib3.BaseHTTPResponse:
        if parts.scheme not in ("http", "https") or not parts.host or parts.auth:
            raise NotFetchedError("ウェブのアドレスではありません")
        host = parts.host.strip("[]")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        if not found or not all(map(self.public, found)):
            raise NotFetchedError("公開されていない場所のアドレスです")
        # The address that was looked at, not the name: that could lead elsewhere a moment later.
        address = min(found, key=lambda one: (":" in one, one))
        pool = urllib3.HTTPConnectionPool(address, port, timeout=_TIMEOUT, retries=False)
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                *(address, port), timeout=_TIMEOUT, retries=False, assert_hostname=host, server_hostname=host
            )
        headers = {"Host": parts.netloc or host, "User-Agent": "study-notes", "Accept": "image/*"}
        return pool.urlopen("GET", parts.request_uri, headers=headers, redirect=False, preload_content=False)

    def _read(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        data = b""
        for chunk in answer.stream(_CHUNK, decode_content=False):
            data += chunk
            if len(data) > min(FILE_LIMIT, self.left):
                raise NotFetchedError(f"大きすぎます({FILE_LIMIT // 1_000_000} MB まで)")
        self.left -= len(data)
        return data


def _picture(parts: Url, data: bytes) -> Picture:
    for start, at, suffix in _STARTS:
        if data.startswith(start, at):
            stem = posixpath.splitext(posixpath.basename(unquote(parts.path or "")))[0]
            return Picture((stem or "image") + suffix, data)
    raise NotFetchedError("画像ではありません(PNG、JPEG、GIF、WebP、AVIF だけを取り込みます)")

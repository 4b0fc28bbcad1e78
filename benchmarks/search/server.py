"""Serves several folders under one address as GitHub Pages would, counts, and can be a slow line."""

from __future__ import annotations

import gzip
import mimetypes
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xml"})
"""What such a server sends with gzip."""
BYTES_A_SECOND = 400_000
LATENCY = 0.15
"""Seconds before each answer."""
CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Transfer:
    """An answered request."""

    path: str
    size: int
    """Bytes, header and body, as sent."""
    ended: float
    """Seconds since the epoch: the browser's clock is the same."""


class _Line:
    """A line that all answers share."""

    def __init__(self) -> None:
        self.slow = False
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait(self, size: int) -> None:
        """Until so many bytes have passed."""
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / BYTES_A_SECOND
            free_at = self._free_at
        time.sleep(max(0.0, free_at - time.monotonic()))


@cache
def _body(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if path.suffix in COMPRESSED else data


def sent_size(path: Path) -> int:
    """The bytes of a file's body as it is sent."""
    return len(_body(path))


class Server:
    """`mounts` gives the folder behind each first segment of a path."""

    def __init__(self, mounts: Mapping[str, Path]) -> None:
        self.mounts = dict(mounts)
        self.transfers: list[Transfer] = []
        self._line = _Line()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    @contextmanager
    def slow_line(self) -> Iterator[None]:
        """Meanwhile every answer is late and slow."""
        self._line.slow = True
        try:
            yield
        finally:
            self._line.slow = False

    def file_of(self, target: str) -> Path | None:
        """The file behind a path, or None."""
        mount, _, rest = unquote(urlsplit(target).path).lstrip("/").partition("/")
        folder = self.mounts.get(mount)
        if folder is None:
            return None
        path = (folder / rest).resolve()
        path = path / "index.html" if path.is_dir() else path
        return path if path.is_file() and path.is_relative_to(folder.resolve()) else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                """Answer and count."""
                slow = server._line.slow
                if slow:
                    time.sleep(LATENCY)
                path = server.file_of(self.path)
                body = _body(path) if path else b"not found"
                size = len(body) + self._header(path, len(body))
                for start in range(0, len(body), CHUNK):
                    if slow:
                        server._line.wait(min(CHUNK, len(body) - start))
                    self.wfile.write(body[start : start + CHUNK] if slow else body[start:])
                    if not slow:
                        break
                server.transfers.append(Transfer(urlsplit(self.path).path, size, time.time()))

            def _header(self, path: Path | None, length: int) -> int:
                """Send it; answers its size."""
                guessed = mimetypes.guess_type(path.name)[0] if path else "text/plain"
                fields = {
                    "Content-Type": guessed or "application/octet-stream",
                    "Content-Length": str(length),
                    "Cache-Control": "max-age=600",
                }
                if path and path.suffix in COMPRESSED:
                    fields["Content-Encoding"] = "gzip"
                status = "200 OK" if path else "404 Not Found"
                lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
                header = "\r\n".join([*lines, "", ""]).encode()
                self.wfile.write(header)
                return len(header)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
                """Say nothing."""

        return Handler

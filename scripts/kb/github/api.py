"""GitHub's REST interface, as little of it as the workflows need, and the one way to fetch anything."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import urlsplit

from kb.github.shape import RefusedError, Shape

ANSWER_LIMIT = 20_000_000
PAGE = 100  # the most that GitHub gives at once
TIMEOUT = 30.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_TRIES = 4
# Without the handler of redirects: where one leads is looked at first, and no token goes along.
_HANDLERS: tuple[type[urllib.request.BaseHandler], ...] = (
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
)


class ApiError(Exception):
    """GitHub did not do what it was asked. `status` is 0 where there was no answer at all."""

    def __init__(self, request: str, status: int, reason: str) -> None:
        super().__init__(f"{request}: {status or 'no answer'} {reason}".strip())
        self.status = status


def open_once(request: urllib.request.Request) -> http.client.HTTPResponse:
    """Send a request. A redirect is an `HTTPError` like any other answer but the good ones."""
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    answer: http.client.HTTPResponse = opener.open(request, timeout=TIMEOUT)
    return answer


def bounded(answer: IO[bytes] | http.client.HTTPResponse, limit: int, what: str) -> bytes:
    """All of an answer, if it is no longer than the limit."""
    data = answer.read(limit + 1)  # its Content-Length may be missing, or a lie
    if len(data) > limit:
        raise RefusedError(what, f"more than {limit} bytes")
    return data


@dataclass(frozen=True, slots=True)
class Api:
    """One repository as a token sees it."""

    base: str
    """`https://api.github.com`, or a server of a test."""
    repository: str
    token: str = field(repr=False)  # no traceback shows it
    wait: Callable[[float], None] = time.sleep

    def get(self, path: str) -> Shape:
        """What stands at a path below the repository."""
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, object]) -> Shape:
        """Make something new."""
        return self._json("POST", path, body)

    def patch(self, path: str, body: Mapping[str, object]) -> Shape:
        """Change something."""
        return self._json("PATCH", path, body)

    def every(self, path: str, limit: int = 20) -> Iterator[Shape]:
        """The values of a list that comes page by page, at most `limit` pages."""
        for page in range(1, limit + 1):
            joint = "&" if "?" in path else "?"
            values = self.get(f"{path}{joint}per_page={PAGE}&page={page}").items(PAGE)
            yield from values
            if len(values) < PAGE:
                return

    def download(self, path: str, limit: int) -> bytes:
        """A file that GitHub keeps elsewhere. It is fetched without the token."""
        try:
            self._send("GET", path)
        except urllib.error.HTTPError as error:
            target = error.headers.get("Location", "")
            # The interface's own scheme, which is https but in tests: nothing is fetched in the open.
            trusted = urlsplit(target).scheme == urlsplit(self.base).scheme
            if error.code not in REDIRECTS or not trusted:
                raise ApiError(f"GET {path}", error.code, "no download") from None
        else:
            raise ApiError(f"GET {path}", 200, "no download")
        # The address is signed for a minute, and lies with another host: the token stays here.
        with self._sent(urllib.request.Request(target), f"GET {path}") as answer:
            return bounded(answer, limit, path)

    def _json(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Shape:
        try:
            with self._send(method, path, body) as answer:
                # 204 has no body.
                return Shape.parse(bounded(answer, ANSWER_LIMIT, path) or b"null", path)
        except urllib.error.HTTPError as error:
            raise ApiError(f"{method} {path}", error.code, _reason(error)) from None

    def _send(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> http.client.HTTPResponse:
        url = f"{self.base}/repos/{self.repository}/{path}".rstrip("/")
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "study-notes",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        data = None if body is None else json.dumps(body).encode()
        return self._sent(urllib.request.Request(url, data, headers, method=method), f"{method} {path}")

    def _sent(self, request: urllib.request.Request, what: str) -> http.client.HTTPResponse:
        """Send; what may pass is tried again, but nothing is made twice."""
        for attempt in range(1, _TRIES + 1):
            try:
                return open_once(request)
            except urllib.error.HTTPError as error:
                # 429 is said before anything is done; behind the others the comment may stand already.
                once = request.get_method() == "POST" and error.code != 429
                if error.code not in _AGAIN or once or attempt == _TRIES:
                    raise
            except (OSError, http.client.HTTPException) as error:
                if request.get_method() == "POST" or attempt == _TRIES:
                    raise ApiError(what, 0, type(error).__name__) from None
            self.wait(2.0**attempt)  # 2, 4 and 8 seconds
        raise AssertionError("unreachable")


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return Shape.parse(error.read(100_000), "")["message"].text()[:300]
    except (RefusedError, OSError):
        return str(error.reason)

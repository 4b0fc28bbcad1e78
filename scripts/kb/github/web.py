"""One request, no redirect, a bounded answer."""

from __future__ import annotations

import http.client
import urllib.request
from typing import IO

from kb.github.shape import RefusedError

TIMEOUT = 30.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Without the handler of redirects: where one leads is looked at first, and no token goes along.
_HANDLERS: tuple[type[urllib.request.BaseHandler], ...] = (
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
)


def open_once(request: urllib.request.Request) -> http.client.HTTPResponse:
    """Send a request. A redirect is an `HTTPError` like any other answer but the good ones."""
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    answer: http.client.HTTPResponse = opener.open(request, timeout=TIMEOUT)
    return answer


def bounded(answer: IO[bytes] | http.client.HTTPResponse, limit: int, what: str) -> bytes:
    """All of an answer, if it is no longer than the limit."""
    data = answer.read(limit + 1)
    if len(data) > limit:
        raise RefusedError(what, f"more than {limit} bytes")
    return data

"""A server that speaks as much of GitHub's interface as the workflows use, and remembers what was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kb.github.api import Api

EVENTS = Path(__file__).parent / "events"
REPOSITORY = "ml-group/study-notes"
Answer = tuple[int, object] | tuple[int, object, dict[str, str]]
Json = dict[str, Any]


def event(name: str) -> Json:
    """A recorded event."""
    value: Json = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return value


class GitHub:
    """The state of one repository. Tests change it before they ask, and look at it afterwards."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bool]] = []
        """Method, path and whether a token came along."""
        self.comments: list[Json] = []
        self.pulls: dict[int, Json] = {}
        self.artifacts: dict[str, bytes] = {}
        self.files: dict[str, Answer] = {}
        """What other hosts keep, by address."""
        self.failures: list[Answer] = []
        """Answered first, whatever is asked."""
        self.may_open = True
        self.base = ""

    def api(self) -> Api:
        """A client with a token."""
        return Api(self.base, REPOSITORY, "ghs_secret", wait=lambda _: None)

    def answer(self, method: str, target: str, body: Json | None) -> Answer:
        """The answer to one request."""
        if self.failures:
            return self.failures.pop(0)
        parts = urlsplit(target)
        if parts.path.startswith("/web/"):
            return self.files.get(parts.path.removeprefix("/web/"), (404, {}))
        words = parts.path.removeprefix(f"/repos/{REPOSITORY}").strip("/").split("/")
        ways: dict[tuple[str, str], Callable[[], Answer]] = {
            ("GET", "actions"): lambda: self._actions(words),
            ("GET", "issues"): lambda: (200, self._page(parts.query)),
            ("POST", "issues"): lambda: self._commented(words, body or {}),
            ("PATCH", "issues"): lambda: self._renewed(int(words[2]), body or {}),
            ("GET", "pulls"): lambda: self._pulls(words, parse_qs(parts.query)),
            ("POST", "pulls"): lambda: self._opened(body or {}),
            ("PATCH", "pulls"): lambda: (200, self.pulls[int(words[1])] | (body or {})),
            ("GET", "pages"): lambda: (200, {"html_url": "https://ml-group.github.io/study-notes/"}),
        }
        return ways.get((method, words[0]), lambda: (404, {"message": "Not Found"}))()

    def _actions(self, words: list[str]) -> Answer:
        if words[1] == "artifacts":
            name = list(self.artifacts)[int(words[2]) - 1]
            self.files["blob/a.zip"] = (200, self.artifacts[name])
            return (302, {}, {"Location": f"{self.base}/web/blob/a.zip"})
        rows = [
            {"id": at, "name": name, "size_in_bytes": len(data), "expired": False}
            for at, (name, data) in enumerate(self.artifacts.items(), 1)
        ]
        return (200, {"total_count": len(rows), "artifacts": rows})

    def _page(self, query: str) -> list[Json]:
        page = int(parse_qs(query)["page"][0])
        return self.comments[(page - 1) * 100 : page * 100]

    def _commented(self, words: list[str], body: Json) -> Answer:
        user = {"login": "github-actions[bot]"}
        made = {"id": 1000 + len(self.comments), "user": user, "issue": int(words[1]), **body}
        self.comments.append(made)
        return (201, made)

    def _renewed(self, number: int, body: Json) -> Answer:
        found = next(one for one in self.comments if one["id"] == number)
        found.update(body)
        return (200, found)

    def _pulls(self, words: list[str], query: dict[str, list[str]]) -> Answer:
        if len(words) > 1:
            found = self.pulls.get(int(words[1]))
            return (200, found) if found else (404, {"message": "Not Found"})
        branch = query["head"][0].partition(":")[2]
        return (200, [one for one in self.pulls.values() if one["head"]["ref"] == branch])

    def _opened(self, body: Json) -> Answer:
        if not self.may_open:
            return (403, {"message": "GitHub Actions is not permitted to create or approve pull requests."})
        made = {"number": 34, **body, "head": {"ref": body["head"], "sha": "a" * 40}}
        self.pulls[34] = made
        return (201, made)


@contextmanager
def serving(github: GitHub) -> Iterator[GitHub]:
    """Answer on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(github))
    github.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()


def _handler(github: GitHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else None
            github.asked.append((self.command, self.path, "Authorization" in self.headers))
            status, value, *headers = github.answer(self.command, self.path, body)
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, text in (headers[0] if headers else {}).items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = _any  # noqa: N815  the names that the base class calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler

"""Files that were dropped into an issue: fetched from GitHub and from nowhere else."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from kb.github.api import REDIRECTS, bounded, open_once
from kb.github.form import Attachment, NotBroughtError
from kb.github.shape import RefusedError
from kb.text.escape import code

FILE_LIMIT = 100_000_000
TOTAL_LIMIT = 200_000_000
COUNT_LIMIT = 20
_HOPS = 5
# Where GitHub keeps what was uploaded; a file's bucket has its number in its name.
_HOSTS = re.compile(
    r"github\.com|[a-z0-9-]+\.githubusercontent\.com"
    r"|github-production-(?:user-asset|repository-file)-[0-9a-f]{6}\.s3\.amazonaws\.com"
)
Opener = Callable[[urllib.request.Request], http.client.HTTPResponse]


def fetched(
    attachments: tuple[Attachment, ...], repository: str, opener: Opener = open_once
) -> tuple[tuple[str, bytes], ...]:
    """Name and contents of each. No token is sent along: what needs one is not for everybody to read."""
    if len(attachments) > COUNT_LIMIT:
        raise NotBroughtError(f"添付ファイルは {COUNT_LIMIT} 個までです。zip にまとめてください。")
    files: list[tuple[str, bytes]] = []
    left = TOTAL_LIMIT
    for one in attachments:
        if not is_upload(one.url, repository):
            hint = "欄にドラッグして添付してください。"
            raise NotBroughtError(f"{code(one.url)} は添付ファイルではありません。{hint}")
        data = _fetch(one, min(left, FILE_LIMIT), opener)
        left -= len(data)
        files.append((one.name, data))
    return tuple(files)


def is_upload(url: str, repository: str) -> bool:
    """Whether this is the address of something that was uploaded to an issue."""
    parts = urlsplit(url)
    own = any(parts.path.lower().startswith(f"/{repository.lower()}/{kind}/") for kind in ("files", "assets"))
    uploaded = parts.path.startswith(("/user-attachments/files/", "/user-attachments/assets/"))
    # The whole `netloc`: `user@github.com` and `github.com:8443` are no uploads. `..` would lead out of them.
    plain = parts.scheme == "https" and parts.netloc == "github.com" and "/.." not in parts.path
    return plain and (own or uploaded)


def _fetch(one: Attachment, limit: int, opener: Opener) -> bytes:
    url = one.url
    for _ in range(_HOPS):
        try:
            with opener(urllib.request.Request(url, headers={"User-Agent": "study-notes"})) as answer:
                return bounded(answer, limit, one.name)
        except RefusedError:
            raise NotBroughtError(
                f"{code(one.name)} は大きすぎます({limit // 1_000_000} MB まで)。"
            ) from None
        except urllib.error.HTTPError as error:
            url = _onward(one, url, error)
        except (OSError, http.client.HTTPException):
            break
    raise NotBroughtError(f"{code(one.name)} を読み込めませんでした。もう一度添付してください。")


def _onward(one: Attachment, url: str, error: urllib.error.HTTPError) -> str:
    """Where a redirect leads, if it stays with GitHub."""
    target = urljoin(url, error.headers.get("Location", ""))
    parts = urlsplit(target)
    if error.code not in REDIRECTS:
        raise NotBroughtError(
            f"{code(one.name)} を読み込めませんでした({error.code})。もう一度添付してください。"
        )
    if parts.scheme != "https" or not _HOSTS.fullmatch(parts.netloc):
        raise NotBroughtError(
            f"{code(one.name)} は GitHub の外にあります。欄にドラッグして添付してください。"
        )
    return target

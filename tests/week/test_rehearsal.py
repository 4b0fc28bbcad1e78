"""A week's pull request from the export to the site, in a scratch repository with its remote."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from kb.cli import site
from kb.github.bring import Desk, bring
from kb.github.checkout import Checkout
from kb.github.comment import Places, comment
from kb.github.data import report_of
from kb.github.event import issue_of
from kb.github.shape import Shape
from tests.github.server import EVENTS, GitHub, event, serving
from tests.intake.mutants import HOME, ID, zipped
from tests.site.conftest import PIXEL, copy_checkout
from tests.support.repository import git

DAY = "2025-12-02"
NOTE = f"docs/notes/{DAY}.md"
FOLDER = f"{DAY} 機械学習勉強会 {ID}"
SUB = "[論文] SAM 3を社内のデータで試した 2b3c4d5e6f7048b9a0c1d2e3f4a5b6c7"
PAGE = f"""# {DAY} 機械学習勉強会

作成日時: 2025年12月1日 午前 10:12
最終更新日時: 2025年12月2日 午後 9:03

# 今週のTOPIC

@Takumi Iida (frkake)

[[論文] SAM 3を社内のデータで試した]({quote(f"{FOLDER}/{SUB}.md")})

@Shun Ito

## [blog] エージェントのメモリを運用してみて

- 出典: https://example.com/blog/agent-memory-in-production?utm_source=x
- タグ: agent-memory

- 先週のGAMと同じように、要約だけでは情報が欠ける
  - 元のページを残しておく
<aside>
💡 GAMのpage-storeと比べる。
</aside>

[pon] コストは**どれくらい**ですか
"""
ENTRY = f"""# [論文] SAM 3を社内のデータで試した

URL: https://arxiv.org/pdf/2511.16719v1
タグ: segmentation
作成者: Takumi Iida

名詞で対象を指定して、検品の画像を切り出した。

![学習曲線.png]({quote(f"{SUB}/学習曲線.png")})

# 結果

| 手法 | mIoU |
| --- | --- |
| SAM 2 | 61.2 |
| SAM 3 | 70.4 |
"""
EXPORT = zipped(
    {
        f"{FOLDER}.md": PAGE.encode(),
        f"{FOLDER}/{SUB}.md": ENTRY.encode(),
        f"{FOLDER}/{SUB}/学習曲線.png": PIXEL,
    }
)


@dataclass(frozen=True, slots=True)
class Clone:
    """A member's clone of the group's repository."""

    root: Path
    home: Path

    def script(self, *arguments: str, code: int = 0, **environment: str) -> str:
        """A script of the clone, run as a program; what it prints."""
        command = [sys.executable, *arguments]
        known = {**os.environ, "NO_COLOR": "1", **environment}
        done = subprocess.run(command, cwd=self.root, env=known, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done.stdout

    def page(self, address: str) -> html.HtmlElement:
        """A page of the built site."""
        file = self.root / "site" / address / "index.html"
        return html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """This checkout's own files as `main` of a bare repository, cloned."""
    bare, root = tmp_path / "remote.git", tmp_path / "work"
    seed = copy_checkout(tmp_path / "seed")
    shutil.copytree(HOME / "scripts", seed / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(HOME / ".gitignore", seed)
    git(seed, "init", "--quiet", "--initial-branch=main")
    git(seed, "add", "--all")
    git(seed, "commit", "--quiet", "--message=Start")
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), str(bare))
    git(tmp_path, "clone", "--quiet", f"file://{bare}", str(root))
    return Clone(root, tmp_path)


def _merged(clone: Clone, branch: str) -> None:
    git(clone.root, "switch", "--quiet", "main")
    git(clone.root, "merge", "--quiet", "--no-ff", "--message=Merge", branch)
    git(clone.root, "push", "--quiet", "origin", "main")
    assert site.main(["--root", str(clone.root), "--strict", "--engine", "mkdocs"]) == 0


def _links(tree: html.HtmlElement, page: str) -> set[str]:
    """The addresses in a page's text, from the site's root."""
    base = f"/{page}"
    found = tree.xpath("//article//a/@href")
    return {os.path.normpath(f"{base}/{link.partition('#')[0]}").lstrip("/") for link in found}


def _topics(tree: html.HtmlElement, page: str) -> set[str]:
    """The pages of the topics that a session's page leads to."""
    return {address for address in _links(tree, page) if address.startswith("topics/")}


def _text(tree: html.HtmlElement) -> str:
    return " ".join("".join(tree.xpath("//article")[0].itertext()).split())


def test_an_export_becomes_a_week_of_the_site(clone: Clone) -> None:
    export = clone.home / "Export-9b2f.zip"
    export.write_bytes(EXPORT)
    git(clone.root, "switch", "--quiet", "--create", "week")
    said = clone.script("scripts/week.py", "import", str(export))
    assert said.startswith(f"{NOTE} を作りました(発表 2 件、画像など 1 個)")
    clone.script("scripts/week.py", "fix")
    git(clone.root, "add", "--all")
    git(clone.root, "commit", "--quiet", "--message=Add the week")
    changed = git(clone.root, "diff", "--name-only", "main", "week").split("\n")
    note, image = sorted(changed, key=len)
    assert note == NOTE
    assert image.startswith(f"docs/notes/images/{DAY}/")

    checked = clone.script("scripts/week.py", "check", "--since", "main")
    assert "2025-11-25" in checked, "an earlier presentation of the same paper is told"
    assert "[already-presented]" in checked
    assert "同じ話題なら `- トピック: sam3`" in checked, "two titles on one source are somebody's to decide"
    file = clone.root / NOTE
    title = "## [論文] SAM 3を社内のデータで試した\n\n"
    text = file.read_text(encoding="utf-8")
    assert title in text
    file.write_text(text.replace(title, f"{title}- トピック: sam3\n"), encoding="utf-8")
    git(clone.root, "commit", "--quiet", "--all", "--message=Say what it is about")
    told = clone.script("scripts/week.py", "diff", "--base", "main", "--format", "markdown")
    assert "SAM3系が色々でた" in told

    out = clone.home / "out"
    clone.script(
        *("scripts/github.py", "data", "--base", "main", "--out", str(out), "--root", str(clone.root)),
        GITHUB_EVENT_PATH=str(EVENTS / "pull_request.json"),
    )
    report = report_of((out / "report.json").read_bytes())
    assert report.check
    assert report.check.errors == 0
    text = comment(report, Places("https://github.com/ml-group/study-notes/blob/week"))
    assert NOTE in text
    assert "SAM3系が色々でた" in text
    assert "already-presented" in text

    _merged(clone, "week")
    session, topic = clone.page(f"sessions/{DAY}"), clone.page("topics/sam3")
    for title in ("エージェントのメモリを運用してみて", "SAM 3を社内のデータで試した"):
        assert title in _text(session)
    for words in ("SAM3系が色々でた", "SAM 3を社内のデータで試した", "検品の画像", "70.4"):
        assert words in _text(topic), "both weeks stand on the topic's page"
    (shown,) = topic.xpath("//article//img[contains(@alt, '学習曲線')]/@src")
    assert (clone.root / "site/topics/sam3" / shown).resolve().read_bytes() == PIXEL
    (memory,) = _topics(session, f"sessions/{DAY}") - {"topics/sam3"}
    assert "topics/gam" in _links(clone.page(memory), memory), "a mention becomes a link"
    assert memory in _links(clone.page("topics/gam"), "topics/gam"), "and has its way back"


def test_an_issue_becomes_a_week_of_the_site(clone: Clone) -> None:
    recorded = event("issue_member")
    body = recorded["issue"]["body"]
    heading = "### 添付ファイル\r\nこれはノートの中の見出し"  # Markdown, which a copy has not
    recorded["issue"]["body"] = body.replace(heading, "これはノートの中の文。SAM3も", 1)
    with serving(GitHub()) as github:
        done = bring(
            Desk(github.api(), github.api(), Checkout(clone.root, token="ghs_secret"), "https://run"),
            issue_of(Shape(recorded, "event")),
        )
        assert done == "created"
        (issue,) = (one["body"] for one in github.comments if one["issue"] == 12)
        (check,) = (one["body"] for one in github.comments if one["issue"] == 34)
        assert "プルリクエスト #34 を開きました" in issue
        assert NOTE in check
        assert "Closes #12" in github.pulls[34]["body"]
    git(clone.root, "fetch", "--quiet", "origin", "week/issue-12")
    assert git(clone.root, "diff", "--name-only", "main", "FETCH_HEAD") == NOTE
    _merged(clone, "FETCH_HEAD")
    session = f"sessions/{DAY}"
    assert "Test $(rm -rf ~)" in _text(clone.page(session))
    (topic,) = _topics(clone.page(session), session)
    page = clone.page(topic)
    assert "@everyone" in _text(page)
    assert "<script>alert(1)</script>" in _text(page), "what was pasted is text"
    assert "topics/sam3" in _links(page, topic)
    assert not page.xpath("//article//script")
    assert not page.xpath("//a[starts-with(@href, 'javascript:')]")

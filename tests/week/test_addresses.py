"""Addresses of a revision, as a member keeps them: told by `check`, written by `fix`, then committed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.cli.week import main
from kb.site.scaffold import HOME
from tests.support.repository import commit, git

NOTE = "docs/notes/2025-12-02.md"
MOVED = "docs/data/moved.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, NOTE, "## [blog] NeMoを試す\n\n- 発表者: @Saito\n- タグ: 学習\n\n学習を見る\n")
    put(tmp_path, MOVED, "moved: []\n")
    commit(tmp_path)
    return tmp_path


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    front = "---\ndate: 2025-12-02\n---\n\n# 部\n\n" if path == NOTE else ""
    file.write_text(front + text, encoding="utf-8")


def change(root: Path, old: str, new: str) -> None:
    file = root / NOTE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code of a check, and the addresses that it says would go."""
    code = main(["check", "--since", "main", "--root", str(root)])
    lines = [line for line in capsys.readouterr().out.splitlines() if "公開したアドレス" in line]
    return code, [line.split("`")[1] for line in lines]


CHANGES = [
    ("NeMoを試す", "NeMoを試した", "/topics/2025-12-02-"),
    ("@Saito", "@Koshiro Saito", "/presenters/saito/"),
    ("- タグ: 学習\n", "- タグ: 機械学習\n", "/tags/学習/"),
    ("- タグ: 学習\n", "- タグ: 学習\n- トピック: nemo\n", "/topics/2025-12-02-"),
    ("- タグ: 学習\n", "- タグ: 学習\n- 出典: https://arxiv.org/abs/2511.00001\n", "/topics/2025-12-02-"),
]


@pytest.mark.parametrize(("old", "new", "address"), CHANGES)
def test_what_would_go_is_told_then_kept(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, address: str
) -> None:
    change(root, old, new)
    code, gone = told(root, capsys)
    assert code == 1
    assert [one for one in gone if one.startswith(address)] == gone != []
    assert main(["fix", "--since", "main", "--root", str(root)]) == 0
    rows = (root / MOVED).read_text(encoding="utf-8")
    assert all(f"  - {{from: {one}, to: /" in rows for one in gone)
    capsys.readouterr()
    assert told(root, capsys) == (0, [])
    commit(root)
    # A second change of the same kind does not break the first.
    change(root, new, old)
    assert main(["fix", "--since", "main", "--root", str(root)]) == 0
    capsys.readouterr()
    assert told(root, capsys) == (0, [])


def test_the_line_that_is_proposed_is_the_one_that_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, "NeMoを試す", "NeMoを試した")
    main(["check", "--since", "main", "--root", str(root)])
    hint = next(line for line in capsys.readouterr().out.splitlines() if "{from:" in line)
    line = hint.partition("`- ")[2].partition("`")[0]
    put(root, MOVED, f"moved:\n  - {line}\n")
    assert told(root, capsys) == (0, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("学習を見る", "学習を、もう一度見る"),
        ("## [blog] ", "## [blog] 忘れていた話\n\n前の話\n\n## [blog] "),
        ("## [blog] NeMoを試す", "## [論文] NeMo を試す!"),
        ("@Saito", "@Saito, @Shun Ito"),
    ],
)
def test_what_takes_nothing_away_costs_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    change(root, old, new)
    assert told(root, capsys)[1] == []
    main(["fix", "--since", "main", "--root", str(root)])
    assert (root / MOVED).read_text(encoding="utf-8") == "moved: []\n"


def test_a_new_week_has_no_addresses_to_lose(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = root / "docs/notes/2025-12-09.md"
    new.write_text("---\ndate: 2025-12-09\n---\n\n## [blog] 新しい話\n\n- 発表者: @Pon\n", encoding="utf-8")
    assert told(root, capsys)[1] == []
    new.write_text("---\ndate: 2025-12-09\n---\n\n## [blog] 別の題\n\n- 発表者: @Poo\n", encoding="utf-8")
    assert told(root, capsys)[1] == []


def test_who_asks_not_to_be_shown_leaves_no_address(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "docs/data/presenters.yml", "presenters:\n  - {id: saito, name: Saito, hidden: true}\n")
    assert told(root, capsys)[1] == []


def test_what_an_id_meant_is_given_to_nothing_else(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No row can help: a page is there. The member has to take another id."""
    put(root, "docs/data/topics.yml", "topics:\n  - {id: nemo, name: NeMo}\n")
    change(root, "- タグ: 学習\n", "- タグ: 学習\n- トピック: nemo\n")
    main(["fix", "--since", "main", "--root", str(root)])
    put(root, "docs/data/topics.yml", "topics:\n  - {id: nemo2, name: NeMo, former: [nemo]}\n")
    commit(root)
    put(root, "docs/data/topics.yml", "topics:\n  - {id: nemo2, name: NeMo2}\n  - {id: nemo, name: Other}\n")
    change(root, "トピック: nemo\n", "トピック: nemo2\n\n## [blog] 別\n\n- トピック: nemo\n")
    capsys.readouterr()
    assert "/topics/nemo/" in told(root, capsys)[1]
    assert main(["fix", "--since", "main", "--root", str(root)]) == 1
    assert "別の id にしてください" in capsys.readouterr().err


def test_since_and_files_are_one_or_the_other(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--since", "main", str(root / NOTE), "--root", str(root)]) == 2
    assert "どちらか一方" in capsys.readouterr().err


def test_a_paper_that_only_a_text_named_has_an_address(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, "学習を見る", "学習を見る arXiv:2511.00009 も")
    commit(root)
    change(root, " arXiv:2511.00009 も", "")
    assert told(root, capsys)[1] == ["/papers/arxiv-2511-00009/"]
    assert main(["fix", "--since", "main", "--root", str(root)]) == 0
    assert "{from: /papers/arxiv-2511-00009/, to: /papers/}" in (root / MOVED).read_text(encoding="utf-8")


def test_two_changes_that_keep_addresses_meet_without_a_conflict(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, ".gitattributes", (HOME / ".gitattributes").read_text(encoding="utf-8"))
    change(root, "学習を見る\n", "学習を見る\n\n" + "本文\n\n" * 9 + "## [blog] vLLMを読む\n\n読む\n")
    commit(root)
    start, kept = git(root, "rev-parse", "HEAD"), []
    for branch, title in (("one", "NeMoを試す"), ("two", "vLLMを読む")):
        git(root, "switch", "--quiet", "--create", branch, start)
        change(root, title, f"{title} 改")
        kept += told(root, capsys)[1]
        assert main(["fix", "--since", "main", "--root", str(root)]) == 0
        commit(root)
    git(root, "merge", "--quiet", "--no-edit", "one")
    rows = (root / MOVED).read_text(encoding="utf-8")
    assert len(kept) == 2
    assert all(f"{{from: {one}, to: /" in rows for one in kept)
    capsys.readouterr()
    assert told(root, capsys) == (0, [])


@pytest.mark.parametrize("broken", ["<<<<<<< HEAD\n", "  - {from: /tags/b/, to: /ta", "moved: []\n"])
def test_rows_that_cannot_be_read_are_not_overwritten(
    root: Path, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    put(root, MOVED, "moved:\n  - {from: /tags/a/, to: /tags/}\n" + broken)
    before = (root / MOVED).read_bytes()
    change(root, "NeMoを試す", "NeMoを試した")
    assert main(["fix", "--since", "main", "--root", str(root)]) == 1
    assert f"{MOVED}:" in (said := capsys.readouterr()).err
    assert "なくなるアドレスは" not in said.out
    assert (root / MOVED).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "papers"),
    [
        ("NeMoを試す", "NeMoを試した", ""),
        ("@Saito", "@Koshiro Saito", ""),
        ("- タグ: 学習\n", "- タグ: 機械学習\n", ""),
        ("- タグ: 学習\n", "- タグ: 学習\n- 出典: https://arxiv.org/abs/2511.00009\n", ""),
        (
            "学習を",
            "学習は",
            "papers:\n  - {id: a2025-b, type: article, title: 名のある論文, ids: {arxiv: '2511.00001'}}\n",
        ),
    ],
)
def test_what_has_another_name_is_not_told_as_new(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, papers: str
) -> None:
    """Neither its links to other sessions, nor itself."""
    named = "arXiv:2511.00001 を読む"
    change(root, "学習を見る", f"学習を見る。{named}")
    (root / "docs/notes/2025-11-25.md").write_text(f"## [論文] 前の回\n\n{named}\n", encoding="utf-8")
    commit(root)
    change(root, old, new)
    if papers:
        put(root, "docs/data/papers.yml", papers)
    assert main(["fix", "--since", "main", "--root", str(root)]) == 0
    capsys.readouterr()
    assert main(["diff", "--base", "main", "--format", "json", "--root", str(root)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["links"] == []
    # A source that nobody had named is new, and that alone.
    ids = [one["id"] for kind in ("presenters", "papers", "tags", "topics") for one in told[kind]]
    assert ids == (["arxiv-2511-00009"] if "出典" in new else [])

"""What notes say wrong, and what a change does: `check`, `fix`, `explain`, `diff`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.check.base import Base
from kb.check.catalogue import CATALOGUE, RULES
from kb.check.explain import explain
from kb.check.fix import fix
from kb.check.formats import FORMATS, text
from kb.check.run import Checked, check_all, check_files, check_since, unreadable_files
from kb.cli.command import CommandError, Subparsers, add, named, shown, store
from kb.diff import FORMATS as DIFF_FORMATS
from kb.diff import compare
from kb.history import revision
from kb.read.source import decode
from kb.registry.moved import MOVED, moved_file
from kb.sources import is_note, note_files
from kb.text.near import closest
from kb.text.program import typed


def add_commands(commands: Subparsers) -> None:
    """`check`, `fix`, `explain` and `diff`."""
    run, note = typed("week"), "docs/notes/2025-12-02.md"
    examples = [f"{run} check", f"{run} check {note}", f"{run} check --since main"]
    parser = add(commands, "check", _check, "ノートと台帳を確かめます（エラーがあれば終了コード1）", examples)
    files = "確かめるファイル（なければすべて）"
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help=files)
    parser.add_argument("--since", metavar="REV", help="REV からの変更で新しく出たものだけ")
    parser.add_argument(
        "--format", choices=("text", *FORMATS), default="text", help="出し方（なければ text）"
    )
    parser.add_argument("--all", action="store_true", help="まとめずに、1か所ずつ全部出す")
    text = "書き方を、言葉を変えずに直します"
    parser = add(commands, "fix", _fix, text, [f"{run} fix", f"{run} fix {note}", f"{run} fix --since main"])
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="直すファイル（なければすべて）")
    since = "REV から変わったノートだけを直し、REV のアドレスを残す"
    parser.add_argument("--since", metavar="REV", help=since)
    text = "メッセージの意味と直し方を、例といっしょに出します"
    parser = add(commands, "explain", _explain, text, [f"{run} explain source-missing"])
    parser.add_argument("code", nargs="?", help="かっこの中の名前（なければ名前の一覧）")
    text = "変更でサイトがどう変わるかを出します"
    parser = add(commands, "diff", _diff, text, [f"{run} diff --base main"])
    parser.add_argument("--base", metavar="REV", help="比べる相手（main など）")
    formats = tuple(DIFF_FORMATS)
    parser.add_argument("--format", choices=formats, default="text", help="出し方（なければ text）")


def _check(options: argparse.Namespace) -> int:
    checked = replace(_checked(options), apart=options.all)
    shown = text(checked, colour=_colour()) if options.format == "text" else FORMATS[options.format](checked)
    print(shown, end="")
    return 1 if checked.failed else 0


def _checked(options: argparse.Namespace) -> Checked:
    if options.since is not None and options.files:
        raise CommandError("--since とファイルの名前は、どちらか一方だけ書いてください")
    if options.files:
        return check_files(options.root, named(options.files, options.root))
    if options.since is None:
        return check_all(options.root)
    # argparse makes an empty list of `--since=--`.
    return check_since(options.root, revision(options.root, options.since or ""))


def _colour() -> bool:
    """Colour where there is a terminal that wants it: https://no-color.org/"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _fix(options: argparse.Namespace) -> int:
    if options.since is None:
        return _mend(named(options.files, options.root) or note_files(options.root))
    if options.files:
        raise CommandError("--since とファイルの名前は、どちらか一方だけ書いてください")
    since = revision(options.root, options.since or "")
    changed = (one.path for one in since.changes() if not one.gone and is_note(one.path))
    failed = _mend([options.root / path for path in changed])
    # The file of the rows is written as a whole: rows that could not be read would be gone from it.
    if _unreadable(options.root):
        print(f"先に上のエラーを直してください。{MOVED} は、まだ書いていません。", file=sys.stderr)
        return 1
    # After the notes were mended: that changes no address, but lines.
    kept = Base(options.root).kept(since)
    rows = [one for one in kept.gone if one.to]
    if rows:
        store({options.root / MOVED: moved_file(kept.rows).encode()})
    for one in rows:
        print(f"{one.place} → {one.to}")
    print(
        f"なくなるアドレス {len(rows)} 個を {MOVED} に書きました。"
        if rows
        else "なくなるアドレスはありません。"
    )
    for one in kept.lost:
        print(one.finding, file=sys.stderr)
    return 1 if failed or kept.lost else 0


def _unreadable(root: Path) -> bool:
    """Whether nothing can be built of what is there; what hinders is told."""
    broken = unreadable_files(root)
    if broken:
        print(text(broken, colour=False), end="", file=sys.stderr)
    return broken is not None


def _mend(files: Sequence[Path]) -> int:
    mended: dict[Path, bytes] = {}
    failed = False
    for path in files:
        data = path.read_bytes()
        # What is no UTF-8 would not be the same bytes when it is written again.
        _, finding = decode(data, shown(path))
        if finding:
            print(finding, file=sys.stderr)
            failed = True
            continue
        fixed, codes = fix(data.decode("utf-8"))
        if codes:
            mended[path] = fixed.encode()
            print(f"{shown(path)}: {'、'.join(codes)} を直しました")
    store(mended)
    print(f"{len(files)} 個のファイルのうち、{len(mended)} 個を直しました。")
    return 1 if failed else 0


def _explain(options: argparse.Namespace) -> int:
    if options.code is None:
        for family in CATALOGUE:
            print(family.title)
            for rule in family.rules:
                print(f"    {rule.code:28} {rule.words.title}")
        return 0
    code = options.code.strip("[]")
    if code not in RULES:
        near = closest(code, RULES)
        hint = (
            f"`{near}` のことですか?" if near else f"`{typed('week')} explain` で、すべての名前が見られます"
        )
        raise CommandError(f"`{code}` というメッセージはありません。{hint}")
    print(explain(RULES[code]), end="")
    return 0


def _diff(options: argparse.Namespace) -> int:
    if options.base is None:
        raise CommandError(f"比べる相手を、`{typed('week')} diff --base main` のように書いてください")
    # Of `--base=--` argparse makes an empty list, too.
    since = revision(options.root, options.base or "")
    # What cannot be read would be told as if it were gone.
    if _unreadable(options.root):
        return 1
    difference = compare(options.root, since)
    print(DIFF_FORMATS[options.format](difference), end="")
    return 0

#!/usr/bin/env python3
"""A week's note: make it, bring it in from Notion, check it, mend it, see what it does to the site.

    python scripts/week.py new [DATE]
    python scripts/week.py import FILE… [--date DATE] [--out DIR] [--force] [--report FILE]
    python scripts/week.py check [FILE…] [--since REV] [--format text|github|json|markdown]
    python scripts/week.py fix [FILE…]
    python scripts/week.py explain [CODE]
    python scripts/week.py diff --base REV [--format text|json|markdown]

All commands take --root DIR, another checkout. Exit code 1 for errors in notes, 2 for what cannot be
read or done, with one line that says why.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

HOME = Path(__file__).resolve().parents[1]
"""The checkout in which this script lies."""
NOTES = "docs/notes"


class CommandError(Exception):
    """What cannot be read or done; the message is one line for members."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when all went well, 1 for errors in notes, 2 for what cannot be read or done."""
    options = _parser().parse_args(arguments)
    gc.disable()  # a command ends soon, and what it makes has no cycles to be looked for
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        sys.stdout.flush()
        return code
    except CommandError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # who reads has seen enough: `check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refuse(f"{error.filename or options.command}: 読み書きできません({error.strerror})")
    except KeyboardInterrupt:
        return _refuse("中止しました。")


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=_root, default=HOME, help="another checkout or a corpus of notes")
    parser = argparse.ArgumentParser(
        prog="week.py", description="A week's note: new, import, check, fix, explain, diff"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(run=run)
        return made

    new = command("new", _new, "an empty note from the template")
    new.add_argument("date", nargs="?", type=_date, help="the session's date; today without it")
    bring = command("import", _import, "whatever Notion gives, to a note, with a report")
    bring.add_argument("files", nargs="+", metavar="FILE", help="zip, folder, page or text; - for stdin")
    bring.add_argument("--date", type=_date, help="the session's date, where nothing tells it")
    bring.add_argument("--out", type=Path, help="where notes are, docs/notes without it")
    bring.add_argument("--force", action="store_true", help="overwrite a note that is there")
    bring.add_argument("--report", type=Path, help="write the report there too; .json for JSON")
    check = command("check", _check, "all rules; exit code 1 on errors only")
    check.add_argument("files", nargs="*", metavar="FILE", type=Path, help="all notes without it")
    check.add_argument("--since", metavar="REV", help="only what the change since REV brings")
    check.add_argument("--format", choices=("text", "github", "json", "markdown"), default="text")
    fix = command("fix", _fix, "mend what can be mended without a guess")
    fix.add_argument("files", nargs="*", metavar="FILE", type=Path, help="all notes without it")
    explain = command("explain", _explain, "what a message means, with examples")
    explain.add_argument("code", nargs="?", help="the name in brackets; all names without it")
    explain.add_argument("--page", action="store_true", help="the page docs/guide/rules.md")
    diff = command("diff", _diff, "what a change does to the site")
    diff.add_argument("--base", metavar="REV", required=True, help="the revision to compare with")
    diff.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    return parser


def _date(text: str) -> dt.date:
    from kb.read.dates import date_in

    date = date_in(text)
    if date is None:
        raise argparse.ArgumentTypeError(f"`{text}` は日付ではありません。2025-11-25 のように書いてください")
    return date


def _root(text: str) -> Path:
    root = Path(text).resolve()
    if not (root / "docs").is_dir():
        raise argparse.ArgumentTypeError(f"{text} に docs/ フォルダがありません")
    return root


def _new(options: argparse.Namespace) -> int:
    from kb.write.template import template

    date = options.date or dt.date.today()
    target = options.root / NOTES / f"{date.isoformat()}.md"
    if target.exists():
        raise CommandError(
            f"{_shown(target)} はすでにあります。別の日付なら `week.py new 2025-12-02` のように"
        )
    _store({target: template(date).encode()})
    print(f"{_shown(target)} を作りました。中の説明を見ながら書いてください。")
    return 0


def _store(files: dict[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, then all to their places."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.part")
            waiting.append((temporary, target))
            temporary.write_bytes(data)
        for temporary, target in waiting:
            os.replace(temporary, target)  # noqa: PTH105  a reader sees the old file or the new one
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _import(options: argparse.Namespace) -> int:
    from kb.intake import Given, RefusedError, bring, report_json, report_text

    try:
        given = [Given.from_argument(name, sys.stdin.buffer) for name in options.files]
        brought = bring(given, options.date, _progress)
    except RefusedError as error:
        raise CommandError(str(error)) from None
    _progress("")
    if options.report:
        as_json = options.report.suffix == ".json"
        told = report_json(brought) if as_json else report_text(brought)
        options.report.write_text(told, encoding="utf-8")
    print(report_text(brought), end="", file=sys.stderr)
    if brought.session is None or brought.failed:
        print("ノートは作りませんでした。", file=sys.stderr)
        return 1
    folder = options.out or options.root / NOTES
    target = folder / f"{brought.session.date.isoformat()}.md"
    if target.exists() and not options.force:
        raise CommandError(f"{_shown(target)} はすでにあります。上書きするときは --force を付けてください")
    _store({**{folder / name: data for name, data in brought.files.items()}, target: brought.note.encode()})
    beside = f"、画像など {len(brought.files)} 個" if brought.files else ""
    print(f"{_shown(target)} を作りました(発表 {len(brought.session.entries)} 件{beside})。")
    print(f"次は: python scripts/week.py check {_shown(target)}")
    return 0


def _progress(message: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{message}", end="", file=sys.stderr, flush=True)


def _check(options: argparse.Namespace) -> int:
    from kb.check.formats import FORMATS, text
    from kb.check.run import check_all, check_files, check_since
    from kb.history import HistoryError, revision

    if options.since is not None and options.files:
        raise CommandError("--since とファイルの名前は、どちらか一方だけ書いてください")
    try:
        if options.since is not None:
            checked = check_since(options.root, revision(options.root, options.since or ""))
        elif options.files:
            checked = check_files(options.root, _files(options))
        else:
            checked = check_all(options.root)
    except HistoryError as error:
        raise CommandError(str(error)) from None
    if options.format == "text":
        print(text(checked, colour=_colour()), end="")
    else:
        print(FORMATS[options.format](checked), end="")
    return 1 if checked.failed else 0


def _files(options: argparse.Namespace) -> list[Path]:
    """The files that are named, from here or, where there is none, from the root."""
    found = []
    for path in options.files:
        file = path if path.exists() else options.root / path
        if file.is_dir():
            raise CommandError(f"{path} はフォルダです。ファイルの名前を書いてください")
        if not file.exists():
            raise CommandError(f"{path} がありません。名前を確かめてください")
        found.append(file.resolve())
    return found


def _colour() -> bool:
    """Colour where there is a terminal that wants it: https://no-color.org/"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _fix(options: argparse.Namespace) -> int:
    from kb.check.fix import fix
    from kb.read.source import decode
    from kb.sources import note_files

    files = _files(options) or note_files(options.root)
    mended: dict[Path, bytes] = {}
    failed = False
    for path in files:
        data = path.read_bytes()
        _, finding = decode(data, _shown(path))
        if finding:
            print(finding, file=sys.stderr)
            failed = True
            continue
        fixed, codes = fix(data.decode("utf-8"))
        if codes:
            mended[path] = fixed.encode()
            print(f"{_shown(path)}: {'、'.join(codes)} を直しました")
    _store(mended)
    print(f"{len(files)} 個のファイルのうち、{len(mended)} 個を直しました。")
    return 1 if failed else 0


def _explain(options: argparse.Namespace) -> int:
    from kb.check.catalogue import CATALOGUE, RULES
    from kb.check.explain import explain, nearest, rules_page

    if options.page:
        print(rules_page(), end="")
        return 0
    if options.code is None:
        for family, rules in CATALOGUE.items():
            print(family)
            for rule in rules:
                print(f"    {rule.code:28} {rule.title}")
        return 0
    code = options.code.strip("[]")
    if code not in RULES:
        near = nearest(code)
        hint = f"`{near}` のことですか?" if near else "`week.py explain` で、すべての名前が見られます"
        raise CommandError(f"`{code}` というメッセージはありません。{hint}")
    print(explain(RULES[code]), end="")
    return 0


def _diff(options: argparse.Namespace) -> int:
    from kb.diff import FORMATS, compare
    from kb.history import HistoryError, revision

    try:
        difference = compare(options.root, revision(options.root, options.base or ""))
    except HistoryError as error:
        raise CommandError(str(error)) from None
    print(FORMATS[options.format](difference), end="")
    return 0


def _elsewhere(error: ModuleNotFoundError) -> int:
    """Run again in the project's own environment, where this Python lacks a package."""
    own = HOME / ".venv" / "bin" / "python"
    if own.exists() and Path(sys.prefix).resolve() != (HOME / ".venv").resolve():
        sys.stdout.flush()
        os.execv(own, [str(own), *sys.argv])
    return _refuse(
        f"{error.name} が入っていません。`make .venv/.site` を実行してから、もう一度試してください"
    )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ModuleNotFoundError as missing:
        sys.exit(_elsewhere(missing))

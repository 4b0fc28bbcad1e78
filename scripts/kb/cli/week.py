"""A week's note: make it, bring it in from Notion, check it, mend it, see what it does to the site.

    python scripts/week.py new [DATE]
    python scripts/week.py import FILE… [--date DATE] [--as WAY] [--fetch] [--out DIR] …
    python scripts/week.py check [FILE…] [--since REV] [--format text|github|json|markdown] [--all]
    python scripts/week.py fix [FILE…] [--since REV]
    python scripts/week.py explain [CODE]
    python scripts/week.py diff --base REV [--format text|json|markdown]

All commands take --root DIR, another checkout.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.check.rules.twice import told
from kb.cli import checks
from kb.cli.command import CommandError, Parser, Subparsers, add, named_path, run, shown, store
from kb.intake import WAYS, Brought, Given, RefusedError, bring, report_json, report_text
from kb.intake.elsewhere import Fetcher
from kb.link.twins import Meetings
from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.read.dates import date_in
from kb.sources import NOTES, Reader
from kb.text.program import typed
from kb.write.template import template

_WAY_HELP = (
    "reports: 1つのファイルを1つの発表として、1回の会にまとめます。session: 1つのファイル(か書き出し)を"
    "1回の会として読みます。なければ、見出しの形から決めて、報告に書きます"
)
_TWICE_HINT = "日付のまちがいなら、できたノートを消して、正しい日付でもう一度取り込んでください"


def main(arguments: Sequence[str] | None = None) -> int:
    """`python scripts/week.py …`"""
    parser = Parser(prog="week.py", description="1回ぶんのノートを、作り、取り込み、確かめ、直します")
    add_commands(parser.add_subparsers(dest="command", metavar="COMMAND"))
    gc.disable()  # a command ends soon, and what it makes has no cycles to be looked for
    return run(parser, arguments)


def add_commands(commands: Subparsers) -> None:
    """All that has to do with a week's note."""
    run = typed("week")
    parser = add(commands, "new", _new, "空のノートを、ひな形から作ります", [f"{run} new 2025-12-02"])
    parser.add_argument("date", nargs="?", type=_date, help="勉強会の日付（なければ今日）")
    examples = [f"{run} import ~/Downloads/Export-1234.zip", f"{run} import page.md --date 2025-12-02"]
    text = "Notionから書き出したものや、発表ごとのファイル、コピーした文章を、ノートにします"
    parser = add(commands, "import", _import, text, examples)
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="zip、フォルダ、ページ、発表ごとのファイル、文章（- は標準入力）",
    )
    parser.add_argument("--date", type=_date, help="勉強会の日付（どこにも書かれていないとき）")
    parser.add_argument("--as", dest="way", choices=WAYS, default="", help=_WAY_HELP)
    fetch = "ほかのサイトの画像を取りに行き、ノートの横に置く"
    parser.add_argument("--fetch", action="store_true", help=fetch)
    parser.add_argument("--out", type=named_path, help="ノートを置くフォルダ（なければ docs/notes）")
    parser.add_argument("--force", action="store_true", help="もうあるノートに上書きする")
    parser.add_argument("--report", type=named_path, help="報告も書くファイル（.json なら JSON）")
    checks.add_commands(commands)


def _date(text: str) -> dt.date:
    date = date_in(text)
    if date is None:
        raise argparse.ArgumentTypeError(f"`{text}` は日付ではありません。2025-11-25 のように書いてください")
    return date


def _new(options: argparse.Namespace) -> int:
    date = options.date or dt.date.today()
    target = options.root / NOTES / f"{date.isoformat()}.md"
    if target.exists():
        raise CommandError(
            f"{shown(target)} はすでにあります。別の日付なら `{typed('week')} new 2025-12-02` のように"
        )
    store({target: template(date).encode()})
    print(f"{shown(target)} を作りました。中の説明を見ながら書いてください。")
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.files:
        raise CommandError(f"取り込むものを、`{typed('week')} import Export.zip` のように書いてください")
    try:
        given = [Given.from_argument(name, sys.stdin.buffer) for name in options.files]
        fetch = Fetcher() if options.fetch else None
        brought = bring(given, options.date, _progress, way=options.way, fetch=fetch)
    except RefusedError as error:
        raise CommandError(str(error)) from None
    _progress("")  # the last of its lines goes
    folder = options.out or options.root / NOTES
    brought = _told_twice(brought, folder, options.root)
    if options.report:
        as_json = options.report.suffix == ".json"
        told = report_json(brought) if as_json else report_text(brought)
        options.report.write_text(told, encoding="utf-8")
    target = _target(brought, folder, force=options.force)
    print(report_text(brought), end="", file=sys.stderr)
    if target is None:
        print("ノートは作りませんでした。", file=sys.stderr)
        return 1
    _keep(brought, folder, target)
    return 0


def _target(brought: Brought, folder: Path, *, force: bool) -> Path | None:
    """Where the note goes; None where there is none to keep."""
    if brought.session is None or brought.failed:
        return None
    target = folder / f"{brought.session.date.isoformat()}.md"
    if target.exists() and not force:  # said alone: the report is about a note that is not there
        raise CommandError(f"{shown(target)} はすでにあります。上書きするときは --force を付けてください")
    return target


def _told_twice(brought: Brought, folder: Path, root: Path) -> Brought:
    """What was brought, with a warning where a note of another date says the same."""
    if brought.session is None:
        return brought
    notes = {
        f"{NOTES}/{file.name}": file.read_bytes() for file in sorted(folder.glob("*.md")) if file.is_file()
    }
    twin = Meetings(Reader(root).read(notes).sessions).twin(brought.session)
    if twin is None:
        return brought
    message = told(twin, shown(folder / Path(twin.session.span.path).name))
    place = Span(brought.session.span.path, 0, 0)
    found = Finding(Code.WEEK_TWICE, "warning", place, message, _TWICE_HINT)
    return replace(brought, findings=(found, *brought.findings))


def _progress(message: str) -> None:
    if sys.stderr.isatty():  # a log would keep every line of it
        print(f"\r\x1b[K{message}", end="", file=sys.stderr, flush=True)


def _keep(brought: Brought, folder: Path, target: Path) -> None:
    """Write the note and what lies beside it, and say what to do next."""
    assert brought.session
    store({**{folder / name: data for name, data in brought.files.items()}, target: brought.note.encode()})
    beside = f"、画像など {len(brought.files)} 個" if brought.files else ""
    print(f"{shown(target)} を作りました(発表 {len(brought.session.entries)} 件{beside})。")
    print(f"次は: {typed('week')} check {shown(target)}")

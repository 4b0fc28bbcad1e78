#!/usr/bin/env python3
"""A week's note: bring what Notion gives into the note format.

    python scripts/week.py import FILE [--date YYYY-MM-DD] [--out DIR] [--force]

FILE is a note or text copied from a Notion page; `-` is standard input.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from kb.model.finding import errors
from kb.model.session import Session
from kb.read import Reading, read
from kb.site.scaffold import HOME
from kb.write import write


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the note was written, 1 for errors in it, 2 for what cannot be read or written."""
    options = _parser().parse_args(arguments)
    try:
        return _import(options)
    except OSError as error:
        return _refuse(f"{error.filename}: 読み書きできません({error.strerror})")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Bring a week into the note format")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("import", help="any dialect to a note, with a report")
    command.add_argument("file", help="a file, or - for standard input")
    command.add_argument("--date", type=_date, help="the session's date, where the text does not tell it")
    command.add_argument("--out", type=Path, default=HOME / "docs" / "notes", help="where notes are")
    command.add_argument("--force", action="store_true", help="overwrite a note that is there")
    return parser


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no date; write 2025-11-25") from None


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _import(options: argparse.Namespace) -> int:
    reading = _read(options.file, options.date)
    for finding in reading.findings:
        print(finding, file=sys.stderr)
    session = reading.session
    if session is None or errors(reading.findings):
        print("ノートは作りませんでした。", file=sys.stderr)
        return 1
    target = options.out / f"{session.date.isoformat()}.md"
    if target.exists() and not options.force:
        return _refuse(f"{target} はすでにあります。上書きするときは --force を付けてください")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(write(session), encoding="utf-8")
    print(f"{target} を作りました({len(session.entries)} 件の発表)。")
    return 0


def _read(name: str, date: dt.date | None) -> Reading:
    """Read a file; a date that is given wins over the one in the text, and helps where there is none."""
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    reading = read(data, "(標準入力)" if name == "-" else name)
    missing = reading.session is None and any(one.code == "note-date-missing" for one in reading.findings)
    if date and missing:
        dated = read(data, f"{date.isoformat()}.md", reading.dialect)
        return replace(dated, path=reading.path)
    return replace(reading, session=_dated(reading.session, date))


def _dated(session: Session | None, date: dt.date | None) -> Session | None:
    return replace(session, date=date) if session and date else session


if __name__ == "__main__":
    sys.exit(main())

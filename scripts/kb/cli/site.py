"""The site: generate its pages, let an engine build them, follow every link.

python scripts/build.py [--engine mkdocs|properdocs|zensical] [--strict] [--root DIR]
python scripts/build.py generate [--root DIR]
python scripts/build.py serve [--engine …] [--address HOST:PORT] [--root DIR]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.check.matters import matters
from kb.cli.command import CommandError, Parser, Run, Subparsers, add, add_root, refuse, run, told, unreadable
from kb.model.finding import SEVERITY_LABELS, Finding, errors
from kb.search import IndexSize, build_index
from kb.site.engines import ENGINES, Engine, build_site
from kb.site.former import store_redirects
from kb.site.generate import Generated, Generator
from kb.site.scaffold import complete
from kb.site.serve import AddressTakenError, serve
from kb.text.program import typed

ADDRESS = "127.0.0.1:8000"
_LINKS = 10
"""Broken links that are named where they stop nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """`python scripts/build.py …`"""
    parser = Parser(
        prog="build.py",
        description="ノートからサイトを作ります",
        epilog=told([f"{typed('build')} {name}   {text}" for name, (_, text) in COMMANDS.items()]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=COMMANDS, default="build", help="なければ build")
    parser.set_defaults(run=lambda options: COMMANDS[options.command][0](options))
    add_root(parser)
    _add_options(parser)
    return run(parser, arguments)


def add_commands(commands: Subparsers) -> None:
    """`build`, `generate` and `serve`."""
    for name, (does, text) in COMMANDS.items():
        _add_options(add(commands, name, does, text, [f"{typed('build')} {name}"]))


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine", choices=ENGINES, default="mkdocs", help="ページを組み立てるもの（なければ mkdocs）"
    )
    parser.add_argument("--strict", action="store_true", help="警告やリンク切れがあれば、作らずに止まる")
    parser.add_argument("--address", default=ADDRESS, help=f"serve が出す場所（なければ {ADDRESS}）")


def _generated(generator: Generator) -> Generated | None:
    """What a generator has made; None where it made nothing."""
    done = generator.run()
    for line in _told(done.findings):
        print(line, file=sys.stderr)
    if done.written is None:
        wrong = len(errors(done.findings))
        print(f"エラーが {wrong} 件あります。ページは作りませんでした。", file=sys.stderr)
        return None
    changed, removed = len(done.written.changed), len(done.written.removed)
    pages = f"{done.written.total} ページ(更新 {changed}、削除 {removed})"
    print(f"{pages}を {done.seconds:.2f} 秒で作りました。")
    return done


def _told(findings: tuple[Finding, ...]) -> Iterator[str]:
    """What a builder has to know: each error, and of the rest how much there is."""
    yield from map(str, errors(findings))
    rest = [one for one in findings if one.severity != "error"]
    counts = Counter(one.finding.severity for one in matters(rest))
    if counts:
        told = "、".join(f"{label} {counts[one]} 件" for one, label in SEVERITY_LABELS.items() if counts[one])
        yield f"{told} (`{typed('week')} check` で見られます)"


def _engine(options: argparse.Namespace) -> Engine:
    """The engine that is asked for; asked before a site is half made."""
    engine = ENGINES[options.engine]
    if not engine.installed:
        hint = f"`pip install --require-hashes -r {engine.requirements}` を実行してください"
        raise CommandError(f"{engine.name} が入っていません。{hint}")
    return engine


def _generate(options: argparse.Namespace) -> int:
    return 0 if _generated(Generator(options.root)) else 1


def _build(options: argparse.Namespace) -> int:
    root: Path = options.root
    engine = _engine(options)
    for part in complete(root):
        print(f"{part} がないので、このプロジェクトのものを写しました。")
    made = _generated(Generator(root))
    if made is None:
        return 1

    def finish(site: Path) -> None:
        size = _finished(site, made)
        print(f"検索の索引: {size.pages} ページ、{size.files} ファイル、{size.bytes / 1000:,.0f} kB")

    built = build_site(root, engine, strict=options.strict, finish=finish)
    if not built.ok:
        print(built.output.strip(), file=sys.stderr)
    # What stops a build is told whole; of what does not, enough to see what it is.
    shown = built.broken if not built.ok else built.broken[:_LINKS]
    for link in shown:
        print(f"リンク切れ {link}", file=sys.stderr)
    if rest := len(built.broken) - len(shown):
        print(f"リンク切れ ほか {rest} 件 (--strict を付けると全部出ます)", file=sys.stderr)
    if not built.ok:
        print("site/ は前のままです。", file=sys.stderr)
        return 1
    print(f"site/ ができました({engine.name})。")
    return 0


def _finished(site: Path, made: Generated) -> IndexSize:
    """Add to a built site what no engine makes."""
    assert made.base
    size = build_index(site, made.base, made.documents)
    store_redirects(site, made.redirects)
    return size


def _serve(options: argparse.Namespace) -> int:
    engine = _engine(options)
    complete(options.root)
    generator = Generator(options.root)
    first = _generated(generator)
    if first is None:
        return 1
    latest = first

    def regenerate() -> None:
        nonlocal latest
        try:
            # A half-written note is an ordinary state of a note: what was made before it is kept.
            latest = _generated(generator) or latest
        except OSError as error:
            refuse(unreadable(error))

    def finish(site: Path) -> None:
        _finished(site, latest)

    print(f"http://{options.address}/ で見られます。終わるときは Ctrl+C。")
    try:
        return serve(options.root, engine, options.address, regenerate, finish)
    except AddressTakenError as error:
        hint = "`make serve ADDRESS=127.0.0.1:8001` のように、別の番号で試してください"
        raise CommandError(f"{error} は使えません(ほかのものが動いているようです)。{hint}") from None


COMMANDS: dict[str, tuple[Run, str]] = {
    "build": (_build, "サイトを site/ に作ります"),
    "generate": (_generate, "ページのMarkdownだけを作ります"),
    "serve": (_serve, "サイトを手元で見せ、直すたびに作り直します"),
}

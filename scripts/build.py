#!/usr/bin/env python3
"""Build the site: generate its pages, let an engine build them, follow every link.

python scripts/build.py [--engine mkdocs|zensical] [--strict] [--root DIR]
python scripts/build.py generate [--root DIR]
python scripts/build.py serve [--engine …] [--address HOST:PORT] [--root DIR]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from kb.link import KnowledgeBase
from kb.model.finding import Finding
from kb.search import build_index
from kb.site.engines import ENGINES, EngineMissingError, build_site
from kb.site.generate import Generated, Generator
from kb.site.scaffold import HOME, complete

ADDRESS = "127.0.0.1:8000"
CACHE = ".cache/search.pickle"
"""What the index remembers of pages that did not change. Safe to remove."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when all went well, 1 for errors in notes, 2 for what cannot be read or started."""
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / "docs").is_dir():
        return _refuse(f"{options.root} に docs/ フォルダがありません。--root を確かめてください")
    try:
        return {"build": _build, "generate": _generate, "serve": _serve}[options.command](root, options)
    except EngineMissingError as error:
        hint = f"`pip install -r requirements-{error.engine}.txt` を実行してください"
        return _refuse(f"{error.engine} が入っていません。{hint}")
    except OSError as error:
        return _refuse(f"{error.filename}: 読み書きできません({error.strerror})")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the site from the notes")
    parser.add_argument("command", nargs="?", choices=("build", "generate", "serve"), default="build")
    parser.add_argument("--root", type=Path, default=HOME, help="another checkout or a corpus of notes")
    parser.add_argument("--engine", choices=ENGINES, default="mkdocs", help="what builds the pages")
    parser.add_argument("--strict", action="store_true", help="stop on warnings and broken links")
    parser.add_argument("--address", default=ADDRESS, help="where to serve")
    return parser


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _print(findings: Iterable[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)


def _generated(generator: Generator) -> Generated:
    done = generator.run()
    _print(done.findings)
    if done.written is None:
        wrong = sum(finding.severity == "error" for finding in done.findings)
        print(f"エラーが {wrong} 件あります。ページは作りませんでした。", file=sys.stderr)
    else:
        written = done.written
        print(
            f"{written.total} ページ(更新 {len(written.changed)}、削除 {len(written.removed)})"
            f"を {done.seconds:.2f} 秒で作りました。"
        )
    return done


def _generate(root: Path, _: argparse.Namespace) -> int:
    return 0 if _generated(Generator(root)).written else 1


def _build(root: Path, options: argparse.Namespace) -> int:
    for part in complete(root):
        print(f"{part} がないので、このプロジェクトのものを写しました。")
    base = _generated(Generator(root)).base
    if base is None:
        return 1
    built = build_site(root, options.engine, strict=options.strict, finish=partial(_index, root, base))
    if not built.ok:
        print(built.output.strip(), file=sys.stderr)
    for link in built.broken:
        print(f"リンク切れ {link}", file=sys.stderr)
    if not built.ok:
        print("site/ は前のままです。", file=sys.stderr)
        return 1
    print(f"site/ ができました({options.engine})。")
    return 0


def _index(root: Path, base: KnowledgeBase, site: Path) -> None:
    size = build_index(site, base, root / CACHE)
    print(f"検索の索引: {size.pages} ページ、{size.files} ファイル、{size.bytes / 1000:,.0f} kB")


def _serve(root: Path, options: argparse.Namespace) -> int:
    from kb.site.serve import AddressTakenError, serve

    complete(root)
    generator = Generator(root)
    base = _generated(generator).base
    if base is None:
        return 1
    bases = [base]

    def regenerate() -> None:
        """Keep serving whatever happens: a half-written note is an ordinary state of a note."""
        try:
            bases[0] = _generated(generator).base or bases[0]
        except OSError as error:
            _refuse(f"{error.filename}: 読み書きできません({error.strerror})")

    def index(site: Path) -> None:
        build_index(site, bases[0], root / CACHE)

    print(f"http://{options.address}/ で見られます。終わるときは Ctrl+C。")
    try:
        return serve(root, options.engine, options.address, regenerate, index)
    except AddressTakenError as error:
        hint = "`make serve ADDRESS=127.0.0.1:8001` のように、別の番号で試してください"
        return _refuse(f"{error} は使えません(ほかのものが動いているようです)。{hint}")


if __name__ == "__main__":
    sys.exit(main())

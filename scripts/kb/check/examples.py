"""The examples of rules as real files, and what the program says of them.

The tests and the page of all rules ask here, so that what is explained is what is printed.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from kb.check.addresses import Kept, State, keep
from kb.check.base import Base
from kb.check.note import Note
from kb.check.pairs import Files
from kb.check.registries import gone, missing
from kb.check.rule import Rule
from kb.check.run import check_note
from kb.link import Linker
from kb.model.finding import Finding
from kb.read import read
from kb.registry import load_registry
from kb.sources import Reader
from kb.sources.tree import tree_findings

FRONT = "---\ndate: 2025-12-02\n---\n\n"
"""What stands above an example that has no front matter of its own."""

STOCK: dict[str, str] = {
    "docs/data/presenters.yml": """presenters:
  - {id: takumi-iida, name: Takumi Iida, handles: [frkake]}
  - {id: hiromu-nakamura, name: Hiromu Nakamura, handles: [pon]}
  - {id: akira-manda, name: Akira Manda, handles: [zunda]}
  - {id: shun-ito, name: Shun Ito}
""",
    "docs/data/papers.yml": """papers:
  - id: yan2025-gam
    type: article
    title: General Agentic Memory Via Deep Research
    ids: {arxiv: '2511.18423'}
    aliases: [GAM]
  - id: carion2025-sam3
    type: article
    title: 'SAM 3: Segment Anything with Concepts'
    ids: {arxiv: '2511.16719'}
    aliases: [SAM 3]
""",
    "docs/data/tags.yml": """tags:
  - {id: agent-memory, ja: エージェントメモリ, en: agent memory}
  - {id: rag, ja: 検索拡張生成, en: RAG}
  - {id: segmentation, ja: セグメンテーション, en: segmentation}
""",
    "docs/data/topics.yml": """topics:
  - {id: gam, name: GAM}
  - {id: sam3, name: SAM 3ファミリー}
""",
    "docs/data/venues.yml": "venues: []\n",
}
"""The registry of the examples: small, and the same whatever the group registers."""


def example_bytes(text: str, path: str, encoding: str = "utf-8") -> bytes:
    """The file of an example: notes without front matter get one, other files are as they are."""
    note = path.startswith("docs/notes/") and path.endswith(".md")
    bare = not text.strip() or text.startswith("%PDF") or text.lstrip("\ufeff").startswith("---")
    return (text if bare or not note else FRONT + text).encode(encoding)


def run_example(rule: Rule) -> tuple[Finding, ...]:
    """What the rule says of its bad example, in order."""
    example = rule.words.example
    return _run(rule, example.path, example_bytes(example.bad, example.path, example.encoding))


def run_good(rule: Rule) -> tuple[Finding, ...]:
    """What the rule says of its good example: nothing."""
    path = rule.words.example.good_path or rule.words.example.path
    return _run(rule, path, example_bytes(rule.words.example.good, path))


@lru_cache(maxsize=256)
def _run(rule: Rule, path: str, data: bytes) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in {**STOCK, **rule.words.example.files}.items():
            _put(root / name, content.encode())
        _put(root / path, data)
        found = _found(rule, root, path, data)
    return tuple(finding for finding in found if finding.code == rule.code)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _found(rule: Rule, root: Path, path: str, data: bytes) -> tuple[Finding, ...]:
    match rule.words.told_by:
        case "registry":
            return load_registry(root)[1]
        case "tree":
            return tree_findings(root, Base(root).sources.sessions, [path])
        case "change":
            stock = {name: text.encode() for name, text in STOCK.items()}
            before = {name: example_bytes(text, name) for name, text in rule.words.example.before.items()}
            kept = compared(root, {**stock, **before}, {**stock, path: data})
            return tuple(one.finding for one in kept.gone)
        case "rows":
            return Base(root).misled
        case "checkout":
            if not data:
                (root / path).unlink()
            return tuple(one for one in (*gone(root, [path]), *missing(root)) if one.span.path == path)
        case "copied":
            return read(data, path, "copied").findings
        case "import":
            return ()
        case _:
            return check_note(Note.from_bytes(path, data), Base(root))


def compared(root: Path, then: Files, now: Files) -> Kept:
    """What becomes of the addresses of one state in another."""
    reader, linker = Reader(root, texts=False), Linker(relations=False)

    def state(files: Files) -> State:
        sources = reader.read(files)
        return State(files, sources, linker.look_up(sources.sessions, sources.registry))

    return keep(linker, state(then), state(now))

"""Checks against the committed JSON Schemas, told in words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path as File
from typing import Any

import jsonschema_rs
import yaml

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.registry.document import Document, Path, error
from kb.text.spell import code_span

SCHEMAS = File(__file__).resolve().parents[3] / "docs" / "data" / "schema"

_TYPES = {
    "array": "`[a, b]` か、`- a` を並べたもの",
    "object": "「キー: 値」の並び",
    "boolean": "`true` か `false`",
}
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_WORD = r"^\S(.*\S)?$"
_SHAPES = {
    _WORD: "前後に空白のない、空でない言葉",
    r"^https?://\S+$": "`https://example.org/a` のような、https:// で始まるアドレス",
    "^https?://": "`https://example.org/a` のような、https:// で始まるアドレス",
}
"""What a pattern of the schemas wants, in words; the description of a key says of the others."""
_LONGEST = 1_000
_LONGEST_ID = 100
"""Characters: an id is a folder's name, of which file systems take 255 bytes."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Categories of characters that nobody sees, and that may turn a line round."""


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for(_schema(name))


Fault = tuple[Path, Finding]
"""The path of a value in its document, and what is wrong with it."""


def check_schema(document: Document, name: str) -> list[Fault]:
    """Everything in a document that the schema `name` does not allow."""
    seen: dict[Path, Fault] = {}
    for fault in _validator(name).iter_errors(document.data):
        path, rule = tuple(fault.instance_path), fault.schema_path[-1]
        schema = _at(name, fault.schema_path[:-1])
        # The schema tells all unknown keys at once; each has a line of its own.
        if rule == "additionalProperties":
            for key in [key for key in fault.instance if key not in schema.get("properties", {})]:
                seen[*path, rule, key] = (path, _unknown(document, path, schema, key))
        elif rule == "required":
            key = fault.kind.property
            seen[*path, rule, key] = (path, _missing(document, path, schema, key))
        else:
            # Of several faults of one value the first is told: the others follow from it.
            seen.setdefault(path, (path, _wrong(document, path, str(rule), schema, fault.instance)))
    # A value that its schema refuses has been told of.
    rows = document.data.get(name) if isinstance(document.data, dict) else None
    rows = rows if isinstance(rows, list) else []
    odd = [one for one in _odd(document, rows, (name,)) if one[0] not in seen]
    return [*seen.values(), *odd]


def _odd(document: Document, value: object, path: Path) -> Iterator[Fault]:
    """Texts that a schema allows, and that nobody can have meant."""
    if isinstance(value, dict | list):
        rows = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in rows:
            yield from _odd(document, inner, (*path, key))
    elif isinstance(value, str):
        unseen = next((char for char in value if unicodedata.category(char) in _UNSEEN), "")
        longest = _LONGEST_ID if path[-1] == "id" or "former" in path else _LONGEST
        if unseen:
            message = f"{_where(document, path)} に、目に見えない文字 U+{ord(unseen):04X} があります"
            yield path, _finding(document, path, message, "その文字を消してください")
        elif len(value) > longest:
            message = f"{_where(document, path)} が長すぎます({len(value)}文字)"
            yield path, _finding(document, path, message, f"{longest}文字までにしてください")


def _at(name: str, path: Sequence[str | int]) -> dict[str, Any]:
    node: Any = _schema(name)
    for step in path:
        node = node[step]
    return node if isinstance(node, dict) else {}


def _where(document: Document, path: Path) -> str:
    """`papers[3] (carion2025-sam3) の ids.arxiv`."""
    if not path:
        return "ファイル全体"
    key, *rest = path
    if not rest:
        return f"`{key}`"
    index, *inner = rest
    record = document.data[key][index] if isinstance(document.data, dict) else None
    name = record.get("id") or record.get("name") if isinstance(record, dict) else None
    head = f"`{key}` の {int(index) + 1} 番目" + (f" ({str(name)[:40]})" if name else "")
    return f"{head} の {_inside(inner)}" if inner else head


def _inside(path: Sequence[str | int]) -> str:
    """`ids.arxiv`, or "`aliases` の 2 番目": people count from 1."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"{step + 1} 番目")
        elif parts and parts[-1].endswith("`"):
            parts[-1] = f"{parts[-1][:-1]}.{step}`"
        else:
            parts.append(f"`{step}`")
    return " の ".join(parts)


def _finding(document: Document, path: Path, message: str, hint: str) -> Finding:
    line = document.line(path)
    return error(Code.REGISTRY_SCHEMA, Span(document.path, line, line), message, hint)


def _wrong(document: Document, path: Path, rule: str, schema: dict[str, Any], value: object) -> Finding:
    text = json.dumps(value, ensure_ascii=False, default=str)
    shown = text if len(text) <= 60 else text[:57] + "…"
    where = _where(document, path)
    if rule == "uniqueItems" and isinstance(value, list):
        twice = next(one for at, one in enumerate(value) if one in value[:at])
        return _finding(document, path, f"{where} に `{twice}` が2回あります", "1つにまとめてください")
    return _finding(document, path, f"{where} の値 {shown} は使えません", _allowed(schema, value))


def _allowed(schema: dict[str, Any], value: object) -> str:
    if "enum" in schema:
        return "使えるのは " + "、".join(f"`{value}`" for value in schema["enum"])
    shape = _SHAPES.get(str(schema.get("pattern"))) or _TYPES.get(str(schema.get("type")), "")
    words = filter(None, (shape, str(schema.get("description", ""))))
    return f"{_meant(schema, value)}書けるのは {'。'.join(words)}"


def _meant(schema: dict[str, Any], value: object) -> str:
    """What to write for a value that only lacks its form."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text, pattern = str(value).strip(), str(schema.get("pattern"))
    if pattern == _ID:
        text = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") if text.isascii() else ""
    elif isinstance(value, str) and pattern != _WORD:
        return ""
    # In brackets, for within them YAML has more marks of its own.
    flow = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**9).strip()[1:-1]
    return f"{code_span(flow)} と書いてください。" if re.search(pattern, text) else ""


def _missing(document: Document, path: Path, schema: dict[str, Any], key: str) -> Finding:
    about = schema.get("properties", {}).get(key, {}).get("description", "")
    message = f"{_where(document, path)} に `{key}` がありません"
    return _finding(document, path, message, f"`{key}:` を書いてください。{about}")


def _unknown(document: Document, path: Path, schema: dict[str, Any], key: str) -> Finding:
    hint = "使える項目は " + "、".join(f"`{one}`" for one in schema.get("properties", {}))
    message = f"{_where(document, path)} の `{key}` は知らない項目です"
    return _finding(document, (*path, key), message, hint)

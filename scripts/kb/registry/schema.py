"""Checks against the committed JSON Schemas, told in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path as File
from typing import Any

import jsonschema_rs

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.registry.document import Document, Path, error

SCHEMAS = File(__file__).resolve().parents[3] / "docs" / "data" / "schema"

_TYPES = {
    "array": "配列 (`[a, b]` または `- a` の並び)",
    "object": "「キー: 値」の並び",
    "string": "文字列",
    "boolean": "true または false",
    "integer": "整数",
    "number": "数",
}


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
            seen.setdefault(path, (path, _wrong(document, path, schema, fault.instance)))
    return list(seen.values())


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
    head = f"`{key}` の {int(index) + 1} 番目" + (f" ({name})" if name else "")
    return f"{head} の `{'.'.join(map(str, inner))}`" if inner else head


def _finding(document: Document, path: Path, message: str, hint: str) -> Finding:
    line = document.line(path)
    return error(Code.REGISTRY_SCHEMA, Span(document.path, line, line), message, hint)


def _wrong(document: Document, path: Path, schema: dict[str, Any], value: object) -> Finding:
    text = json.dumps(value, ensure_ascii=False, default=str)
    shown = text if len(text) <= 60 else text[:57] + "…"
    return _finding(document, path, f"{_where(document, path)} の値 {shown} は使えません", _allowed(schema))


def _allowed(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return "使えるのは " + "、".join(f"`{value}`" for value in schema["enum"])
    words = [_TYPES.get(str(schema.get("type")), ""), str(schema.get("description", ""))]
    return "書けるのは " + "。".join(word for word in words if word)


def _missing(document: Document, path: Path, schema: dict[str, Any], key: str) -> Finding:
    about = schema.get("properties", {}).get(key, {}).get("description", "")
    message = f"{_where(document, path)} に `{key}` がありません"
    return _finding(document, path, message, f"`{key}:` を書いてください。{about}")


def _unknown(document: Document, path: Path, schema: dict[str, Any], key: str) -> Finding:
    hint = "使える項目は " + "、".join(f"`{one}`" for one in schema.get("properties", {}))
    message = f"{_where(document, path)} の `{key}` は知らない項目です"
    return _finding(document, (*path, key), message, hint)

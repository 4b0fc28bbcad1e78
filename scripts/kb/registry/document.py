"""A YAML file with the line of each of its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from kb.model.codes import Code
from kb.model.finding import Finding, Span
from kb.registry.slips import slip
from kb.text.bounds import unbounded
from kb.text.conflict import conflict_marks

Path = tuple[str | int, ...]
"""Keys and indexes from the root of a document to a value."""


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which dates stay what was written."""


# `issued: 2025-11-20` would become a date, which JSON and its schemas do not know.
_Loader.yaml_implicit_resolvers = {
    char: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for char, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.yaml_constructors = {
    tag: construct
    for tag, construct in yaml.CSafeLoader.yaml_constructors.items()
    if tag is None or tag.rpartition(":")[2] in ("null", "bool", "int", "float", "str", "seq", "map")
}
"""What JSON can say too; `!!binary` and `!!set` are refused."""


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a file, and the nodes that tell its lines."""

    path: str
    data: object
    node: yaml.Node | None

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest value around it."""
        node = self.node
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return node.start_mark.line + 1 if node else 1

    def lines(self, key: str) -> list[int]:
        """The line of each item in the list under a top-level key."""
        node = _child(self.node, key)
        return (
            [item.start_mark.line + 1 for item in node.value] if isinstance(node, yaml.SequenceNode) else []
        )


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        # Of a key that stands twice YAML keeps the last value.
        found: yaml.Node | None = next(
            (value for key, value in reversed(node.value) if key.value == step), None
        )
        return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def load_document(text: str, path: str) -> tuple[Document | None, Sequence[Finding]]:
    """Read a YAML text; what YAML itself rejects, and keys that stand twice, are errors."""
    if mark := next(conflict_marks(text.split("\n")), None):
        return None, [_broken(path, mark[0], f"gitの競合のしるし `{mark[1]}` が残っています", _BOTH)]
    if found := unbounded(text):
        return None, [_broken(path, found.line + 1, found.reason)]
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _keys_are_text(node)
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        marks = [mark.line + 1 for mark in (error.problem_mark, error.context_mark) if mark] or [1]
        # YAML often gives up only in the line below the slip.
        hint = slip(text, (*marks, marks[0] - 1))
        return None, [_broken(path, marks[0], str(error.problem), hint)]
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return None, [_broken(path, 1, str(error).splitlines()[0])]
    finally:
        loader.dispose()  # libyaml holds memory of its own
    return Document(path, data, node), list(_twice(node, path))


def _keys_are_text(node: yaml.Node | None) -> None:
    """`no:` is false to YAML, `1:` a number, `<<:` a merge."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _keys_are_text(item)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            key.tag = "tag:yaml.org,2002:str"
        _keys_are_text(key)
        _keys_are_text(value)


_BOTH = "残す行を選んで(moved.yml なら両方とも)、`<<<<<<<` `=======` `>>>>>>>` で始まる行を消してください"


def _broken(path: str, line: int, reason: str, hint: str = "") -> Finding:
    hint = hint or "字下げ、コロン、引用符を確かめてください"
    return error(Code.REGISTRY_YAML, Span(path, line, line), f"YAML として読めません({reason})", hint)


def error(code: Code, span: Span, message: str, hint: str, value: str = "") -> Finding:
    """A fault of the registry: each of them stops a build."""
    return Finding(code, "error", span, message, hint, value=value)


def _twice(node: yaml.Node | None, path: str) -> Iterator[Finding]:
    """Keys that one mapping has twice: YAML would drop the first in silence."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(item, path)
    seen: set[str] = set()
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in seen:
            line = key.start_mark.line + 1
            message = f"`{key.value}` が同じ項目の中に2回あります"
            yield error(Code.REGISTRY_KEY_TWICE, Span(path, line, line), message, "1つにまとめてください")
        seen.add(key.value)
        yield from _twice(value, path)

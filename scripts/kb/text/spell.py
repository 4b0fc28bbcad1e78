"""Inline nodes and plain words to Markdown source that reads back as exactly these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from kb.model import inline as i
from kb.text.inline import parse_inline
from kb.text.pieces import BARE_URL, ENTITY, trim_url
from kb.text.tags import SIGNS, TAG

_BACKSLASH = r"\\(?=[!-/:-@\[-`{-~]|$)"
_SPECIAL = re.compile(rf"[`*_~<&!$]|{_BACKSLASH}")
_SPECIAL_OR_BRACKET = re.compile(rf"[`*_~<&!$\[\]]|{_BACKSLASH}")
_LITERAL = re.compile(r"[\\`*_\[\]<!~&$]")
_TAG_START = re.compile(r"(?<!\\)<(?=[/!a-zA-Z])")
# Longer texts are escaped without looking whether it is needed: looking is not linear for all of them.
MAX_CHECKED, MAX_NODES = 20_000, 1_000


@dataclass(frozen=True, slots=True)
class _Style:
    """How to write: what to escape in words, and the sign of emphasis."""

    special: re.Pattern[str] | None
    sign: str


# From the easiest to read to the safest. No sign stands for `_` next to other emphasis only.
_STYLES = tuple(
    _Style(special, sign) for special in (None, _SPECIAL, _SPECIAL_OR_BRACKET) for sign in ("*", "", "_")
)


def source_of(nodes: Iterable[i.Inline]) -> str:
    """The source of nodes; what Markdown cannot say becomes words with the addresses behind them."""
    meant = settled(nodes)
    if len(meant) > MAX_NODES or _size(meant) > MAX_CHECKED:
        return _written(meant, _STYLES[-1])
    for style in _STYLES:
        if (written := _written(meant, style)) and settled(parse_inline(written)) == meant:
            return written
    # What one line cannot say must not take the emphasis and the links of the others.
    if i.Break() in meant:
        return "\n".join(source_of(line) for line in _split(meant))
    return _written(settled(_as_text(meant)), _STYLES[-1])


def escape_literal(text: str) -> str:
    """Inline source that reads back as exactly this text; addresses stay links."""
    # Nothing is escaped where nothing would be taken for markup, so that notes stay readable. But a tag is,
    # even alone: its partner may stand in a text that is put beside this one.
    escaped = TAG.sub(r"\\\g<0>", text)
    nodes = parse_inline(escaped)
    is_text = all(isinstance(node, i.Text | i.Url) for node in nodes) and i.plain(nodes) == text
    if is_text and "\\<" not in text:
        return escaped
    return "".join(
        node.url if isinstance(node, i.Url) else _LITERAL.sub(r"\\\g<0>", i.plain((node,)))
        for node in _with_urls(i.Text(text))
    )


def _split(nodes: Iterable[i.Inline]) -> list[list[i.Inline]]:
    """Nodes cut at the line breaks that stand in no emphasis."""
    lines: list[list[i.Inline]] = [[]]
    for node in nodes:
        if isinstance(node, i.Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def _size(nodes: Iterable[i.Inline]) -> int:
    return sum(len(node.text) for node in _as_text(nodes) if isinstance(node, i.Text))


def settled(nodes: Iterable[i.Inline]) -> tuple[i.Inline, ...]:
    """Nodes in the one form in which two of them that say the same are equal."""
    found: list[i.Inline] = []
    for node in nodes:
        match node:
            case i.Link(label, url):
                found.append(i.Link(settled(label), url))
            case i.Image(alt, url):
                found.append(i.Image(alt, url))
            case i.Marked(mark) if mark in SIGNS:
                found += _marked(node)
            case i.Marked(mark, inner):
                found += _element(mark, settled(inner))
            case i.CodeSpan(""):
                pass
            case _:
                found.append(node)
    split = (piece for node in i.merge(found) for piece in _with_urls(node))
    return tuple(_joined(node for node in split if node != i.Text("")))


def _element(mark: i.Mark, inner: tuple[i.Inline, ...]) -> Iterator[i.Inline]:
    """What is read where inner nodes stand between the tags of an element."""
    match inner:
        case (i.Text(text),) if mark == "code":
            yield i.CodeSpan(text)
        case (_, *_):
            yield i.Marked(mark, inner)


def _with_urls(node: i.Inline) -> Iterator[i.Inline]:
    """A text cut where an address in it becomes a link."""
    if not isinstance(node, i.Text):
        yield node
        return
    position = 0
    for found in BARE_URL.finditer(node.text):
        url = trim_url(found[0])
        if url not in ("http://", "https://"):
            yield from (i.Text(node.text[position : found.start()]), i.Url(url))
            position = found.start() + len(url)
    yield i.Text(node.text[position:])


def stripped(nodes: Iterable[i.Inline]) -> tuple[str, tuple[i.Inline, ...], str]:
    """Settled nodes without the blanks at their ends, between these blanks."""
    inner, before, after = list(settled(nodes)), "", ""
    if inner and isinstance(first := inner[0], i.Text):
        kept = first.text.lstrip()
        before = first.text[: len(first.text) - len(kept)]
        inner[:1] = [i.Text(kept)] if kept else []
    if inner and isinstance(last := inner[-1], i.Text):
        kept = last.text.rstrip()
        after = last.text[len(kept) :]
        inner[-1:] = [i.Text(kept)] if kept else []
    return before, tuple(inner), after


def _marked(node: i.Marked) -> Iterator[i.Inline]:
    """Emphasis without blanks at its ends, and not twice the same."""
    # A blank right inside of its signs would keep them from being emphasis.
    before, inner, after = stripped(_unmarked(node.inner, node.mark))
    yield i.Text(before)
    if node.mark == "strong" and len(inner) == 1 and isinstance(both := inner[0], i.Marked) and _signed(both):
        # `***` reads as emphasis around strong emphasis.
        yield i.Marked(both.mark, (i.Marked("strong", both.inner),))
    elif inner:
        yield i.Marked(node.mark, inner)
    yield i.Text(after)


def _signed(node: i.Marked) -> bool:
    """Whether a sign says it; two keys in two elements `<kbd>` are two keys."""
    return node.mark in SIGNS


def _unmarked(nodes: Iterable[i.Inline], mark: str) -> Iterator[i.Inline]:
    for node in nodes:
        if isinstance(node, i.Marked):
            inner = tuple(_unmarked(node.inner, mark))
            yield from inner if node.mark == mark else (i.Marked(node.mark, inner),)
        else:
            yield node


def _joined(nodes: Iterable[i.Inline]) -> Iterator[i.Inline]:
    """Neighbours with the same emphasis are one."""
    above: i.Marked | None = None
    for node in nodes:
        # `**a****b**` would be read as one run of four signs.
        if isinstance(node, i.Marked) and above and node.mark == above.mark and _signed(node):
            above = i.Marked(above.mark, settled((*above.inner, *node.inner)))
            continue
        if above:
            yield above
        above = node if isinstance(node, i.Marked) else None
        if above is None:
            yield node
    if above:
        yield above


def _as_text(nodes: Iterable[i.Inline]) -> Iterator[i.Inline]:
    """Words only, with the addresses behind them."""
    for node in nodes:
        match node:
            case i.Link(label, url):
                yield from _as_text(label)
                yield i.Text(f" ({url})")
            case i.Image(alt, url):
                yield i.Text(f"{alt} ({url})")
            case i.Marked(_, inner):
                yield from _as_text(inner)
            case i.CodeSpan(text) | i.Url(text):
                yield i.Text(text)
            case i.Math(tex):
                yield i.Text(f"${tex}$")
            case _:
                yield node


def _written(nodes: Iterable[i.Inline], style: _Style) -> str:
    around = [None, *nodes, None]
    triples = zip(around, around[1:], around[2:], strict=False)
    return "".join(_write(node, style, (above, below)) for above, node, below in triples if node)


def _write(node: i.Inline, style: _Style, beside: tuple[i.Inline | None, i.Inline | None]) -> str:
    match node:
        case i.Text(text):
            return _literal(text, style.special)
        case i.Url(url):
            return f"<{url}>" if style.special else url
        case i.CodeSpan(text):
            return code_span(text)
        case i.Math(tex):
            # The second spelling has a meaning whatever stands around it.
            return f"$`{tex}`$" if style.special else f"${tex}$"
        case i.Link(label, url):
            return f"[{_written(label, style)}]({target(url)})"
        case i.Image(alt, url):
            return f"![{_literal(alt, style.special)}]({target(url)})"
        case i.Marked("em", inner):
            sign = style.sign or ("_" if any(isinstance(other, i.Marked) for other in beside) else "*")
            return f"{sign}{_written(inner, style)}{sign}"
        case i.Marked(mark, inner):
            words = _written(inner, style)
            return f"{SIGNS[mark]}{words}{SIGNS[mark]}" if mark in SIGNS else f"<{mark}>{words}</{mark}>"
        case i.Break():
            return "\n"
        case i.Hidden(text):
            return f"<!-- {text} -->"
        case i.Mention(text):
            return _literal(text, style.special)
        case _:
            assert_never(node)


def _literal(text: str, special: re.Pattern[str] | None) -> str:
    if special:
        return special.sub(r"\\\g<0>", text)
    if settled(parse_inline(text)) != settled([i.Text(text)]):
        return _SPECIAL.sub(r"\\\g<0>", text)
    # What looks like a tag is escaped wherever it stands: others decide by all that follows it.
    return _TAG_START.sub(r"\\<", text)


def code_span(text: str) -> str:
    """A text as code, whatever backticks are in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    # One blank at both ends is taken off by the reader: https://spec.commonmark.org/0.31.2/#code-spans
    edges = text[:1] + text[-1:]
    pad = " " if "`" in edges or (edges == "  " and text.strip()) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def target(url: str) -> str:
    """An address as it stands between the round brackets of a link."""
    if _is_plain(url):
        return url
    # Between angle brackets: https://spec.commonmark.org/0.31.2/#link-destination
    escaped = re.sub(r"[\\()`]", r"\\\g<0>", url)
    return f"<{ENTITY.sub(lambda found: '&amp;' + found[0][1:], escaped)}>"


def _is_plain(url: str) -> bool:
    """Whether an address can stand between round brackets as it is."""
    balanced = url.count("(") == url.count(")") and url.find("(") <= url.find(")")
    return balanced and not re.search(r"[\s<>\\`]", url) and not ENTITY.search(url)

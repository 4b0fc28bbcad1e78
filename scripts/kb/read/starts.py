"""Where blocks begin and end, and what of a line that begins none is text for good."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.model.blocks import Block, Paragraph, Remark
from kb.read import markers
from kb.read.lines import Line, Lines, span_of
from kb.read.tables import table_at
from kb.text.inline import rich_text

Found = tuple[Block, int]
"""A block and the index of the first line behind it."""


def interrupts(lines: list[Line], index: int) -> bool:
    """Whether the line ends a paragraph above it without a blank line between them."""
    text = lines[index].text
    if not text:
        return True
    begins = _BEGINNINGS.get(text[0])
    return bool(begins and begins(lines, index)) or is_table(lines, index)


def _matches(*patterns: re.Pattern[str]) -> Callable[[list[Line], int], bool]:
    return lambda lines, index: any(pattern.match(lines[index].text) for pattern in patterns)


def _begins_tag(lines: list[Line], index: int) -> bool:
    boxes = (enclosed(lines, index, tags) for tags in markers.BOXES.values())
    return bool(comment_end(lines, index)) or any(boxes)


_dash = _matches(markers.BULLET, markers.DIVIDER)
_digit = _matches(markers.ORDERED)
_BEGINNINGS: dict[str, Callable[[list[Line], int], bool]] = {
    **dict.fromkeys("-*+・•_", _dash),
    **dict.fromkeys("0123456789", _digit),
    "#": _matches(markers.HEADING, markers.TIGHT_HEADING, markers.EMPTY_HEADING),
    ">": _matches(markers.QUOTE),
    "`": lambda lines, index: bool(fence_end(lines, index)),
    "~": lambda lines, index: bool(fence_end(lines, index)),
    **dict.fromkeys("$\\", lambda lines, index: bool(display(lines, index))),
    "|": lambda lines, index: table_at(lines, index, without_pipes=False) is not None,
    "<": _begins_tag,
    **dict.fromkeys("[［", lambda lines, index: markers.remark(lines[index].text) is not None),
}
"""By the first character of a line, whether a block begins there that is no paragraph."""


def fence_end(lines: list[Line], index: int) -> int:
    """The index of the closing fence, or 0 where no fence opens or it is never closed."""
    found = markers.FENCE.match(lines[index].text)
    if not found:
        return 0
    mark, least = found["fence"][0], len(found["fence"])

    def closes(text: str) -> bool:
        return text.startswith(mark * least) and not text.strip(mark)

    return max(0, Lines.of(lines).next(("fence", mark, least), closes, index + 1))


def display(lines: list[Line], index: int) -> tuple[str, int] | None:
    """The TeX of a displayed formula, and the index behind it; None where none opens or it has no end."""
    if lines[index].text[:1] not in ("$", "\\"):
        return None
    if found := markers.ENVIRONMENT.match(lines[index].text):
        return _environment(lines, index, found["name"])
    for opening, closing in markers.DISPLAYS:
        if found := opening.match(lines[index].text):
            return _displayed(lines, index, found["text"].strip(), closing)
    return None


def _environment(lines: list[Line], index: int, name: str) -> tuple[str, int] | None:
    """A formula that its environment alone displays: it fills its lines, and none of them is blank."""
    known, closing = Lines.of(lines), f"\\end{{{name}}}"
    end = known.next(("end", name), lambda text: closing in text, index)
    blank = known.next("blank", lambda text: not text, index + 1)
    if end < 0 or 0 <= blank < end or not lines[end].text.endswith(closing):
        return None
    tex = "\n".join(line.dedent(lines[index].indent).source for line in lines[index : end + 1])
    return (tex, end + 1) if "$$" not in tex else None


def _displayed(lines: list[Line], index: int, first: str, closing: re.Pattern[str]) -> tuple[str, int] | None:
    if found := closing.match(first):
        rows, end = [found["text"].strip()], index
    else:
        known = Lines.of(lines)
        end = known.next(closing, closing.match, index + 1)
        blank = known.next("blank", lambda text: not text, index + 1) if first else -1
        last = closing.match(lines[end].text) if end >= 0 and not 0 <= blank < end else None
        if not last:
            return None
        inner = (line.dedent(lines[index].indent).source for line in lines[index + 1 : end])
        rows = [*([first] if first else []), *inner, *filter(None, [last["text"].rstrip()])]
    tex = "\n".join(rows)
    # In a note all of them stand between dollar signs.
    return (tex, end + 1) if "$$" not in tex and (tex or end > index) else None


def comment_end(lines: list[Line], index: int) -> int:
    """The index behind a comment that fills its lines, or 0."""
    if not lines[index].text.startswith("<!--"):
        return 0
    end = Lines.of(lines).next("comment", lambda text: "-->" in text, index)
    if end < 0 or lines[end].text.find("-->") != len(lines[end].text) - 3:
        return 0
    return end + 1


def verbatim_end(lines: list[Line], index: int) -> int:
    """The index behind code, mathematics or a comment that begins here, or 0; tags in it are none."""
    if end := fence_end(lines, index):
        return end + 1
    shown = display(lines, index)
    return shown[1] if shown else comment_end(lines, index)


def enclosed(lines: list[Line], index: int, tags: markers.Tags) -> tuple[list[Line], int] | None:
    """The lines between an opening and its closing tag, and the index behind it."""
    first = tags.opening.match(lines[index].text)
    end = _closing_line(Lines.of(lines), index, tags) if first else -1
    if not first or end < 0:
        return None
    inner = lines[index : end + 1]
    inner[0] = Line(inner[0].number, inner[0].indent, first["text"])
    last = tags.closing.match(inner[-1].text)
    assert last
    inner[-1] = Line(inner[-1].number, inner[-1].indent, last["text"])
    return inner, end + 1


def _closing_line(lines: Lines, index: int, tags: markers.Tags) -> int:
    """The line that closes what opens at a line, or -1."""
    # Every opening passed on the way is answered for, too, or a thousand would be looked through each.
    known = lines.closings.setdefault(tags, {})
    if index in known:
        return known[index]
    open_at: list[int] = []
    end = index
    while end < len(lines):
        if end > index and (behind := verbatim_end(lines, end)):
            end = behind
            continue
        text = lines[end].text
        if tags.counted.match(text):
            open_at.append(end)
        # A quoted closing tag closes what is quoted.
        if tags.closing.match(text) and not markers.QUOTE.match(text):
            known[open_at.pop()] = end
            if not open_at:
                return end
        end += 1
    known.update(dict.fromkeys(open_at, -1))
    return known[index]


def is_table(lines: list[Line], index: int) -> bool:
    """Whether a table's line of dashes stands below the line."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    if "|" not in following or "|" not in lines[index].text:
        return False
    # `- |---|` is an item of a list.
    return bool(markers.TABLE_RULE.match(following)) and not markers.BULLET.match(following)


def text_block(lines: list[Line], path: str) -> Paragraph | Remark:
    """Running text, or a remark where it begins with a handle in brackets."""
    span = span_of(path, lines)
    text = "\n".join(_plain_line(line.text) for line in lines)
    if spoken := markers.remark(text):
        handle, said = spoken
        return Remark(handle, rich_text(said), span)
    return Paragraph(rich_text(text), span)


_OPENINGS = (
    *(tags.counted for tags in markers.BOXES.values()),
    markers.COMMENT_OPEN,
    markers.MATH,
    markers.ENVIRONMENT,
)


def _plain_line(text: str) -> str:
    """A line that looks like the opening of a block without an end, or like an end: escaped for good."""
    # Whether an end follows depends on all that comes after; text must not depend on that.
    if any(_is_pair(text, tags) for tags in markers.BOXES.values()):
        return text
    text = closing_nothing(text)
    if text[:1] not in "`~<$\\":
        return text
    if markers.DISPLAYS[1][0].match(text):
        return "&#91;" + text[2:]  # a further backslash would escape the one before it
    if found := markers.FENCE.match(text):
        fence = found["fence"]
        return "".join("\\" + char for char in fence) + text[len(fence) :]
    return "\\" + text if any(pattern.match(text) for pattern in _OPENINGS) else text


def closing_nothing(text: str) -> str:
    """A line that closes no box in which it may stand."""
    boxes = markers.BOXES.values() if text.endswith(">") else ()
    if not any(tags.closing.match(text) and not _is_pair(text, tags) for tags in boxes):
        return text
    at = text.rindex("<")
    return f"{text[:at]}\\{text[at:]}"


def _is_pair(text: str, tags: markers.Tags) -> bool:
    """Whether a line begins and ends with the tags of an element that is no box: `<div>…</div>`."""
    return bool(tags.counted.match(text) and tags.closing.match(text)) and not tags.opening.match(text)


def escape_start(text: str) -> str:
    """Put a backslash before what would begin another block, so that a line reads back as text."""
    line = Line.from_source(1, text)
    if not interrupts([line], 0) and not markers.remark(text):
        return text
    number = re.match(r"\d{1,9}(?=[.)])", text)
    return f"{number[0]}\\{text[number.end() :]}" if number else "\\" + text


def literal_start(text: str) -> str:
    """A line of text that begins no block, whatever stands around it."""
    text = _plain_line(text)
    opens = text.startswith("|") or markers.TABLE_RULE.match(text) or markers.UNDERLINE.match(text)
    return "\\" + text if opens else escape_start(text)


def heading_text(title: str) -> str:
    """A title of which the hashes at its end are no marks of a heading, that closes no box."""
    title = closing_nothing(title.strip())
    return title[:-1] + "\\#" if markers.CLOSING_HASHES.search(title) else title


_SUMMARY_END = re.compile(r"\\?</(?=summary>)", re.IGNORECASE)


def summary_text(title: str) -> str:
    """A title that does not end the summary in which it stands."""
    # Not a backslash: the tag ends a summary also where it is escaped, and stands in code.
    return _SUMMARY_END.sub("&lt;/", title)

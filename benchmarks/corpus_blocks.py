"""The bodies of entries: blocks of Markdown, as many as an entry is long."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from corpus_text import Prose

STORY = {
    "paper": {"background": 2, "method": 3, "result": 2, "limit": 1, "thought": 1},
    "practice": {"situation": 2, "approach": 2, "outcome": 1, "lesson": 1, "thought": 1},
}
"""What paragraphs are about, from a body's beginning to its end, in shares."""
BLOCKS = {
    "bullets": {"bullets": 9, "paragraph": 2, "table": 1, "code": 1, "remark": 2},
    "prose": {"paragraph": 8, "bullets": 3, "table": 1, "code": 1, "remark": 2},
    "even": {"paragraph": 5, "bullets": 5, "table": 1, "code": 1, "labelled": 1, "remark": 2},
    "guide": {"labelled": 6, "paragraph": 2, "remark": 2},
}
"""How often each kind of block comes, by the style of an entry."""
HALF_A_BLOCK = 180
"""Bytes; a run ends where one more block would more likely miss its size."""
STYLES = {"bullets": 7, "prose": 4, "even": 8, "guide": 1}
MAIN_STYLES = {"bullets": 2, "prose": 4, "even": 6}


@dataclass(frozen=True, slots=True)
class Script:
    """How an entry is told."""

    prose: Prose
    voice: str
    """paper or practice"""
    handles: tuple[str, ...]
    """Who may remark; empty where nobody has a handle."""
    indent: int
    """Spaces per list level."""
    style: str

    def say(self, role: str) -> str:
        """A sentence of a role in the entry's voice."""
        return self.prose.say(f"{role}_{self.voice}")

    def role(self, done: float) -> str:
        """What to talk about when a share `done` (0 to 1) of the text is written."""
        story = [role for role, share in STORY[self.voice].items() for _ in range(share)]
        return story[min(int(done * len(story)), len(story) - 1)]


def short_body(script: Script, size: int) -> str:
    """A body of about `size` bytes of UTF-8."""
    rng = script.prose.rng
    blocks = [_opening(script)]
    if rng.random() < 0.3:
        blocks += _sections(script, size - _bytes(blocks))
    else:
        blocks += _run(script, size - _bytes(blocks), 0, 1)
    if rng.random() < 0.4:
        blocks.append(remark(script))
    return _joined(blocks, rng)


def main_body(script: Script, size: int) -> str:
    """A long body in numbered sections, about `size` bytes of UTF-8."""
    rng = script.prose.rng
    headings = script.prose.patterns(f"main_heading_{script.voice}")
    blocks = [_opening(script)]
    for number, heading in enumerate(headings):
        start, end = number / len(headings), (number + 1) / len(headings)
        blocks.append(f"### {heading}")
        blocks += _subsections(script, int(size * end) - _bytes(blocks), start, end)
    return _joined(blocks, rng)


def _opening(script: Script) -> str:
    """The first words, as a paragraph or as a list."""
    lines = [script.say("lead") for _ in range(script.prose.rng.choice((1, 1, 2)))]
    if script.style == "bullets":
        return "\n".join(f"- {line}" for line in lines)
    return "".join(lines)


def _sections(script: Script, size: int) -> list[str]:
    count = script.prose.rng.choice((2, 3))
    blocks = []
    for number in range(count):
        blocks.append(f"### {script.say('heading')}")
        blocks += _run(script, size // count, number / count, (number + 1) / count)
    return blocks


def _subsections(script: Script, size: int, start: float, end: float) -> list[str]:
    """A main section: with a sub-heading half of the time."""
    if script.prose.rng.random() < 0.5:
        return _run(script, size, start, end)
    middle = (start + end) / 2
    heading = f"#### {script.prose.say('sub_heading')}"
    blocks = [*_run(script, size // 2, start, middle), heading]
    return blocks + _run(script, size - _bytes(blocks), middle, end)


def _run(script: Script, size: int, start: float, end: float) -> list[str]:
    """Blocks until `size` bytes are full, telling the story from share `start` to `end`."""
    kinds = BLOCKS[script.style]
    blocks: list[str] = []
    last = "code"
    while not blocks or _bytes(blocks) + HALF_A_BLOCK < size:
        kind = script.prose.rng.choices([*kinds], [*kinds.values()])[0]
        if kind != last or kind in ("paragraph", "bullets"):
            done = start + (end - start) * min(1, _bytes(blocks) / max(size, 1))
            blocks.append(MAKERS[kind](script, done))
            last = kind
    return blocks


def paragraph(script: Script, done: float) -> str:
    """One to four sentences."""
    role = script.role(done)
    sentences = [script.say(role) for _ in range(script.prose.rng.choice((1, 2, 2, 3, 4)))]
    return script.prose.rng.choice(("", "", "", "\n")).join(sentences)


def bullets(script: Script, done: float) -> str:
    """A list, flat or nested up to three levels."""
    return "\n".join(_items(script, done, 0))


def _items(script: Script, done: float, depth: int) -> list[str]:
    rng = script.prose.rng
    lines = []
    for _ in range(rng.choice((2, 3, 3, 4))):
        nested = depth < 2 and rng.random() < (0.4, 0.15)[depth]
        text = script.say("parent") if nested else _item(script, done)
        lines.append(" " * (script.indent * depth) + f"- {text}")
        lines += _items(script, done, depth + 1) if nested else []
    return lines


def _item(script: Script, done: float) -> str:
    chance = script.prose.rng.random()
    if chance < 0.5:
        return script.say("item")
    if chance < 0.6:
        return script.prose.say("item_label")
    if chance < 0.64:
        return remark(script)
    return script.say(script.role(done)).removesuffix("。")


def remark(script: Script, _done: float = 0) -> str:
    """A line of somebody, `[handle] …`, with or without the space."""
    text = script.prose.say("remark")
    if not script.handles:
        return text
    rng = script.prose.rng
    return f"[{rng.choice(script.handles)}]{rng.choice((' ', ' ', ''))}{text}"


def table(script: Script, _done: float) -> str:
    """A table of figures or of words."""
    return (_figures if script.prose.rng.random() < 0.5 else _cases)(script.prose)


def _figures(prose: Prose) -> str:
    metrics = dict.fromkeys(prose.say("metric") for _ in range(3))
    names = dict.fromkeys(["ベースライン", *(prose.say("baseline") for _ in range(3)), prose.say("own")])
    rows = [[name, *(prose.say("p") for _ in metrics)] for name in names]
    return _rows(["手法", *metrics], rows)


def _cases(prose: Prose) -> str:
    count = prose.rng.choice((3, 4, 5))
    rows = [[prose.say("cell_problem"), prose.say("cell_text")] for _ in range(count)]
    return _rows(["問題", "内容"], rows)


def _rows(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(script: Script, _done: float) -> str:
    """A fenced block."""
    return script.prose.say("code")


def labelled(script: Script, _done: float) -> str:
    """A list of guidelines, `- G1: … 説明: … 例: …`."""
    prose = script.prose
    letter = prose.rng.choice("GRP")
    lines = []
    for number in range(1, prose.rng.choice((3, 4, 5))):
        lines.append(f"- {letter}{number}: {prose.say('guideline')} 説明: {prose.say('explain')}")
        if prose.rng.random() < 0.6:
            lines[-1] += f" 例: {prose.say('example')}"
    return "\n".join(lines)


MAKERS: dict[str, Callable[[Script, float], str]] = {
    "paragraph": paragraph,
    "bullets": bullets,
    "remark": remark,
    "table": table,
    "code": code,
    "labelled": labelled,
}


def _joined(blocks: list[str], rng: Random) -> str:
    """Blocks under each other; some lists follow their paragraph without a blank line."""
    text = blocks[0]
    for before, block in itertools.pairwise(blocks):
        close = block.startswith("- ") and before[0] not in "-#|`" and rng.random() < 0.2
        text += ("\n" if close else "\n\n") + block
    return text


def _bytes(blocks: list[str]) -> int:
    return sum(len(block.encode()) + 2 for block in blocks)

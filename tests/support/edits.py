"""What people do to notes and registries, one change at a time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from kb.sources import note_files

Edit = Callable[[Path, random.Random], None]


def _note(root: Path, chance: random.Random) -> Path:
    return chance.choice(note_files(root))


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def add_a_sentence(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", "。新しい文を足した。\n\n- 箇条書きも\n")


def name_a_paper(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", "。arXiv:2401.04088 と Segment Anything も。\n")


def rename_an_entry(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    title = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("## "))
    _replace(path, title, f"{title} (改)")


def drop_an_entry(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    head, *entries = path.read_text(encoding="utf-8").split("\n## ")
    path.write_text("\n## ".join([head, *entries[1:]]), encoding="utf-8")


def tag_an_entry(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "- タグ: ", "- タグ: 新しいタグ, ")


def present_as_somebody_new(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "- 発表者: ", f"- 発表者: @New Person{chance.randrange(3)}, ")


def remark_as_somebody_new(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "。\n", f"。\n\n[guest{chance.randrange(3)}] なるほど\n\n")


def remove_a_note(root: Path, chance: random.Random) -> None:
    _note(root, chance).unlink()


def move_a_note(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    text = path.read_text(encoding="utf-8").replace(path.stem, "2030-01-01", 1)
    path.unlink()
    path.with_name("2030-01-01.md").write_text(text, encoding="utf-8")


def rename_a_topic(root: Path, chance: random.Random) -> None:
    path = root / "docs/data/topics.yml"
    _replace(path, "  name: ", "  name: 改")


def rename_a_tag(root: Path, chance: random.Random) -> None:
    path = root / "docs/data/tags.yml"
    names = [line for line in path.read_text(encoding="utf-8").splitlines() if "ja: " in line]
    name = chance.choice(names)
    _replace(path, name, name.replace("ja: ", "ja: 改"))


def hide_a_person(root: Path, chance: random.Random) -> None:
    path = root / "docs/data/presenters.yml"
    text = path.read_text(encoding="utf-8")
    ids = [line for line in text.splitlines() if line.startswith("- id: ")]
    one = chance.choice([line for line in ids if f"{line}\n  hidden" not in text])
    _replace(path, f"{one}\n", f"{one}\n  hidden: true\n")


def retitle_a_session(root: Path, chance: random.Random) -> None:
    """Both neighbours name it."""
    path = _note(root, chance)
    title = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("title: "))
    _replace(path, title, f"{title} (改)")


def rename_a_part(root: Path, chance: random.Random) -> None:
    _replace(_note(root, chance), "\n# ", "\n# 改")


def change_a_kind(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    path.write_text(
        re.sub(r"^## \[[^\]]*\]", "## [本]", path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE),
        encoding="utf-8",
    )


def swap_the_first_entries(root: Path, chance: random.Random) -> None:
    path = _note(root, chance)
    head, first, second, *others = path.read_text(encoding="utf-8").split("\n## ")
    path.write_text("\n## ".join([head, second, first, *others]), encoding="utf-8")


def move_all_lines(root: Path, chance: random.Random) -> None:
    """Nothing else is said, but every line that a page names for editing is another."""
    _replace(_note(root, chance), "\n---\n", "\nsource: 写し\n---\n")


def forget_a_paragraph(root: Path, chance: random.Random) -> None:
    """What only that paragraph named is named no more."""
    path = _note(root, chance)
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    texts = [at for at, block in enumerate(blocks) if block and block[0] not in "#-|>`<$["]
    del blocks[chance.choice(texts[1:])]
    path.write_text("\n\n".join(blocks), encoding="utf-8")


def say_what_another_entry_says(root: Path, chance: random.Random) -> None:
    """The same papers, topics and words in two entries relate them; in another place they were not."""
    texts = [
        block for block in _note(root, chance).read_text(encoding="utf-8").split("\n\n") if "。" in block
    ]
    path = _note(root, chance)
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n\n" + "\n\n".join(texts[:4]) + "\n", encoding="utf-8")


def change_one_character(root: Path, chance: random.Random) -> None:
    """The file is as large as before."""
    _replace(_note(root, chance), "。\n", "！\n")


def put_an_image_beside(root: Path, chance: random.Random) -> None:
    """A picture that a note shows is there at last."""
    name = f"picture-{chance.randrange(3)}.png"
    _replace(_note(root, chance), "。\n", f"。\n\n![図]({name})\n\n")
    (root / "docs/notes" / name).write_bytes(b"\x89PNG\r\n\x1a\n")


def hide_everybody(root: Path, chance: random.Random) -> None:
    path = root / "docs/data/presenters.yml"
    text = path.read_text(encoding="utf-8").replace("\n  hidden: true\n", "\n")
    path.write_text(text.replace("\n  name: ", "\n  hidden: true\n  name: "), encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    retitle_a_session,
    rename_a_part,
    change_a_kind,
    swap_the_first_entries,
    move_all_lines,
    forget_a_paragraph,
    say_what_another_entry_says,
    change_one_character,
    put_an_image_beside,
    hide_everybody,
    add_a_sentence,
    name_a_paper,
    rename_an_entry,
    drop_an_entry,
    tag_an_entry,
    present_as_somebody_new,
    remark_as_somebody_new,
    remove_a_note,
    move_a_note,
    rename_a_topic,
    rename_a_tag,
    hide_a_person,
)

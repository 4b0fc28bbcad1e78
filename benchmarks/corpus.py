"""Write a synthetic knowledge base of any age: notes and registries, from a seed.

    python benchmarks/corpus.py --root DIR --years 10 [--seed N]

The same seed gives the same bytes. The sessions are weekly and end on 2025-11-25; more years
add older notes and leave the newer ones as they are. Registries hold what these notes present,
and the papers that they mention often. From Python, with this folder on the path:
`from corpus import write_corpus`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus_data import Paper, Person, Tag, Topic, day, load_words
from corpus_note import write_note
from corpus_text import Library
from corpus_world import World, make_world

SESSIONS_A_YEAR = 52
REGISTERED_FROM = 3
"""Mentions that bring a paper into the registry that nobody presented."""
Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CorpusSize:
    """What was written, as counts."""

    sessions: int
    entries: int
    presenters: int
    papers: int
    tags: int
    topics: int
    mentions: int
    """Places in entries' text that name a paper, registered or not."""
    files: int
    bytes: int


def write_corpus(root: Path, years: int, seed: int = 2025) -> CorpusSize:
    """Write `root/docs/notes/*.md` and `root/docs/data/*.yml` for `years` years of 52 sessions."""
    if years < 1:
        raise ValueError(f"a corpus has at least one year, not {years}")
    weeks = years * SESSIONS_A_YEAR
    world = make_world(load_words(), seed, weeks)
    library = Library(world)
    notes = {f"notes/{day(week)}.md": write_note(world, library, week) for week in range(weeks)}
    registries = _registries(world, library.mentioned)
    data = {f"data/{name}.yml": _yaml(name, records) for name, records in registries.items()}
    written = _write(root / "docs", notes | data)
    return CorpusSize(
        sessions=weeks,
        entries=sum(map(len, world.sessions)),
        **{name: len(records) for name, records in registries.items()},
        mentions=sum(library.mentioned.values()),
        files=len(notes) + len(data),
        bytes=written,
    )


def _registries(world: World, mentioned: Mapping[str, int]) -> dict[str, list[Record]]:
    """The four registries, each with only what the notes need."""
    entries = [entry for session in world.sessions for entry in session]
    papers = {entry.paper.id for entry in entries if entry.paper}
    papers |= {paper for paper, count in mentioned.items() if count >= REGISTERED_FROM}
    topics = {entry.topic.id for entry in entries if entry.topic}
    weeks = len(world.sessions)
    return {
        "presenters": [_person(each) for each in world.people if each.newest < weeks],
        "papers": [_paper(each) for each in world.papers if each.id in papers],
        "tags": [_tag(each) for each in world.words.tags.values()],
        "topics": [_topic(each) for each in world.topics if each.id in topics],
    }


def _person(person: Person) -> Record:
    return {
        "id": person.id,
        "name": person.name,
        "handles": person.handles,
        "reading": person.reading,
    }


def _paper(paper: Paper) -> Record:
    ids = {"arxiv": paper.arxiv, "doi": paper.doi}
    return {
        "id": paper.id,
        "type": paper.type,
        "title": paper.title,
        "author": [{"family": family, "given": given} for family, given in paper.authors],
        "issued": str(paper.issued),
        "container-title": paper.venue,
        "ids": {key: value for key, value in ids.items() if value},
        "code": paper.code,
        "aliases": paper.aliases,
    }


def _tag(tag: Tag) -> Record:
    return {
        "id": tag.id,
        "ja": tag.ja,
        "en": tag.en,
        "aliases": tag.aliases,
        "broader": tag.broader,
    }


def _topic(topic: Topic) -> Record:
    return {"id": topic.id, "name": topic.name, "aliases": topic.aliases}


def _yaml(name: str, records: Iterable[Record]) -> str:
    """A registry as YAML: a field a line, its value in JSON, empty ones left out."""
    lines = [f"{name}:"]
    for record in records:
        fields = [f"{key}: {_json(value)}" for key, value in record.items() if value]
        lines += [f"- {fields[0]}", *(f"  {field}" for field in fields[1:])]
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(folder: Path, texts: Mapping[str, str]) -> int:
    """Write files by their path under `folder`; give the bytes written."""
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return sum(len(text.encode()) for text in texts.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a corpus and print its size."""
    parser = argparse.ArgumentParser(description="Write a synthetic knowledge base")
    parser.add_argument("--root", type=Path, required=True, help="folder to write docs/ into")
    parser.add_argument("--years", type=int, default=10, help="years of 52 sessions")
    parser.add_argument("--seed", type=int, default=2025, help="same seed, same bytes")
    options = parser.parse_args(arguments)
    if options.years < 1:
        parser.error("--years must be at least 1")
    size = write_corpus(options.root, options.years, options.seed)
    sys.stdout.writelines(f"{name}: {count:,}\n" for name, count in asdict(size).items())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Notes of the synthetic corpus, in the note format of the knowledge base."""

from random import Random

from corpus_blocks import MAIN_STYLES, STYLES, Script, main_body, short_body
from corpus_data import Entry, Paper, Person, day, stream
from corpus_names import slug
from corpus_text import Library, Prose, entry_slots
from corpus_world import World

SIZES = (450, 1300, 4500)
"""Bytes of an ordinary body: least, median, most."""
MAIN_SIZES = (7800, 9600)
"""Bytes of a main body: least, most."""


def write_note(world: World, library: Library, week: int) -> str:
    """The note of the session `week` weeks ago."""
    parts = [f"---\ndate: {day(week)}\ntitle: 機械学習勉強会\n---", "# 今週のTOPIC"]
    for number, entry in enumerate(world.sessions[week]):
        if entry.main:
            parts.append("# メインTOPIC")
        parts.append(_entry(world, library, entry, stream(world.seed, "text", week, number)))
    return "\n\n".join(parts) + "\n"


def _entry(world: World, library: Library, entry: Entry, rng: Random) -> str:
    prose = Prose(world.words.grammar, entry_slots(world, library, entry, rng), rng)
    voice = "paper" if entry.paper else "practice"
    styles = MAIN_STYLES if entry.main else STYLES
    style = rng.choices([*styles], [*styles.values()])[0]
    active = [person for person in world.people if person.active(entry.week)]
    handles = tuple(person.handles[0] for person in active if person.handles)
    script = Script(prose, voice, handles, entry.presenters[0].indent, style)
    head = _head(entry, _title(entry, prose), _source(entry, prose), rng)
    body = main_body(script, rng.randrange(*MAIN_SIZES)) if entry.main else short_body(script, _size(rng))
    return f"{head}\n\n{body}"


def _size(rng: Random) -> int:
    least, median, most = SIZES
    return min(max(int(median * rng.lognormvariate(0, 0.45)), least), most)


def _title(entry: Entry, prose: Prose) -> str:
    """The paper's title, or one of the entry's own, half the time under its topic's name."""
    if entry.paper:
        return entry.paper.title
    loose = not entry.kind or prose.rng.random() < 0.1
    title = prose.say("title_loose" if loose else "title_practice")
    return f"{entry.topic.name}: {title}" if entry.topic and prose.rng.random() < 0.5 else title


def _source(entry: Entry, prose: Prose) -> str:
    """The address of what the entry is about; on a reserved domain unless it is a paper's."""
    if entry.paper:
        return _paper_source(entry.paper, prose.rng)
    company, number = slug(prose.say("company")), prose.rng.randrange(10**5)
    match entry.kind:
        case "code":
            return f"https://github.com/{company}-oss/{prose.say('module')}-{number}"
        case "動画":
            return f"https://video.example.com/watch?v={number:05d}"
        case "book":
            return f"https://books.example.com/{number:05d}"
    return f"https://{company}.example.com/blog/{day(entry.week).year}/{number:05d}"


def _paper_source(paper: Paper, rng: Random) -> str:
    if not paper.arxiv:
        return f"https://doi.org/{paper.doi}"
    form = rng.choice(("abs/{}", "abs/{}", "abs/{}", "abs/{}v2", "pdf/{}", "pdf/{}v1"))
    return "https://arxiv.org/" + form.format(paper.arxiv)


def _head(entry: Entry, title: str, source: str, rng: Random) -> str:
    """Heading, presenters and data, in the habit of the first presenter."""
    habit = entry.presenters[0].habit if rng.random() < 0.85 else "list"
    if entry.main and rng.random() < 0.2:
        habit = "bare"
    linked = habit != "list" and rng.random() < 0.6
    heading = f"## {_label(entry.kind, rng)}{f'[{title}]({source})' if linked else title}"
    data = _data(entry, "" if linked else source, habit == "list", rng)
    people = "\n".join(_called(person, rng) for person in entry.presenters)
    parts = {
        "list": [heading, data],
        "before": [people, heading, data],
        "after": [heading, people, data],
        "bare": [heading, data],
    }
    return "\n\n".join(part for part in parts[habit] if part)


def _label(kind: str, rng: Random) -> str:
    return f"[{kind}]{'' if rng.random() < 0.1 else ' '}" if kind else ""


def _data(entry: Entry, source: str, named: bool, rng: Random) -> str:
    """The data list: the topic always, all else now and then missing."""
    people = ", ".join(_called(person, rng) for person in entry.presenters)
    code = entry.paper.code if entry.paper else ""
    fields = (
        ("発表者", people if named and rng.random() < 0.96 else ""),
        ("出典", source if rng.random() < 0.95 else ""),
        ("コード", code if rng.random() < 0.5 else ""),
        ("タグ", ", ".join(entry.tags) if rng.random() < 0.85 else ""),
        ("トピック", entry.topic.id if entry.topic else ""),
    )
    return "\n".join(f"- {key}: {value}" for key, value in fields if value)


def _called(person: Person, rng: Random) -> str:
    """A presenter as the group writes it: @Name, @Name (handle) or @Name(handle)."""
    form = rng.choice(("@{0}", "@{0}", "@{0} ({1})", "@{0}({1})"))
    return form.format(person.name, person.handles[0]) if person.handles else f"@{person.name}"

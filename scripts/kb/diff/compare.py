"""The site before and after a change, as far as the change reaches."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kb.diff.focus import OldNotes
from kb.diff.links import links_of
from kb.diff.model import Difference, Move, NewLink, NewThing, PageRef
from kb.diff.seek import changed_records, records_of, sought, target_words
from kb.diff.shown import LISTS, Shown, reference, shown
from kb.history import Change, Revision
from kb.link import KnowledgeBase, Linker
from kb.link.nodes import Target, TargetKind
from kb.model.registry import Registry
from kb.model.session import Session
from kb.read import read
from kb.registry import load_registry
from kb.sources import REGISTRY, is_note
from kb.sources.tree import files_beside, note_dates


@dataclass(frozen=True, slots=True)
class _State:
    """The notes that a change touches and the registry, before or after it."""

    sessions: tuple[Session, ...]
    registry: Registry

    @property
    def dates(self) -> frozenset[str]:
        return frozenset(session.date.isoformat() for session in self.sessions)


def compare(root: Path, revision: Revision) -> Difference:
    """What differs between the site of a revision and that of the files as they are now."""
    changes = revision.changes()
    notes = tuple(change for change in changes if is_note(change.path))
    before, after = _before(revision, changes, notes), _after(root, notes)
    if all(not change.path.startswith(f"{REGISTRY}/") for change in changes):
        before = _State(before.sessions, after.registry)
    if before == after:
        return Difference(revision.commit)
    old = OldNotes.below(root, (change.path for change in notes))
    sites = _sites(old, before, after, files_beside(root))
    return _difference(revision.commit, sites, (before, after), root)


def _before(revision: Revision, changes: Iterable[Change], notes: Iterable[Change]) -> _State:
    """What the revision had; the registry is read from there only where it differs."""
    sessions = (_session(change.before, revision.read(change.before)) for change in notes if change.before)
    registry = Registry()
    if any(change.path.startswith(f"{REGISTRY}/") for change in changes):
        registry = _registry_of(revision)
    return _State(tuple(session for session in sessions if session), registry)


def _registry_of(revision: Revision) -> Registry:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("presenters", "papers", "tags", "topics"):
            path = f"{REGISTRY}/{name}.yml"
            data = revision.read(path)
            if data is not None:
                target = Path(folder) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        return load_registry(Path(folder))[0]


def _after(root: Path, notes: Iterable[Change]) -> _State:
    present = (change.path for change in notes if not change.gone)
    sessions = (_session(path, (root / path).read_bytes()) for path in present)
    return _State(tuple(session for session in sessions if session), load_registry(root, cached=True)[0])


def _session(path: str, data: bytes | None) -> Session | None:
    return read(data, path, "note").session if data is not None else None


@dataclass(frozen=True, slots=True)
class _Sites:
    """The site before and after the change in small: the notes of the change, and what it reaches."""

    bases: tuple[KnowledgeBase, KnowledgeBase]
    pages: tuple[Shown, Shown]

    @property
    def differing(self) -> frozenset[str]:
        """The pages that seem to come or to go."""
        return frozenset(self.pages[0].keys() ^ self.pages[1].keys())


def _sites(old: OldNotes, before: _State, after: _State, files: frozenset[str]) -> _Sites:
    # What the change names is known once it is linked, so it comes first, alone.
    states = [state for state in (before, after) if state.sessions]
    alone = [Linker(relations=False).link(state.sessions, state.registry) for state in states]
    wanted = sought(alone, changed_records(before.registry, after.registry), old.topics())
    sites = _linked(old.reached(wanted), before, after, files)
    doubtful = _words_of(sites) & wanted.telling
    if doubtful:  # the first places that seemed to name something old did not
        sites = _linked(old.reached(wanted.insisting(doubtful)), before, after, files)
    return sites


def _linked(reached: tuple[Session, ...], before: _State, after: _State, files: frozenset[str]) -> _Sites:
    linker = Linker(relations=False)  # one for both: what they share is looked up once
    old = linker.link((*reached, *before.sessions), before.registry)
    new = linker.link((*reached, *after.sessions), after.registry)
    return _Sites((old, new), (shown(old, files), shown(new, files)))


def _words_of(sites: _Sites) -> frozenset[str]:
    """The words of everything that seems to come or to go with the change."""
    words: set[str] = set()
    for name in sites.differing:
        kind, _, one = name.partition("/")
        if kind != "sessions":
            target = Target(_KINDS[kind], one)
            words.update(word.lower() for base in sites.bases for word in target_words(base, target))
    return frozenset(words)


_KINDS: dict[str, TargetKind] = {
    "topics": "topic",
    "papers": "paper",
    "presenters": "presenter",
    "tags": "tag",
}


def _difference(commit: str, sites: _Sites, states: tuple[_State, _State], root: Path) -> Difference:
    bases, (old, new) = sites.bases, sites.pages
    added, removed = new.keys() - old.keys(), old.keys() - new.keys()
    moved = _moved(bases, added, removed)
    gone = {move.before for move in moved}
    come = {move.after for move in moved}
    changed = {name for name in new.keys() & old.keys() if new[name] != old[name]}
    changed |= _neighbours(root, states, added | removed)
    return Difference(
        base=commit,
        added=_references(bases[1], (name for name in added if f"/{name}/" not in come)),
        changed=(*_references(bases[1], changed), *_lists(added | removed | changed)),
        removed=_references(bases[0], (name for name in removed if f"/{name}/" not in gone)),
        moved=moved,
        links=_new_links(bases, states),
        presenters=_things(bases[1], "presenter", added),
        papers=_things(bases[1], "paper", added),
        tags=_things(bases[1], "tag", added),
        topics=_things(bases[1], "topic", added),
    )


def _references(base: KnowledgeBase, names: Iterable[str]) -> tuple[PageRef, ...]:
    return tuple(sorted(reference(base, name) for name in names))


def _lists(names: Iterable[str]) -> tuple[PageRef, ...]:
    """The home page and the lists in which changed pages stand."""
    kinds = sorted({name.partition("/")[0] for name in names})
    home = (PageRef("/", "ホーム"),) if kinds else ()
    return (*home, *(PageRef(f"/{kind}/", LISTS[kind]) for kind in kinds))


def _neighbours(root: Path, states: tuple[_State, _State], names: set[str]) -> set[str]:
    """The sessions that get another neighbour when one comes or goes between them."""
    now = {f"sessions/{date.isoformat()}" for date in note_dates(root).values()}
    there = sorted(now | {f"sessions/{date}" for date in states[0].dates})
    places = [at for at, name in enumerate(there) if name in names]
    around = {there[at + step] for at in places for step in (-1, 1) if 0 <= at + step < len(there)}
    return (around - names) & now


def _moved(
    bases: tuple[KnowledgeBase, KnowledgeBase], added: set[str], removed: set[str]
) -> tuple[Move, ...]:
    """Topics whose id has changed, and sessions of another date with the same entries."""
    moves = []
    for name in sorted(added):
        kind, _, one = name.partition("/")
        if kind == "topics":
            former = [f"topics/{other}" for other in bases[1].topics[one].former]
            origin = next((other for other in former if other in removed), "")
        elif kind == "sessions":
            origin = _same_entries(bases, one, removed)
        else:
            continue
        if origin:
            moves.append(Move(f"/{origin}/", f"/{name}/", reference(bases[1], name).title))
    return tuple(moves)


def _same_entries(bases: tuple[KnowledgeBase, KnowledgeBase], date: str, removed: set[str]) -> str:
    mine = [node.entry for node in bases[1].by_session.get(date, ())]
    for name in sorted(removed):
        kind, _, other = name.partition("/")
        if (
            kind == "sessions"
            and mine
            and mine == [node.entry for node in bases[0].by_session.get(other, ())]
        ):
            return name
    return ""


def _new_links(
    bases: tuple[KnowledgeBase, KnowledgeBase], states: tuple[_State, _State]
) -> tuple[NewLink, ...]:
    known = set(links_of(bases[0], states[0].dates))
    return tuple(link for link in links_of(bases[1], states[1].dates) if link not in known)


def _things(base: KnowledgeBase, kind: TargetKind, added: set[str]) -> tuple[NewThing, ...]:
    records = records_of(base, kind)
    ids = sorted(name.partition("/")[2] for name in added if name.startswith(f"{kind}s/"))
    refs = ((one, reference(base, f"{kind}s/{one}")) for one in ids)
    return tuple(NewThing(one, ref.title, ref.url, records[one].registered) for one, ref in refs)

"""The site before and after a change: the pages of both, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.diff.links import links_of
from kb.diff.model import Difference, Move, NewLink, NewThing, PageRef
from kb.history import Revision
from kb.link import KnowledgeBase, Linker
from kb.link.nodes import Target
from kb.link.places import Place
from kb.model.kinds import BY_ID, KINDS, TargetKind
from kb.model.session import Entry
from kb.pages import Context, Plan, own_plans
from kb.sources import Cache, Reader, Sources, is_source, source_files
from kb.text.inline import rich_text

COUNTED = frozenset(("edit_line", "registry_line", "narrower", "partners", "totals", "pages"))
"""Front matter that only counts anew, or says in which line something stands: no change that is told."""


@dataclass(frozen=True, slots=True)
class _Site:
    """Everything before or after the change."""

    base: KnowledgeBase
    context: Context
    plans: Mapping[str, Plan]
    """The plans of all pages of one thing by their names, `topics/sam3`."""
    dates: frozenset[str]
    """The sessions that the change touches."""


def compare(root: Path, revision: Revision) -> Difference:
    """What differs between the site of a revision and that of the files as they are now."""
    changes = revision.changes()
    now = source_files(root)
    then = revision.files(changes, now, is_source)
    if then == now:
        return Difference(revision.commit)
    # One reader and one linker for both: what they share is read and linked once.
    reader, linker = Reader(root, Cache(root)), Linker(relations=False)
    old = _site(reader.read(then), linker, {change.before for change in changes})
    new = _site(reader.read(now), linker, {change.path for change in changes})
    return _difference(revision.commit, old, new)


def _site(sources: Sources, linker: Linker, touched: set[str]) -> _Site:
    base = linker.link(sources.sessions, sources.registry)
    context = Context(base, sources.files)
    dates = (one.date.isoformat() for one in sources.sessions if one.span.path in touched)
    return _Site(base, context, {plan.name: plan for plan in own_plans(context)}, frozenset(dates))


def _difference(commit: str, old: _Site, new: _Site) -> Difference:
    added, removed = new.plans.keys() - old.plans.keys(), old.plans.keys() - new.plans.keys()
    moved = _moved(old, new, added, removed)
    gone = {move.before for move in moved}
    come = {move.after for move in moved}
    changed = set(_changed(old, new))
    known = {_told(new, link) for link in links_of(old.base, old.dates)}
    fresh = {name for name in added if f"/{name}/" not in come}
    return Difference(
        base=commit,
        added=_references(new, fresh),
        changed=(*_references(new, changed), *_lists(added | removed | changed)),
        removed=_references(old, (name for name in removed if f"/{name}/" not in gone)),
        moved=moved,
        links=tuple(link for link in links_of(new.base, new.dates) if _told(new, link) not in known),
        presenters=_things(new, "presenter", fresh),
        papers=_things(new, "paper", fresh),
        tags=_things(new, "tag", fresh),
        topics=_things(new, "topic", fresh),
    )


def _told(site: _Site, link: NewLink) -> tuple[object, ...]:
    """What is the same of a link before and after: entries and things may have got other names."""
    places = (Place.from_address(one.url) for one in (link.source, link.target))
    return (*(place and site.base.addresses.resolve(place) for place in places), link.reason)


def _changed(old: _Site, new: _Site) -> Iterator[str]:
    """The pages that are there before and after, and show something else."""
    # A key tells what a page is made from, but not how people, papers and tags are called on it.
    renamed = _renamed(old.context, new.context)
    for name in old.plans.keys() & new.plans.keys():
        before, after = old.plans[name], new.plans[name]
        if (renamed or before.key != after.key) and _shown(before) != _shown(after):
            yield name


def _renamed(old: Context, new: Context) -> bool:
    before, after = _names(old), _names(new)
    return any(before[one] != after[one] for one in before.keys() & after.keys())


def _names(context: Context) -> dict[Target, object]:
    """The links to everything that other pages name."""
    kinds: tuple[TargetKind, ...] = ("presenter", "paper", "tag")
    targets = (Target(kind, one) for kind in kinds for one in context.base.records(kind))
    return {target: context.cards.link(target) for target in targets}


def _shown(plan: Plan) -> list[object]:
    return [
        ({key: value for key, value in page.front.items() if key not in COUNTED}, page.lines)
        for page in plan.make()
    ]


def _reference(site: _Site, name: str) -> PageRef:
    page = next(iter(site.plans[name].make()))
    return PageRef(f"/{name}/", rich_text(str(page.front["title"])).plain)


def _references(site: _Site, names: Iterable[str]) -> tuple[PageRef, ...]:
    return tuple(sorted(_reference(site, name) for name in names))


def _lists(names: Iterable[str]) -> tuple[PageRef, ...]:
    """The home page and the lists in which changed pages stand."""
    folders = {name.partition("/")[0] for name in names}
    home = (PageRef("/", "ホーム"),) if folders else ()
    lists = (PageRef(f"/{kind.folder}/", f"{kind.name}の一覧") for kind in KINDS if kind.folder in folders)
    return (*home, *sorted(lists))


def _moved(old: _Site, new: _Site, added: set[str], removed: set[str]) -> tuple[Move, ...]:
    """What answers at a former address of its own, and sessions of another date with the same entries."""
    moves = {one: to for one in removed if (to := _answers(new, one)) and to != one}
    for name in sorted(added):
        if mine := _entries(new, name):
            same = (other for other in sorted(removed) if _entries(old, other) == mine)
            moves |= {other: name for other in [next(same, "")] if other}
    pairs = sorted((after, before) for before, after in moves.items() if before in removed)
    return tuple(Move(f"/{before}/", f"/{after}/", _reference(new, after).title) for after, before in pairs)


def _answers(site: _Site, name: str) -> str:
    """The page that answers at the address of another one; empty for none, and for a list."""
    place = Place.from_address(f"/{name}/")
    to = site.base.addresses.resolve(place) if place else None
    path = BY_ID[to.kind].path(to.id) if to else ""
    return path if path in site.plans else ""


def _entries(site: _Site, name: str) -> list[Entry]:
    """What a session's page is about; nothing for other pages."""
    kind, _, date = name.partition("/")
    nodes = site.base.by_session.get(date, ()) if kind == "sessions" else ()
    return [node.entry for node in nodes]


def _things(site: _Site, kind: TargetKind, added: set[str]) -> tuple[NewThing, ...]:
    ids = sorted(name.partition("/")[2] for name in added if name.startswith(BY_ID[kind].path("")))
    refs = ((one, _reference(site, BY_ID[kind].path(one))) for one in ids)
    records = site.base.records(kind)
    return tuple(NewThing(one, ref.title, ref.url, records[one].registered) for one, ref in refs)

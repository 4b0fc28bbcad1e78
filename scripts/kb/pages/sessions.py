"""The page of each session, and the list of all by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kb.link.nodes import EntryNode, Target
from kb.model.kinds import SESSION
from kb.model.session import Session
from kb.pages.body import Body
from kb.pages.cards import Link, url_of
from kb.pages.context import Context, Page, Plan, head, heading, page
from kb.pages.documents import session_document
from kb.pages.lists import Index, by_year, place_of

UNNAMED_PART = "その他"


def session_plans(context: Context) -> Iterator[Plan]:
    """One page for each session, each knowing the ones before and after it."""
    sessions = context.base.sessions
    for index, session in enumerate(sessions):
        previous = sessions[index - 1] if index else None
        following = sessions[index + 1] if index + 1 < len(sessions) else None
        date = session.date.isoformat()
        nodes = context.base.by_session.get(date, ())
        beside = tuple((one.date, one.title) if one else None for one in (previous, following))
        key = (session, context.card_keys(nodes), beside)
        yield Plan(SESSION.path(date), key, partial(_session, context, session, previous, following))


def _session(
    context: Context, session: Session, previous: Session | None, following: Session | None
) -> Iterator[Page]:
    yield session_page(context, session, previous, following)


def session_page(
    context: Context, session: Session, previous: Session | None, following: Session | None
) -> Page:
    """A session's agenda in order, who took part, and what stands outside of the entries."""
    date = session.date.isoformat()
    nodes = context.base.by_session.get(date, ())
    title = f"{date} {session.title}"
    titles = "、".join(node.entry.title.plain for node in nodes[:3])
    front = {
        **head("session", title, f"{date} の勉強会: {titles}", session.span),
        "date": date,
        "previous": _link(previous),
        "next": _link(following),
        "parts": parts_of(context, session),
        "people": _people(context, nodes),
    }
    document = session_document(context, session, title, _parts_outside(context, session))
    return page(f"{SESSION.path(date)}.md", front, [heading(title), *_outside(context, session)], document)


def _link(session: Session | None) -> Link | None:
    if session is None:
        return None
    date = session.date.isoformat()
    return {"text": f"{date} {session.title}", "url": url_of("session", date)}


def parts_of(context: Context, session: Session) -> list[dict[str, object]]:
    """The parts of a session with the cards of their entries, in the order of the note."""
    nodes = iter(context.base.by_session.get(session.date.isoformat(), ()))
    parts: list[dict[str, object]] = []
    for part in session.parts:
        cards = [context.cards.entry(next(nodes)) for _ in part.entries]
        if cards:
            parts.append({"name": part.name.plain, "entries": cards})
    return parts


def _people(context: Context, nodes: tuple[EntryNode, ...]) -> list[dict[str, object]]:
    entries = Counter(one for node in nodes for one in node.presenters)
    remarks = Counter(said.presenter for node in nodes for said in node.remarks if said.presenter)
    return [
        {
            **context.cards.link(Target("presenter", one)),
            "entries": entries[one],
            "remarks": remarks[one],
        }
        for one in dict.fromkeys([*entries, *remarks])
    ]


def _outside(context: Context, session: Session) -> list[str]:
    """What the note says before its parts and before their entries."""
    chunks = [context.body(Body.from_blocks(session.blocks), 1)]
    for name, body in _parts_outside(context, session):
        chunks.append([heading(name, 2), "", *context.body(body, 2)])
    lines = [line for chunk in chunks if chunk for line in ("", *chunk)]
    return ["", '<div class="kb-note" data-note markdown="1">', *lines, "", "</div>"] if lines else []


def _parts_outside(context: Context, session: Session) -> Iterator[tuple[str, Body]]:
    """The parts that say something outside of their entries: their names, and what they say."""
    for number, part in enumerate(session.parts, 1):
        body = Body.from_blocks(part.blocks, f"-p{number}")
        if not part.entries or context.body(body, 2):
            yield part.name.plain.strip() or UNNAMED_PART, body


def session_list_plans(context: Context) -> Iterator[Plan]:
    """All sessions, the newest first."""
    index: Index[Session] = Index(
        *place_of(SESSION),
        row=lambda rows: {"sessions": [session_row(context, one) for one in rows]},
        item_key=lambda session: session,
    )
    sessions = list(reversed(context.base.sessions))
    yield from index.plans(by_year(sessions, lambda session: session.date.isoformat()))


def session_row(context: Context, session: Session) -> dict[str, object]:
    """A session in a list."""
    date = session.date.isoformat()
    nodes = context.base.by_session.get(date, ())
    return {
        "date": date,
        "title": session.title,
        "url": url_of("session", date),
        "entries": len(nodes),
        "titles": [node.entry.title.plain for node in nodes],
    }

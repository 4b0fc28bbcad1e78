"""The page of each session, and the list of all by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from kb.link.nodes import EntryNode, Target
from kb.model.kinds import SESSION
from kb.model.session import Session
from kb.pages.body import Said, numbered
from kb.pages.cards import Row, url_of
from kb.pages.context import Context, Page, Plan, head, heading, page
from kb.pages.documents import session_document
from kb.pages.lists import by_year, index_of

UNNAMED_PART = "その他"


def session_plans(context: Context) -> Iterator[Plan]:
    """One page for each session, each knowing the ones before and after it."""
    sessions = context.base.sessions
    for previous, session, following in zip((None, *sessions), sessions, (*sessions[1:], None), strict=False):
        date = session.date.isoformat()
        nodes = context.base.by_session.get(date, ())
        beside = tuple((one.date, one.title) if one else None for one in (previous, following))
        key = (session, context.card_keys(nodes), beside)
        yield Plan(SESSION.path(date), key, partial(session_page, context, session, previous, following))


def session_page(
    context: Context, session: Session, previous: Session | None, following: Session | None
) -> Iterator[Page]:
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
    above, said = context.body(numbered(session.blocks), "", 1)
    parts = list(_parts_outside(context, session))
    lines = [heading(title), *_outside([above, *([heading(name, 2), "", *text] for name, text, _ in parts)])]
    document = session_document(date, title, said, [(name, told) for name, _, told in parts])
    yield page(f"{SESSION.path(date)}.md", front, lines, document)


def _link(session: Session | None) -> Row | None:
    if session is None:
        return None
    date = session.date.isoformat()
    return {"text": f"{date} {session.title}", "url": url_of("session", date)}


def parts_of(context: Context, session: Session) -> list[Row]:
    """The parts of a session with the cards of their entries, in the order of the note."""
    nodes = iter(context.base.by_session.get(session.date.isoformat(), ()))
    parts: list[Row] = []
    for part in session.parts:
        cards = [context.cards.entry(next(nodes)) for _ in part.entries]
        if cards:
            parts.append({"name": part.name.plain, "entries": cards})
    return parts


def _people(context: Context, nodes: tuple[EntryNode, ...]) -> list[Row]:
    entries = Counter(one for node in nodes for one in node.presenters)
    remarks = Counter(said.presenter for node in nodes for said in node.remarks if said.presenter)
    return [
        {**context.cards.link(Target("presenter", one)), "entries": entries[one], "remarks": remarks[one]}
        for one in dict.fromkeys([*entries, *remarks])
    ]


def _outside(chunks: Iterable[list[str]]) -> list[str]:
    lines = [line for chunk in chunks if chunk for line in ("", *chunk)]
    return ["", '<div class="kb-note" data-note markdown="1">', *lines, "", "</div>"] if lines else []


def _parts_outside(context: Context, session: Session) -> Iterator[tuple[str, list[str], list[Said]]]:
    """The parts that say something outside of their entries: name, lines, and what they say."""
    for number, part in enumerate(session.parts, 1):
        # Parts share a page, and two may have the same heading.
        lines, said = context.body(numbered(part.blocks), f"-p{number}", 2)
        if not part.entries or lines:
            yield part.name.plain.strip() or UNNAMED_PART, lines, said


def session_list_plans(context: Context) -> Iterator[Plan]:
    """All sessions, the newest first."""
    return index_of(
        SESSION,
        by_year(reversed(context.base.sessions), lambda session: session.date.isoformat()),
        row=lambda rows: {"sessions": [session_row(context, one) for one in rows]},
        item_key=lambda session: session,
    )


def session_row(context: Context, session: Session) -> Row:
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

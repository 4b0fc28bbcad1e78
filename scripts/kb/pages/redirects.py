"""Pages at former addresses that lead to the present ones.

They are HTML, and written when an engine has built the site: there are nearly as many as there are
pages, nobody looks at them, and an engine takes as long for each as for any other page.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass

from kb.link.nodes import EntryNode
from kb.link.places import Place
from kb.model.kinds import BY_ID
from kb.pages.cards import url_of
from kb.pages.context import Context
from kb.pages.papers import shown_papers
from kb.pages.presenters import shown_presenters
from kb.pages.tags import shown_tags
from kb.pages.venues import shown_venues

ROOT = "../../"
"""The site as seen from a page."""
_PAGE = """<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="kb-search" content="exclude">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="1; url={url}">
<script>
// What stands behind "#" goes along: each talk has the anchors that it has on its page now.
const {{ to, plain, marks }} = {told};
const aim = (anchor) => {{
  for (const [mark, [page, entry, suffix]] of Object.entries(marks)) {{
    if (anchor === `e-${{mark}}`) return `${{page}}#${{entry}}`;
    if (anchor.endsWith(`-${{mark}}`)) return `${{page}}#${{anchor.slice(0, -mark.length - 1)}}${{suffix}}`;
  }}
  if (!anchor || anchor.startsWith("e-")) return to;
  return plain ? `${{plain[0]}}#${{anchor}}${{plain[2]}}` : to.includes("#") ? to : `${{to}}#${{anchor}}`;
}};
location.replace(aim(decodeURIComponent(location.hash.slice(1))));
</script>
<article><p>このページは <a href="{url}">{title}</a> に移動しました。</p></article>
</html>
"""

_Talk = tuple[str, str, str]
"""A page, the anchor of a talk on it, and what the anchors of its sections end in."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A former address."""

    origin: Place
    to: str
    """Relative to the site."""
    title: str
    plain: _Talk | None = None
    """Whose sections had plain anchors."""
    marks: tuple[tuple[str, _Talk], ...] = ()
    """The talks that stood there, by what their anchors ended in."""


def redirect_pages(context: Context) -> dict[str, str]:
    """The HTML of each former address, by the address relative to the site."""
    return {f"{one.origin}".removeprefix("/"): page_of(one) for one in redirects(context)}


def redirects(context: Context) -> Iterator[Redirect]:
    """Every address that is not that of a page, or of nothing that is shown, with where it leads."""
    addresses = context.base.addresses
    shown, hidden = frozenset(_shown(context)), addresses.hidden
    for origin in dict.fromkeys((*addresses.pages, *addresses.claims, *addresses.rows)):
        if origin in shown or origin.anchor is not None:
            continue
        to = addresses.resolve(origin)
        # Nothing leads to who asked not to be shown, not even a former name.
        if to and not (to.kind == "presenter" and to.id in hidden):
            yield _redirect(context, origin, to if to.page in shown else Place(to.kind))


def _shown(context: Context) -> Iterator[Place]:
    base = context.base
    yield from (Place("session", date.date.isoformat()) for date in base.sessions)
    yield from (Place("topic", one) for one in base.by_topic)
    yield from (Place("paper", one.id) for one in shown_papers(context))
    yield from (Place("presenter", one.id) for one in shown_presenters(context))
    yield from (Place("tag", one) for one in shown_tags(context))
    yield from (Place("venue", one) for one in shown_venues(context))


def _redirect(context: Context, origin: Place, to: Place) -> Redirect:
    title = _title(context, to)
    if origin.kind != "topic":
        return Redirect(origin, _url(to), title)
    addresses = context.base.addresses
    plain, marks = None, {}
    for anchor in dict.fromkeys((*addresses.led_on(origin), "")):
        aim = addresses.resolve(Place("topic", origin.id, anchor))
        if aim is None or aim == aim.page == to:  # no more is known than of the page
            continue
        one = _only(addresses.talks(aim))
        told = _talk(one) if one else (ROOT + _url(aim.page), "", "")
        if anchor:
            marks[anchor.removeprefix("e-")] = told
        else:
            plain = told
    return Redirect(origin, _url(to), title, plain, tuple(marks.items()))


def _url(to: Place) -> str:
    return url_of(to.kind, to.id, to.anchor or "") if to.id else f"{BY_ID[to.kind].folder}/"


def _only(nodes: tuple[EntryNode, ...]) -> EntryNode | None:
    return nodes[0] if len(nodes) == 1 else None


def _talk(node: EntryNode) -> _Talk:
    return ROOT + url_of("topic", node.topic), node.anchor(), node.suffix


def _title(context: Context, to: Place) -> str:
    if not to.id:
        return f"{BY_ID[to.kind].name}の一覧"
    if to.kind == "session":
        return f"{to.id} の勉強会"
    talk = _only(context.base.addresses.talks(to)) if to.anchor else None
    if talk:
        return talk.entry.title.plain
    return context.base.records(to.kind)[to.id].label


def page_of(one: Redirect) -> str:
    """The HTML of a page that leads on, with and without JavaScript."""
    url = ROOT + one.to
    told = {"to": url, "plain": one.plain, "marks": dict(one.marks)}
    script = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return _PAGE.format(title=html.escape(one.title), url=html.escape(url), told=script)

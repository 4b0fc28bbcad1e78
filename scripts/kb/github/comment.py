"""What a check found out, in Japanese Markdown: for the comment on a pull request and for the job's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from kb.github.data import NAMES, Change, Minor, Page, Report, Row, Some, Told
from kb.model.finding import minor_told, others_told
from kb.model.kinds import KINDS
from kb.text.escape import address, code, plain, rich

MARKER = "<!-- study-notes: check -->"
LIMIT = 65_536
"""How many characters GitHub takes for a comment."""
_RESERVE = 1_500  # room for the sentence with which a comment ends that was cut
_FINDINGS = 50
_LINKS = 20
_PAGES = 30
_NAMES = 20
_MARKS = {"error": "🔴 **エラー**", "warning": "🟡 注意"}
_KINDS = {kind.folder: kind.name for kind in KINDS}
_DONE = {"added": "追加", "changed": "変更", "removed": "削除", "moved": "移動"}
_NOTE = re.compile(r"docs/notes/[A-Za-z0-9._-]+\.md")


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are. These come from GitHub itself, never from the pull request."""

    files: str = ""
    """The address below which the checked commit's files are; empty: lines are no links."""
    site: str = ""
    """The published site; empty: pages are no links."""
    run: str = ""
    """The page of the run."""
    preview: str | None = ""
    """The built site as a download; empty where it could not be built, None where nobody tried."""
    passed: bool = True
    """Whether the whole run went well."""


def comment(report: Report, places: Places) -> str:
    """The comment's text, never longer than GitHub takes."""
    return _fitted([MARKER, *_blocks(report, places)], _footer(report, places), LIMIT - _RESERVE)


def summary(report: Report, limit: int = 500_000) -> str:
    """The same for the page of the job, where nothing is linked."""
    return _fitted(list(_blocks(report, Places())), "", limit)


def _fitted(blocks: list[str], footer: str, limit: int) -> str:
    """As many whole blocks as there is room for."""
    # Only whole blocks: half a fence, or `<details>` without its end, would swallow what follows.
    kept: list[str] = []
    room = limit - len(footer)
    for block in blocks:
        room -= len(block) + 2
        if room < 0:
            kept.append("長くなるため、ここまでにします。続きは実行の記録にあります。")
            break
        kept.append(block)
    return _joined([*kept, footer]).strip() + "\n"


def _joined(blocks: list[str]) -> str:
    """Blocks with a blank line between them, but items of one list without."""
    text = blocks[0]
    for before, block in pairwise(blocks):
        text += ("\n" if before.startswith("- ") and block.startswith("- ") else "\n\n") + block
    return text


def _blocks(report: Report, places: Places) -> Iterator[str]:
    yield f"### {_headline(report.check)}"
    if report.check is None:
        yield "`week.py check` が最後まで動きませんでした。実行の記録に理由があります。"
    else:
        yield from _told(report.check, places)
    if report.change is not None:
        yield from _changed(report.change, places.site)


def _headline(check: Told | None) -> str:
    if check is None:
        return "❌ ノートを確かめられませんでした"
    if check.errors:
        return f"❌ 直すところが {check.errors} か所あります" + (
            f"(ほかに注意が {check.warnings} 件)" * bool(check.warnings)
        )
    if check.warnings:
        return f"✅ このままで大丈夫です(注意が {check.warnings} 件)"
    return "✅ 問題は見つかりませんでした"


def _told(check: Told, places: Places) -> Iterator[str]:
    if check.findings.total:
        yield (
            "この変更で新しく出たものだけを載せています。"
            "**エラー** はマージの前に直してください。注意はそのままでもかまいません。"
        )
    shown = check.findings.items[:_FINDINGS]
    for path, found in groupby(sorted(shown, key=_order), key=lambda finding: finding.span.path):
        yield f"#### {code(path)}"
        yield from (_finding(one, places.files) for one in found)
    if rest := check.findings.total - len(shown):
        yield f"ほかに {rest} 件あります。すべては実行の記録にあります。"
    yield from _minor(check.minor.items)


def _order(finding: Row) -> tuple[str, bool, int, int]:
    return (finding.span.path, finding.severity != "error", finding.span.first, finding.span.column)


def _finding(finding: Row, files: str) -> str:
    line = f"{finding.span.first}行目" if finding.span.first else "ファイル全体"
    if files and finding.span.first:
        # GitHub renders Markdown; only its plain view has lines to lead to.
        line = f"[{line}]({address(files, finding.span.path)}?plain=1#L{finding.span.first})"
    others = others_told(finding.others.items, finding.others.total)
    told = rich(finding.message) + (f"({others})" if others else "")
    text = f"- {_MARKS[finding.severity]} {line}: {told} ({code(finding.code, 60)})"
    return f"{text}\n  → {rich(finding.hint)}" if finding.hint else text


def _minor(minor: tuple[Minor, ...]) -> Iterator[str]:
    """One line of what is minor, and the command that mends what it can."""
    told = minor_told(sum(one.mended for one in minor), sum(one.by_hand for one in minor))
    if told:
        yield f"🛠 {told}。サイトでの読まれ方は、そのままでも変わりません。"
    if mended := {one.path for one in minor if one.mended}:
        told = "次のコマンドでまとめて整えられます。言葉は変わりません。"
        yield f"{told}\n\n```console\n{_mending(mended)}\n```"


def _mending(paths: set[str]) -> str:
    """The command with the notes' names, where these can stand in a shell as they are."""
    notes = sorted(filter(_NOTE.fullmatch, paths))
    return " ".join([".venv/bin/python scripts/week.py fix", *(notes if len(notes) <= 3 else ())])


def _changed(change: Change, site: str) -> Iterator[str]:
    yield "### サイトはこう変わります"
    if change.summary:
        yield plain(change.summary, 500)
    if change.links.total:
        yield "**新しいつながり**"
    shown = change.links.items[:_LINKS]
    for link in shown:
        arrow = f" → {_page(link.target, site)}" if site and link.target.url else ""
        yield f"- {plain(link.sentence, 500)}{arrow}"
    if rest := change.links.total - len(shown):
        yield f"- ほかに {rest} 件のつながり"
    rows = [_names(_KINDS[name], change.names[name]) for name in NAMES if change.names[name].total]
    if rows:
        yield "**はじめて出てきたもの**"
        yield from rows
    if pages := _pages(change, site):
        yield pages


def _names(label: str, some: Some[Page]) -> str:
    shown = some.items[:_NAMES]
    texts = [plain(one.title, 100) + ("" if one.registered else " (台帳に未登録)") for one in shown]
    rest = some.total - len(shown)
    return f"- {label}: {'、'.join(texts)}" + (f" ほか {rest} 件" if rest else "")


def _pages(change: Change, site: str) -> str:
    kinds = {label: change.pages[kind] for kind, label in _DONE.items() if change.pages[kind].total}
    if not kinds:
        return ""
    title = "、".join(f"{label} {some.total}" for label, some in kinds.items())
    # Pages that the change adds are not on the site yet: only the others are links.
    rows = [
        f"- {label}: {_page(page, site if label == '変更' else '')}"
        for label, some in kinds.items()
        for page in some.items[:_PAGES]
    ]
    rest = sum(some.total for some in kinds.values()) - len(rows)
    more = [f"- ほかに {rest} ページ"] if rest else []
    return "\n".join([f"<details><summary>ページ: {title}</summary>", "", *rows, *more, "", "</details>"])


def _page(page: Page, site: str) -> str:
    # A title of nothing but hidden characters is empty, and a link without words is none.
    title = plain(page.title, 100) or code(page.url)
    return f"[{title}]({address(site, page.url)})" if site else title


def _footer(report: Report, places: Places) -> str:
    parts = [] if places.preview is None else ["### サイトの見本", _preview(places)]
    if not places.passed and not (report.check and report.check.errors):
        parts.append("ノートのほかに、失敗した検査があります。下の実行の記録を見てください。")
    parts.append(f"<sub>コミット {report.proposal.head[:7]} を調べました。[実行の記録]({places.run})</sub>")
    return "\n\n".join(parts)


def _preview(places: Places) -> str:
    if not places.preview:
        return f"サイトは作れませんでした。理由は[実行の記録]({places.run})にあります。"
    return (
        f"[できあがったサイト(zip)]({places.preview})をダウンロードして展開し、そのフォルダで "
        "`python -m http.server` を動かすと、`http://127.0.0.1:8000/` で見られます。"
    )

"""Of data with several values, each finding points at its own: its line, and its characters there."""

from __future__ import annotations

import pytest

from kb.check.base import Base
from kb.check.run import check_note
from tests.check.checkout import checkout, note_of, week

EARLIER = "## [blog] 前の話\n- 出典: https://example.com/a\n\n## [論文] 前の論文\n- 出典: https://arxiv.org/abs/2511.16719\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return checkout(tmp_path_factory.mktemp("base"), week("2025-11-18", EARLIER))


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("paper-unknown", ["出典: https://arxiv.org/abs/2511.18423", "出典: <<https://arxiv.org/abs/2401.00001>>"]),
        ("paper-unknown", ["出典: https://a.example/b", "出典: [名前](<<https://arxiv.org/abs/2401.00001>>)"]),
        ("already-presented", ["出典: https://example.com/b", "<<- 出典: https://example.com/a>>"]),
        ("already-presented", ["出典: https://example.com/b", "<<- 出典: https://arxiv.org/pdf/2511.16719v2>>"]),
        ("work-title-differs", ["出典: https://example.com/b", "<<- 出典: https://arxiv.org/abs/2511.18423>>"]),
        ("work-id-malformed", ["出典: https://arxiv.org/abs/2511.18423", "出典: https://arxiv.org/abs/<<2511.1842>>"]),
        ("source-bare", ["出典: https://example.com/b", "出典: <<どこかの本>>"]),
        ("presenter-unknown", ["発表者: @Ann Lee", "発表者: @<<Ann>>"]),
        ("presenter-unknown", ["発表者: @Shun Ito", "発表者: @<<Somebody>>"]),
        ("presenter-twice", ["発表者: @Shun Ito", "発表者: @<<Shun Ito>>"]),
        ("tag-unknown", ["タグ: rag, llm-agents", "タグ: segmentation, <<llm>>"]),
        ("tag-unknown", ["タグ: llm-agents, <<llm>>"]),
        ("tag-unknown", ["タグ: #llm-agents #<<llm>>"]),
        ("tag-unknown", ["タグ: rag", "タグ: *<<llm>>*"]),
        ("tag-twice", ["タグ: rag", "タグ: segmentation", "タグ: <<検索拡張生成>>"]),
        ("tag-twice", ["タグ: rag", "タグ: <<rag>>"]),
        ("topic-unknown", ["トピック:", "トピック: <<新しい話>>"]),
    ],
)  # fmt: skip
def test_a_finding_points_at_its_own_value(base: Base, code: str, data: list[str]) -> None:
    rows = [row if "- " in row else f"- {row}" for row in data]
    marked = "## [論文] Something Else Entirely Different Here\n\n" + "\n".join(rows) + "\n\n本文。\n"
    note = note_of(marked.replace("<<", "").replace(">>", ""))
    places = []
    for one in check_note(note, base):
        if one.code == code:
            line, span = note.line(one.span.first), one.span
            shown = (
                line[: span.column - 1]
                + "<<"
                + line[span.column - 1 : span.end - 1]
                + ">>"
                + line[span.end - 1 :]
            )
            places.append(shown if span.column else f"<<{line}>>")
    assert next(row for row in rows if "<<" in row) in places

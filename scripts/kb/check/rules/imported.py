"""What an import says of its source. A new code is a further row of `IMPORT_RULES`."""

from __future__ import annotations

from functools import partial

from kb.check.rule import Rule
from kb.check.rules.exports import EXPORT_RULES
from kb.check.rules.notion_pages import NOTION_RULES
from kb.check.rules.told import COPIED, told
from kb.model.codes import Code

_copied = partial(told, path=COPIED)
_TITLE = "2025-12-02 機械学習勉強会\n"
_BODY = "今週のTOPIC\n@Shun Ito\n[論文] General Agentic Memory\n記憶の論文です。\n"
_CONTENTS = "今週のTOPIC[論文] General Agentic Memory\n"

COPY_RULES: tuple[Rule, ...] = (
    _copied(
        Code.COPY_CONTENTS,
        "left-out",
        "目次の行は、見出しを知るためだけに使いました",
        "コピーした文字の2行めは、目次がつながったものです。見出しを読み取るために使い、ノートには入れません。",
        bad=_TITLE + _CONTENTS + _BODY,
        good=_TITLE + _BODY,
    ),
    _copied(
        Code.COPY_CONTENTS_REST,
        "guess",
        "目次の途中から、本文の行と合いません",
        "目次にある見出しが、本文に同じ形で見つかりません。"
        "その先の見出しは、`[種類]` や `@` の行から推測しました。"
        "できたノートの見出しが正しいか、確かめてください。",
        bad=_TITLE + "今週のTOPIC[論文] General Agentic Memory消えた見出し\n" + _BODY,
        good=_TITLE + _CONTENTS + _BODY,
    ),
    _copied(
        Code.COPY_HEADING,
        "guess",
        "目次がないので、見出しを推測しました",
        "目次の行がないときは、`[論文]` のような種類や、`@名前` の次の行を見出しとして読みます。"
        "できたノートの見出しが正しいか、確かめてください。",
        bad=_TITLE + _BODY,
        good=_TITLE + _CONTENTS + _BODY,
    ),
    _copied(
        Code.COPY_TITLE,
        "guess",
        "短い行を、小見出しと推測しました",
        "目次にないけれど、形から小見出しに見える行です。"
        "ちがうときは、できたノートの行頭の `###` を消してください。",
        bad=_TITLE + _CONTENTS + _BODY + "結論\n- 要約より検索のほうがよい\n",
        good=_TITLE
        + "今週のTOPIC[論文] General Agentic Memory結論\n"
        + _BODY
        + "結論\n- 要約より検索のほうがよい\n",
    ),
    _copied(
        Code.COPY_AUTHORS,
        "guess",
        "論文の著者の行と推測しました",
        "題のすぐ下の、人の名前が並んだ行を `著者:` のデータにしました。ちがうときは、本文に戻してください。",
        bad=_TITLE + _CONTENTS + "今週のTOPIC\n[論文] General Agentic Memory\n"
        "B. Y. Yan, Chaofan Li, Hongjin Qian, Shuqi Lu, Zheng Liu\n記憶の論文です。\n",
        good=_TITLE + _CONTENTS + _BODY,
    ),
    _copied(
        Code.COPY_LOST,
        "loss",
        "コピーで失われたものがあるようです",
        "画像・数式・文中のコードなどは、コピーすると空行や言葉の抜けになります。"
        "直しはしません。元のページを見て、要るものを書き足してください。"
        "Notionの書き出し（Markdown と CSV）なら、失われません。",
        bad=_TITLE + _CONTENTS + _BODY + "使用したモデルIDは、Veo 3が、Veo 2がである。\n",
        good=_TITLE + _CONTENTS + _BODY + "使用したモデルIDは、Veo 3がveo-3.0、Veo 2がveo-2.0。\n",
    ),
)

IMPORT_RULES: tuple[Rule, ...] = (*COPY_RULES, *NOTION_RULES, *EXPORT_RULES)

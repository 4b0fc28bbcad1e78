"""What an import says of a page as Notion gives it, in Markdown or in HTML."""

from __future__ import annotations

from functools import partial

from kb.check.rule import Rule
from kb.check.rules.told import COPIED, told
from kb.model.codes import Code

_MARKDOWN = "2025-12-02 機械学習勉強会 1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6.md"
_HTML = _MARKDOWN.replace(".md", ".html")
_TITLE = "# 2025-12-02 機械学習勉強会\n\n"
_ENTRY = f"{_TITLE}## [論文] GAM\n\n"
_HEAD = (
    '<html><body><article class="page"><header><h1 class="page-title">2025-12-02 機械学習勉強会</h1>'
    '</header>\n<div class="page-body">\n<h2>[論文] GAM</h2>\n'
)


_markdown = partial(told, path=_MARKDOWN)
_html = partial(told, path=_HTML)

MARKDOWN_RULES: tuple[Rule, ...] = (
    _markdown(
        Code.NOTION_TITLE_DATE,
        "left-out",
        "題の日付を、ノートの日付にしました",
        "題に入っている日付は、`date:` に書き直します。別の書き方の日付は、題から除きます。"
        "何もしなくてかまいません。",
        said="題の「2025年12月2日」は、ノートの date: 2025-12-02 にしました",
        bad="# 2025年12月2日 機械学習勉強会\n\n## [論文] GAM\n\n記憶の論文です。\n",
        good="date: 2025-12-02\ntitle: 機械学習勉強会\n",
    ),
    _markdown(
        Code.NOTION_TITLE_MARKS,
        "left-out",
        "題の太字などの書式を除きました",
        "ノートの題には、太字やコードの書式を付けられません。文字は残っています。何もしなくてかまいません。",
        said="題の書式 `****` を除きました",
        bad="# 2025-12-02 **機械学習**勉強会\n\n## [論文] GAM\n\n記憶の論文です。\n",
        good="title: 機械学習勉強会\n",
    ),
    _markdown(
        Code.NOTION_PROPERTY,
        "left-out",
        "ページのプロパティを、本文には入れません",
        "作成日時のような本文ではないプロパティや、日付・種類として読んだプロパティです。"
        "そのほかのプロパティはノートに残ります。",
        said="プロパティ `作成日時: 2025年12月1日 午前 10:12` は、本文ではないので除きました",
        bad=f"{_TITLE}作成日時: 2025年12月1日 午前 10:12\n\n## [論文] GAM\n\n記憶の論文です。\n",
        good="date: 2025-12-02\ntitle: 機械学習勉強会\n---\n",
    ),
    _markdown(
        Code.NOTION_LEVELS,
        "guess",
        "見出しの段を、ノートの形にそろえました",
        "ノートでは、部が `#`、発表が `##`、その中の節が `###` です。"
        "元のページの段がちがうときは、そろえます。"
        "発表ではないものが `##` になっていないか、確かめてください。",
        said="発表の見出しが `#` だったので、`##` にそろえました",
        bad=f"{_TITLE}# [論文] GAM\n\n記憶の論文です。\n\n## 結果\n\nよかった。\n",
        good="## [論文] GAM\n\n記憶の論文です。\n\n### 結果\n",
    ),
    _markdown(
        Code.NOTION_EMPHASIS,
        "loss",
        "太字の記号の組が合っていません",
        "Notionの書き出しでは、太字の `**` が余ったり足りなかったりすることがあります。"
        "どこまでが太字かは直せないので、そのまま残します。"
        "元のページを見て、`**` を書き直すか消してください。",
        said="太字の記号 `**` の組が合っていません(「eamwork **and ****ho」)。そのまま残しました",
        bad=f"{_ENTRY}**teamwork** **and ****honesty ****by everyone\n",
        good="honesty",
    ),
    _markdown(
        Code.NOTION_EMPTY_LINK,
        "loss",
        "文字のないリンクがあります",
        "リンクの文字が、書き出しで失われています。"
        "`[題](アドレス)` のように文字を書き足すか、消してください。",
        said="文字のないリンク `[](…)` があります。そのまま残しました",
        bad=f"{_ENTRY}### 結果[](https://example.com/)\n\nよかった。\n",
        good="### 結果[](https://example.com/)\n",
    ),
    _markdown(
        Code.NOTION_EMPTY,
        "left-out",
        "題のない見出しを除きました",
        "見出しにしたまま何も書かなかった行です。文字は失われていません。何もしなくてかまいません。",
        said="題のない見出し `###` を除きました",
        bad=f"{_ENTRY}### \n\n記憶の論文です。\n",
        good="## [論文] GAM\n\n記憶の論文です。\n",
    ),
    _markdown(
        Code.NOTION_ICON,
        "left-out",
        "コールアウトのアイコンの画像を除きました",
        "Notionのアイコンの画像は、Notionのサーバーにあります。コールアウトの文章は残っています。何もしなくてかまいません。",
        said="コールアウトのアイコン(Notion の画像)を除きました",
        bad=f'{_ENTRY}<aside>\n<img src="https://www.notion.so/icons/info_gray.svg"'
        ' alt="https://www.notion.so/icons/info_gray.svg" width="40px" /> cuDNNだけでよい\n</aside>\n',
        good="<aside>\n\ncuDNNだけでよい\n\n</aside>\n",
    ),
)

HTML_RULES: tuple[Rule, ...] = (
    _html(
        Code.HTML_TOGGLE_HEADING,
        "guess",
        "トグル見出しを、ふつうの見出しにしました",
        "Notionの「トグル見出し」は、開いたままの見出しになります。中身はその下に続きます。",
        said="トグル見出しを、ふつうの見出しにしました",
        bad=_HEAD
        + '<details open=""><summary style="font-size:1.25em">結果</summary><p>よかった。</p></details>\n',
        good="### 結果\n\nよかった。\n",
    ),
    _html(
        Code.HTML_COLUMNS,
        "guess",
        "段組みを、左から順に並べました",
        "ノートに段組みはありません。左の段、右の段の順に、上から並べます。読む順番が変でないか、確かめてください。",
        said="段組みを、左の段から順に並べました",
        bad=_HEAD + '<div class="column-list"><div class="column"><p>左の話</p></div>'
        '<div class="column"><p>右の話</p></div></div>\n',
        good="左の話\n\n右の話\n",
    ),
    _html(
        Code.HTML_INDENTED,
        "guess",
        "字下げされた文章を、字下げなしで並べました",
        "箇条書きではない文章の字下げは、ノートに書き表せません。意味が変わっていれば、箇条書きにしてください。",
        said="字下げされたブロックを、字下げなしで並べました",
        bad=_HEAD + '<p>親の文章</p><div class="indented"><p>子の文章</p></div>\n',
        good="親の文章\n\n子の文章\n",
    ),
    _html(
        Code.HTML_TABLE_HEADER,
        "guess",
        "見出し行のない表の、1行目を見出しにしました",
        "Markdownの表には、見出しの行が必ず要ります。1行目が見出しでよいか、確かめてください。",
        said="見出し行のない表です。1行目を見出しにしました",
        bad=_HEAD + "<table><tr><td>GAM</td><td>高</td></tr><tr><td>SAM 3</td><td>低</td></tr></table>\n",
        good="| GAM | 高 |\n",
    ),
    _html(
        Code.HTML_BULLET,
        "left-out",
        "行の頭の中黒を、箇条書きの印と読みました",
        "「・」で始まる行は、箇条書きにしました。印だけが変わり、文章は同じです。",
        said="行頭の中黒を箇条書きの印と読みました",
        bad=_HEAD + "<p>・要約より検索のほうがよい</p>\n",
        good="- 要約より検索のほうがよい\n",
    ),
    _html(
        Code.HTML_BOOKMARK,
        "left-out",
        "ブックマークの飾りを除きました",
        "ブックマークは、題のリンクと説明の文章になります。アイコンや画像は、ほかのサイトにあるので除きます。",
        said="ブックマークのアイコン・画像・表示用の URL を省きました",
        bad=_HEAD
        + '<figure><a href="https://example.com/" class="bookmark source"><div class="bookmark-info">'
        '<div class="bookmark-title">記憶の話</div></div>'
        '<div class="bookmark-href">https://example.com/ (表示)</div></a></figure>\n',
        good="[記憶の話](https://example.com/)\n",
    ),
    _html(
        Code.HTML_CONTENTS,
        "left-out",
        "目次を除きました",
        "ページの中の目次です。サイトが見出しから作り直すので、ノートには入れません。",
        said="目次を省きました。見出しから作り直せます",
        bad=_HEAD
        + '<nav class="table_of_contents"><a href="#a1">[論文] GAM</a></nav>\n<p>記憶の論文です。</p>\n',
        good="## [論文] GAM\n\n記憶の論文です。\n",
    ),
    _html(
        Code.HTML_ICON,
        "left-out",
        "アイコンを除きました",
        "文字や画像のアイコンです。文章は残っています。何もしなくてかまいません。",
        said="アイコンを省きました",
        bad=_HEAD + '<p><span class="icon">📄</span>記憶の論文です。</p>\n',
        good="記憶の論文です。\n",
    ),
    _html(
        Code.HTML_DATA_IMAGE,
        "left-out",
        "ページに埋め込まれた画像を除きました",
        "画像がファイルではなく、ページの中に文字の並びとして入っています。ノートには入れられません。"
        "画像をファイルに保存し、`docs/notes/images/` に置いて書き足してください。",
        said="ページに埋め込まれた画像を省きました",
        bad=_HEAD + '<p>図です。<img src="data:image/png;base64,AAAA" alt="学習曲線"/></p>\n',
        good="図です。学習曲線\n",
    ),
    _html(
        Code.HTML_COVER,
        "left-out",
        "ページのアイコンとカバー画像を除きました",
        "題の上の飾りです。何もしなくてかまいません。",
        said="ページのアイコンとカバー画像を省きました",
        bad='<html><body><article class="page"><header><div class="page-header-icon"><span class="icon">📄'
        '</span></div><h1 class="page-title">2025-12-02 機械学習勉強会</h1></header>\n'
        '<div class="page-body"><h2>[論文] GAM</h2></div></article></body></html>\n',
        good="title: 機械学習勉強会\n",
    ),
    _html(
        Code.HTML_UNKNOWN,
        "guess",
        "知らない要素の、中の文字だけを残しました",
        "Notionの新しい部品などです。文字は残りましたが、形は失われたかもしれません。元のページと見比べてください。",
        said="知らない要素 `<x-widget>` です。中の文字だけを残しました",
        bad=_HEAD + "<x-widget>記憶の論文です。</x-widget>\n",
        good="記憶の論文です。\n",
    ),
    _html(
        Code.HTML_DEEP,
        "guess",
        "入れ子が深すぎるところは、入れ子を外しました",
        "何十段も入れ子になったところです。文字は残っています。箇条書きの段などを、元のページと見比べてください。",
        said="入れ子が深すぎるため、ここから先は入れ子を外しました",
        bad=_HEAD + "<blockquote>" * 21 + "記憶の論文です。" + "</blockquote>" * 21 + "\n",
        good="記憶の論文です。\n",
    ),
    _html(
        Code.HTML_EMPTY,
        "error",
        "ページに文字がありません",
        "HTMLのファイルに、文章が1つも入っていません。ちがうファイルを選んだか、書き出しの途中で切れています。"
        "Notionからもう一度書き出してください。",
        said="HTML のページに中身がありません",
        bad="<!DOCTYPE html>\n",
        good="",
    ),
)

RESPELLED_RULES: tuple[Rule, ...] = (
    _markdown(
        Code.IMPORT_SOURCE,
        "guess",
        "見出しのすぐ下のリンクを、出典と推測しました",
        "発表の見出しのすぐ下に、リンクだけの行があるときは、`出典:` のデータにします。"
        "出典ではないときは、本文に戻してください。",
        said="見出しのすぐ下の、リンクだけの行を出典と推測しました",
        bad=f"{_ENTRY}[https://arxiv.org/abs/2511.18423](https://arxiv.org/abs/2511.18423)\n\n記憶の論文です。\n",
        good="- 出典: https://arxiv.org/abs/2511.18423\n\n記憶の論文です。\n",
    ),
    told(
        Code.NOTE_TITLE_DATE,
        "left-out",
        "題と日付の見出しを、ノートの先頭に移しました",
        "はじめの見出しにある日付と題は、`date:` と `title:` に書き直します。何もしなくてかまいません。",
        said="見出し「2025年12月2日 機械学習勉強会」は、ノートの date と title にしました",
        bad="2025年12月2日 機械学習勉強会\n今週のTOPIC[論文] GAM\n"
        "今週のTOPIC\n[論文] GAM\n記憶の論文です。\n",
        good="date: 2025-12-02\ntitle: 機械学習勉強会\n",
        path=COPIED,
    ),
    _markdown(
        Code.NOTE_RESPELLED,
        "left-out",
        "種類やキーの書き方をそろえました",
        "同じ意味の書き方（`[ブログ]` と `[blog]`、`presenter:` と `発表者:` など）は、1つにそろえます。"
        "意味は変わりません。",
        said="`[ブログ]` を `[blog]` と書きました",
        bad=f"{_TITLE}## [ブログ] GAM\n\n記憶の話です。\n",
        good="## [blog] GAM\n",
    ),
)

NOTION_RULES: tuple[Rule, ...] = (*MARKDOWN_RULES, *HTML_RULES, *RESPELLED_RULES)

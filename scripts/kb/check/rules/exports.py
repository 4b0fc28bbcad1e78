"""What an import says of a whole export: its sub-pages, databases, files and links."""

from __future__ import annotations

from functools import partial

from kb.check.rule import Rule
from kb.check.rules.told import told
from kb.model.codes import Code

_PAGE = "2025-12-02 機械学習勉強会 1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6.md"
_TITLE = "# 2025-12-02 機械学習勉強会\n\n"
_ROWS = "題,優先度\nGAM,高\n"


_exported = partial(told, path=_PAGE)

PAGE_RULES: tuple[Rule, ...] = (
    _exported(
        Code.EXPORT_PULLED,
        "left-out",
        "子ページの中身を、ノートに入れました",
        "会のページから開く子ページは、リンクのあったところに中身を入れます。リンクそのものは要らなくなるので除きます。"
        "何もしなくてかまいません。",
        said="子ページ「付録」の中身をここに入れ、リンクは除きました",
        bad=f"{_TITLE}## [論文] GAM\n\n[付録](付録.md)\n",
        good="### 付録\n\n実験の詳細です。\n",
        files={"付録.md": "# 付録\n\n実験の詳細です。\n"},
    ),
    _exported(
        Code.EXPORT_DATABASE,
        "left-out",
        "データベースを表にしました",
        "会のページにあるデータベースは、その場所の表になります。リンクは要らなくなるので除きます。"
        "中身が読めないとき（欠落）は、リンクのまま残ります。元のページを見て、要るものを書き足してください。",
        said="データベース「話題」を表にし、リンクは除きました(1 行)",
        bad=f"{_TITLE}## [論文] GAM\n\n[話題](話題.csv)\n",
        good="| 題 | 優先度 |\n",
        files={"話題.csv": _ROWS},
    ),
    _exported(
        Code.EXPORT_ROW,
        "guess",
        "データベースの行のページを、表の下に入れました",
        "データベースの行を開いたページに本文があるときは、表の下に入れます。"
        "行が発表に見えるかどうかは形から推測したので、見出しが正しいか、確かめてください。",
        said="行「GAM」のページの中身を、表の下に入れました",
        bad=f"{_TITLE}## [論文] 記憶の話\n\n[話題](話題.csv)\n",
        good="記憶の論文です。\n",
        files={"話題.csv": _ROWS, "話題/GAM.md": "# GAM\n\n優先度: 高\n\n記憶の論文です。\n"},
    ),
    _exported(
        Code.EXPORT_ROW_EMPTY,
        "left-out",
        "本文のない行のページは入れません",
        "データベースの行のページに本文がなければ、書いてあることはすべて表にあります。何もしなくてかまいません。",
        said="本文のない行のページ 1 個は、表にあるので除きました",
        bad=f"{_TITLE}## [論文] 記憶の話\n\n[話題](話題.csv)\n",
        good="| GAM | 高 |\n",
        files={"話題.csv": _ROWS, "話題/GAM.md": "# GAM\n\n優先度: 高\n"},
    ),
    _exported(
        Code.EXPORT_UNUSED,
        "left-out",
        "この回から使われていないので、取り込みません",
        "書き出しの中にあるけれど、会のページから開けないページやファイルです。"
        "要るものがあれば、Notionで会のページの中に置いて書き出し直すか、ノートに書き足してください。",
        said="この回から使われていないページなので除きました",
        bad=f"{_TITLE}## [論文] GAM\n\n記憶の論文です。\n",
        good="記憶の論文です。\n",
        files={"買い物 2b3c4d5e6f7048b9a0c1d2e3f4a5b6c7.md": "# 買い物\n\n卵\n"},
    ),
    _exported(
        Code.EXPORT_TWICE,
        "left-out",
        "同じファイルが2つあります",
        "分けて書き出したzipには、同じファイルが2つ入っていることがあります。中身が同じなら1つだけ読みます。"
        "名前だけが同じで中身がちがうとき（注意）は、両方を残します。どちらが正しいか、確かめてください。",
        said=f"同じファイル `{_PAGE}` が2つあるので、1つだけ読みました",
        bad=f"{_TITLE}## [論文] GAM\n\n記憶の論文です。\n",
        good="記憶の論文です。\n",
    ),
    _exported(
        Code.EXPORT_SYSTEM_FILE,
        "left-out",
        "OSが作ったファイルは読みません",
        "macOSやWindowsがzipに入れる、`__MACOSX` や `.DS_Store` などのファイルです。"
        "何もしなくてかまいません。",
        said="OS が作ったファイル(`__MACOSX`、`.DS_Store` など)1 個を除きました",
        bad=f"{_TITLE}## [論文] GAM\n\n記憶の論文です。\n",
        good="記憶の論文です。\n",
        files={".DS_Store": "Bud1"},
    ),
)

ADDRESS_RULES: tuple[Rule, ...] = (
    _exported(
        Code.EXPORT_FILE,
        "left-out",
        "画像やファイルを、ノートの横に置きました",
        "書き出しの画像は `docs/notes/images/日付/` に置き、ノートの中の行き先も書き替えます。"
        "何もしなくてかまいません。",
        said="画像 `loss.png` を `images/2025-12-02/loss-79612083.png` に置き、元のアドレスを除きました",
        bad=f"{_TITLE}## [論文] GAM\n\n![学習曲線](loss.png)\n",
        good="![学習曲線](images/2025-12-02/loss-79612083.png)\n",
        files={"loss.png": "PNG"},
    ),
    _exported(
        Code.EXPORT_FILE_KIND,
        "left-out",
        "サイトに置かない種類のファイルです",
        "画像・PDFなどのほかのファイルは、サイトに置きません。リンクの文字だけを残しました。"
        "読んでほしいものなら、どこかに公開して、そのアドレスを書いてください。",
        said="`tool.exe` は、サイトに置かない種類のファイルなので除きました",
        bad=f"{_TITLE}## [code] 道具\n\n[道具](tool.exe) を作った。\n",
        good="道具 を作った。\n",
        files={"tool.exe": "MZ"},
    ),
    _exported(
        Code.EXPORT_FILE_LARGE,
        "warning",
        "画像やファイルが大きすぎます",
        "1 MBより大きいファイルです。ページを開く人を待たせ、リポジトリもずっと重いままになります。"
        "小さくした画像に置き替えてください。",
        said="`loss.png` は 1.2 MB あります",
        bad=f"{_TITLE}## [論文] GAM\n\n![学習曲線](loss.png)\n",
        good="![学習曲線](images/2025-12-02/",
        files={"loss.png": "P" * 1_200_000},
    ),
    _exported(
        Code.EXPORT_MISSING,
        "loss",
        "画像やリンク先が、書き出しの中にありません",
        "書き出すときに画像や子ページが入らなかったか、Notionの中で消えています。"
        "「サブページを含む」「すべてのコンテンツ」を選んで書き出し直すか、元のページで確かめてください。",
        said="画像 `loss.png` が書き出しの中にありません。そのまま残しました",
        bad=f"{_TITLE}## [論文] GAM\n\n![学習曲線](loss.png)\n",
        good="![学習曲線](loss.png)\n",
    ),
    _exported(
        Code.EXPORT_LINK_BROKEN,
        "loss",
        "Notionが壊したリンクです",
        "書き出しで行き先が `notion.soundefined` になったリンクです。"
        "元のページを開いて、正しいアドレスに直してください。",
        said="リンク `https://www.notion.soundefined` は壊れています(行き先がありません)。そのまま残しました",
        bad=f"{_TITLE}## [論文] GAM\n\n[前の話](https://www.notion.soundefined)\n",
        good="[前の話](https://www.notion.soundefined)\n",
    ),
    _exported(
        Code.EXPORT_NOTION_LINK,
        "warning",
        "Notionのページへのリンクが残っています",
        "Notionのページは、ほかの人には見られないことがあります。だれでも見られるアドレスに替えるか、"
        "必要なことをノートに書いてください。",
        said="Notion のページへのリンク `https://www.notion.so/team/5e6f70819203bbe2d3f4a5b6c7d8e9fa` を"
        "残しました。見られない人がいます",
        bad=f"{_TITLE}## [論文] GAM\n\n[前の話](https://www.notion.so/team/5e6f70819203bbe2d3f4a5b6c7d8e9fa)\n",
        good="[前の話](https://www.notion.so/team/5e6f70819203bbe2d3f4a5b6c7d8e9fa)\n",
    ),
    _exported(
        Code.EXPORT_LINK_SESSION,
        "left-out",
        "ほかの回へのリンクを、その回のノートへのリンクにしました",
        "書き出しの中のほかの回へのリンクは、サイトではその回のページに行きます。何もしなくてかまいません。",
        said="`2025-11-25` の回へのリンクを、その回のノートへのリンクにしました",
        bad=f"{_TITLE}## [論文] GAM\n\n[前の回](2025-11-25.md) の続き。\n",
        good="[前の回](2025-11-25.md) の続き。\n",
        files={"2025-11-25.md": "# 2025-11-25 機械学習勉強会\n\n本文\n"},
    ),
    _exported(
        Code.EXPORT_LINK_INSIDE,
        "left-out",
        "このノートに入れたページへのリンクを、文字にしました",
        "リンク先の中身は、もうこのノートの中にあります。文字だけを残しました。何もしなくてかまいません。",
        said="「付録」のページはこのノートの中にあるので、リンクを文字にしました",
        bad=f"{_TITLE}## [論文] GAM\n\n[付録](付録.md)\n\nくわしくは [付録](付録.md) を。\n",
        good="くわしくは 付録 を。\n",
        files={"付録.md": "# 付録\n\n実験の詳細です。\n"},
    ),
    _exported(
        Code.EXPORT_LINK_OUTSIDE,
        "left-out",
        "取り込まなかったページへのリンクを、文字にしました",
        "会のページではないページやデータベースへのリンクです。サイトに行き先がないので、文字だけを残しました。"
        "中身も要るときは、ノートに書き足してください。",
        said="ページ「用語集」は取り込まなかったので、リンクを文字にしました",
        bad=f"{_TITLE}## [論文] GAM\n\nくわしくは [用語集](用語集.md) を。\n",
        good="くわしくは 用語集 を。\n",
        files={"用語集.md": "# 用語集\n\nRAG\n"},
    ),
)

ACCOUNT_RULES: tuple[Rule, ...] = (
    _exported(
        Code.IMPORT_UNACCOUNTED,
        "error",
        "どこにも書かれていない文字があります",
        "取り込みの最後に、元のページのすべての文字が、ノートか報告のどちらかにあることを確かめます。"
        "足りないときは、失くした文字のあるノートを作らないように、そこで止まります。"
        "読み方に誤りがあるので、元のファイルを添えて知らせてください。"
        "急ぐときは、文章をコピーして取り込んでください。",
        said="原文の 2 字(卵鶏)がノートにも報告にもありません(12 行目)",
        bad="卵が先か、鶏が先か。\n",
        good="",
    ),
)

EXPORT_RULES: tuple[Rule, ...] = (*PAGE_RULES, *ADDRESS_RULES, *ACCOUNT_RULES)

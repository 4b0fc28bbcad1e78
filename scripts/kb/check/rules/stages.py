"""What reading says of a note and of the folder of notes."""

from __future__ import annotations

from functools import partial

from kb.check.rule import Rule
from kb.check.rules.told import told
from kb.model.codes import Code

_HEAD = "---\ndate: 2025-12-02\n---\n\n"
_NOTE = "## [blog] LyftLearn Evolution\n\n機械学習の基盤の話。\n"
_GOOD = _HEAD + _NOTE

_note = partial(told, good=_GOOD)

NOTE_RULES: tuple[Rule, ...] = (
    _note(
        Code.NOTE_DATE_MISSING,
        "error",
        "日付がどこにもありません",
        "いつの回かがわからないと、ページを作れません。先頭の `date:` に書くか、"
        "ファイルの名前を `2025-12-02.md` の形にしてください。"
        "年のない `12/2` は、どの年かわからないので読みません。",
        bad=f"---\ntitle: 勉強会\n---\n\n{_NOTE}",
        path="docs/notes/new.md",
    ),
    _note(
        Code.NOTE_DATE_UNREADABLE,
        "error",
        "`date:` が日付として読めません",
        "`date:` には、年・月・日のそろった、暦にある日付を書きます。",
        bad=f"---\ndate: 12月2日\n---\n\n{_NOTE}",
    ),
    _note(
        Code.NOTE_DATE_DIFFERS,
        "warning",
        "日付が食い違っています",
        "ファイルの名前、`date:`、見出しの日付が、同じ日になっていません。"
        "`date:`、ファイルの名前、見出しの順に信じて使っています。正しい日付にそろえてください。",
        bad=f"---\ndate: 2025-12-09\n---\n\n{_NOTE}",
    ),
    _note(
        Code.NOTE_DATE_TWICE,
        "error",
        "同じ日付のノートが2つあります",
        "1つの日付には、ノートは1つだけです。どちらかの日付がまちがっていれば直し、同じ日の2回めなら、"
        "1つのノートにまとめてください。",
        bad=_GOOD,
        good=f"---\ndate: 2025-12-09\n---\n\n{_NOTE}",
        files={"docs/notes/2025-12-01.md": f"---\ndate: 2025-12-02\n---\n\n{_NOTE}"},
        path="docs/notes/new.md",
        where="tree",
    ),
    _note(
        Code.NOTE_FRONT_MATTER,
        "error",
        "先頭の `---` の間が読めません",
        "先頭の `---` と `---` の間は「キー: 値」を1行ずつ書くところです。終わりの `---` がない、"
        "コロンの後ろに空白がない、引用符が閉じていない、などのときに読めなくなります。",
        bad=f"---\ndate: 2025-12-02\ntitle: 機械学習勉強会\n\n{_NOTE}",
    ),
    _note(
        Code.NOTE_EMPTY,
        "error",
        "中身がありません",
        "ファイルに何も書かれていません。中身を書くか、ファイルを消してください。",
        bad="\n",
    ),
    _note(
        Code.NOTE_ENCODING,
        "error",
        "文字コードがUTF-8ではありません",
        "Shift_JISなどで保存されたファイルは、文字が化けるので読みません。UTF-8で保存し直してください。",
        bad=_GOOD,
        encoding="cp932",
    ),
    _note(
        Code.NOTE_BINARY,
        "error",
        "テキストではないファイルです",
        "画像・PDF・zipなどが、ノートの名前で置かれています。"
        "画像は `docs/notes/images/` に置き、zipは `python scripts/week.py import` で読んでください。",
        bad="%PDF-1.7\n",
    ),
    _note(
        Code.NOTE_FOLDER,
        "warning",
        "フォルダの中のノートは読みません",
        "ノートは `docs/notes/` のすぐ下に置きます。その中のフォルダは、画像などのためのものです。",
        bad=_GOOD,
        path="docs/notes/2025/2025-12-02.md",
        good_path="docs/notes/2025-12-02.md",
        where="tree",
    ),
    _note(
        Code.NOTE_SUFFIX,
        "warning",
        "ノートではない形のファイルです",
        "`docs/notes/` に `.txt` や `.html` や `.zip` があります。そのままではページになりません。"
        "`python scripts/week.py import` でノートにするか、別の場所に移してください。",
        bad="今週のTOPIC\n",
        path="docs/notes/2025-12-02.txt",
        good_path="docs/notes/2025-12-02.md",
        where="tree",
    ),
    _note(
        Code.NOTE_BOILERPLATE,
        "left-out",
        "毎回の注意書きなので、出していません",
        "会のはじめの決まった注意書きは、内容ではないのでサイトに出しません。ノートには残ります。"
        "消しても、消さなくてもかまいません。",
        bad=f"出典を埋め込みURLにしましょう。\n\n{_NOTE}",
        good=_NOTE,
    ),
)

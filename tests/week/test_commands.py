"""The commands of `week.py` but `import`, as a person uses them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.check.catalogue import RULES
from kb.cli import main as console
from kb.cli import site, week
from kb.cli.command import here
from kb.github.data import report_json, report_of
from kb.github.event import Proposal
from kb.read import read
from tests.check.test_private import KEYS
from tests.support.repository import commit, git
from tests.week.conftest import OLD, Week, files, put

HOME = Path(__file__).resolve().parents[2]
NOTE = "docs/notes/2025-12-02.md"
FRONT = "---\ndate: 2025-12-02\n---\n\n"
BAD = FRONT + "## [ろんぶん] 題\n\n- 発表者: @Shun Ito\n- 出典: https://example.com/a\n\n本文。\n"
COMMANDS = ("new", "import", "check", "fix", "explain", "diff")


# new


def test_a_new_note_is_empty_and_ready(root: Path, run: Week) -> None:
    said = run("new", "2025-12-02")
    assert (said.code, said.err) == (0, "")
    assert str(root / NOTE) in said.out
    text = (root / NOTE).read_bytes()
    reading = read(text, NOTE)
    assert not reading.findings
    assert reading.session
    assert [part.name.source for part in reading.session.parts] == ["今週のTOPIC", "メインTOPIC"]
    assert not reading.session.entries, "what the instructions show is no entry"


def test_a_new_note_passes_the_check(root: Path, run: Week) -> None:
    run("new", "2025-12-02")
    said = run("check", NOTE)
    assert said.code == 0
    assert "エラーが 0 件" in said.out
    assert {line.split("[")[1].split("]")[0] for line in said.out.splitlines() if "注意[" in line} == {
        "section-empty"
    }
    assert run("fix", NOTE).out.endswith("0 個を直しました。\n")


def test_the_instructions_of_a_new_note_are_not_on_the_site(root: Path, run: Week) -> None:
    run("new", "2025-12-02")
    assert site.main(["generate", "--root", str(root)]) == 0
    made = {name: data.decode() for name, data in files(root / "docs").items() if name.endswith(".md")}
    shown = [name for name, text in made.items() if "ここに題名" in text or "不等号" in text]
    assert shown == ["notes/2025-12-02.md"]
    assert "sessions/2025-12-02.md" in made


def test_a_new_note_is_for_today_and_never_overwrites(root: Path, run: Week) -> None:
    old = set(files(root))
    assert run("new").code == 0
    (made,) = set(files(root)) - old
    before = files(root)
    said = run("new", Path(made).stem)
    assert said.code == 2
    (line,) = said.lines
    assert "はすでにあります" in line
    assert run("new", "2025-11-25").code == 2
    assert files(root) == before


@pytest.mark.parametrize("date", ["2025-13-01", "昨日", "", "../../x"])
def test_a_date_that_is_none(run: Week, root: Path, date: str) -> None:
    before = files(root)
    said = run("new", date)
    assert said.code == 2
    assert "日付ではありません" in said.lines[-1]
    assert files(root) == before


# check


def test_check_of_good_notes(run: Week) -> None:
    said = run("check")
    assert (said.code, said.err) == (0, "")
    assert said.out == "6 個のファイルを確認しました。気になるところはありません。\n"


def test_check_of_an_error(run: Week, root: Path) -> None:
    put(root / NOTE, FRONT + "## [論文] 題\n\n<<<<<<< HEAD\n一\n=======\n二\n>>>>>>> main\n")
    said = run("check", NOTE)
    assert said.code == 1
    assert said.err == ""
    assert f"{NOTE}:7" in said.out
    assert "エラー[" in said.out
    assert "     7 | <<<<<<< HEAD" in said.out
    assert "\x1b" not in said.out, "no colour where there is no terminal"
    code = said.out.splitlines()[-1].rpartition(" ")[2]
    assert code in RULES


def test_names_from_here_and_from_the_root(run: Week, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root / NOTE, BAD)
    monkeypatch.chdir(root / "docs/notes")
    said = [run("check", name).out for name in ("2025-12-02.md", NOTE, root / NOTE)]
    assert said[0] == said[1] == said[2]
    assert said[0].startswith(f"{NOTE}:5"), "messages name files from the root, as on GitHub"


def test_the_caret_stands_below_the_place(run: Week, root: Path) -> None:
    line = "全角の文字のあとに taro@turing-motors.co.jp がある。"
    put(root / NOTE, FRONT + f"## [blog] 題\n\n- 出典: https://example.com/a\n\n{line}\n")
    rows = run("check", NOTE).out.splitlines()
    at = next(number for number, row in enumerate(rows) if row.endswith(line))
    shown, caret = rows[at], rows[at + 1]
    before = shown.index("taro")
    width = before + sum(ord(char) > 0x2000 for char in shown[:before])
    assert caret.index("^") == width
    assert caret.count("^") == len("taro@turing-motors.co.jp")


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_no_format_shows_a_key(run: Week, root: Path, form: str) -> None:
    put(root / NOTE, FRONT + "## [blog] 題\n\n" + "\n\n".join(f"鍵は {key} です" for key in KEYS.values()))
    said = run("check", NOTE, "--format", form)
    assert "secret" in said.out
    shown = [key for name, key in KEYS.items() if name != "秘密鍵" and key in said.out]
    assert not shown


def test_the_formats(run: Week, root: Path) -> None:
    put(root / NOTE, BAD)
    found = json.loads(run("check", NOTE, "--format=json").out)
    assert found
    for one in found:
        assert set(one) == {
            *("code", "severity", "path", "line", "column", "message", "hint"),
            *("places", "mended"),
        }
        assert one["places"][0] == {"line": one["line"], "column": one["column"]}
        assert one["path"] == NOTE
        assert one["code"] in RULES
    rows = run("check", NOTE, "--format=github").out.splitlines()
    assert len(rows) == len(found)
    assert all(row.startswith(("::warning file=", "::error file=")) for row in rows)
    text = run("check", NOTE, "--format=markdown").out
    assert all(f"`{one['code']}`" in text for one in found)


def test_only_what_a_change_brings(run: Week, root: Path) -> None:
    fault = "## [blog] 題\n\n連絡は taro@turing-motors.co.jp へ。\n"
    put(root / NOTE, FRONT + fault)
    commit(root)
    put(
        root / NOTE,
        FRONT + "# 今週のTOPIC\n\n## [blog] 前の題\n\n- 出典: https://example.com/b\n\n一。\n\n" + fault,
    )
    moved = run("check", "--since", "main")
    assert "email" not in moved.out, "the fault has only moved"
    put(root / NOTE, FRONT + fault + "\n電話は 090-1234-5678 です。\n")
    added = run("check", "--since=HEAD")
    assert "telephone" in added.out
    assert "email" not in added.out
    assert "電話" in added.out
    assert "電話" in run("check", NOTE).out


def test_since_looks_at_new_files_too(run: Week, root: Path) -> None:
    commit(root)
    assert "確認するファイルはありません" in run("check", "--since=main").out
    put(root / NOTE, BAD)
    assert "kind-unknown" in run("check", "--since=main").out


@pytest.mark.parametrize("command", [["check", "--since"], ["diff", "--base"]])
def test_revisions_that_are_none(run: Week, root: Path, command: list[str]) -> None:
    first = run(*command, "main")
    assert first.code == 2
    assert len(first.lines) == 1, "no repository"
    commit(root)
    for name in ("nowhere", "-x", "--", "", "HEAD~99", "main:docs", "$(id)"):
        said = run(f"{command[0]}", f"{command[1]}={name}")
        assert (said.code, len(said.lines)) == (2, 1), name
        assert said.out == ""


# fix


def test_fix_mends_once_and_only_form(run: Week, root: Path) -> None:
    put(
        root / NOTE,
        "\ufeff---\r\ndate: 2025-12-02\r\n---\r\n##【論文】題\r\n- 発表者: ＠Shun Ito\r\n本文  \r\n",
    )
    said = run("fix", NOTE)
    assert said.code == 0
    assert "line-ends" in said.out
    mended = (root / NOTE).read_text(encoding="utf-8")
    assert mended.startswith("---\ndate: 2025-12-02\n---\n")
    assert "## [論文] 題\n" in mended
    before = files(root)
    assert run("fix").out == "2 個のファイルのうち、0 個を直しました。\n"
    assert files(root) == before


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", "日本語".encode("cp932"), b"a\0b\r\n"])
def test_fix_leaves_broken_files_alone(run: Week, root: Path, data: bytes) -> None:
    put(root / NOTE, data)
    before = files(root)
    said = run("fix")
    assert said.code == 1
    assert NOTE in said.err
    assert files(root) == before


# explain


@pytest.mark.parametrize("code", RULES)
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert week.main(["explain", code]) == 0
    text = capsys.readouterr().out
    assert code in text
    assert RULES[code].words.title in text
    assert len(text.splitlines()) > 4


def test_all_codes_are_listed(run: Week) -> None:
    listed = run("explain").out
    assert all(f"    {code} " in listed for code in RULES)


def test_codes_that_there_are_not(run: Week) -> None:
    said = run("explain", "kind-unknwon")
    assert (said.code, said.out) == (2, "")
    assert said.lines == ["`kind-unknwon` というメッセージはありません。`kind-unknown` のことですか?"]
    assert run("explain", "[kind-unknown]").code == 0, "as it was printed"
    assert "すべての名前" in run("explain", "何か").err


# diff


def test_diff_tells_of_a_new_week(run: Week, root: Path) -> None:
    commit(root)
    assert "変わるところはありません" in run("diff", "--base=main").out
    put(
        root / NOTE,
        FRONT + "## [論文] GAMを試した\n\n- 発表者: @Takumi Iida\n"
        "- 出典: https://arxiv.org/abs/2511.18423\n- トピック: gam\n\n動いた。\n",
    )
    told = json.loads(run("diff", "--base", "main", "--format=json").out)
    keys = {"base", "pages", "links", "presenters", "papers", "tags", "topics", "summary"}
    assert set(told) == keys
    assert set(told["pages"]) == {"added", "changed", "removed", "moved"}
    added = json.dumps(told["pages"]["added"], ensure_ascii=False)
    assert "2025-12-02" in added
    assert any("General Agentic Memory" in json.dumps(link, ensure_ascii=False) for link in told["links"])
    text, rich = (run("diff", "--base=main", f"--format={form}").out for form in ("text", "markdown"))
    assert told["summary"] in text
    assert "General Agentic Memory" in rich
    assert (root / "docs/notes/2025-11-25.md").read_text(encoding="utf-8") == OLD


def test_of_a_topic_nothing_is_missing(run: Week, root: Path) -> None:
    commit(root)
    body = "## [blog] 新しい話\n\n- 発表者: @新しい人\n- タグ: 新しい語\n- トピック: 新しいトピック\n"
    put(root / NOTE, FRONT + body)
    for form in ("text", "markdown"):
        rows = run("diff", "--base=main", f"--format={form}").out.split("\n")
        wanting = [row for row in rows if "台帳" in row]
        assert len(wanting) == 2
        assert not any("トピック" in row for row in wanting)
    told = run("diff", "--base=main", "--format=json").out
    change = report_of(report_json(Proposal(1, "0" * 40), b"[]", told.encode())).change
    assert change
    kinds = {name for name, some in change.names.items() for one in some.items if not one.registered}
    assert kinds == {"presenters", "tags"}
    assert change.names["topics"].total


def test_diff_counts_what_it_names(run: Week, root: Path) -> None:
    put(root / "docs/notes/2025-11-18.md", OLD.replace("2025-11-25", "2025-11-18"))
    commit(root)
    assert "新しいつながりはありません" in _summary(run, root, FRONT + "## [blog] 別の話\n")
    again = OLD.replace("2025-11-25", "2025-12-02")
    assert _summary(run, root, again).startswith("ほかの回の発表 2 件と、新しくつながりました。")
    other = again.replace("- トピック: gam", "- トピック: sam3")
    assert "2 件と、新しくつながりました(うち 2 件は、同じ論文 1 本の話です)" in _summary(run, root, other)


def _summary(run: Week, root: Path, note: str) -> str:
    put(root / NOTE, note)
    return run("diff", "--base=main").out


def test_diff_says_nothing_of_what_others_did(run: Week, root: Path) -> None:
    commit(root)
    git(root, "switch", "--quiet", "--create", "week")
    git(root, "switch", "--quiet", "main")
    put(root / "docs/notes/2025-12-09.md", OLD.replace("2025-11-25", "2025-12-09"))
    commit(root)
    git(root, "switch", "--quiet", "week")
    assert "変わるところはありません" in run("diff", "--base=main").out


# all of them


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_each_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        week.main([command, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    rows = [row.split(command, 1)[1] for row in str(week.__doc__).splitlines() if f"week.py {command}" in row]
    words = "--root " + rows[0].translate(str.maketrans("[]|", "   "))
    options = [word for word in words.split() if word.startswith("--")]
    assert all(option in shown for option in options)


def test_a_folder_without_docs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["check"], ["fix"], ["new"], ["diff", "--base=main"], ["import", "x"]):
        assert week.main([*command, "--root", str(tmp_path)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "docs/ フォルダがありません" in line


@pytest.mark.parametrize("command", ["check", "fix", "diff"])
def test_docs_that_are_empty(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    more = ["--base=main"] if command == "diff" else []
    assert week.main([command, *more, "--root", str(tmp_path)]) in (0, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(
    "name", ["docs", "docs/notes", "docs/notes/no.md", "docs/notes/2025-11-25.md/x", "\0"]
)
def test_names_of_no_files(run: Week, root: Path, command: str, name: str) -> None:
    before = files(root)
    said = run(command, name)
    assert (said.code, len(said.lines)) == (2, 1)
    assert said.out == ""
    assert files(root) == before


def test_a_binary_is_one_error(run: Week, root: Path) -> None:
    put(root / NOTE, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    said = run("check", NOTE)
    assert said.code == 1
    assert said.out.count("エラー[note-binary]") == 1


def test_a_registry_that_is_broken(run: Week, root: Path) -> None:
    put(root / "docs/data/tags.yml", "tags: [{id: a")
    said = run("check")
    assert said.code == 1
    assert "docs/data/tags.yml" in said.out


def test_an_interruption_is_no_traceback(run: Week, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kb.cli.checks.check_all", interrupted)
    said = run("check")
    assert (said.code, said.err) == (2, "中止しました。\n")


@pytest.mark.parametrize("arguments", [["explain"], ["check"]])
def test_a_closed_pipe_is_no_traceback(root: Path, arguments: list[str]) -> None:
    put(root / NOTE, FRONT + "## 題\n\n電話は 090-1234-5678 です。\n" * 400)
    command = [sys.executable, str(HOME / "scripts/week.py"), *arguments, "--root", str(root)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, text=True)
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("script", ["build.py", "week.py"])
def test_a_python_that_has_not_what_it_needs_says_what_to_do(script: str) -> None:
    """`-S` leaves out all that is installed."""
    command = [sys.executable, "-S", f"scripts/{script}"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert f"`.venv/bin/python scripts/{script}` で動かしてください" in line


def test_one_command_has_all_that_the_scripts_have(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        console.main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in ("build", "generate", "serve", *COMMANDS))
    assert console.main(["check", "--root", str(root)]) == 0
    assert console.main(["generate", "--root", str(root)]) == 0
    assert (root / "docs/sessions/2025-11-25.md").is_file()


JAPANESE = re.compile("[ぁ-ヿ一-鿿]")


@pytest.mark.parametrize("command", ["", *COMMANDS, "build", "generate", "serve"])
def test_help_is_japanese_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for running, main, script in _programs(command):
        monkeypatch.setattr(sys, "argv", [running])
        with pytest.raises(SystemExit):
            main([*filter(None, [command if script != "build" else ""]), "--help"])
        told = capsys.readouterr().out
        assert JAPANESE.search(told)
        name = "kb" if running.endswith("kb") else f".venv/bin/python scripts/{script}.py"
        if command:
            assert f"\n  {name} {command}" in told, "an example can be copied"


def _programs(command: str) -> list[tuple[str, Callable[[list[str]], int], str]]:
    builds = command in ("build", "generate", "serve")
    script = ("scripts/build.py", site.main, "build") if builds else ("scripts/week.py", week.main, "week")
    return [("/x/.venv/bin/kb", console.main, "kb"), script]


@pytest.mark.parametrize("argument", ["--root", "--out", "--report"])
@pytest.mark.parametrize("value", ["", "  "])
def test_a_name_that_is_empty_is_refused(
    run: Week, root: Path, argument: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    with pytest.raises(SystemExit) as stopped:
        week.main(["import", "x.md", "--root", str(root), argument, value])
    assert stopped.value.code == 2
    assert "名前が空です" in capsys.readouterr().err
    assert files(root) == before


def test_kb_works_where_one_stands(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/x/.venv/bin/kb"])
    put(root / NOTE, BAD)
    (root / "docs/notes/images").mkdir()
    for folder in (root, root / "docs", root / "docs/notes/images"):
        monkeypatch.chdir(folder)
        assert console.main(["check"]) == 0
        told = capsys.readouterr().out
        assert "[kind-unknown]" in told
        assert "くわしい説明: kb explain " in told
        assert "scripts/" not in told
    monkeypatch.chdir(tmp_path)
    assert here() == HOME


def test_an_explanation_shows_words_and_where_they_lead(run: Week) -> None:
    for code in RULES:
        prose = run("explain", code).out.split("\n\n", 2)[1]
        assert not re.search(r"\]\([^)]*\)", re.sub("`[^`]*`", "", prose)), code
    assert "台帳に足す（docs/guide/registries.md#tags）" in run("explain", "tag-unknown").out


MISTYPED = [
    (week.main, ["imprt"], "`import` のことですか?"),
    (week.main, ["何か"], "import、check、fix"),
    (week.main, ["import"], "import Export.zip"),
    (week.main, ["diff"], "--base main"),
    (week.main, ["check", "--format", "jsn"], "`json` のことですか?"),
    (week.main, ["import", "a.md", "--data", "2025-12-02"], "`--data` という指定はありません"),
    (week.main, ["new", "2025-12-02", "会"], "`会` という指定はありません"),
    (week.main, ["check", "2025-11-25"], "`docs/notes/2025-11-25.md` のことですか?"),
    (week.main, ["fix", "notes/2025-11-52.md"], "`docs/notes/2025-11-25.md` のことですか?"),
    (week.main, ["check", "topcs.yml"], "`docs/data/topics.yml` のことですか?"),
    (week.main, ["check", "何か.md"], "名前を確かめてください"),
    (site.main, ["biuld"], "`build` のことですか?"),
    (console.main, ["chek"], "`check` のことですか?"),
]


@pytest.mark.parametrize(("main", "words", "hint"), MISTYPED)
def test_what_is_mistyped_is_one_line_with_what_to_type(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    main: Callable[[list[str]], int],
    words: list[str],
    hint: str,
) -> None:
    commanded = len(words) > 1 or words[0] in COMMANDS
    try:
        code: object = main([*words, "--root", str(root)] if commanded else words)
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert hint in line
    assert not re.search("usage|error|invalid|argument", line)

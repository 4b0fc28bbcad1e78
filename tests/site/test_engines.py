"""How a site is built and takes the place of the old one, by an engine that does as it is told.

The engine is a module beside the notes, which Python finds before the real one of that name.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kb.cli.site import main
from kb.site.engines import ENGINES, Built, build_site, engine_environment
from kb.site.scaffold import HOME, PARTS, complete

ENGINE = """
import json, os, pathlib, sys
root = pathlib.Path.cwd()
site = root / os.environ["SITE_DIR"]
kept = ("SITE_DIR", "STRICT", "NO_MKDOCS_2_WARNING", "NO_COLOR")
told = {"arguments": sys.argv[1:], "env": {key: os.environ[key] for key in kept if key in os.environ}}
(root / "told.json").write_text(json.dumps(told))
print("\\x1b[31mout\\x1b[0m", flush=True)
print("err", file=sys.stderr)
PAGES
sys.exit(CODE)
"""
PAGES = {
    "index.html": '<a href="a/">a</a>',
    "a/index.html": "neu",
    "assets/javascripts/bundle.js": "",
}


def put(root: Path, engine: str = "mkdocs", pages: dict[str, str] | None = None, code: int = 0) -> None:
    """An engine that makes these pages and ends with this code."""
    lines = [
        f"(site / {name!r}).parent.mkdir(parents=True, exist_ok=True); (site / {name!r}).write_text({text!r})"
        for name, text in (PAGES if pages is None else pages).items()
    ]
    text = ENGINE.replace("PAGES", "\n".join(lines)).replace("CODE", str(code))
    (root / f"{engine}.py").write_text(text, encoding="utf-8")


def run(root: Path, engine: str = "mkdocs", *, strict: bool = False) -> Built:
    return build_site(root, ENGINES[engine], strict=strict, finish=lambda site: (site / "finished").touch())


def told(root: Path) -> dict[str, object]:
    return json.loads((root / "told.json").read_text())  # type: ignore[no-any-return]


def there(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def left_over(root: Path) -> set[str]:
    return {path.name for path in root.iterdir() if path.name.startswith(".")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with an old site."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old.html").touch()
    return tmp_path


@pytest.mark.parametrize("engine", ENGINES)
def test_a_new_site_takes_the_place_of_the_old_one(root: Path, engine: str) -> None:
    unused = {part if "." in part else f"{part}/a.js": "" for part in ENGINES[engine].unused}
    put(root, engine, PAGES | unused)
    built = run(root, engine)
    assert built == Built(ok=True, output="out\nerr\n", broken=())
    assert there(root / "site") == {"index.html", "a/index.html", "assets/javascripts/bundle.js", "finished"}
    assert (root / "site/a/index.html").read_text() == "neu"
    assert (root / "site").stat().st_mode & 0o777 == 0o755, "a web server has to read it"
    assert left_over(root) == set()


def test_the_first_site(tmp_path: Path) -> None:
    put(tmp_path)
    assert run(tmp_path).ok
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_a_broken_run_left_behind_is_in_nobody_s_way(root: Path, kind: str) -> None:
    put(root)
    previous = root / ".site-previous"
    match kind:
        case "folder":
            (previous / "x").mkdir(parents=True)
        case "file":
            previous.write_text("")
        case _:
            previous.symlink_to("nowhere")
    assert run(root).ok
    assert left_over(root) == set()


CONFIGURED = ["build", "--config-file", "mkdocs.yml"]
QUIET = {
    "mkdocs": {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
    "properdocs": {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"},
    "zensical": {"NO_COLOR": "1"},
}


@pytest.mark.parametrize(
    ("engine", "strict", "arguments"),
    [
        ("mkdocs", False, ["build", "--no-strict"]),
        ("mkdocs", True, ["build", "--strict"]),
        ("properdocs", False, [*CONFIGURED, "--no-strict"]),
        ("properdocs", True, [*CONFIGURED, "--strict"]),
        ("zensical", False, ["build", "--clean"]),
        ("zensical", True, ["build", "--clean", "--strict"]),
    ],
)
def test_how_an_engine_is_called(
    root: Path, engine: str, strict: bool, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_MKDOCS_2_WARNING", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    put(root, engine)
    assert run(root, engine, strict=strict).ok
    seen = told(root)
    assert seen["arguments"] == arguments
    env = seen["env"]
    assert isinstance(env, dict)
    assert env.pop("SITE_DIR").startswith(".site-next-")
    assert env == {"STRICT": str(strict).lower(), **QUIET[engine]}


def test_the_environment_of_an_engine_is_ours_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://a.b/")
    monkeypatch.setenv("STRICT", "true")
    env = engine_environment(ENGINES["mkdocs"], "here", strict=False)
    assert (env["SITE_DIR"], env["STRICT"], env["SITE_URL"]) == ("here", "false", "https://a.b/")


@pytest.mark.parametrize(
    ("pages", "code", "output"),
    [
        (PAGES, 1, "out\nerr\n"),
        ({}, 0, "out\nerr\n"),
        ({"other.html": ""}, 0, "out\nerr\n"),
    ],
)
def test_the_old_site_stays_where_an_engine_fails(
    root: Path, pages: dict[str, str], code: int, output: str
) -> None:
    put(root, pages=pages, code=code)
    assert run(root) == Built(ok=False, output=output)
    assert there(root / "site") == {"old.html"}
    assert left_over(root) == set()


def test_an_engine_that_says_nothing_is_spoken_for(root: Path) -> None:
    (root / "mkdocs.py").write_text("raise SystemExit(3)", encoding="utf-8")
    assert run(root).output == "mkdocs は何も言わずに終わりました(3)"


BROKEN = {"index.html": '<a href="gone/">x</a><a href="#no">y</a>'}


def test_broken_links_are_told_and_stop_a_strict_build(root: Path) -> None:
    put(root, pages=BROKEN)
    wanted = ("index.html: gone/ (ページがありません)", "index.html: #no (見出し(アンカー)がありません)")
    strict = run(root, strict=True)
    assert (strict.ok, strict.broken, strict.output) == (False, wanted, "out\nerr\n")
    assert there(root / "site") == {"old.html"}
    easy = run(root)
    assert (easy.ok, easy.broken, easy.output) == (True, wanted, "out\nerr\n")
    assert there(root / "site") == {"index.html", "finished"}


def test_what_finishes_a_site_may_fail_and_the_old_one_stays(root: Path) -> None:
    put(root)

    def finish(_: Path) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build_site(root, ENGINES["mkdocs"], strict=False, finish=finish)
    assert there(root / "site") == {"old.html"}
    assert left_over(root) == set()


@pytest.mark.parametrize("command", ["build", "serve"])
def test_an_engine_that_is_not_installed(
    root: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anything is made, with what installs it."""
    monkeypatch.setattr("kb.site.engines.find_spec", lambda _: None)
    (root / "docs").mkdir()
    assert main([command, "--root", str(root), "--engine", "zensical"]) == 2
    told = capsys.readouterr().err
    assert "zensical が入っていません" in told
    assert "-r requirements-zensical.txt" in told
    assert there(root) == {"site/old.html"}


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_table_of_engines_names_is_there(engine: str) -> None:
    row = ENGINES[engine]
    assert row.name == engine
    assert row.installed
    pinned = (HOME / row.requirements).read_text(encoding="utf-8")
    assert re.search(rf"^{engine}==.* \\$", pinned, re.MULTILINE)


# ---- what a root lacks


def test_a_corpus_gets_what_it_needs_to_be_built(tmp_path: Path) -> None:
    (tmp_path / "docs/notes").mkdir(parents=True)
    assert complete(tmp_path) == PARTS
    for part in PARTS:
        assert (tmp_path / part).exists(), part
    assert (tmp_path / "mkdocs.yml").read_bytes() == (HOME / "mkdocs.yml").read_bytes()
    assert there(tmp_path / "overrides") == there(HOME / "overrides")
    assert complete(tmp_path) == ()


def test_what_a_corpus_has_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("own", encoding="utf-8")
    (tmp_path / "docs/guide").mkdir(parents=True)
    copied = complete(tmp_path)
    assert set(PARTS) - set(copied) == {"mkdocs.yml", "docs/guide"}
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "own"
    assert there(tmp_path / "docs/guide") == set()

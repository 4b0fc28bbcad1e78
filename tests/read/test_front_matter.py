"""Whatever stands between the `---` lines is read or reported, and what was read is written back."""

from __future__ import annotations

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kb.read import read_text
from kb.write import write
from tests.support.notes import examples
from tests.support.values import VALUES

TEXTS = st.text(alphabet="ab日: -[]{}#&*!|>'\"%@`,?\n\t~1.<=/\\", max_size=40)
KEYS = st.sampled_from(["date", "title", "tags", "no", "1", "null", "<<", "日付"]) | st.text(max_size=4)


@examples(500)
@given(TEXTS)
@example("a: &a [*a]")
@example("? [a]\n: b")
@example("a: !!python/object/apply:os.system [echo]")
@example("a: !!binary x")
@example("<<: 1")
@example("<<: {a: 1}\n<<: {b: 1}")
@example("date: 0000-00-00")
@example("date: [2025-11-25]")
@example("a: 12:30:45\nb: 2025-11-25T10:00:00+09:00\nc: 0o7\nd: .inf\ne: .nan")
@example("title: |\n  二行の\n  題")
@example("title: '---'")
@example("a: 1\n--- x")
def test_no_front_matter_breaks_the_reader(source: str) -> None:
    _check(f"---\n{source}\n---\n\n## 題\n\n本文\n")


@examples(300)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
@example({"\u00a0": "\u00a0"})
@example({"a\nb": "c\n\nd"})
@example({"\u00a0\n": None})
@example({"title": "\u00a0"})
def test_every_value_is_kept(data: dict[str, object]) -> None:
    _check(f"---\n{yaml.safe_dump(data, allow_unicode=True)}---\n\n## 題\n\n本文\n")


def _check(text: str) -> None:
    reading = read_text(text, "2025-11-25.md", "note")
    if reading.session is None:
        assert any(finding.severity == "error" for finding in reading.findings)
        return
    again = read_text(write(reading.session), "2025-11-25.md", "note")
    assert again.session == reading.session

"""The group's standing instructions are no content, whatever they stand in."""

from __future__ import annotations

import pytest

from kb.intake import Given, bring
from kb.model.blocks import walk
from kb.read import read

ASKED = "※[論文] [blog] など何に関するTOPICなのかパッと見で分かるようにしましょう"
LINKED = "出典を埋め込みURLにしましょう"
FORMS = {
    "line": ASKED,
    "lines": f"{ASKED}\n{LINKED}",
    "list": f"- {ASKED}\n- {LINKED}",
    "callout": f"<aside>\n{ASKED}\n</aside>",
    "callout with an icon": f"<aside>\n💡 {ASKED}\n\n- {LINKED}\n</aside>",
    "callout with its icon apart": f"<aside>\n💡\n\n{ASKED}\n</aside>",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["---\ndate: 2025-01-07\n---\n", "# 2025-01-07 勉強会\n"])
@pytest.mark.parametrize("where", ["{0}\n\n# 今週のTOPIC", "# 今週のTOPIC\n\n@Aki\n\n{0}\n\n@Ben"])
def test_it_is_left_out_and_told(form: str, head: str, where: str) -> None:
    text = f"{head}\n{where.format(FORMS[form])}\n\n## [blog] 題\n\n文\n"
    brought = bring([Given("x.md", data=text.encode())])
    assert brought.session
    assert not brought.failed
    assert "パッと見" not in brought.note
    assert not [*walk(brought.session.blocks), *walk(brought.session.parts[0].blocks)]
    assert "note-boilerplate" in [one.code for one in brought.findings]
    names = [person.name for person in brought.session.entries[0].presenters]
    assert names == (["Aki", "Ben"] if "@Aki" in text else [])
    assert read(brought.note.encode(), "2025-01-07.md", "note").session == brought.session


def test_what_stands_beside_it_stays() -> None:
    text = f"# 2025-01-07 勉強会\n\n<aside>\n{ASKED}\n\n来週は休み\n</aside>\n\n# 今週のTOPIC\n"
    brought = bring([Given("x.md", data=text.encode())])
    assert "来週は休み" in brought.note
    assert "パッと見" not in brought.note

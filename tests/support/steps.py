"""Work counted instead of timed, so that a busy machine changes nothing.

A step is a line of Python that was run. What one call of a pattern or of another function in C does
is a single step, so where a scan over the text may hide in one, the CPU time of a text and of one four
times as long are compared besides: the best of several tries, for time that is not our own only adds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

Work = Callable[[], object]
TIMES = 4
"""So many times as long is the longer text."""
MOST_STEPS = 6.0
"""Proportion gives 4, a square 16."""
MOST_TIME = 9.0
TRIES = 7
LEAST_TIME = 0.004
"""Seconds that are too few to be compared."""


def steps(work: Work) -> int:
    """How many lines of Python are run."""
    count = 0

    def traced(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def assert_in_proportion(make: Callable[[int], Work], size: int, longer: int = 0) -> None:
    """Work on `TIMES` as much takes about so many times the steps and the time.

    `make` prepares the work of a size, which is not counted. Time is taken at the size `longer`, or not.
    """
    make(size // 2)()  # what is made once is made now; a text itself may be remembered
    few, many = steps(make(size)), steps(make(TIMES * size))
    assert many < MOST_STEPS * few, f"{few:,} steps, then {many:,}"
    if longer:
        tries = [_growth(make, longer)]
        while tries[-1] >= MOST_TIME and len(tries) < TRIES:
            tries.append(_growth(make, longer + 64 * len(tries)))
        assert min(tries) < MOST_TIME, tries


def _growth(make: Callable[[int], Work], size: int) -> float:
    small = _seconds(make(size))
    return _seconds(make(TIMES * size)) / max(small, LEAST_TIME)


def _seconds(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start

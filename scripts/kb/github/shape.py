"""JSON that somebody else wrote, read value by value: what is not as it has to be is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

TEXT_LIMIT = 2_000
NUMBER_LIMIT = 10**12


class RefusedError(Exception):
    """Data that is not what it has to be: the value's place, and what is wrong with it."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)


@dataclass(frozen=True, slots=True)
class Shape:
    """A value and where it stands. Every reader below refuses a value of another kind."""

    value: object
    place: str = ""

    @classmethod
    def parse(cls, data: bytes, place: str) -> Shape:
        """Read JSON; anything else is refused, numbers that JSON does not know too."""
        try:
            return cls(json.loads(data, parse_constant=_no_constant), place)
        except (ValueError, RecursionError):  # thousands of lists in lists
            raise RefusedError(place, "not JSON") from None

    def __getitem__(self, key: str) -> Shape:
        if not isinstance(self.value, dict) or key not in self.value:
            raise RefusedError(self.place, f"no `{key}`")
        return Shape(self.value[key], f"{self.place}.{key}")

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def only(self, keys: Iterable[str]) -> Shape:
        """The same value, which has to be an object with these keys and no others."""
        wanted = set(keys)
        if not isinstance(self.value, dict) or self.value.keys() != wanted:
            raise RefusedError(self.place, f"not an object of {', '.join(sorted(wanted))}")
        return self

    def items(self, limit: int = 1_000) -> tuple[Shape, ...]:
        """The values of a list of bounded length."""
        if not isinstance(self.value, list) or len(self.value) > limit:
            raise RefusedError(self.place, f"not a list of at most {limit}")
        return tuple(Shape(one, f"{self.place}[{at}]") for at, one in enumerate(self.value))

    def text(self, limit: int = TEXT_LIMIT) -> str:
        """A string of bounded length."""
        if not isinstance(self.value, str) or len(self.value) > limit:
            raise RefusedError(self.place, f"not a text of at most {limit} characters")
        return self.value

    def matching(self, pattern: re.Pattern[str], limit: int = TEXT_LIMIT) -> str:
        """A string that a pattern matches from end to end."""
        text = self.text(limit)
        if not pattern.fullmatch(text):
            raise RefusedError(self.place, "not of the form that is asked for")
        return text

    def number(self) -> int:
        """A whole number that is not negative."""
        value = self.value
        # To Python, True is an int.
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < NUMBER_LIMIT:
            raise RefusedError(self.place, "not a whole number")
        return value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise RefusedError(self.place, "neither true nor false")
        return self.value

    @property
    def missing(self) -> bool:
        """Whether the value is null."""
        return self.value is None


# NaN and Infinity, which Python's reader would take.
def _no_constant(name: str) -> object:
    raise ValueError(name)

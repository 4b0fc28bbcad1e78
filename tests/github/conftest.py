from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.github.server import GitHub, serving


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving(GitHub()) as server:
        yield server

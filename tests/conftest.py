"""Settings for all tests: the same examples on every machine, more of them on demand."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", settings.get_profile("ci"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


SHARED = tuple(f"tests/site/test_{name}.py" for name in ("agree", "browser", "built"))
"""Files that look at the same built sites; one process builds them for all."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hand out whole files to the processes, so that each makes what its files share but once."""
    for item in items:
        file = item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group("built" if file in SHARED else file))

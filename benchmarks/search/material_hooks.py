"""MkDocs hooks for the build with Material's search: its plain templates, and the time of its index."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

EVENTS = ("page_context", "post_build")
"""In these the search plugin works."""
_seconds = [0.0]


def on_config(config: Any) -> Any:
    """Put a watch on the plugin."""
    for event in EVENTS:
        methods = config.plugins.events[event]
        methods[:] = [
            _timed(each) if "search" in type(each.__self__).__module__ else each for each in methods
        ]
    return config


def _timed(method: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return method(*arguments, **named)
        finally:
            _seconds[0] += time.perf_counter() - start

    return timed


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Material's search reads the text of a page only, so our templates need not be filled in."""
    for key in ("template", "search"):
        page.meta.pop(key, None)
    return markdown


def on_shutdown() -> None:
    """Tell who started the build."""
    sys.stdout.write(f"search index: {_seconds[0]:.2f}\n")

"""A served site that follows its notes: edits become pages, pages reload in the browser."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kb.site.engines import engine_environment

WATCHED = ("docs/notes", "docs/data")
SETTLE = 0.15
"""Seconds without a further change before the pages are made: an editor saves in several steps."""


class _Changes(FileSystemEventHandler):
    """Calls back once the watched files have settled."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Start to wait again; mere reading is no change."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        with self._lock:
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(SETTLE, self._call)
            self._timer.daemon = True
            self._timer.start()


def watch(root: Path, call: Callable[[], None]) -> Callable[[], None]:
    """Call back whenever notes or registry change; answer how to stop."""
    observer = Observer()
    for folder in WATCHED:
        if (root / folder).is_dir():
            observer.schedule(_Changes(call), str(root / folder), recursive=True)
    observer.start()

    def stop() -> None:
        observer.stop()
        observer.join()

    return stop


def serve(root: Path, engine: str, address: str, call: Callable[[], None]) -> int:
    """Serve until interrupted; the engine watches the pages, we watch what they are made of."""
    stop = watch(root, call)
    command = [sys.executable, "-m", engine, "serve", "--dev-addr", address]
    if engine == "mkdocs":
        command += ["--dirtyreload", "--no-strict", "--quiet"]
    environment = engine_environment("site", strict=False) | {"SITE_URL": f"http://{address}/"}
    try:
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        stop()

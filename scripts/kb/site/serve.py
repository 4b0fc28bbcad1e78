"""A served site that follows its notes: edits become pages, pages reload in the browser."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kb.site.engines import Engine, engine_environment

WATCHED = ("docs/notes", "docs/data")
SETTLE = 0.15
"""Seconds without a further change before the pages are made: an editor saves in several steps."""

SETTLE_BUILT = 0.5
"""Likewise for built pages, of which an engine writes many."""


class _Changes(FileSystemEventHandler):
    """Calls back once the watched files whose names end as wanted have settled."""

    def __init__(self, call: Callable[[], None], suffix: str = "", settle: float = SETTLE) -> None:
        self._call = call
        self._suffix = suffix
        self._settle = settle
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._running = threading.Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Start to wait again; mere reading is no change."""
        # Building reads: without this a build would start the next one.
        if event.event_type in ("opened", "closed_no_write"):
            return
        if not str(event.src_path).endswith(self._suffix):
            return
        with self._lock:
            if self._timer:
                self._timer.cancel()
            self._timer = threading.Timer(self._settle, self._run)
            # One that still waits must not keep the program alive.
            self._timer.daemon = True
            self._timer.start()

    def _run(self) -> None:
        # Call back, but never while the last call is still at work: two would write the same files.
        with self._running:
            self._call()


def watch(root: Path, call: Callable[[], None]) -> Callable[[], None]:
    """Call back whenever notes or registry change; answer how to stop."""
    return _watch(_Changes(call), *(root / folder for folder in WATCHED if (root / folder).is_dir()))


def _watch(changes: _Changes, *folders: Path) -> Callable[[], None]:
    observer = Observer()
    for folder in folders:  # one handler for all: another branch changes notes and registry at once
        observer.schedule(changes, str(folder), recursive=True)
    observer.start()

    def stop() -> None:
        observer.stop()
        observer.join()

    return stop


def serve(
    root: Path, engine: Engine, address: str, call: Callable[[], None], finish: Callable[[Path], None]
) -> int:
    """Serve until interrupted; the engine watches the pages, we watch what they are made of.

    `finish` adds to the built folder what no engine makes, each time that the engine has built.

    Raises:
        AddressTakenError: Somebody serves there already.
    """
    _ask_for(address)
    # watchdog says so where an engine makes a folder while it is being looked through; nothing is missed.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the engine must not outlive us
    with tempfile.TemporaryDirectory(prefix="kb-serve-") as temporary:
        built = Path(temporary) if engine.serves_aside else root / "site"
        # An observer wants a folder that is there.
        built.mkdir(exist_ok=True)
        stops = [watch(root, call), watch_built(built, finish)]
        environment = engine_environment(engine, "site", strict=False)
        environment |= {"SITE_URL": f"http://{address}/", "TMPDIR": temporary}
        try:
            command = engine.command((*engine.serve, "--dev-addr", address))
            return subprocess.run(command, cwd=root, env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 0
        finally:
            for stop in stops:
                stop()


class AddressTakenError(Exception):
    """An address cannot be served at; its text is the address."""


def _ask_for(address: str) -> None:
    # Raise where the address cannot be had: the engines would say so with a traceback.
    host, _, port = address.rpartition(":")
    try:
        with socket.socket() as trial:
            # As the engines bind: a server that has just ended must not count as one.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, int(port)))
    except (OSError, ValueError, OverflowError):
        raise AddressTakenError(address) from None


def watch_built(folder: Path, finish: Callable[[Path], None]) -> Callable[[], None]:
    """Finish the site that an engine builds in a folder or in a folder within; answer how to stop."""

    def built() -> None:
        for index in [*folder.glob("index.html"), *folder.glob("*/index.html")][:1]:
            # A page may vanish while it is read, because the engine builds again; then we are called again.
            with suppress(FileNotFoundError):
                finish(index.parent)

    return _watch(_Changes(built, ".html", SETTLE_BUILT), folder)

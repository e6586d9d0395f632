"""One writer at a time. Readers never ask for this lock."""

from __future__ import annotations

import getpass
import json
import os
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from smmetrics.api.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 60.0
"""Seconds a writer waits for another before it gives up."""
QUIET = 1.0
"""Seconds it waits before it says for whom."""


@contextmanager
def writing(store: Path, *, timeout: float = PATIENCE, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the store's lock. The system lets go of it when the process ends, however it ends.

    ``waiting`` is told once whom we wait for and since when they hold it. Raises `Unavailable` after ``timeout``
    seconds.
    """
    lock = FileLock(store / ".lock")
    _acquire(lock, store, timeout=timeout, waiting=waiting)
    try:
        owner = store / ".lock.owner"
        owner.write_text(json.dumps(_me()), encoding="utf-8")
        try:
            yield
        finally:
            owner.unlink(missing_ok=True)
    finally:
        lock.release()


def _acquire(lock: FileLock, store: Path, *, timeout: float, waiting: Callable[[str], None] | None) -> None:
    quiet = min(QUIET, timeout)
    try:
        lock.acquire(timeout=quiet)
    except Timeout:
        if waiting is not None:
            waiting(f"{describe(store)} Waiting for it to finish.")
    else:
        return
    try:
        lock.acquire(timeout=max(0.0, timeout - quiet))
    except Timeout as error:
        raise Unavailable(
            describe(store),
            where=str(store),
            hint="Wait until it is done and run this again, or end that process.",
            code="store.locked",
        ) from error


def describe(store: Path) -> str:
    """Who holds the lock, and for how long, as far as they said."""
    try:
        owner = json.loads((store / ".lock.owner").read_text(encoding="utf-8"))
        age = max(0, round(time.time() - owner["since"]))
        who = f"{owner['user']} on {owner['host']}, process {owner['pid']}, for {age} seconds"
    except (OSError, ValueError, KeyError, TypeError):
        who = "somebody, since a moment ago"  # between taking the lock and saying so
    return f"Another process is writing to this workspace ({who})."


def _me() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = str(os.getpid())  # a container may run as a user nobody named
    return {"pid": os.getpid(), "host": socket.gethostname(), "user": user, "since": time.time()}

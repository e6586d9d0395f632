"""Folders that take long to make, made once for all processes of a run."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

LONGEST = 300  # seconds another process may take to make a folder


def made(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name. The first process that asks makes it; the others wait until it stands."""
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        folder = factory.mktemp(name) / name
        make(folder)
        return folder
    shared = factory.getbasetemp().parent / "once" / name
    shared.parent.mkdir(exist_ok=True)
    try:
        shared.with_suffix(".begun").mkdir()
    except FileExistsError:
        return _waited(shared)
    ended = ".failed"
    try:
        make(shared)
        ended = ".made"
    finally:
        shared.with_suffix(ended).touch()
    return shared


def _waited(shared: Path) -> Path:
    deadline = time.monotonic() + LONGEST
    while not shared.with_suffix(".made").exists():
        if shared.with_suffix(".failed").exists() or time.monotonic() > deadline:
            message = f"another process began to make {shared} and failed; its own test says why"
            raise RuntimeError(message)
        time.sleep(0.1)
    return shared

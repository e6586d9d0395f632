"""One target fed by atheris, in this process: ``python -m tests.fuzz.feeding TARGET`` and the mutator's own options."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

from tests.fuzz.targets import target

MEMORY = Path("/dev/shm")
"""A folder in memory: a target writes thousands of small files a second."""


def feed(name: str, options: list[str]) -> None:
    """Feed a target until the time is up or a claim breaks; ends the process."""
    with atheris.instrument_imports(include=["smmetrics.intake"]):
        module = target(name)
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="smmetrics-fuzz-", dir=memory) as folder:
        place = Path(folder)
        atheris.Setup([name, *options], lambda data: module.check(data, place))
        atheris.Fuzz()


if __name__ == "__main__":
    feed(sys.argv[1], sys.argv[2:])

"""A block in which nothing is written outside one folder, nothing foreign is read and nobody is called."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.exec", "os.system", "os.posix_spawn")
OWN = tuple({str(Path(place).resolve()) for place in (*sys.path, sys.prefix, sys.base_prefix) if place})
"""Where modules and the words of messages are read from."""
_watch: dict[str, list[str]] = {}


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _watch:
        return
    for folder, seen in _watch.items():
        if event.startswith(NETWORK):
            seen.append(event)
        elif event == "open" and isinstance(arguments[0], str | bytes | Path):
            path = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
            writes = isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
            if not path.startswith(folder) and (writes or not str(Path(path).resolve()).startswith(OWN)):
                seen.append(f"{event} {path}")


@cache
def _listen() -> None:
    """Once a process, as no hook can be taken out again."""
    sys.addaudithook(_hook)


@contextmanager
def kept_to(folder: Path) -> Iterator[None]:
    """Fails where the block opened a file outside ``folder`` (its own modules apart) or asked the network."""
    _listen()
    seen = _watch.setdefault(str(folder), [])
    try:
        yield
    finally:
        del _watch[str(folder)]
    assert not seen

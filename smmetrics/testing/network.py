"""Blocks the network for a while, for every library in this process: an audit hook sees them all."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"})


class NetworkUsed(AssertionError):
    """Something wanted the network where none may be used."""


class _Guard:
    """The one hook of this process (hooks cannot be removed), and whether it is listening."""

    def __init__(self) -> None:
        self.installed = False
        self.depth = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.depth and event in EVENTS and not _local(arguments):
            message = f"the network was used: {event} {arguments[-1]!r}"
            raise NetworkUsed(message)


_GUARD = _Guard()


def _local(arguments: tuple[object, ...]) -> bool:
    """Say whether it is a socket in the file system, which reaches nobody else."""
    return isinstance(arguments[-1], str | bytes) and len(arguments) > 1 and not isinstance(arguments[0], str | bytes)


@contextmanager
def no_network() -> Iterator[None]:
    """Refuse every connection and look-up of names inside the block.

    Raises:
        NetworkUsed: something tried.
    """
    if not _GUARD.installed:
        sys.addaudithook(_GUARD)
        _GUARD.installed = True
    _GUARD.depth += 1
    try:
        yield
    finally:
        _GUARD.depth -= 1

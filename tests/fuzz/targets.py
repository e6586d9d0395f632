"""The targets by name: a module each, with ``SEEDS``, ``WORDS`` for the mutator, and ``check(data, folder)``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = ("splitting", "values", "archives", "markup")


class Target(Protocol):
    """What a target's module has. ``check`` raises where bytes break a claim."""

    SEEDS: tuple[bytes, ...]
    WORDS: tuple[bytes, ...]

    def check(self, data: bytes, folder: Path) -> None:
        """Hold the claims for these bytes; ``folder`` is empty before and may be written to."""


def target(name: str) -> Target:
    """The module of a target."""
    return cast("Target", importlib.import_module(f"tests.fuzz.{name}"))

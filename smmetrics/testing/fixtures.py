"""Fixtures for plugins' tests: ``from smmetrics.testing.fixtures import smm_no_network`` in a test or conftest.

With ``-p smmetrics.testing.fixtures`` pytest takes them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import smmetrics
from smmetrics.registry import Registry
from smmetrics.registry.discovery import SWITCH
from smmetrics.testing.network import no_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from smmetrics.workspace import Workspace

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Tell the time, in UTC."""
        return self.now

    def advance(self, **by: float) -> datetime:
        """Go on by ``days=1, hours=2`` and so on (the words of `timedelta`); give the new time."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def smm_registry(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Registry]:
    """Make registries of given modules. Discovery is off: what this machine has installed plays no part."""
    monkeypatch.setenv(SWITCH, "")
    return Registry.of


@pytest.fixture
def smm_clock() -> Clock:
    """Give a clock that stands at noon of 30 November 2026, UTC."""
    return Clock()


@pytest.fixture
def smm_no_network() -> Iterator[None]:
    """Refuse the network for the length of the test."""
    with no_network():
        yield


@pytest.fixture
def smm_workspace(tmp_path: Path) -> Callable[..., Workspace]:
    """Make a fresh workspace whose only plugins are the modules given."""

    def make(*modules: object) -> Workspace:
        return smmetrics.init(tmp_path / "workspace", registry=Registry.of(*modules))

    return make

"""The dashboard for notebooks: `Dashboard` shows what a source knows of a view, `DashboardState` is what it looks at.

Both load on first use, so that naming this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.dashboard.board import Dashboard
    from smmetrics.dashboard.state import DashboardState

__all__ = ["Dashboard", "DashboardState"]

_HOMES = {"Dashboard": "board", "DashboardState": "state"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415 (on first use: that is the point)

        return getattr(import_module(f"smmetrics.dashboard.{_HOMES[name]}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

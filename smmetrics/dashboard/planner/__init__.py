"""The planner for notebooks: from purpose to channels, step by step, with what is missing beside every field.

It is shown a strategy file through `planner.source.PlanSource` and never reads one. Loads on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.dashboard.planner.board import Planner

__all__ = ["Planner"]


def __getattr__(name: str) -> object:
    if name == "Planner":
        from smmetrics.dashboard.planner.board import Planner  # noqa: PLC0415 (on first use: widgets are heavy)

        return Planner
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

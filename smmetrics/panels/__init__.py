"""Panels: pure functions from readings and rows to results that a notebook, a report and a mail can all show.

`build` gives all panels of a view, `begin` those of its first goal, `run` one of them; `ALL` lists them. Public names
load on first use, so that the words in `smmetrics.panels.words` cost next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmetrics.panels.building import ALL, begin, build, run

__all__ = ["ALL", "begin", "build", "run"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415 (on first use: that is the point)

        return getattr(import_module("smmetrics.panels.building"), name)
    message = f"module 'smmetrics.panels' has no attribute {name!r}"
    raise AttributeError(message)

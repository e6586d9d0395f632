"""A step: what to do now, where, with which command, and how long it takes a person."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 3
"""Nobody does more than three things at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """``where``: a place in a file, such as ``strategy.toml line 9``; ``minutes`` 0: nobody knows."""

    text: str
    where: str = ""
    command: str = ""
    minutes: float = 0

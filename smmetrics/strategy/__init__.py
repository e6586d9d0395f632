"""The strategy file: read with line numbers, held against what a whole strategy needs, and turned into plain records.

It knows the file and its words. What can be measured is for `smmetrics.contracts`, data for the rooms above.
Importing this package does not import pydantic: that happens when the first file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.begin import Answers, read_people, write_new
from smmetrics.strategy.edit import change, set_value, undo
from smmetrics.strategy.faults import Fault, Finding, StrategyFaults
from smmetrics.strategy.history import Version, history
from smmetrics.strategy.plain import Append, Change, Remove, Rename, Set
from smmetrics.strategy.quantities import Amount, Target, parse_amount, parse_target
from smmetrics.strategy.read import read, read_bytes
from smmetrics.strategy.review import review
from smmetrics.strategy.template import template
from smmetrics.strategy.turn import OwnMetric, channels, own_metrics, promises, questions, scope, targets, worded

if TYPE_CHECKING:
    from smmetrics.strategy.model import Strategy as Strategy

__all__ = [
    "Amount", "Answers", "Append", "Change", "Fault", "Finding", "OwnMetric", "Remove", "Rename", "Set",
    "Strategy", "StrategyFaults", "Target", "Version", "change", "channels", "history", "own_metrics",
    "parse_amount", "parse_target", "promises", "questions", "read", "read_bytes", "read_people", "review",
    "scope", "set_value", "targets", "template", "undo", "worded", "write_new",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name == "Strategy":
        from smmetrics.strategy.model import Strategy  # noqa: PLC0415 (on first use: pydantic takes a while)

        return Strategy
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)

"""The formula language (design: contracts.md §3): read, typed, checked and hashed as data; never evaluated by Python.

``parse("count(posts, ours)", views={view.name: view for view in CORE_VIEWS})`` gives a `Formula`; `nodes` holds
its parts and `words` every word of the language.
"""

from __future__ import annotations

from smmetrics.contracts.formula.context import Note
from smmetrics.contracts.formula.errors import FormulaError, nearest
from smmetrics.contracts.formula.formula import Formula
from smmetrics.contracts.formula.pending import Pending
from smmetrics.contracts.formula.reading import parse, parse_condition

__all__ = ["Formula", "FormulaError", "Note", "Pending", "nearest", "parse", "parse_condition"]

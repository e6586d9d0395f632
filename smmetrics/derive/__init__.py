"""Tables as formulas see them: who speaks, threads, acts, ends and stocks, from a snapshot and the strategy's scope."""

from __future__ import annotations

from smmetrics.derive.at_age import AtAge
from smmetrics.derive.derived import Derived

__all__ = ["AtAge", "Derived"]

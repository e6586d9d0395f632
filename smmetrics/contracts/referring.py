"""Formulas that name other metrics: each is read when it is first needed, and none may go round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula import FormulaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.contracts.compiled import CompiledMetric
    from smmetrics.contracts.formula import Formula

    Read = Callable[["Formulas"], Formula]


class Formulas:
    """Formulas by metric id; ``known`` have been read, ``readers`` read the others when they are asked for."""

    def __init__(self, known: Mapping[str, CompiledMetric], readers: Mapping[str, Read] | None = None) -> None:
        """Nothing is read yet."""
        self._known = {id_: metric.formula for id_, metric in known.items()}
        self._readers = dict(readers or {})
        self._open: list[str] = []

    @property
    def ids(self) -> frozenset[str]:
        """All metrics that may be named."""
        return frozenset(self._known) | frozenset(self._readers)

    def __call__(self, id_: str) -> Formula:
        """The formula of a metric. Raises `FormulaError` where it is at fault, or comes back to itself."""
        if id_ in self._known:
            return self._known[id_]
        if id_ in self._open or id_ not in self._readers:
            way = " → ".join((*self._open[self._open.index(id_) :], id_)) if id_ in self._open else ""
            why = f"it goes round in a circle: {way}" if way else "it is not there"
            raise FormulaError(why, text=id_, code="formula.circle" if way else "formula.metric")
        self._open.append(id_)
        try:
            self._known[id_] = self._readers[id_](self)
        finally:
            self._open.pop()
        return self._known[id_]

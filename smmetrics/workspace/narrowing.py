"""A look at part of the data: rows of some platforms, or of values somebody chose in a chart, and nothing else.

Rows are left out before anything is computed, so every number of a narrowed view is what the engine would say of a
workspace that held these rows only. What cannot be narrowed is refused, never shown whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import AtAge
from smmetrics.derive.pieces import Piece
from smmetrics.engine.passes import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from smmetrics.api.facts import View as TableView
    from smmetrics.api.facts import ViewColumn
    from smmetrics.derive import Derived
    from smmetrics.derive.ages import Age
    from smmetrics.engine import Request
    from smmetrics.panels.source import View
    from smmetrics.store.parts import Shelf
    from smmetrics.tables.agreement import Agreement

_SPANS: Mapping[str, str] = {"platform": "platform", "account": "account_id"}
"""Dimensions by which coverage differs, and the spans' word for them."""
_ALL_PLATFORMS = ""


def kept_by(view: View) -> dict[str, tuple[str, ...]]:
    """The values a view keeps, by dimension; platforms that are both picked and chosen in a chart must be both."""
    keep = {name: tuple(values) for name, values in sorted(view.selected.items()) if values}
    if view.platforms:
        chosen = keep.get("platform", view.platforms)
        keep["platform"] = tuple(name for name in view.platforms if name in chosen)
    return keep


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The tables formulas read, with only the rows whose dimensions have one of the values in ``keep``.

    A table without such a column keeps all its rows: `narrowed_request` refuses the metrics that read it.
    """

    derived: Derived | AtAge
    keep: Mapping[str, tuple[str, ...]]

    @property
    def head(self) -> str:
        """Name of the state read; what is kept of it stands in a reading's provenance."""
        return self.derived.head

    @property
    def views(self) -> Mapping[str, TableView]:
        """Views by name, plugins' columns among them."""
        return self.derived.views

    @property
    def linked(self) -> bool:
        """Whether several names are read as one person's."""
        return self.derived.linked

    @property
    def apart(self) -> Narrowed:
        """The same rows with each name by itself."""
        return Narrowed(self.derived.apart, self.keep)

    @property
    def agreement(self) -> Agreement:
        """What may be told of the people in it, and of those who were left out."""
        return self._whole().agreement

    @property
    def whole(self) -> Derived:
        """All rows, those that were left out too."""
        return self._whole()

    def frame(self, view: str, columns: Collection[str]) -> pl.LazyFrame:
        """A view's rows that are kept, with at least ``columns``."""
        declared = self.views.get(view)
        known = {name: declared.column(name) for name in self.keep} if declared else {}
        dimensions = {name: column for name, column in known.items() if column is not None}
        rows = self.derived.frame(view, frozenset(columns) | dimensions.keys())
        return rows.filter(_is(column, self.keep[name]) for name, column in dimensions.items()) if dimensions else rows

    def spans(self) -> pl.DataFrame:
        """What the sources cover of what is kept."""
        spans = self.derived.spans()
        for name, values in self.keep.items():
            if name in _SPANS:
                spans = spans.filter(pl.col(_SPANS[name]).is_in(list(values)))
        return spans

    def pieces(self, view: str, columns: Collection[str]) -> tuple[Piece, ...]:
        """A view's rows that are kept, in pieces; their names tell what is kept."""
        found = self.derived.pieces(view, columns)
        if not self.keep:
            return found
        told = json.dumps({name: list(values) for name, values in sorted(self.keep.items())})
        return (Piece("|".join((*(piece.name for piece in found), told)), partial(self.frame, view, columns)),)

    @property
    def shelf(self) -> Shelf:
        """Where numbers made of these tables may be kept."""
        return self.derived.shelf

    def single(self, view: str) -> bool:
        """Whether the rows of ``view`` are the same whatever columns are asked for together."""
        return self.derived.single(view)

    def dated(self, view: str, zone: str) -> bool:
        """As in the tables themselves."""
        return self.derived.dated(view, zone)

    def side_by_side(self, view: str, columns: Collection[str]) -> frozenset[str]:
        """The columns whose equal values stand together in a view's rows, within a platform and a day."""
        return self.derived.side_by_side(view, columns)

    def at_age(self, age: Age) -> Narrowed:
        """The same rows with posts at one age."""
        return Narrowed(self._whole().at_age(age), self.keep)

    def ages(self, days: float) -> pl.DataFrame:
        """How old posts were when they were counted, as far as accounts are kept."""
        found = self._whole().ages(days)
        known = {name: values for name, values in self.keep.items() if name in _SPANS}
        return found.filter(pl.col(name).is_in(list(values)) for name, values in known.items()) if known else found

    def _whole(self) -> Derived:
        return self.derived.derived if isinstance(self.derived, AtAge) else self.derived


def _is(column: ViewColumn, values: Sequence[str]) -> pl.Expr:
    """Whether a row has one of the values; of a list, any of them. ``(unknown)`` stands for no value at all."""
    held = pl.col(column.name)
    if column.type == "texts":
        inside = pl.any_horizontal(held.list.contains(value) for value in values)
    else:
        inside = held.cast(pl.String).is_in(list(values))
    return inside.fill_null(value=UNKNOWN in values)


def narrowed_request(request: Request, tables: Narrowed) -> Request:
    """The same question asked of what is kept: verdicts of its platforms only, a dimension that it lacks refused.

    A reading that somebody narrowed says so in its provenance.
    """
    if not tables.keep:
        return request
    platforms = tables.keep.get("platform")
    verdicts = {name: said for name, said in request.verdicts.items() if platforms is None or name in platforms}
    lacking = _lacking(request, tables)
    if lacking:
        refused = ("not_measurable", f"dimension.absent: {lacking}")
        verdicts = dict.fromkeys(verdicts or (_ALL_PLATFORMS,), refused)
    told = {**request.provenance, "kept": {name: list(values) for name, values in tables.keep.items()}}
    return replace(request, verdicts=verdicts, provenance=told)


def _lacking(request: Request, tables: Narrowed) -> str:
    """A dimension that some table of the formula cannot be cut by; nothing where all can."""
    read = [tables.views[name] for name in sorted(request.formula.tables) if name in tables.views]
    return next((name for name in tables.keep for view in read if view.column(name) is None), "")

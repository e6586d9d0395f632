"""The tables of a snapshot with posts at one age."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from smmetrics.derive import ages
from smmetrics.derive.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import polars as pl

    from smmetrics.api.facts import View
    from smmetrics.derive.ages import Age
    from smmetrics.derive.derived import Derived
    from smmetrics.store.parts import Shelf


@dataclass(frozen=True, slots=True)
class AtAge:
    """The tables of a snapshot with posts at one age; all other tables are as they are."""

    derived: Derived
    age: Age

    @property
    def head(self) -> str:
        """Name of the state read."""
        return self.derived.head

    @property
    def linked(self) -> bool:
        """Whether several names are read as one person's."""
        return self.derived.linked

    @property
    def apart(self) -> AtAge:
        """The same tables with each name by itself."""
        return AtAge(self.derived.apart, self.age)

    @property
    def views(self) -> Mapping[str, View]:
        """Views by name."""
        return self.derived.views

    def frame(self, view: str, columns: Collection[str]) -> pl.LazyFrame:
        """A view, see `Derived.frame`."""
        return self.derived.frame(view, columns, self.age if view in ages.VIEWS else None)

    def single(self, view: str) -> bool:
        """Whether the rows of ``view`` are the same whatever columns are asked for together: at an age, of none."""
        return view not in ages.VIEWS and self.derived.single(view)

    def spans(self) -> pl.DataFrame:
        """What sources cover."""
        return self.derived.spans()

    def pieces(self, view: str, columns: Collection[str]) -> tuple[Piece, ...]:
        """A view's rows in pieces, see `Derived.pieces`; their names tell the age."""
        whole = self.derived.pieces(view, columns)
        if view not in ages.VIEWS:
            return whole
        told = f"{self.age.basis}|{self.age.days!r}|{self.age.as_of.isoformat()}"
        return (Piece("|".join((*(piece.name for piece in whole), told)), partial(self.frame, view, columns)),)

    @property
    def shelf(self) -> Shelf:
        """Where numbers made of these tables may be kept."""
        return self.derived.shelf

    def dated(self, view: str, zone: str) -> bool:
        """As in the tables themselves."""
        return self.derived.dated(view, zone)

    def side_by_side(self, view: str, columns: Collection[str]) -> frozenset[str]:
        """As in the tables themselves; posts at an age are not kept, and stand in no order."""
        return frozenset() if view in ages.VIEWS else self.derived.side_by_side(view, columns)

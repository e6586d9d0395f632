"""Pieces of a table that bear a name for all that is in them: equal names, equal rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table. ``name`` changes with anything that these rows, in any of their columns, follow from.

    ``read`` plans to read them: what is kept under the name needs no plan.
    """

    name: str
    read: Callable[[], pl.LazyFrame]

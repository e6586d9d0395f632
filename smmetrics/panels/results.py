"""What a panel gives: cards, charts, tables and words, as data. Nothing here knows a notebook or a browser.

Every text may hold what strangers wrote: whoever shows a result escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

CardKind = Literal["kpi", "gap", "error", "empty"]
Role = Literal["lead", "guard", "context"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spark:
    """One step of a card's small line: the period's first day as ISO text, and its value (None: no value)."""

    start: str
    value: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One number with all that makes it honest, or why there is none. Texts are ready to read, not yet escaped.

    ``kind``: a number (kpi), what cannot be measured (gap), a failing part (error), nothing there yet (empty).
    ``status`` is the reading's word (met, behind …), ``glyph`` and ``status_text`` what people see of it.
    ``nearest`` and ``would_do``: what could be measured instead, and which files would do. ``widened_text``: where
    there are too few, the shortest longer time in which there are enough.
    """

    kind: CardKind
    title: str
    metric: str = ""
    role: Role = "lead"
    value: float | None = None
    value_text: str = ""
    interval_text: str = ""
    target_text: str = ""
    status: str = ""
    glyph: str = ""
    status_text: str = ""
    change_text: str = ""
    sample_text: str = ""
    reported_text: str = ""
    reason_text: str = ""
    widened_text: str = ""
    nearest: tuple[tuple[str, str], ...] = ()
    would_do: tuple[str, ...] = ()
    spark: tuple[Spark, ...] = ()
    reading_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A Vega-Lite specification without data, its rows (aggregates, at most 5,000), and what it shows in words.

    ``selects``: the field whose value a click selects for the cross-filter (none: no selection).
    """

    name: str
    title: str
    spec: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    description: str
    selects: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows for reading: column titles, cells as text, and how many rows there are in all."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelResult:
    """What one panel shows of one goal (``goal`` empty: of the whole workspace). ``folded``: a block begins closed."""

    panel: str
    title: str
    goal: str = ""
    words: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = field(default=())
    folded: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.words or self.cards or self.charts or self.tables)

"""What a panel is given (a source to ask, a view, a goal) and gives: cards, charts, tables and words, as data.

Nothing here knows a notebook or a browser. Every text may hold what strangers wrote: whoever shows a result escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import polars as pl

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


class PanelView(Protocol):
    """What is looked at: goals and platforms (none: all), and days (``until`` excluded; none: as far as data goes)."""

    @property
    def goals(self) -> tuple[str, ...]:
        """Names of goals."""
        ...

    @property
    def since(self) -> date | None:
        """The first day."""
        ...

    @property
    def until(self) -> date | None:
        """The first day that is left out."""
        ...

    @property
    def platforms(self) -> tuple[str, ...]:
        """Ids of platforms."""
        ...


class PanelGoal(Protocol):
    """A goal as people stated it."""

    @property
    def name(self) -> str:
        """The word it is known by."""
        ...

    @property
    def why(self) -> str:
        """Why it is a goal."""
        ...

    @property
    def questions(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """What it asks: words, the metrics that answer, and those that keep them honest."""
        ...


class PanelSource(Protocol):
    """Somebody who knows a workspace. Frames are Polars frames; nothing is raised for missing data."""

    @property
    def zone(self) -> str:
        """The strategy's zone."""
        ...

    @property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in: id to title, in the order colours are given."""
        ...

    def readings(self, view: Any, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:  # noqa: ANN401 (the view that was handed over)
        """Readings of the view's goals, cut by dimensions and grain; columns as ``smmetrics schema readings`` says."""
        ...

    def table(
        self,
        name: str,
        view: Any,  # noqa: ANN401 (the view that was handed over)
        *,
        columns: Sequence[str] = (),
        limit: int = 50,
        offset: int = 0,
    ) -> pl.DataFrame:
        """Rows of a table as formulas see them, newest first, inside the view."""
        ...

    def count(self, name: str, view: Any) -> int:  # noqa: ANN401 (the view that was handed over)
        """How many rows `table` has in all."""
        ...

    def days(self) -> tuple[date, date] | None:
        """First day covered and first day not covered any more, or None where nothing came in."""
        ...

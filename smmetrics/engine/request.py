"""What is asked of the engine: which metrics, of which tables, in which window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    import polars as pl

    from smmetrics.api.facts import View
    from smmetrics.contracts.formula import Formula
    from smmetrics.derive.ages import Age
    from smmetrics.engine.office import Office
    from smmetrics.tables.agreement import Agreement

Grain = Literal["day", "week", "month", "quarter", "total"]
WeekStart = Literal["monday", "sunday", "saturday"]
Verdict = tuple[str, str]
"""Status (``measurable``, ``partly``, ``not_measurable``, ``not_permitted``, ``unknown``) and reason."""


class Tables(Protocol):
    """The tables as formulas see them, at one state of the store."""

    @property
    def head(self) -> str:
        """Name of the state read: equal heads give equal readings."""
        ...

    def frame(self, view: str, columns: frozenset[str]) -> pl.LazyFrame:
        """A table with at least ``columns``; counts are those of the newest observation that reports them all."""
        ...

    def spans(self) -> pl.DataFrame:
        """What sources cover: platform, account_id, source_kind, grain, start, end (excluded), facts."""
        ...


@runtime_checkable
class KnowsViews(Protocol):
    """Tables that plugins added columns or views to."""

    @property
    def views(self) -> Mapping[str, View]:
        """Views by name."""
        ...


@runtime_checkable
class SingleObservation(Protocol):
    """Tables that can tell where every row has one observation, so that all metrics may share one pass."""

    def single(self, view: str) -> bool:
        """Whether the rows of ``view`` are the same whatever columns are asked for together."""
        ...


@runtime_checkable
class SideBySide(Protocol):
    """Tables whose rows of one platform and day, and of equal other values, stand side by side.

    Runs of equal rows are added up several times faster than rows that are each looked up. A promise that does not
    hold costs time and changes no number.
    """

    def side_by_side(self, view: str, columns: Collection[str]) -> frozenset[str]:
        """The columns whose equal values stand together within a platform and a day, if ``columns`` are read."""
        ...


@runtime_checkable
class Dated(Protocol):
    """Tables that know on which day their rows were, so that no instant has to be read for it."""

    def dated(self, view: str, zone: str) -> bool:
        """Whether ``created_on`` is the day of each of a view's rows in a zone."""
        ...


@runtime_checkable
class Aging(Protocol):
    """Tables that know how old posts were when they were counted."""

    def at_age(self, age: Age) -> Tables:
        """The same tables with posts at one age only."""
        ...

    def ages(self, days: float) -> pl.DataFrame:
        """Posts with counts by platform, account and created_on: equal, matured, young (see `derive.ages`)."""
        ...


@runtime_checkable
class Agreed(Protocol):
    """Tables that know what was agreed about the people in them.

    ``whole``: the tables before some rows were left out of them, and ``keep`` the values kept, by dimension.
    """

    @property
    def agreement(self) -> Agreement:
        """What may be told of them."""
        ...

    @property
    def whole(self) -> Tables:
        """All rows."""
        ...

    @property
    def keep(self) -> Mapping[str, tuple[str, ...]]:
        """By dimension, the values of the rows that are kept."""
        ...


@runtime_checkable
class Linked(Protocol):
    """Tables in which several names may be one person's (``linked``); ``apart``: each name by itself."""

    @property
    def linked(self) -> bool:
        """Whether any are."""
        ...

    @property
    def apart(self) -> Tables:
        """The same tables with each name by itself."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The days read, how they are cut into periods, and when the reading is made.

    ``since`` and ``until`` (excluded) are days in ``zone``; without them: from the first to the last covered day.
    ``offices``: office hours by name; ``campaigns``: stretches of days (the last excluded) by name.
    """

    as_of: datetime
    zone: str = "UTC"
    week_starts: str = "monday"
    grain: str = "total"
    since: date | None = None
    until: date | None = None
    offices: Mapping[str, Office] = field(default_factory=dict)
    campaigns: Mapping[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One metric to be measured, with its parameters.

    ``maturity``: days a post needs before a period is compared with the one before it; ``counts_at``: ``maturity``
    where younger posts leave the number itself, numerator and denominator alike.

    ``verdicts``: by platform, whether its sources can feed the metric and why not. ``blind``: kinds of sources that
    cannot tell which rows are meant; ``of_ours``: all rows meant are of our accounts. Spans of such sources, and then
    of other accounts, say nothing of a day without rows. ``scope``: counts of one scope
    only (``total``, ``organic``, ``paid``), else whatever a row has. ``provenance``: what the caller knows of the
    metric's origin (plugin versions, source hashes); it becomes part of the reading's provenance. ``per``: the
    dimension without which the metric says nothing.
    """

    metric: str
    formula: Formula
    version: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    unit: str = ""
    min_denominator: int = 10
    min_units: int = 5
    better: str = ""
    maturity: float = 0.0
    goal: str = ""
    question: str = ""
    target: str = ""
    scope: str = ""
    interval: str = "from_formula"
    counts_at: str = "newest"
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    blind: frozenset[str] = frozenset()
    of_ours: bool = False
    provenance: Mapping[str, object] = field(default_factory=dict)
    about_people: bool = False
    per: str = ""

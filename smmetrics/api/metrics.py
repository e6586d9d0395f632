"""Metrics, goal types and the code that fills derived tables: what a KPI pack hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from smmetrics.api.checks import (
    METRIC_ID,
    VERSION,
    check_choice,
    check_name,
    check_pattern,
    check_reference,
    check_text,
)
from smmetrics.api.errors import PluginFault

MetricUnit = Literal["count", "ratio", "percent", "duration", "money", "index"]
Better = Literal["higher", "lower", "band", "none"]
Level = Literal["input", "activity", "output", "out_take", "outcome", "impact"]
Activity = Literal["monitoring", "communicating", "connecting", "collaborating"]
Use = Literal[
    "customer_service", "product_development", "investor_relations", "internal", "offline", "recruiting",
    "fundraising", "other",
]  # fmt: skip
ParameterType = Literal["number", "text", "texts", "hours"]
Interval = Literal["from_formula", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A named number or word of a formula that a goal may set, with its default."""

    name: str
    type: ParameterType
    default: float | str | tuple[str, ...]
    meaning: str = ""

    def __post_init__(self) -> None:
        """Check name and type."""
        check_name(self, "name", self.name)
        check_choice(self, "type", self.type, get_args(ParameterType))


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """What a number promises: its question, formula, unit, direction, and what to be careful about.

    ``noun`` is what is counted, for display (“posts”). ``maturity``: days a post needs before comparisons;
    ``min_denominator`` and ``min_units``: below them “x of n”. ``guards``: metrics to show beside it.
    ``nearest``: metrics to offer when this one cannot be measured. ``per``: the dimension (topic, person) without which
    it says nothing: a reading not cut by it is refused. ``version``: contracts.md §2.
    """

    id: str
    version: str
    title: str
    question: str
    formula: str
    unit: MetricUnit
    better: Better
    level: Level
    noun: str = ""
    caveat: str = ""
    citation: str = ""
    parameters: tuple[Parameter, ...] = ()
    activities: tuple[Activity, ...] = ()
    uses: tuple[Use, ...] = ()
    maturity: float = 7.0
    min_denominator: int = 10
    min_units: int = 5
    guards: tuple[str, ...] = ()
    nearest: tuple[tuple[str, str], ...] = ()
    needs_roles: bool = False
    pairing: str = ""
    about_people: bool = False
    interval: Interval = "from_formula"
    counts_at: Literal["newest", "maturity"] = "newest"
    scope: Literal["", "total", "organic", "paid"] = ""
    per: str = ""

    def __post_init__(self) -> None:
        """Check id, version, closed lists and that a reader finds words."""
        check_pattern(self, "id", self.id, METRIC_ID, "communicating.reply_share")
        check_pattern(self, "version", self.version, VERSION, "1.0.0")
        for name in ("title", "question", "formula"):
            check_text(self, name, getattr(self, name))
        check_choice(self, "unit", self.unit, get_args(MetricUnit))
        check_choice(self, "better", self.better, get_args(Better))
        check_choice(self, "level", self.level, get_args(Level))
        for activity in self.activities:
            check_choice(self, "activities", activity, get_args(Activity))
        for use in self.uses:
            check_choice(self, "uses", use, get_args(Use))
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) < len(names):
            message = f"Metric {self.id}: two parameters have one name ({', '.join(sorted(names))})"
            raise PluginFault(message, code="record.malformed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question a goal asks, the metrics that answer it, and those that keep them honest."""

    text: str
    lead: tuple[str, ...]
    guard: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """A question without words or a metric is none."""
        check_text(self, "text", self.text)
        check_text(self, "lead", " ".join(self.lead))


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalType:
    """A kind of goal, with the questions that show whether it is met."""

    id: str
    title: str
    activities: tuple[Activity, ...]
    questions: tuple[Question, ...]
    uses: tuple[Use, ...] = ()

    def __post_init__(self) -> None:
        """Check id, words and closed lists."""
        check_pattern(self, "id", self.id, METRIC_ID, "communicating.start_conversations")
        check_text(self, "title", self.title)
        for activity in self.activities:
            check_choice(self, "activities", activity, get_args(Activity))
        for use in self.uses:
            check_choice(self, "uses", use, get_args(Use))


@dataclass(frozen=True, kw_only=True, slots=True)
class Derived:
    """A declared table whose rows are made of other tables by code, so that formulas can read it.

    ``from_tables``: tables as formulas see them (``posts``), or their columns (``posts.text``), which is quicker.
    ``load`` names ``fill(frames: Mapping[str, polars.DataFrame]) -> polars.DataFrame``: by the table's name its rows,
    each with its key, platform, account and time. The frame given back has columns of the declared table.
    """

    table: str
    from_tables: tuple[str, ...]
    load: str

    def __post_init__(self) -> None:
        """Check name and reference."""
        check_name(self, "table", self.table)
        check_reference(self, "load", self.load)


@dataclass(frozen=True, kw_only=True, slots=True)
class Calculator:
    """A declared table (``produces``) that code makes of the columns it ``needs`` of one table: frame in, frame out.

    For what runs over a whole series (bursts, scores of a network). ``needs`` as `Derived.from_tables`; ``load`` names
    ``compute(rows: polars.DataFrame) -> polars.DataFrame``.
    """

    produces: str
    needs: tuple[str, ...]
    load: str

    def __post_init__(self) -> None:
        """Check the reference."""
        check_reference(self, "load", self.load)

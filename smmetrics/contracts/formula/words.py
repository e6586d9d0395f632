"""Every word of the formula language: what it takes and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.contracts.formula.nodes import AggregateName

Wanted = Literal["number", "bool", "instant", "scalar", "ordered", "entities"]
"""What an argument must be. *scalar*: anything but a list; *ordered*: number, time or condition;
*entities*: a number of each entity, so ``by=`` is needed."""


@dataclass(frozen=True, slots=True)
class AggregateWord:
    """An aggregate: ``names_table`` where the first argument is a table, else a column of one names it."""

    name: AggregateName
    args: tuple[Wanted, ...]
    meaning: str
    names_table: bool = False
    where: bool = True
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowWord:
    """A function of one row or of values, with how many arguments it takes."""

    name: str
    least: int
    most: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ConstantWord:
    """A constant of the period."""

    name: str
    type: Literal["number", "instant"]
    meaning: str


@dataclass(frozen=True, slots=True)
class OptionWord:
    """A keyword that refines an aggregate, and the value it has when it is not said."""

    type: Literal["number", "text", "bool"]
    meaning: str
    default: float | str | None = None
    between: tuple[float, float] | None = None


AGGREGATES: Mapping[str, AggregateWord] = {
    word.name: word
    for word in (
        AggregateWord("count", ("bool",), "how many rows", names_table=True),
        AggregateWord("sum", ("number",), "the sum of a column; null where rows are there and none reports it"),
        AggregateWord("mean", ("number",), "the sum divided by the rows that report it"),
        AggregateWord("mean_of", ("number",), "the mean of a quotient of each row"),
        AggregateWord("sd", ("number",), "the standard deviation"),
        AggregateWord(
            "ratio", ("number", "number"), "a ratio of sums over the rows that report both", names_table=True
        ),
        AggregateWord(
            "share", ("bool",), "the part of the rows for which it is true", names_table=True, keywords=("of",)
        ),
        AggregateWord(
            "wait",
            ("instant", "instant"),
            "time in hours to something that may not have happened",
            names_table=True,
            keywords=("q", "clock"),
        ),
        AggregateWord("distinct", ("scalar",), "how many different values", keywords=("approximate",)),
        AggregateWord("median", ("ordered",), "the middle value"),
        AggregateWord("quantile", ("ordered",), "the value below which a part q lies", keywords=("q",)),
        AggregateWord("min", ("ordered",), "the least"),
        AggregateWord("max", ("ordered",), "the greatest; of a condition: whether it was ever true"),
        AggregateWord("last", ("number",), "the newest of each account, summed over accounts"),
        AggregateWord("gini", ("entities",), "how unequal, 0 to 1"),
        AggregateWord("hhi", ("entities",), "how concentrated, 0 to 1"),
        AggregateWord("top_share", ("entities",), "the part the top k have", keywords=("k",)),
        AggregateWord("top_count", ("entities",), "the fewest that have a part", keywords=("part",)),
    )
}
OPTIONS: Mapping[str, OptionWord] = {
    "q": OptionWord("number", "which quantile", 0.5, (0.0, 1.0)),
    "clock": OptionWord("text", "'all', or the name of office hours", "all"),
    "k": OptionWord("number", "how many; below 1 a part of them"),
    "part": OptionWord("number", "which part", None, (0.0, 1.0)),
    "approximate": OptionWord("bool", "whether an error may be made; there is none, it is counted exactly"),
}
REQUIRED_OPTIONS: Mapping[str, tuple[str, ...]] = {"quantile": ("q",), "top_share": ("k",), "top_count": ("part",)}
ROW_WORDS: Mapping[str, RowWord] = {
    word.name: word
    for word in (
        RowWord("hours", 2, 2, "hours from the first time to the second; endless where the second is still open"),
        RowWord("days", 2, 2, "days from the first time to the second"),
        RowWord("business_hours", 3, 3, "hours within office hours"),
        RowWord("captured", 1, 12, "the sum of the parts that are reported, null if none is"),
        RowWord("log", 1, 1, "the natural logarithm"),
        RowWord("abs", 1, 1, "the size without its sign"),
        RowWord("min_of", 2, 12, "the least of several values"),
        RowWord("max_of", 2, 12, "the greatest of several values"),
        RowWord("has", 2, 2, "whether a list holds a value"),
        RowWord("contains", 2, 2, "whether a text holds a piece"),
        RowWord("size", 1, 1, "how many things a list holds"),
        RowWord("during", 1, 1, "whether a row falls into a campaign"),
    )
}
MODIFIERS: Mapping[str, str] = {
    "total": "the slice on one dimension lifted: total(x, over=topic)",
    "previous": "one period earlier: previous(x)",
    "trailing": "the days that end with the period: trailing(x, days=28)",
}
CONSTANTS: Mapping[str, ConstantWord] = {
    word.name: word
    for word in (
        ConstantWord("period_start", "instant", "the period's first instant"),
        ConstantWord("period_end", "instant", "the first instant after the period"),
        ConstantWord("period_days", "number", "days of the period that are covered"),
        ConstantWord("as_of", "instant", "the time the reading is made"),
    )
}
OPERATORS: tuple[str, ...] = (
    "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not", "in", "not in", "is None", "is not None",
)  # fmt: skip
SHARED_KEYWORDS = ("where", "by", "on")
"""Keywords every aggregate takes."""


def functions() -> tuple[str, ...]:
    """Every name that can be called."""
    return (*AGGREGATES, *ROW_WORDS, *MODIFIERS)

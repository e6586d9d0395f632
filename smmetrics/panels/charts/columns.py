"""The rows of a chart: columns get names of their own (f0, f1 …), so that outside text is never a field's name."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal["read", "draw"]
MOST_ROWS = 5_000
"""A chart draws sums and averages: more marks than this help nobody and are slow everywhere."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ORDERS = {"image", "title"}


@dataclass
class Columns:
    """Columns under aliases. Those to ``read`` have a title and stand in the chart's table; others only ``draw``."""

    titles: list[str] = field(default_factory=list)
    values: list[list[Any]] = field(default_factory=list)

    def read(self, title: object, values: Iterable[object]) -> str:
        """Put a column of words last and give its alias."""
        return self._add(safe_title(title), [safe_text(value) for value in values])

    def draw(self, values: Iterable[Any]) -> str:
        """Put a column that only the chart needs last and give its alias."""
        return self._add("", list(values))

    def _add(self, title: str, values: list[Any]) -> str:
        self.titles.append(title)
        self.values.append(values)
        return f"f{len(self.titles) - 1}"

    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The rows; more than `MOST_ROWS` are refused."""
        count = len(self.values[0]) if self.values else 0
        if count > MOST_ROWS:
            message = f"a chart of {count:,} rows: aggregate to at most {MOST_ROWS:,}"
            raise ValueError(message)
        names = [f"f{place}" for place in range(len(self.titles))]
        return tuple(dict(zip(names, row, strict=True)) for row in zip(*self.values, strict=True))

    def readable(self) -> list[dict[str, str]]:
        """What the chart's table shows: alias and title of each column to read."""
        return [{"field": f"f{place}", "title": title} for place, title in enumerate(self.titles) if title]

    def titled(self, alias: str) -> bool:
        """Whether a column is one to read."""
        return bool(self.titles[int(alias[1:])])

    def tooltip(self, *aliases: str) -> list[dict[str, str]]:
        """What is said where one points at a mark: always words, and no title that a tooltip takes for an order."""
        return [{"field": alias, "type": "nominal", "title": self.titles[int(alias[1:])]} for alias in aliases]


def safe_text(value: object) -> str:
    """Text that any file may hold: without control characters and halves of characters."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("\ufffd", text).encode("utf-8", "replace").decode("utf-8")


def safe_title(title: object) -> str:
    """A column's title: tooltips show ``image`` as a picture and ``title`` apart, so neither stays as it is.

    Vega-Lite writes titles into expressions and does not mask all that would end them there: one line, no ``"``, no
    backslash.
    """
    text = " ".join(safe_text(title).replace("\\", "/").replace('"', "'").split()) or "\u2013"
    return text.capitalize() if text in _ORDERS else text


def number(value: object) -> float | None:
    """A finite number, or nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None

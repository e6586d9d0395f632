"""A form: a table that people fill in by hand, described so that it can be written empty and explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from smmetrics.api.checks import check_choice, check_name, check_text
from smmetrics.api.errors import PluginFault

Entry = Literal["text", "list", "day", "time", "number", "whole", "yes_no"]
"""What a cell of a form holds: words, a word of a list, a date, a date with or without a clock, a number (12.5), a
whole number, yes or no."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormColumn:
    """A column of a form: the word above it, what to write there, an example, and the words allowed (``list`` only).

    ``aliases``: other words people put above it. ``shown``: it stands in the form written empty.
    """

    name: str
    meaning: str
    entry: Entry = "text"
    example: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False
    aliases: tuple[str, ...] = ()
    shown: bool = True

    def __post_init__(self) -> None:
        """Check name, words and that a list has its words."""
        check_name(self, "name", self.name)
        check_text(self, "meaning", self.meaning)
        check_choice(self, "entry", self.entry, get_args(Entry))
        if (self.entry == "list") != bool(self.allowed):
            message = f"FormColumn {self.name!r}: a list has words that are allowed, and nothing else has"
            raise PluginFault(message, code="record.malformed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form: its name (the word for ``smmetrics forms``), what it is for, and how long keeping it takes a week.

    ``row`` says what one line is. A line whose first cell begins with ``#`` is a remark and never data: the form that
    is written empty explains itself and shows its example in such lines.
    """

    name: str
    title: str
    use: str
    row: str
    minutes_a_week: float
    columns: tuple[FormColumn, ...]

    def __post_init__(self) -> None:
        """Check names, words and that something can be filled in."""
        check_name(self, "name", self.name)
        for name in ("title", "use", "row"):
            check_text(self, name, getattr(self, name))
        names = [column.name for column in self.columns]
        if not names or len(names) != len(set(names)) or self.minutes_a_week <= 0:
            message = f"Form {self.name!r} needs columns, each named once, and more than 0 minutes a week"
            raise PluginFault(message, code="record.malformed")

    @property
    def shown(self) -> tuple[FormColumn, ...]:
        """The columns of the form written empty."""
        return tuple(column for column in self.columns if column.shown)

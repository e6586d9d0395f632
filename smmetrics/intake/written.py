"""How the numbers of a file are written: whether its cells agree with the language they are read in."""

from __future__ import annotations

from dataclasses import dataclass

from smmetrics.api.errors import BadData
from smmetrics.intake.numerals import Fault, decimal, point_of
from smmetrics.words import say

OTHERS = {".": "de", ",": "en"}
"""By what stands before the fraction here: a language in which the other sign does."""


@dataclass(slots=True)
class Written:
    """One number whose groups are divided (1,066), and one that only another language's grammar reads (12,5)."""

    grouped: str = ""
    foreign: str = ""

    def note(self, cell: str, value: object, locale: str) -> None:
        """Look at a cell that was read, or could not be."""
        point = point_of(locale)
        other = "," if point == "." else "."
        if other not in cell:
            return
        if not isinstance(value, Fault):
            self.grouped = self.grouped or cell.strip()
        elif value.reason == "not_a_number" and decimal(cell.strip().removesuffix("%"), OTHERS[point]) is not None:
            self.foreign = self.foreign or cell.strip()

    def judged(self, locale: str, *, stated: bool) -> str:
        """What to say of it. Raises `BadData` where a number could be a thousand times another.

        ``stated``: whether somebody said the language.
        """
        if not self.foreign:
            return ""
        hint = say("intake.written.hint", locale=OTHERS[point_of(locale)])
        if self.grouped and not stated:
            message = say("intake.written.both", foreign=self.foreign, grouped=self.grouped)
            raise BadData(message, hint=hint, code="locale.unclear")
        return f"{say('intake.written.foreign', foreign=self.foreign)} {hint}"

"""What stands in a cell of a hand-kept sheet: dates, times, numbers, words. Nothing is guessed; a fault says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(am|pm)?\s?(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
COMMA = re.compile(r"[+-]?\d+(?:,\d+)?")
GROUPED = {
    False: re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    True: re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
NOT_FINITE = frozenset({"inf", "+inf", "-inf", "nan", "infinity", "+infinity", "-infinity"})
LARGEST = Decimal(10) ** 9
YEARS = (1970, 2200)
YES = frozenset({"yes", "y", "true", "1", "ja", "wahr", "oui", "sí", "si", "x"})
NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "non"})
COMMA_FIRST = frozenset({"de", "es", "fr", "it", "nl", "pt", "pl", "sv", "nb", "da", "fi", "cs"})
"""Languages that write 37,5; of these and of British English, dates with strokes begin with the day."""
DAY_FIRST = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"})
NOON = 12


class Fault(ValueError):
    """A cell that cannot be taken: its column and the reason of the closed list."""

    def __init__(self, *, reason: str, column: str = "") -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """How a file writes things: whether 37,5 is a number, whether that was said, and the order of 3/11/2026.

    ``order``: ``dm``, ``md`` or empty, where nobody said it.
    """

    comma: bool
    said: bool
    order: str
    zone: str

    @classmethod
    def of(cls, *, locale: str, delimiter: str, zone: str) -> Writing:
        """From the language that somebody stated (or nothing) and what stands between the cells."""
        name = locale.lower().replace("_", "-")
        language = name.partition("-")[0]
        order = "md" if name == "en-us" else "dm" if name in DAY_FIRST or language in COMMA_FIRST else ""
        comma = language in COMMA_FIRST if name else delimiter == ";"
        return cls(comma=comma, said=bool(name), order=order, zone=zone)

    def day(self, text: str) -> date:
        """A date: 2026-11-03, 3.11.2026, and 3/11/2026 where the language is stated. Raises `Fault`."""
        for pattern, order in ((ISO, "ymd"), (DOTTED, "dmy"), (SLASHED, f"{self.order}y")):
            match = pattern.fullmatch(text)
            if match and len(order) == len("dmy"):
                return _date(dict(zip(order, map(int, match.groups()), strict=True)))
        raise Fault(reason="not_a_date")

    def moment(self, text: str) -> tuple[datetime, date, bool]:
        """A time as an instant, the date as written, and whether a clock stood there. Raises `Fault`."""
        first, _, rest = text.replace("T", " ", 1).partition(" ") if "T" in text[:11] else text.partition(" ")
        day = self.day(first)
        if not rest.strip():
            return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC), day, False
        return self._clock(day, rest.strip()), day, True

    def _clock(self, day: date, text: str) -> datetime:
        match = CLOCK.fullmatch(text)
        if match is None:
            raise Fault(reason="not_a_date")
        hour = int(match[1])
        if match[4]:
            hour = hour % NOON + (NOON if match[4].lower() == "pm" else 0)
        try:
            local = datetime.combine(day, time(hour, int(match[2]), int(match[3] or 0)))
        except ValueError:
            raise Fault(reason="not_a_date") from None
        if match[5]:
            return datetime.fromisoformat(local.isoformat() + match[5].upper()).astimezone(UTC)
        placed = local.replace(tzinfo=ZoneInfo(self.zone))
        if placed.utcoffset() != placed.replace(fold=1).utcoffset():
            raise Fault(reason="ambiguous_date")
        return placed.astimezone(UTC)

    def number(self, text: str) -> Decimal:
        """A number that is not negative: 37.5; 37,5 where commas are meant. Raises `Fault`."""
        if text.lower() in NOT_FINITE:
            raise Fault(reason="non_finite")
        number = Decimal(self._plain(text))
        if number < 0:
            raise Fault(reason="negative")
        if number > LARGEST:
            raise Fault(reason="out_of_range")
        return number

    def _plain(self, text: str) -> str:
        """The digits with a point before the fraction. 1.234 may be two numbers, and is refused unless it is said."""
        if GROUPED[self.comma].fullmatch(text) and (self.said or text.count(".") + text.count(",") > 1):
            group, point = (".", ",") if self.comma else (",", ".")
            return text.replace(group, "").replace(point, ".")
        if self.comma and COMMA.fullmatch(text):
            return text.replace(",", ".")
        if PLAIN.fullmatch(text) and not (self.comma and GROUPED[True].fullmatch(text)):
            return text
        raise Fault(reason="not_a_number")

    def whole(self, text: str) -> int:
        """A whole number; a spreadsheet may write 12.0. Raises `Fault`."""
        number = self.number(text)
        if number != number.to_integral_value():
            raise Fault(reason="not_an_integer")
        return int(number)


def yes_no(text: str) -> bool:
    """Yes or no, in some languages. Raises `Fault`."""
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise Fault(reason="not_a_bool")


def chosen(text: str, allowed: Sequence[str]) -> str:
    """A word of a closed list, however it is capitalised or joined. Raises `Fault`."""
    word = "_".join(text.lower().replace("-", " ").split())
    if word not in allowed:
        raise Fault(reason="not_in_list")
    return word


def _date(parts: dict[str, int]) -> date:
    try:
        day = date(parts["y"], parts["m"], parts["d"])
    except ValueError:
        raise Fault(reason="not_a_date") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise Fault(reason="not_a_date")
    return day

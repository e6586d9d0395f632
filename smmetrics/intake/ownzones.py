"""Zones that a calendar brings itself (`VTIMEZONE`): what the clock was set to at a time, by the calendar's own rules.

Office programs invent names of zones and write down what they mean. A rule is yearly, or a list of dates; others are
not known, and then nothing is said of the zone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
MOMENT = re.compile(r"\d{8}(?:T\d{6})?")
BY_DAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
PARTS = frozenset({"STANDARD", "DAYLIGHT"})
CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
KNOWN = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST", *CLOCK})
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(slots=True)
class Setting:
    """A time to which clocks are set: from when, by which rule, and the offsets before and after."""

    start: datetime | None = None
    rule: dict[str, str] = field(default_factory=dict)
    dates: list[datetime] = field(default_factory=list)
    before: timedelta | None = None
    after: timedelta | None = None

    def take(self, name: str, value: str) -> None:
        """Note a property."""
        if name == "DTSTART":
            self.start = _moment(value)
        elif name == "RDATE":
            self.dates += filter(None, map(_moment, value.split(",")))
        elif name == "RRULE":
            self.rule = dict(part.upper().split("=", 1) for part in value.split(";") if "=" in part)
        elif name in {"TZOFFSETFROM", "TZOFFSETTO"}:
            setattr(self, "before" if name == "TZOFFSETFROM" else "after", _offset(value))

    def onsets(self, year: int) -> Iterator[datetime]:
        """When it begins in a year, by the clock that was right before. Raises `ValueError` for a rule not known."""
        if self.start is None:
            raise ValueError
        yield from (each for each in (self.start, *self.dates) if each.year == year)
        if not self.rule or year < self.start.year:
            return
        if self.rule.get("FREQ") != "YEARLY" or self.rule.get("INTERVAL", "1") != "1" or self.rule.keys() - KNOWN:
            raise ValueError
        start = (self.start.hour, self.start.minute, self.start.second)
        hour, minute, second = (int(self.rule.get(name, told)) for name, told in zip(CLOCK, start, strict=True))
        found = datetime(year, *self._day(year), hour, minute, second)  # noqa: DTZ001 (a clock on a wall)
        until = _moment(self.rule.get("UNTIL", ""))
        if found >= self.start and (until is None or found - until <= DAY):
            yield found

    def last_years(self) -> Iterator[int]:
        """The years in which it may have begun for the last time, if its rule has an end."""
        until = _moment(self.rule.get("UNTIL", ""))
        yield from (each.year for each in (self.start, *self.dates, until) if each is not None)

    def _day(self, year: int) -> tuple[int, int]:
        """Month and day of a year. Raises `ValueError`."""
        assert self.start is not None
        month = int(self.rule.get("BYMONTH", self.start.month))
        days = range(1, monthrange(year, month)[1] + 1)
        among = {int(each) for each in self.rule.get("BYMONTHDAY", "").split(",") if each}
        if "BYDAY" not in self.rule:
            return month, min(among, default=self.start.day)
        match = BY_DAY.fullmatch(self.rule["BYDAY"])
        if match is None or not (match[1] or among):
            raise ValueError
        fit = [day for day in days if date(year, month, day).weekday() == DAYS.index(match[2])]
        if among:
            return month, next(day for day in fit if day in among)
        number = int(match[1])
        return month, fit[number if number < 0 else number - 1]


@dataclass(slots=True)
class OwnZones:
    """The zones of one calendar, by name."""

    zones: dict[str, list[Setting]] = field(default_factory=dict)

    def offset(self, name: str, local: datetime) -> str:
        """What ISO writes behind a time of that zone; empty where nothing is known, or the hour is there twice."""
        try:
            begun = self._begun(name, range(local.year - 1, local.year + 2)) or self._long_ago(name, local)
        except (ValueError, IndexError, StopIteration):
            return ""
        if any(_is_near(local, onset, each) for onset, each in begun):
            return ""
        at = max((each for each in begun if each[0] <= local), key=lambda each: each[0], default=None)
        if at is not None:
            return _written(at[1].after)
        first = min(begun, key=lambda each: each[0], default=None)
        only = self.zones.get(name, ())
        return _written(first[1].before if first else only[0].after if len(only) == 1 else None)

    def _begun(self, name: str, years: Iterable[int]) -> list[tuple[datetime, Setting]]:
        """When clocks are set in some years, and to what. Raises `ValueError` for a rule not known."""
        return [(onset, each) for each in self.zones.get(name, ()) for year in years for onset in each.onsets(year)]

    def _long_ago(self, name: str, local: datetime) -> list[tuple[datetime, Setting]]:
        """The last time that clocks were set, where they no longer are; none where it was to two things at once."""
        years = {year for each in self.zones.get(name, ()) for year in each.last_years()}
        found = [each for each in self._begun(name, sorted(years)) if each[0] <= local]
        last = [each for each in found if each[0] == max(onset for onset, _ in found)]
        return last[:1] if len({setting.after for _, setting in last}) == 1 else []


def own_zones(properties: Iterable[tuple[str, dict[str, str], str]]) -> OwnZones:
    """The zones that a calendar's properties describe."""
    found = OwnZones()
    inside: list[str] = []
    name, settings = "", list[Setting]()
    for key, _, value in properties:
        if key == "BEGIN":
            inside.append(value.strip().upper())
            if inside[-1] == "VTIMEZONE":
                name, settings = "", []
            elif inside[-1] in PARTS:
                settings.append(Setting())
        elif key == "END":
            if inside and inside.pop() == "VTIMEZONE":
                found.zones[name] = settings
        elif inside and inside[-1] == "VTIMEZONE" and key == "TZID":
            name = re.sub(r"\\([\\;,])", r"\1", value.strip())
        elif inside and inside[-1] in PARTS and settings:
            settings[-1].take(key, value.strip())
    return found


def _is_near(local: datetime, onset: datetime, setting: Setting) -> bool:
    """Whether a time is in the hour that clocks show twice, or never."""
    if setting.before is None or setting.after is None:
        return False
    shift = setting.after - setting.before
    return onset + min(shift, timedelta()) <= local < onset + max(shift, timedelta())


def _moment(text: str) -> datetime | None:
    """A time on a clock, or the beginning of a day; None for what is none, such as the 99th of a month."""
    shown = text.rstrip("Z")
    try:
        return datetime.fromisoformat(shown) if MOMENT.fullmatch(shown) else None
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    match = OFFSET.fullmatch(text)
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return length if match[1] == "+" else -length


def _written(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    minutes = abs(offset) // MINUTE
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"

"""A made-up team's filled-in forms and calendars: the same seed gives the same bytes."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics_offline.sources import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from smmetrics.api import FormColumn

EFFORT = ("day", "person", "task", "minutes", "activity", "goal", "channel", "cost", "currency", "note")
"""What the sheet of hours has above its columns."""
PEOPLE = (("ana", 40.0, (2, 3, 3, 4)), ("ben", 35.0, (1, 2, 2, 3)))
"""Who, what an hour costs, and how many lines a day has."""
LATER = ("same_person", "credits")
NEW = frozenset({"staff_replies"})
"""Forms and columns that came after others: each draws by itself, so that the others stay as they were."""
WORK = (("reply", 35), ("post", 40), ("listen", 20), ("meet", 45), ("plan", 30))
"""Task and usual minutes."""
CHANNELS = ("x", "blogs")
SATURDAY = 5
WORDS = ("slugs", "late frost", "seed bags", "bed number four", "the heated bench", 'the "old" shed', "moles, again")
LINES = 12
ZONES = ("Europe/Berlin", "W. Europe Standard Time")


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write each form, filled in for ``months`` months from ``start``'s month on, and three calendars; give paths."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first, end = start.replace(day=1), date(year, month + 1, 1)
    paths = [form(folder / "effort.csv", _hours(rng, first, end))]
    paths += [_sheet(folder, name, rng, first, end) for name in FORMS if name not in {"effort", *LATER}]
    paths += [_sheet(folder, name, random.Random(seed), first, end) for name in LATER]  # noqa: S311 (as above)
    for name, prefix in (("meetings.ics", "m"), ("ana-worktime.ics", "w"), ("duty-roster.ics", "r")):
        paths.append(calendar(folder / name, _entries(rng, first, end, prefix)))
    return paths


def form(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write a filled-in sheet of hours; ``rows`` hold `EFFORT`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(EFFORT)
        writer.writerows(rows)
    return path


def _hours(rng: random.Random, day: date, end: date) -> list[list[object]]:
    rows = []
    while day < end:
        if day.weekday() < SATURDAY:
            rows += [_line(rng, day, who, rate) for who, rate, lines in PEOPLE for _ in range(rng.choice(lines))]
        day += timedelta(days=1)
    return rows


def _line(rng: random.Random, day: date, person: str, rate: float) -> list[object]:
    task, usual = rng.choices(WORK, weights=(5, 3, 2, 1, 1))[0]
    minutes = max(5, round(rng.gauss(usual, usual / 4) * 2) / 2)
    channel = rng.choice(CHANNELS) if task in {"reply", "post"} else ""
    note = rng.choice(("", "", "", "blight season, many questions", 'new guide, "slugs"'))
    cost = f"{minutes / 60 * rate:.2f}"
    return [day, person, task, f"{minutes:g}", "communicating", "talk", channel, cost, "EUR", note]


def _sheet(folder: Path, name: str, rng: random.Random, first: date, end: date) -> Path:
    """A form with every column filled at least once, its ids too, and remarks as people leave them."""
    columns = [column for column in FORMS[name].columns if column.name != "hours"]
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerow(["# kept since spring", *("" for _ in columns[1:])])
        for number in range(LINES):
            day = first + timedelta(days=rng.randrange((end - first).days))
            writer.writerow([_cell(rng, column, number, day, step) for step, column in enumerate(columns)])
    return path


def _cell(rng: random.Random, column: FormColumn, number: int, day: date, step: int) -> str:
    """What stands in a cell: made up after the column's example; the first line is always full."""
    if column.name in NEW:
        rng = random.Random(f"{column.name} {number}")  # noqa: S311 (as above)
    if number and not column.required and rng.random() < 1 / 4:
        return ""
    match column.entry:
        case "day":
            return str(day + timedelta(days=40 if column.name == "to" else 0))
        case "time":
            return _time(rng, column, day, step)
        case "number":
            return f"{rng.randrange(4, 400) / 4:g}"
        case "whole":
            return str(rng.randrange(1, 6) if column.name == "csat" else rng.randrange(40))
        case "yes_no":
            return rng.choice(("yes", "no"))
        case "list":
            return "topic" if "topic" in column.allowed else rng.choice(column.allowed)
    return _text(rng, column, number)


def _time(rng: random.Random, column: FormColumn, day: date, step: int) -> str:
    if " " not in column.example:
        return str(day)
    clock = f"{8 + min(step, 12):02}:{rng.randrange(60):02}"
    later = 0 if step == 0 or column.name in {"from", "to"} else rng.randrange(3)
    return f"{day + timedelta(days=later)} {clock}"


def _text(rng: random.Random, column: FormColumn, number: int) -> str:
    if column.name == "value" and column.entry == "text":
        return "soil; moles"
    if column.name.endswith("_id"):
        return f"{column.name[:-3]}-{number}"
    return column.example if column.name in {"goal", "channel", "currency", "by"} else rng.choice(WORDS)


def _entries(rng: random.Random, first: date, end: date, prefix: str) -> list[list[str]]:
    """Entries of a calendar: timed in several ways, one that lasts all day, one cancelled, one repeated."""
    entries = []
    for number in range(LINES):
        day = first + timedelta(days=rng.randrange((end - first).days))
        hour, length = rng.randrange(8, 17), rng.choice((30, 45, 60, 90))
        starts = f"{day:%Y%m%d}T{hour:02}1500"
        lines = [f"UID:{prefix}{number}@example.org", f"SUMMARY:{rng.choice(('ana', 'ben'))}"]
        match number % 4:
            case 0:
                lines += [f"DTSTART:{starts}Z", f"DURATION:PT{length}M"]
            case 1:
                lines += [f"DTSTART;TZID={ZONES[number % 2]}:{starts}", f"DURATION:PT{length}M"]
            case 2:
                lines += [
                    f'DTSTART;TZID="{ZONES[1]}":{starts}',
                    f'DTEND;TZID="{ZONES[1]}":{day:%Y%m%d}T{hour + 1:02}1500',
                ]
            case _:
                lines += [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]
        lines += [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest{guest}@example.org" for guest in range(number % 5)]
        lines.append("STATUS:CANCELLED" if number == LINES - 1 else "STATUS:CONFIRMED")
        lines += ["RRULE:FREQ=WEEKLY;BYDAY=TU"] if number == 1 else []
        entries.append(lines)
    return entries


def calendar(path: Path, entries: Iterable[Sequence[str]]) -> Path:
    """Write a calendar; ``entries`` are the lines of its events. Long lines are folded, as the format has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    folded = ["\r\n ".join(line[at : at + 70] for at in range(0, len(line), 70)) for line in [*lines, "END:VCALENDAR"]]
    path.write_bytes("".join(f"{line}\r\n" for line in folded).encode())
    return path

"""A made-up team's effort form: the same seed gives the same bytes."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics_offline.form import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PEOPLE = (("ana", 40.0, (2, 3, 3, 4)), ("ben", 35.0, (1, 2, 2, 3)))
"""Who, what an hour costs, and how many lines a day has."""
WORK = (("reply", 35), ("post", 40), ("listen", 20), ("meet", 45), ("plan", 30))
"""Task and usual minutes."""
GOAL = "start-conversations"
CHANNELS = ("x", "blogs")
SATURDAY = 5


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write one form of ``months`` months from ``start``'s month on into ``folder``; give its path."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day, end = start.replace(day=1), date(year, month + 1, 1)
    rows = []
    while day < end:
        if day.weekday() < SATURDAY:
            rows += [_line(rng, day, who, rate) for who, rate, lines in PEOPLE for _ in range(rng.choice(lines))]
        day += timedelta(days=1)
    return [form(folder / "effort.csv", rows)]


def form(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write a filled-in form; ``rows`` hold `COLUMNS`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return path


def _line(rng: random.Random, day: date, person: str, rate: float) -> list[object]:
    task, usual = rng.choices(WORK, weights=(5, 3, 2, 1, 1))[0]
    minutes = max(5, round(rng.gauss(usual, usual / 4) * 2) / 2)
    channel = rng.choice(CHANNELS) if task in {"reply", "post"} else ""
    note = rng.choice(("", "", "", "blight season, many questions", 'new guide, "slugs"'))
    return [
        day,
        person,
        task,
        f"{minutes:g}",
        "communicating",
        "talk",
        channel,
        f"{minutes / 60 * rate:.2f}",
        "EUR",
        note,
    ]

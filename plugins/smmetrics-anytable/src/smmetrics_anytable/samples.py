"""Tables that made-up people saved before a platform closed: the same seed gives the same bytes."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics_anytable.closed import MARK, PLATFORMS
from smmetrics_anytable.words import COUNTS, OF_ACCOUNTS, POST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SAYINGS = ("new bulbs are in", 'the "late" frost', "seed swap on Sunday, all welcome", "moles\nagain")
FORMATS = ("photo", "video", "text")
POSTS = 20


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write two tables for each closed platform, of ``months`` months from ``start``'s month on; give the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    first = start.replace(day=1)
    paths = []
    for each in PLATFORMS:
        days = sorted(rng.sample(range(28 * months), POSTS))
        rows = [_post(rng, each.id, number, first + timedelta(days=day)) for number, day in enumerate(days)]
        paths.append(_table(folder / f"{each.id}-posts.csv", rows))
        seen = [_day(rng, first + timedelta(days=28 * month)) for month in range(months)]
        paths.append(_table(folder / f"{each.id}-days.csv", seen))
    return paths


def _post(rng: random.Random, platform: str, number: int, day: date) -> dict[str, object]:
    said = {name: rng.choice(SAYINGS) for name in POST}
    said |= {"permalink": f"page {number}", "format": rng.choice(FORMATS), "language": "en", "campaign": "spring"}
    counted = {name.replace("_", " "): rng.randrange(500) if rng.random() < 3 / 4 else "-" for name in COUNTS}
    return {"id": f"{platform[:2]}{number:04}", "posted": day, MARK: "page-1.html", **said, **counted}


def _day(rng: random.Random, day: date) -> dict[str, object]:
    return {"date": day, MARK: "notebook", **{name.replace("_", " "): rng.randrange(5000) for name in OF_ACCOUNTS}}


def _table(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path

"""Reports of a made-up site, as Google Analytics 4 saves them: the same seed gives the same bytes.

Visits are drawn by day and channel group; every report is a sum of the same draw. One person in ten converts, and each
is worth 20.
"""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

SITE = "www.acme-gardens.example"
GROUPS = {"Organic Search": 60, "Direct": 30, "Organic Social": 12, "Referral": 8, "Email": 4}
GROUP = "Session primary channel group (Default Channel Group)"
CAMPAIGNS = {"Organic Search": "(organic)", "Direct": "(direct)", "Referral": "(referral)", "Email": "spring letter"}
EVENTS = {
    "page_view": 3, "session_start": 1, "first_visit": 0.8, "scroll": 0.7, "user_engagement": 2, "click": 0.3,
    "file_download": 0.2, "view_search_results": 0.05, "video_start": 0.15, "video_complete": 0.05, "form_start": 0.12,
    "generate_lead": 0.1, "sign_up": 0.02, "share": 0.04, "view_item": 0.25, "add_to_cart": 0.03,
}  # fmt: skip
EVENT_COLUMNS = ["Event name", "Event count", "Total users", "Event count per user", "Total revenue"]
WORTH = 20
RULE = "# ----------------------------------------"


def write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]:
    """Write ``months`` months of reports from ``start``'s month on into ``folder``; give the paths in order."""
    rng = random.Random(seed)  # noqa: S311 (made-up data, no secrets)
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for number in range(months):
        first, end = _month(start, number), _month(start, number + 1)
        days = [first + timedelta(days=n) for n in range((end - first).days)]
        drawn = {(day, group): rng.randrange(mean, 2 * mean) for day in days for group, mean in GROUPS.items()}
        paths += _reports(folder, days, drawn)
    return paths


def _month(start: date, number: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, 1)


def _reports(folder: Path, days: Sequence[date], drawn: Mapping[tuple[date, str], int]) -> list[Path]:
    span = f"{days[0]:%Y%m%d}-{days[-1]:%Y%m%d}"
    total = sum(drawn.values())
    acquisition = [
        [
            *(group, f"{day:%Y%m%d}", CAMPAIGNS.get(group, "(not set)")),
            *(visits, visits * 3 // 5, visits // 10, visits // 10 * WORTH),
        ]
        for (day, group), visits in drawn.items()
    ]
    header = [GROUP, "Date", "Session campaign", "Sessions", "Engaged sessions", "Key events", "Total revenue"]
    events = [[name, int(total * rate), total * 7 // 10, f"{rate / 0.7}", 0] for name, rate in EVENTS.items()]
    of_day = [sum(drawn[day, group] for group in GROUPS) for day in days]
    numbered = [f"{number:04}" for number in range(len(days))]
    snapshot = [
        (["Nth day", "Active users"], zip(numbered, (n * 8 // 10 for n in of_day), strict=True)),
        (["Nth day", "New users"], zip(numbered, (n * 3 // 10 for n in of_day), strict=True)),
    ]
    return [
        _file(folder / f"acquisition_{span}.csv", days, "Traffic acquisition", [(header, acquisition)]),
        _file(
            folder / f"events_{span}.csv",
            days,
            "Events",
            [(EVENT_COLUMNS, events)],
        ),
        *(
            _file(folder / f"snapshot{number}_{span}.csv", days, "Reports snapshot", [table])
            for number, table in enumerate(snapshot, start=1)
        ),
    ]


def _file(
    path: Path, days: Sequence[date], report: str, tables: Iterable[tuple[list[str], Iterable[Iterable[object]]]]
) -> Path:
    """A report: its name and site once, then each table under its days."""
    lines = [RULE, f"# {report}", "# Account: Acme Gardens", f"# Property: {SITE}", RULE, "# ", "# All Users"]
    for header, rows in tables:
        lines += [f"# Start date: {days[0]:%Y%m%d}", f"# End date: {days[-1]:%Y%m%d}"]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
        lines += [*out.getvalue().splitlines(), ""]
    path.write_text("\n".join(lines[:-1]), encoding="utf-8")
    return path

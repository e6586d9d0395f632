"""Reads a calendar, given as a table of its events, to rows of events, effort or roster.

Cancelled entries are counted and left out. Of what repeats only the first is there: a rule without an end says nothing
of how often something took place, so none is expanded, and the summary says how many there are.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics_offline.cells import Fault, Writing
from smmetrics_offline.sheet import INSTANT, SPANS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api import Context, Preview, Record, Source

SCHEMAS: Mapping[str, dict[str, pl.DataType]] = {
    "events": {
        **dict.fromkeys(("platform", "event_id", "title", "kind", "status", "precision"), pl.String()),
        "at": INSTANT, "day": pl.Date(), "minutes": pl.Float64(), "invited": pl.Int64(), "repeats": pl.Boolean(),
    },
    "effort": {
        **dict.fromkeys(("platform", "entry_id", "task", "note"), pl.String()),
        "day": pl.Date(), "minutes": pl.Float64(),
    },
    "roster": {
        **dict.fromkeys(("platform", "person", "channel"), pl.String()),
        "from": INSTANT, "to": INSTANT, "day": pl.Date(),
    },
}  # fmt: skip
CANCELLED = "cancelled"
MINUTE = timedelta(minutes=1)
REPEATED = (
    "{count} entries repeat by a rule. Of each only the first is taken in, and changed ones that stand by themselves: "
    "put down what took place later in the sheet of events, or export a calendar that writes each one out."
)


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read the table of a calendar's events."""
    header = [cell.strip() for cell in preview.headers[0]]
    rows: list[dict[str, Any]] = []
    rejected: list[Rejected] = []
    cancelled = repeated = all_day = 0
    for record in context.records():
        cells = _cells(record, header)
        if cells["status"].lower() == CANCELLED:
            cancelled += 1
            continue
        try:
            rows.append({**_row(cells, source.table, context.zone), "record": record.number})
        except Fault as fault:
            rejected.append(Rejected(record=record, column=fault.column, reason=fault.reason))
            continue
        repeated += cells["repeats"] != ""
        all_day += source.table == "effort" and cells["all_day"] == "TRUE"
    messages = [REPEATED.format(count=repeated)] if repeated else []
    if all_day:
        messages.append(f"{all_day} entries last all day: they say nothing of hours and hold none.")
    schema = {**SCHEMAS[source.table], "record": pl.Int64()}
    yield Batch(
        frames={
            source.table: pl.DataFrame(rows, schema=schema),
            "spans": _spans(rows, source, complete=not repeated),
        },
        records=len(rows) + len(rejected),
        rejected=tuple(rejected),
        not_taken={CANCELLED: cancelled} if cancelled else {},
        messages=tuple(messages),
    )


def _cells(record: Record, header: list[str]) -> dict[str, str]:
    cells = next(csv.reader(io.StringIO(record.raw.decode("utf-8"), newline="")))
    return dict(zip(header, cells, strict=True))


def _row(cells: Mapping[str, str], table: str, zone: str) -> dict[str, Any]:
    """An entry as a row. Raises `Fault`."""
    start, day, exact = _moment(cells, "start", zone)
    end = _moment(cells, "end", zone)[0] if cells["end"] else None
    if end is not None and end < start:
        raise Fault(reason="out_of_range", column="end")
    minutes = (end - start) / MINUTE if end is not None and exact else None
    key = "/".join(filter(None, (cells["uid"], cells["instance"])))
    if not key:
        raise Fault(reason="missing_key", column="uid")
    common = {"platform": "offline", "day": day}
    if table == "effort":
        return {**common, "entry_id": key, "task": "meet", "note": cells["summary"] or None, "minutes": minutes}
    if table == "roster":
        if not cells["summary"] or end is None or end == start:
            raise Fault(reason="missing_required", column="end" if cells["summary"] else "summary")
        return {**common, "person": cells["summary"], "channel": "", "from": start, "to": end}
    return {
        **common,
        "event_id": key,
        "title": cells["summary"] or None,
        "kind": None,
        "at": start,
        "precision": "instant" if exact else "day",
        "minutes": minutes,
        "invited": int(cells["attendees"]) or None,
        "status": cells["status"].lower() or None,
        "repeats": cells["repeats"] != "",
    }


def _moment(cells: Mapping[str, str], name: str, zone: str) -> tuple[datetime, date, bool]:
    """A time in its own zone, else in the one that was said."""
    if not cells[name]:
        raise Fault(reason="missing_required", column=name)
    try:
        return Writing(comma=False, said=False, order="", zone=cells[f"{name}_zone"] or zone).moment(cells[name])
    except Fault as fault:
        raise Fault(reason=fault.reason, column=name) from None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Fault(reason="unknown_zone", column=name) from None


def _spans(rows: list[dict[str, Any]], source: Source, *, complete: bool) -> pl.DataFrame:
    """From the first entry to the last; not whole where something repeats by a rule."""
    if not rows:
        return pl.DataFrame(schema=SPANS)
    days = [row["day"] for row in rows]
    span = {
        "platform": "offline",
        "account_id": f"({source.kind.replace('_', ' ')})",
        "grain": "event",
        "facts": source.table,
        "basis": "first to last day",
        "start": min(days),
        "end": max(days) + timedelta(days=1),
        "complete": complete,
    }
    return pl.DataFrame([span], schema=SPANS)

"""Reads a calendar, given as a table of its events, to rows of events, effort or roster.

Cancelled entries are counted and left out. Of what repeats only the first is there: a rule without an end says nothing
of how often something took place, so none is expanded, and the summary says how many there are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics_offline.cells import Fault, Writing
from smmetrics_offline.many_events import rows, taken
from smmetrics_offline.sheet import INSTANT, SPANS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api import Context, Preview, Source

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
BESIDE: Mapping[str, pl.DataType] = {"record": pl.Int64(), "start": pl.String(), "sequence": pl.String()}
"""What is needed of an entry while the others are read, and where it stood."""
VERSION = ("start", "sequence")
KEYS = {"events": "event_id", "effort": "entry_id"}
SAYS = ("summary", "start", "start_zone", "end", "end_zone")
NAMELESS = (
    "Entries without a UID: {count}. Each got one from its title and times, and is a new entry once these change."
)
ALIKE = "Entries that share their UID with one at another time: {count}. Each was taken for one of its own."
CANCELLED = "cancelled"
MINUTE = timedelta(minutes=1)
REPEATED = (
    "Entries that repeat by a rule: {count}. Of each only the first is taken in, and changed ones that stand by "
    "themselves: put down what took place later in the sheet of events, or export a calendar that writes each one out."
)


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read the table of a calendar's events."""
    header = [cell.strip() for cell in preview.headers[0]]
    schema = {**SCHEMAS[source.table], **BESIDE}
    parts: list[pl.DataFrame] = []
    rejected: list[Rejected] = []
    nameless: Counter[str] = Counter()
    cancelled = repeated = all_day = 0
    for given in context.rows():
        frame = given.frame.rename({str(place): name for place, name in enumerate(header)})
        going_on = frame.filter(pl.col("status").str.to_lowercase() != CANCELLED)
        cancelled += frame.height - going_on.height
        quickly, others = taken(going_on, source.table, context.zone)
        repeated += int((quickly.get_column("repeats") != "").sum())
        all_day += int((quickly.get_column("all_day") == "TRUE").sum()) if source.table == "effort" else 0
        alone: list[dict[str, Any]] = []
        for record, cells in zip(given.records(others.get_column("record").to_list()), others.to_dicts(), strict=True):
            try:
                row = _row(cells, source.table, context.zone)
            except Fault as fault:
                rejected.append(Rejected(record=record, column=fault.column, reason=fault.reason))
                continue
            if (name := KEYS.get(source.table, "")) and not row[name]:
                row[name] = _made(cells, nameless)
            alone.append({**row, "record": record.number, **{each: cells[each] for each in VERSION}})
            repeated += cells["repeats"] != ""
            all_day += source.table == "effort" and cells["all_day"] == "TRUE"
        rejected += [Rejected(record=each, column="", reason="too_few_fields") for each in given.records(given.ragged)]
        parts += [rows(quickly, source.table, schema), pl.DataFrame(alone, schema=schema)]
    filled = pl.concat(parts).sort("record") if parts else pl.DataFrame(schema=schema)
    messages = [REPEATED.format(count=repeated)] if repeated else []
    filled, alike = _apart(filled, source.table)
    if alike:
        messages.append(ALIKE.format(count=alike))
    if nameless:
        messages.append(NAMELESS.format(count=nameless.total()))
    if all_day:
        messages.append(f"{all_day} entries last all day: they say nothing of hours and hold none.")
    yield Batch(
        frames={source.table: filled, "spans": _spans(filled, source, complete=not repeated)},
        records=filled.height + len(rejected),
        rejected=tuple(rejected),
        not_taken={CANCELLED: cancelled} if cancelled else {},
        messages=tuple(messages),
    )


def _apart(filled: pl.DataFrame, table: str) -> tuple[pl.DataFrame, int]:
    """Give entries that share an id and begin at different times their own, and count them.

    Some programs write one UID everywhere; a later version of an entry has a higher number, and stays that entry.
    """
    name = KEYS.get(table, "")
    if not name or not filled.get_column(name).is_duplicated().any():
        return filled.drop(VERSION), 0
    is_shared = filled.select(pl.col("start").n_unique().over(name, "sequence") > 1).to_series()
    own = pl.concat_str(name, "start", separator="/")
    parted = filled.with_columns(pl.when(is_shared).then(own).otherwise(name).alias(name))
    return parted.drop(VERSION), int(is_shared.sum())


def _row(cells: Mapping[str, str], table: str, zone: str) -> dict[str, Any]:
    """An entry as a row. Raises `Fault`."""
    start, day, exact = _moment(cells, "start", zone)
    end = _moment(cells, "end", zone)[0] if cells["end"] else None
    if end is not None and end < start:
        raise Fault(reason="ends_first", column="end")
    minutes = (end - start) / MINUTE if end is not None and exact else None
    key = "/".join(filter(None, (cells["uid"], cells["instance"])))
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


def _made(cells: Mapping[str, str], before: Counter[str]) -> str:
    """The id of an entry that has none: made of what it says, and its number among equal ones."""
    said = hashlib.sha256("\n".join(cells[name] for name in SAYS).encode()).hexdigest()[:16]
    before[said] += 1
    return f"{said}-{before[said]}"


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


def _spans(filled: pl.DataFrame, source: Source, *, complete: bool) -> pl.DataFrame:
    """From the first entry to the last; not whole where something repeats by a rule."""
    days = filled.get_column("day")
    first, last = days.min(), days.max()
    if not (isinstance(first, date) and isinstance(last, date)):
        return pl.DataFrame(schema=SPANS)
    span = {
        "platform": "offline",
        "account_id": f"({source.kind.replace('_', ' ')})",
        "grain": "event",
        "facts": source.table,
        "basis": "first to last day",
        "start": first,
        "end": last + timedelta(days=1),
        "complete": complete,
    }
    return pl.DataFrame([span], schema=SPANS)

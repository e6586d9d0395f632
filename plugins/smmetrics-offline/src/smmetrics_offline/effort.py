"""Reads a filled-in effort form to rows of the table effort.

Each line is a piece of work. Lines without an id of their own get one from what they say and their number among
equal lines, so that the same form read twice, or two forms that overlap, give the same entries once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api import Batch, Rejected
from smmetrics_offline.form import ALIASES, TASKS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api import Context, Preview, Source

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
COMMA = re.compile(r"[+-]?\d+(?:,\d+)?")
NOT_FINITE = frozenset({"inf", "+inf", "-inf", "nan", "infinity", "+infinity", "-infinity"})
LARGEST = Decimal(10) ** 9

SCHEMA = {
    **dict.fromkeys(("entry_id", "platform", "person"), pl.String()),
    "day": pl.Date(),
    **dict.fromkeys(("task", *TEXTS), pl.String()),
    **dict.fromkeys(("minutes", "cost"), pl.Float64()),
    "currency": pl.String(),
    "record": pl.Int64(),
}
SPANS = {
    **dict.fromkeys(("platform", "account_id", "grain", "facts", "basis"), pl.String()),
    **dict.fromkeys(("start", "end"), pl.Date()),
    "complete": pl.Boolean(),
    "record": pl.Int64(),
}
LOG = "(effort log)"
"""The account of the span: hours belong to people, not to an account."""


class Fault(ValueError):
    """A cell that cannot be taken: its column and the reason of the closed list."""

    def __init__(self, *, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


def read(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Read a form; an empty one gives no entries, and the summary says so."""
    del source
    header = [_named(cell) for cell in preview.headers[0]]
    comma = preview.delimiter == ";" or context.locale[:2] in {"de", "es", "fr", "it", "nl", "pt"}
    rows: list[dict[str, object]] = []
    rejected: list[Rejected] = []
    seen: Counter[str] = Counter()
    for record in context.records():
        cells = _cells(record.raw.decode(_encoding(preview.encoding)), preview.delimiter or ",")
        try:
            rows.append({**_entry(header, cells, seen, comma=comma), "record": record.number})
        except Fault as fault:
            rejected.append(Rejected(record=record, column=fault.column, reason=fault.reason))
    yield Batch(
        frames={"effort": pl.DataFrame(rows, schema=SCHEMA), "spans": _spans(rows)},
        records=len(rows) + len(rejected),
        rejected=tuple(rejected),
        not_taken={},
        messages=() if rows or rejected else ("The effort form is empty: no hours were taken in.",),
    )


def _named(cell: str) -> str:
    name = "_".join(cell.strip().lower().split())
    return ALIASES.get(name, name)


def _encoding(name: str) -> str:
    return "utf-8-sig" if name.lower().replace("_", "-") in {"", "utf-8", "utf8"} else name


def _cells(text: str, delimiter: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return [cell.strip() for cell in rows[0]] if rows else []


def _entry(header: list[str], cells: list[str], seen: Counter[str], *, comma: bool) -> dict[str, object]:
    """One line as a row of effort. Raises `Fault` naming the cell."""
    if len(cells) != len(header):
        raise Fault(column="", reason="too_few_fields" if len(cells) < len(header) else "too_many_fields")
    given = dict(zip(header, cells, strict=True))
    minutes = _minutes(given, comma=comma)
    cost = _number(given.get("cost", ""), "cost", comma=comma)
    entry = {
        "platform": "offline",
        "person": given.get("person") or None,
        "day": _day(given.get("day", "")),
        "task": _task(given.get("task", "")),
        **{name: given.get(name) or None for name in TEXTS},
        "minutes": float(minutes),
        "cost": None if cost is None else float(cost),
        "currency": given.get("currency", "").upper() or None,
    }
    said = "\x1f".join(f"{name}={value}" for name, value in sorted(entry.items()))
    seen[said] += 1
    return {"entry_id": given.get("entry_id") or _hash(said, seen[said]), **entry}


def _hash(said: str, number: int) -> str:
    return hashlib.sha256(f"{said}\x1f{number}".encode()).hexdigest()[:32]


def _day(text: str) -> date:
    if not text:
        raise Fault(column="day", reason="missing_required")
    if not ISO.fullmatch(text):
        raise Fault(column="day", reason="not_a_date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault(column="day", reason="not_a_date") from None


def _task(text: str) -> str | None:
    """A word of the closed list, or unknown where the cell is empty."""
    word = text.lower()
    if word and word not in TASKS:
        raise Fault(column="task", reason="not_in_list")
    return word or None


def _minutes(given: Mapping[str, str], *, comma: bool) -> Decimal:
    minutes = _number(given.get("minutes", ""), "minutes", comma=comma)
    if minutes is not None:
        return minutes
    hours = _number(given.get("hours", ""), "hours", comma=comma)
    if hours is None:
        raise Fault(column="minutes" if "minutes" in given else "hours", reason="missing_required")
    return hours * 60


def _number(text: str, column: str, *, comma: bool) -> Decimal | None:
    """A number that is not negative, or None where the cell is empty. ``comma``: 37,5 is thirty-seven and a half."""
    if not text:
        return None
    if text.lower() in NOT_FINITE:
        raise Fault(column=column, reason="non_finite")
    if comma and COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not PLAIN.fullmatch(text):
        raise Fault(column=column, reason="not_a_number")
    number = Decimal(text)
    if number < 0:
        raise Fault(column=column, reason="negative")
    if number > LARGEST:
        raise Fault(column=column, reason="out_of_range")
    return number


def _spans(rows: list[dict[str, object]]) -> pl.DataFrame:
    """From the first day to the last: a day without a line in between is a day without work."""
    days = [row["day"] for row in rows if isinstance(row["day"], date)]
    if not days:
        return pl.DataFrame(schema=SPANS)
    span = {
        "platform": "offline",
        "account_id": LOG,
        "grain": "event",
        "facts": "effort",
        "basis": "first to last day",
        "start": min(days),
        "end": max(days) + timedelta(days=1),
        "complete": True,
    }
    return pl.DataFrame([span], schema=SPANS)

"""What a file's name says of the time it covers, and since when its counts can have been true."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.api.sources import NameRange, Source
    from smmetrics.intake.records import Answers

DAY = timedelta(days=1)
EVENTS = (
    "created_on", "window_start", "day", "created_at", "at", "date", "asked_on", "opened_at", "captured_at",
    "noticed_at",
)  # fmt: skip
"""Columns that say when a record's event was, the first that a table has."""
MOMENTS = ("created_at", "at", "created_on", "window_start", "day")
"""Columns that say when something happened that is out, the first that a row fills."""
PADDING = re.compile(r"[,;\t|]+(?=\s*$)", re.MULTILINE)
"""Empty cells, to which a spreadsheet fills up the lines above a table."""
STATED = "stated in the file"
NAMED = "end of the range in the file's name"
GIVEN = "given with --observed-at"
BOUND = "not before the newest record"


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """Days ``[start, end)`` a name speaks of, and the account it names, if any; or that the file itself states."""

    start: date | None = None
    end: date | None = None
    account: str = ""
    stated: bool = False


def named_range(source: Source, *names: str) -> Range:
    """Read a file's name, or that of the archive it lies in, as its source describes it; empty where none fits."""
    rule = source.name_range
    match = next((fits for name in names if rule and (fits := re.search(rule.pattern, name))), None)
    if rule is None or match is None:
        return Range()
    return _range(rule, match.groupdict())


def with_head(named: Range, source: Source, above: str) -> Range:
    """What the lines above a table say of the time it covers, where its source reads them; else what names say."""
    rule = source.head_range
    if rule is None:
        return named
    found: dict[str, str | None] = {}
    for match in re.finditer(rule.pattern, PADDING.sub("", above)):
        found |= {name: value for name, value in match.groupdict().items() if value}
    stated = _range(rule, found)
    account = stated.account or named.account
    if stated.start is None and stated.end is None:
        return replace(named, account=account)
    return replace(stated, account=account, stated=True)


def _range(rule: NameRange, found: Mapping[str, str | None]) -> Range:
    start, end = (_date(found.get(part) or "", rule.formats) for part in ("start", "end"))
    if end is not None and rule.end == "inclusive":
        end += DAY
    if start is not None and end is not None and end <= start:
        start = end = None
    return Range(start=start, end=end, account=(found.get("account") or "").strip())


def observed(
    named: Range, answers: Answers, *, stated: datetime | None, newest: datetime | None
) -> tuple[datetime | None, str]:
    """When the counts were true, and how that is known: stated inside, by the name, by the user, else a lower bound."""
    if stated is not None:
        return stated, STATED
    if named.end is not None:
        return midnight(named.end), STATED if named.stated else NAMED
    if answers.observed_at is not None:
        at = answers.observed_at
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), GIVEN
    return newest, BOUND if newest is not None else ""


def midnight(day: date) -> datetime:
    """The day's first instant, in UTC."""
    return datetime.combine(day, time(), UTC)


def event_days(frame: pl.DataFrame) -> pl.Series | None:
    """The day of each row's event, as the source shows it; None where the table knows no time."""
    columns = _telling(frame, EVENTS)
    if not columns:
        return None
    if len(columns) == 1 and frame.schema[columns[0]] == pl.Date():
        return frame.get_column(columns[0])
    return frame.select(pl.coalesce(pl.col(name).cast(pl.Date) for name in columns).alias("day")).to_series()


def newest(frame: pl.DataFrame, come: datetime | None = None) -> datetime | None:
    """The newest moment of rows that are out: what is scheduled says nothing of when the file was made.

    ``come``: nor does what lies behind this moment, in tables that hold plans.
    """
    if "status" in frame.columns:
        out = frame.get_column("status").ne_missing("scheduled")
        frame = frame if out.all() else frame.filter(out)
    columns = _telling(frame, MOMENTS)
    if not columns:
        return None
    if len(columns) == 1 and come is None:
        return _instant(frame.get_column(columns[0]).max())
    instants = (pl.col(name).cast(pl.Datetime("us")).dt.replace_time_zone("UTC") for name in columns)
    moment = pl.coalesce(instants)
    found = frame.select((moment if come is None else moment.filter(moment <= come)).max()).item()
    return found if isinstance(found, datetime) else None


def _instant(last: object) -> datetime | None:
    """The first instant of a day, or an instant, in UTC; None where it is neither."""
    if isinstance(last, datetime):
        return last.astimezone(UTC) if last.tzinfo else last.replace(tzinfo=UTC)
    return midnight(last) if isinstance(last, date) else None


def _telling(frame: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """Those of some columns that may say when a row was: behind one that is always filled none is asked."""
    found = []
    for name in names:
        if name in frame.columns and frame.schema[name].is_temporal():  # of another type: stamping refuses it in words
            found.append(name)
            if not frame.get_column(name).null_count():
                break
    return found


def _date(text: str, formats: Iterable[str]) -> date | None:
    for format_ in formats:
        try:
            return datetime.strptime(text, format_).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None

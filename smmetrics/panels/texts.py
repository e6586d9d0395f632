"""Texts of posts and places as table cells: short, on one line, still to be escaped by whoever shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.panels.spans import day_words
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.panels.source import Source

LONGEST = 80


def begin(text: str | None) -> str:
    """How a text begins: one line, at most 80 characters, cut between words where there are any."""
    line = " ".join((text or "").split())
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{whole if space and len(whole) > LONGEST // 2 else cut}…"


def platform_words(name: str, source: Source) -> str:
    """What people call a platform; what only files stand on, and no post, has its own name as a title."""
    return source.platforms.get(name) or name[:1].upper() + name[1:]


def fresh_words(source: Source) -> str:
    """The last day of data of each platform, in the order of their titles; empty where nothing came in.

    A platform that came in and of which no file says a day is named too: its numbers are there, and nobody knows since
    when.
    """
    days = source.freshness()
    told = {platform_words(name, source): day.isoformat() for name, day in days.items()}
    told |= {title: say("reading.day_unknown") for name, title in source.platforms.items() if name not in days}
    return ", ".join(f"{title} {told[title]}" for title in sorted(told, key=str.casefold))


def where_words(row: Mapping[str, Any], source: Source) -> str:
    """The platform's title, and the account where it is one of ours."""
    platform = source.platforms.get(row["platform"], row["platform"] or "")
    account = row["account"] if row.get("brand") == "us" else None
    return f"{platform}: {account}" if account else str(platform)


def on_day(moment: datetime | date | None, source: Source) -> str:
    """The day of a moment in the strategy's zone, or a day as its source shows it; empty where neither is known."""
    if moment is None:
        return ""
    return day_words(moment.astimezone(ZoneInfo(source.zone)).date() if isinstance(moment, datetime) else moment)


def moment(source: Source) -> pl.Expr:
    """When a post was written; where its source shows a day alone, the beginning of it."""
    began = pl.col("created_on").cast(pl.Datetime("us")).dt.replace_time_zone(source.zone, non_existent="null")
    return pl.coalesce("created_at", began.dt.convert_time_zone("UTC"))


def midnight(day: date, source: Source) -> datetime:
    """A day's first moment in the strategy's zone, in UTC."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(source.zone)).astimezone(UTC)

"""Readings for eyes: which columns to show, and each cell in plain words.

A frame is one of readings if it has the columns below; every other frame is shown as it is.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from smmetrics.export import values, words
from smmetrics.panels.telling import aim_told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

Row = dict[str, Any]
MARKS = frozenset({"metric", "grain", "period_start", "period_end", "value", "unit", "state", "reason"})
SLICES = ("subject", "platform", "account", "channel", "campaign", "audience", "slice")
_MOST = 0.995
"""From this share of posts on, a reading is as good as fully reported and says nothing about it."""


def is_readings(frame: pl.DataFrame) -> bool:
    """Whether the frame holds readings."""
    return set(frame.columns) >= MARKS


def unit_of(row: Row) -> str:
    """The closed unit kind, the display noun left off."""
    return str(row.get("unit") or "").partition(" ")[0]


def period(row: Row) -> str:
    """The period as people say it: ``2026-03``, ``2026 Q1``, ``2026-03-02``, or its first and last day."""
    start, end = row["period_start"], row["period_end"]
    if row.get("until") is not None and row["grain"] in {"day", "month", "quarter"}:
        whole = row | {"until": None}
        return f"{period(whole)} {values.DASH} {period(whole | {'period_start': row['until']})}"
    if start is None or end is None:
        return "all" if start is None and end is None else f"{start or ''} {values.DASH} {end or ''}".strip()
    last = end - timedelta(days=1) if isinstance(end, date) else end
    known: Mapping[str, str] = {
        "day": f"{start}",
        "month": f"{start:%Y-%m}",
        "quarter": f"{start:%Y} Q{(start.month + 2) // 3}",
    }
    return known.get(row["grain"]) or f"{start} {values.DASH} {last}"


def value(row: Row) -> str:
    """The value in its unit; ``3 of 14`` where there are too few for a share (a mean's sum is part of nothing)."""
    if row["value"] is None and row["state"] == "too_few" and unit_of(row) == "percent":
        top, bottom = row.get("numerator"), row.get("denominator")
        if top is not None and bottom is not None:
            return f"{values.number(top)} of {values.number(bottom)}"
    return values.shown(row["value"], unit_of(row))


def remark(row: Row) -> str:
    """What a reader must know beside the number: state, reason, share reported, whether the period is over."""
    parts = [words.state_words(row["state"], row["reason"])]
    reported = row.get("reported_share")
    if reported is not None and reported < _MOST and row["value"] is not None:
        parts.append(f"{values.percent(reported)} reported this")
    if row.get("incomplete") and row["value"] is not None:
        parts.append("not wholly covered")
    if row.get("exact") is False:
        parts.append("estimated")
    return "; ".join(part for part in parts if part)


def _slice(row: Row) -> str:
    held = row.get("slice")
    if not isinstance(held, str) or not held.startswith("{"):
        return str(held or "")
    return ", ".join(f"{name} {value}" for name, value in json.loads(held).items())


def _metric(row: Row) -> str:
    held = row.get("parameters")
    given = json.loads(held) if isinstance(held, str) and held.startswith("{") else {}
    with_ = ", ".join(f"{name} = {_short(value)}" for name, value in given.items())
    return f"{row['metric']} ({with_})" if with_ else str(row["metric"])


def _short(value: object) -> str:
    return values.number(value) if isinstance(value, float) else str(value)


def _cell(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name] if row[name] is not None else "")


def _interval(row: Row) -> str:
    return values.interval(row.get("low"), row.get("high"), unit_of(row))


def _n(row: Row) -> str:
    return values.number(row["n"]) if row.get("n") is not None else ""


def _target(row: Row) -> str:
    """What was aimed at and how it stands; nothing where nothing was."""
    return aim_told(row["target"] or "", row.get("status") or "", unit_of(row))


def columns(frame: pl.DataFrame) -> dict[str, Callable[[Row], str]]:
    """Headings in order, each with what fills its cells. Slices and goals only where a row has one."""
    asked = [name for name in SLICES if _any(frame, name) and not (name == "subject" and _only(frame, name, "ours"))]
    shown: dict[str, Callable[[Row], str]] = {"goal": _cell("goal")} if _any(frame, "goal") else {}
    shown["metric"] = _metric
    shown |= {name: _slice if name == "slice" else _cell(name) for name in asked}
    shown |= {"period": period, "value": value, "between": _interval, "n": _n}
    if _any(frame, "target"):
        shown["target"] = _target
    shown["remark"] = remark
    return shown


def _any(frame: pl.DataFrame, name: str) -> bool:
    if name not in frame.columns:
        return False
    return bool(frame.get_column(name).cast(str, strict=False).fill_null("").ne("").any())


def _only(frame: pl.DataFrame, name: str, held: str) -> bool:
    return frame.get_column(name).drop_nulls().unique().to_list() == [held]

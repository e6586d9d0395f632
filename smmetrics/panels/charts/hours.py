"""Hours that went into a goal beside those that were planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns, number, safe_text
from smmetrics.panels.charts.descriptions import of_names
from smmetrics.panels.charts.periods import between, day, names
from smmetrics.panels.telling import value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

HEIGHT = 200
STEP = 28
PLAN = "lines: planned"
UNKNOWN = "not written down"


def hours_against_plan(
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    title: str,
    grain: str = "week",
    heading: str = "Who or what",
    selects: str = "",
) -> Chart:
    """Draw hours worked as bars and hours planned as a line across each.

    Args:
        rows: ``hours`` (None: nobody wrote them down) and ``planned`` (None: no plan), for ``period_start`` or else
            for ``key`` with its ``label`` (a person, an activity). Periods that no row states are gaps.
        name: the chart's name, unique on a dashboard.
        title: what it shows.
        grain: the length of a period.
        heading: what ``key`` is, where rows are no periods.
        selects: the dimension a click selects (its values are keys, or periods' first days), or nothing.
    """
    upright = any("period_start" in row for row in rows)
    found = _periods(rows, grain) if upright else [dict(row) for row in rows]
    labels = palette.unlike([safe_text(row.get("label") or row["key"]) for row in found])
    worked, planned = ([number(row.get(column)) for row in found] for column in ("hours", "planned"))
    texts = [UNKNOWN if value is None else value_text(value, "duration") for value in worked]
    plans = ["" if value is None else value_text(value, "duration") for value in planned]
    columns = Columns()
    field = {
        "label": columns.read("Period" if upright else heading, labels),
        "text": columns.read("Hours", texts),
        "plan": columns.read("Planned", plans),
        "key": columns.draw([safe_text(row["key"]) for row in found]),
        "worked": columns.draw(worked),
        "planned": columns.draw(planned),
    }
    told = [f"{text} of {plan} planned" if plan else text for text, plan in zip(texts, plans, strict=True)]
    return parts.chart(
        columns,
        _layers(columns, field, upright=upright, selects=bool(selects)),
        name=name,
        title=title,
        description=of_names(list(zip(labels, told, strict=True)), title=title),
        height=HEIGHT if upright else STEP * max(1, len(found)),
        key=field["key"] if selects else "",
        label=field["label"],
        selects=selects,
    )


def _periods(rows: Sequence[Mapping[str, Any]], grain: str) -> list[dict[str, Any]]:
    """Rows by period, those between them that no row states, and their names."""
    by_day = {day(row["period_start"]): row for row in rows}
    starts = between(set(by_day), grain)
    return [
        {**by_day.get(start, {}), "key": start.isoformat(), "label": label}
        for start, label in names(starts, grain).items()
    ]


def _layers(columns: Columns, field: Mapping[str, str], *, upright: bool, selects: bool) -> list[Part]:
    if upright:
        labels = parts.periods(field["label"], scale="band")
        sizes = parts.values(field["worked"], unit="duration", noun=PLAN)
        along, across = "x", "y"
    else:
        labels = parts.names(field["label"])
        sizes = parts.lengths(field["worked"], unit="duration", noun=PLAN)
        along, across = "y", "x"
    told = columns.tooltip(field["label"], field["text"], field["plan"])
    bar = parts.mark("bar", cornerRadiusEnd=2, color=palette.ACCENT)
    plan = parts.mark("tick", opacity=1, thickness=3)
    dimmed = parts.dim(field["key"]) if selects else {}
    return [
        parts.every(along, labels),
        {"mark": bar, "encoding": {along: labels, across: sizes, **dimmed}},
        {"mark": plan, "encoding": {along: labels, across: {**sizes, "field": field["planned"]}}},
        parts.pointing(along, labels, told, clicks=selects),
    ]

"""The same measure for each platform, side by side on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns
from smmetrics.panels.charts.descriptions import over_time
from smmetrics.panels.charts.series import Step, occasions, series_titles, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

HEIGHT = 120


def small_multiples(
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    title: str,
    unit: str,
    platforms: Mapping[str, str],
    noun: str = "",
    grain: str = "month",
    selects: str = "",
) -> tuple[Chart, ...]:
    """Draw a small chart for each platform that has rows, all on one scale; shown side by side where there is room.

    Args:
        rows: as `trend` has them, with ``platform``.
        name: the group's name; each chart's is it with the platform's id.
        title: what they show; each chart's title is its platform's.
        unit: the unit of the values.
        platforms: id to title in the fixed order that gives colours.
        noun: what is counted.
        grain: the length of a period.
        selects: ``platform`` or nothing: the dimension a click selects.
    """
    titles = series_titles(platforms, rows)
    found = steps(rows, unit=unit, grain=grain, titles=titles)
    ends = [end for step in found for end in (step.value, step.low, step.high) if end is not None]
    top, bottom = max(ends, default=0.0), min(0.0, *ends, 0.0)
    return tuple(
        _one(
            [step for step in found if step.key == key],
            place=place,
            name=f"{name}-{key}",
            title=words,
            about=title,
            unit=unit,
            noun=noun,
            ends=(bottom, top),
            selects=selects == "platform",
            group=name,
        )
        for place, (key, words) in enumerate(titles.items())
        if any(step.key == key for step in found)
    )


def _one(
    found: list[Step],
    *,
    place: int,
    name: str,
    title: str,
    about: str,
    unit: str,
    noun: str,
    ends: tuple[float, float],
    selects: bool,
    group: str,
) -> Chart:
    """One platform's chart. Ends of the shared scale travel with the rows, so that the specification stays the same."""
    columns = Columns()
    field = {
        "period": columns.read("Period", [step.period for step in found]),
        "text": columns.read("Value", [step.text for step in found]),
        "between": columns.read("Likely between", [step.between for step in found]),
        "why": columns.read("Why there is none", [step.why for step in found]),
        "value": columns.draw([step.value for step in found]),
        "low": columns.draw([step.low for step in found]),
        "high": columns.draw([step.high for step in found]),
        "bottom": columns.draw([ends[0] for _ in found]),
        "top": columns.draw([ends[1] for _ in found]),
        "key": columns.draw([step.key for step in found]),
        "gap": columns.draw([0 if step.value is None else None for step in found]),
        "series": columns.draw([step.series for step in found]),
        "occasion": occasions(columns, found),
    }
    return parts.chart(
        columns,
        _layers(columns, field, colour=palette.colour(place), unit=unit, noun=noun, selects=selects, across=len(found)),
        name=name,
        title=title,
        description=over_time(found, title=about, unit=unit),
        height=HEIGHT,
        key=field["key"] if selects else "",
        label=field["series"],
        selects="platform" if selects else "",
        group=group,
        about=about,
    )


def _layers(
    columns: Columns, field: Mapping[str, str], *, colour: str, unit: str, noun: str, selects: bool, across: int
) -> list[Part]:
    x, y = parts.periods(field["period"], scale="point", flush=True), parts.values(field["value"], unit=unit, noun=noun)
    dimmed = parts.dim(field["key"]) if selects else {}
    also = [field["occasion"]] if columns.titled(field["occasion"]) else []
    told = columns.tooltip(field["period"], field["text"], field["between"], *also)
    unseen = parts.mark("rule", opacity=0)
    band = parts.mark("area", opacity=0.16, color=colour)
    low, bottom = {**y, "field": field["low"]}, {**y, "field": field["bottom"]}
    return [
        {"mark": unseen, "encoding": {"x": x, "y": bottom, "y2": {"field": field["top"]}}},
        *([parts.shade(x, field["occasion"], across=across)] if also else []),
        {"mark": band, "encoding": {"x": x, "y": low, "y2": {"field": field["high"]}}},
        {"mark": parts.mark("line", color=colour, strokeWidth=2), "encoding": {"x": x, "y": y}},
        parts.gaps({"x": x, "y": {**y, "field": field["gap"]}}, columns.tooltip(field["period"], field["why"], *also)),
        {
            "mark": parts.dots(clicks=selects, color=colour, size=26),
            "encoding": {"x": x, "y": y, **dimmed, "tooltip": told},
        },
    ]

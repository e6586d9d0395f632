"""A measure over time: a line with its interval, its target and what it is compared with; gaps stay gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns, safe_text
from smmetrics.panels.charts.descriptions import over_time
from smmetrics.panels.charts.series import Step, series_titles, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

HEIGHT = 220
NOW = "now"


def trend(
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    title: str,
    unit: str,
    noun: str = "",
    grain: str = "month",
    platforms: Mapping[str, str] | None = None,
    compare: str = "",
    selects: str = "",
) -> Chart:
    """Draw a measure over time.

    Args:
        rows: a row a period (and platform): ``period_start``, ``value`` (None: a gap), ``low``, ``high``; as there is:
            ``platform``, ``aim`` (the target as a number), ``previous`` (the value compared with), ``text`` (the value
            in words), ``why`` (the reason of a gap in words). Periods that no row states are gaps.
        name: the chart's name, unique on a dashboard.
        title: what it shows.
        unit: the unit of the values, as readings have it.
        noun: what is counted.
        grain: the length of a period.
        platforms: a line for each platform: id to title, always all of them and in the same order, whatever is shown.
        compare: what ``previous`` is (*a year before*); without it, or with platforms, nothing is compared.
        selects: ``platform`` or ``period_start``: the dimension a click selects.
    """
    titles = series_titles(platforms, rows)
    compare = "" if titles else safe_text(compare)
    found = steps(rows, unit=unit, grain=grain, titles=titles)
    columns = Columns()
    field = _fill(columns, found, titles=titles, compare=compare)
    domain = list(titles.values()) or [NOW, *([compare] if compare else [])]
    key = field["platform"] if selects == "platform" and titles else field["start"] if selects == "period_start" else ""
    return parts.chart(
        columns,
        layers(columns, field, domain=domain, compare=compare, unit=unit, noun=noun, key=key),
        name=name,
        title=title,
        description=over_time(found, title=title, unit=unit, compare=compare),
        height=HEIGHT,
        key=key,
        label=field["series"] if key == field["platform"] else field["period"],
        selects=selects if key else "",
    )


def _fill(columns: Columns, found: list[Step], *, titles: Mapping[str, str], compare: str) -> dict[str, str]:
    """The columns of a line's rows, by what they hold."""
    series = [step.series or NOW for step in found]
    return {
        "period": columns.read("Period", [step.period for step in found]),
        "series": columns.read("Platform", series) if titles else columns.draw(series),
        "text": columns.read("Value", [step.text for step in found]),
        "between": columns.read("Likely between", [step.between for step in found]),
        "why": columns.read("Why there is none", [step.why for step in found]),
        "start": columns.draw([step.start.isoformat() for step in found]),
        "platform": columns.draw([safe_text(step.key) for step in found]),
        "value": columns.draw([step.value for step in found]),
        "low": columns.draw([step.low for step in found]),
        "high": columns.draw([step.high for step in found]),
        "aim": columns.draw([step.aim for step in found]),
        "previous": columns.draw([step.previous if compare else None for step in found]),
    }


def layers(
    columns: Columns, field: Mapping[str, str], *, domain: Sequence[str], compare: str, unit: str, noun: str, key: str
) -> list[Part]:
    """A line's layers from the ground up: interval, target, comparison, line, points, gaps, and where one points."""
    colours, dashes, shapes = parts.looks(domain)
    if compare:
        colours, dashes = [palette.ACCENT, palette.QUIET], [[1, 0], [4, 4]]
    x, y = parts.periods(field["period"], scale="point"), parts.values(field["value"], unit=unit, noun=noun)
    colour = parts.legend("color", field["series"], domain, colours)
    dash = parts.legend("strokeDash", field["series"], domain, dashes)
    shape = parts.legend("shape", field["series"], domain, shapes)
    dimmed = parts.dim(key) if key else {}
    told = columns.tooltip(field["period"], *([field["series"]] if len(domain) > 1 and not compare else []))
    value = columns.tooltip(field["text"], field["between"])
    faint = {"type": "area", "opacity": 0.16, "line": False}
    return [
        {"mark": faint, "encoding": {"x": x, "y": _at(y, field["low"]), "y2": {"field": field["high"]}, **colour}},
        *_target(x, _at(y, field["aim"])),
        *(_compared(x, _at(y, field["previous"]), compare) if compare else []),
        {"mark": parts.mark("line", strokeWidth=2), "encoding": {"x": x, "y": y, **colour, **dash}},
        {"mark": parts.mark("point", filled=True, size=38), "encoding": {"x": x, "y": y, **colour, **shape, **dimmed}},
        parts.gaps(columns, x, period=field["period"], why=field["why"], series=told[1:]),
        {
            "mark": parts.mark("point", clicks=bool(key), filled=True, size=320, opacity=0),
            "encoding": {"x": x, "y": y, "tooltip": [*told, *value]},
        },
    ]


def _target(x: Part, y: Part) -> list[Part]:
    """The target: a dashed line, and a dash at each period, as one period alone makes no line."""
    line = parts.mark("line", color=palette.QUIET, strokeDash=[2, 3], strokeWidth=1.5)
    tick = parts.mark("point", shape="stroke", size=120, stroke=palette.QUIET, strokeWidth=1.5)
    return [{"mark": look, "encoding": {"x": x, "y": y}} for look in (line, tick)]


def _compared(x: Part, y: Part, words: str) -> list[Part]:
    """What the measure was before, under its own name in the legend."""
    told = {"color": {"datum": words}, "strokeDash": {"datum": words}}
    return [{"mark": parts.mark("line", strokeWidth=1.5), "encoding": {"x": x, "y": y, **told}}]


def _at(y: Part, field: str) -> Part:
    return {**y, "field": field}

"""A measure over time: a line with its interval, its target and what it is compared with; gaps stay gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns, safe_text
from smmetrics.panels.charts.descriptions import over_time
from smmetrics.panels.charts.periods import instant
from smmetrics.panels.charts.series import Step, occasions, series_titles, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

HEIGHT = 220
MOST_NAMES = 31
"""Up to so many periods stand on the axis by name; more are an axis of time."""
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
            in words), ``why`` (the reason of a gap in words), ``occasion`` (what else was going on, which shades the
            period). Periods that no row states are gaps.
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
    found = steps(rows, unit=unit, grain=grain, titles=titles)
    compare = "" if titles else safe_text(compare)
    columns = Columns()
    field = _fill(columns, found, titles=titles, compare=compare)
    key = {"platform": field["platform"] if titles else "", "period_start": field["start"]}.get(selects, "")
    domain = list(titles.values()) or [NOW, *([compare] if compare else [])]
    drawn = _Drawn(
        field=field,
        x=_along(field, found),
        y=parts.values(field["value"], unit=unit, noun=noun),
        domain=domain,
        key=key,
    )
    return parts.chart(
        columns,
        [
            *_ground(drawn, found, compare=compare),
            *_lines(drawn, columns, compare=compare),
        ],
        name=name,
        title=title,
        description=over_time(found, title=title, unit=unit, compare=compare),
        height=HEIGHT,
        key=key,
        label=field["series"] if selects == "platform" else field["period"],
        selects=selects if key else "",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """What all layers of a line share. ``key``: the column that a click selects by."""

    field: Mapping[str, str]
    x: Part
    y: Part
    domain: Sequence[str]
    key: str

    def at(self, column: str) -> Part:
        """Both axes, with the value of a column."""
        return {"x": self.x, "y": {**self.y, "field": self.field[column]}}


def _along(field: Mapping[str, str], found: Sequence[Step]) -> Part:
    """The horizontal axis: periods by name, or an axis of time where they are too many."""
    starts = {step.start for step in found}
    if len(starts) > MOST_NAMES:
        return parts.days(field["instant"], starts)
    return parts.periods(field["period"], scale="point")


def _fill(columns: Columns, found: Sequence[Step], *, titles: Mapping[str, str], compare: str) -> dict[str, str]:
    """The columns of a line's rows, by what they hold."""
    series = [step.series or NOW for step in found]
    before = [step.previous if compare else None for step in found]
    field = {
        "period": columns.read("Period", [step.period for step in found]),
        "series": columns.read("Platform", series) if titles else columns.draw(series),
        "text": columns.read("Value", [step.text for step in found]),
        "between": columns.read("Likely between", [step.between for step in found]),
        "why": columns.read("Why there is none", [step.why for step in found]),
        "start": columns.draw([step.start.isoformat() for step in found]),
        "instant": columns.draw([instant(step.start) for step in found]),
        "platform": columns.draw([step.key for step in found]),
        "value": columns.draw([step.value for step in found]),
        "low": columns.draw([step.low for step in found]),
        "high": columns.draw([step.high for step in found]),
        "aim": columns.draw([step.aim for step in found]),
        "previous": columns.draw(before),
        "gap": columns.draw([0 if step.value is None else None for step in found]),
    }
    told = {"before": columns.read(compare, [step.before if compare else "" for step in found])} if compare else {}
    return field | told | {"occasion": occasions(columns, found)}


def _ground(drawn: _Drawn, found: Sequence[Step], *, compare: str) -> list[Part]:
    """What lies under the lines: intervals, the target (a dash for each period, as one alone makes no line)."""
    colours, _, _ = _looks(drawn.domain, compare=compare)
    colour = parts.legend("color", drawn.field["series"], drawn.domain, colours)
    band = drawn.at("low") | {"y2": {"field": drawn.field["high"]}} | colour
    layers = [{"mark": parts.mark("area", opacity=0.16), "encoding": band}]
    if any(step.occasion for step in found):
        across = len({step.start for step in found})
        layers.append(parts.shade(drawn.x, drawn.field["occasion"], across=across))
    if any(step.aim is not None for step in found):
        line = parts.mark("line", color=palette.QUIET, strokeDash=[2, 3], strokeWidth=1.5)
        dash = parts.mark("point", shape="stroke", size=120, stroke=palette.QUIET, strokeWidth=1.5)
        layers += [{"mark": look, "encoding": drawn.at("aim")} for look in (line, dash)]
    return layers


def _lines(drawn: _Drawn, columns: Columns, *, compare: str) -> list[Part]:
    """The lines, their gaps and points, and what they are compared with under its own name in the legend."""
    field, domain = drawn.field, drawn.domain
    colours, dashes, shapes = _looks(domain, compare=compare)
    colour = parts.legend("color", field["series"], domain, colours)
    dash = parts.legend("strokeDash", field["series"], domain, dashes)
    shape = parts.legend("shape", field["series"], domain, shapes)
    before = {"color": {"datum": compare}, "strokeDash": {"datum": compare}}
    several = [field["series"]] if columns.titled(field["series"]) else []
    also = [field["occasion"]] if columns.titled(field["occasion"]) else []
    told = columns.tooltip(field["period"], *several, field["text"], field["between"])
    told += columns.tooltip(*([field["before"]] if compare else []), *also)
    dimmed = parts.dim(drawn.key) if drawn.key else {}
    point = drawn.at("value") | colour | shape | dimmed | {"tooltip": told}
    return [
        *(
            [{"mark": parts.mark("line", strokeWidth=1.5), "encoding": drawn.at("previous") | before}]
            if compare
            else []
        ),
        {"mark": parts.mark("line", strokeWidth=2), "encoding": drawn.at("value") | colour | dash},
        parts.gaps(drawn.at("gap"), columns.tooltip(field["period"], *several, field["why"], *also)),
        {"mark": parts.dots(clicks=bool(drawn.key), size=38), "encoding": point},
    ]


def _looks(domain: Sequence[str], *, compare: str) -> tuple[list[str], list[list[int]], list[str]]:
    if compare:
        return [palette.ACCENT, palette.QUIET], [[1, 0], [4, 4]], ["circle", "stroke"]
    return parts.looks(domain)

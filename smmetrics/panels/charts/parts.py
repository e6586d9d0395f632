"""The parts that specifications have in common: axes, scales, marks, and how a chart is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette
from smmetrics.panels.charts.columns import safe_text
from smmetrics.panels.results import Chart

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from smmetrics.panels.charts.columns import Columns

Part = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
TABLE = "table"
"""The name of the dataset that gets a chart's rows."""
QUARTER = 92
"""Days from which months are enough to find one's way on an axis of time."""
EDGE = 8
"""Pixels between the ends of an axis of time and its first and last days."""
PICKED = "picked"
"""The parameter that holds the selected keys."""
_HOURS = (
    "datum.value === 0 ? '0' : abs(datum.value) < 1 ? format(datum.value * 60, '~r') + ' min'"
    " : format(datum.value, ',~r') + ' h'"
)
_AXES: Mapping[str, Part] = {
    "percent": {"format": ".2~%"},
    "ratio": {"format": ".2~%"},
    "duration": {"labelExpr": _HOURS},
    "money": {"format": ",.2~f"},
    "count": {"format": ",~r", "tickMinStep": 1},
}
WHOLE: Part = {"labelLimit": 0}
"""Names of periods and values are short: to see whether one must be cut, a renderer measures each once more, which is
a third of the time a picture takes."""
_CROSS = "M-1-1L1 1M1-1L-1 1"
_TOP: Part = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": 0, "titleY": -6}


def chart(
    columns: Columns,
    layers: Sequence[Part],
    *,
    name: str,
    title: str,
    description: str,
    height: int,
    key: str = "",
    label: str = "",
    selects: str = "",
    group: str = "",
    about: str = "",
) -> Chart:
    """Put a chart together. ``key``: the column whose values a click selects; ``label``: the same in words.

    ``group``: charts that belong side by side have the same one; ``about``: what they all show.
    """
    meta = {"columns": columns.readable(), "key": key if selects else "", "label": label if selects else ""}
    spec = {
        "$schema": SCHEMA,
        "data": {"name": TABLE},
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "params": [{"name": PICKED, "value": []}],
        "layer": list(layers),
        "usermeta": {"smmetrics": {**meta, "group": group, "about": safe_text(about)}},
    }
    words = safe_text(description)
    return Chart(name=name, title=safe_text(title), spec=spec, rows=columns.rows(), description=words, selects=selects)


def periods(field: str, *, scale: str, flush: bool = False) -> Part:
    """A horizontal axis of periods in the order of the rows; where labels are close, every other one stays.

    The first layer must draw every row: names stand in the order in which layers bring them. ``flush``: the first and
    last names stay inside, for small charts.
    """
    apart = {"labelOverlap": "parity", "labelSeparation": 12}
    axis = {**apart, **WHOLE, "ticks": False, "grid": False, "title": None, "labelPadding": 6}
    scales = {"point": {"type": "point", "padding": 0.5}, "band": {"type": "band", "paddingInner": 0.25}}
    fixed = {"labelAngle": 0, **({"labelFlush": 20} if flush else {}), **axis}
    return {"field": field, "type": "ordinal", "sort": None, "axis": fixed, "scale": scales[scale]}


def days(field: str, found: Collection[date]) -> Part:
    """A horizontal axis of time, for more periods than names have room. Days are read in UTC, so no zone moves them.

    Where the days ``found`` lie in several years, each name has its year.
    """
    first, last = min(found), max(found)
    near = (last - first).days < QUARTER
    form = "%-d %b" if first.year == last.year else "%-d %b %Y" if near else "%b %Y"
    look = {"ticks": False, "grid": False, "title": None, "labelPadding": 6}
    axis = {"format": form, "tickCount": 6, **WHOLE, **look}
    return {"field": field, "type": "temporal", "axis": axis, "scale": {"type": "utc", "padding": EDGE}}


def values(field: str, *, unit: str, noun: str, zero: bool = True) -> Part:
    """A vertical axis of values, its title above it."""
    axis = {**_AXES.get(unit, {"format": ",~r"}), **WHOLE, "tickCount": 4, "title": safe_text(noun) or None, **_TOP}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": zero, "nice": True}}


def lengths(field: str, *, unit: str, noun: str) -> Part:
    """A horizontal axis of values, for lying bars."""
    axis = {**_AXES.get(unit, {"format": ",~r"}), **WHOLE, "tickCount": 4, "title": safe_text(noun) or None}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": True, "nice": True}}


def names(field: str) -> Part:
    """A vertical axis of names in the order of the rows."""
    axis = {"title": None, "ticks": False, "domain": False, "grid": False, "labelLimit": 150, "labelPadding": 6}
    return {"field": field, "type": "ordinal", "sort": None, "axis": axis, "scale": {"paddingInner": 0.3}}


def legend(channel: str, field: str, domain: Sequence[str], ranged: Sequence[Any]) -> Part:
    """A channel that tells series apart, with fixed places: what is filtered away never changes what remains."""
    look = {"title": None, "orient": "top", "columns": 3, "labelLimit": 110, "symbolOpacity": 1}
    scale = {"domain": list(domain), "range": list(ranged)}
    return {channel: {"field": field, "type": "nominal", "scale": scale, "legend": look if len(domain) > 1 else None}}


def dim(key: str) -> Part:
    """Full strength for what is picked, or for all where nothing is."""
    test = f"length({PICKED}) === 0 || indexof({PICKED}, datum.{key}) >= 0"
    return {"opacity": {"condition": {"test": test, "value": 1}, "value": 0.25}}


def mark(kind: str, *, clicks: bool = False, **options: Any) -> Part:  # noqa: ANN401 (a mark has many options)
    """A mark; one that clicks select shows a hand. What has no value is not drawn, and keeps its place on the axis."""
    hand = {"cursor": "pointer"} if clicks else {}
    return {"type": kind, "invalid": "break-paths-show-domains", **hand, **options}


def gaps(axes: Part, told: Sequence[Part]) -> Part:
    """A small cross at the foot of a period without a value; pointing at it says why there is none.

    ``axes``: both, with a vertical one that is zero for gaps and nothing for others.
    """
    look = mark("point", shape=_CROSS, size=30, stroke=palette.QUIET, opacity=0.9, yOffset=-6)
    return {"mark": look, "encoding": {**axes, "tooltip": list(told)}}


def shade(x: Part, field: str, *, across: int) -> Part:
    """A stripe behind each period in which there was an occasion: a column of words that is empty for all others.

    ``across``: how many periods there are. On an axis of time the outer ones keep `EDGE` from its ends.
    """
    apart = f"(width - {2 * EDGE}) / {max(across - 1, 1)}" if x["type"] == "temporal" else f"width / {max(across, 1)}"
    look = mark("bar", color=palette.QUIET, width={"expr": apart}, y=0, y2={"expr": "height"}, clip=True)
    seen = {"opacity": {"condition": {"test": f"datum.{field} !== ''", "value": 0.12}, "value": 0}}
    return {"mark": look, "encoding": {"x": x, **seen}}


def dots(*, clicks: bool, **options: Any) -> Part:  # noqa: ANN401 (a mark has many options)
    """Points of a line, with an unseen rim wide enough to point at."""
    return mark("point", clicks=clicks, filled=True, opacity=1, stroke="transparent", strokeWidth=14, **options)


def every(channel: str, axis: Part) -> Part:
    """An unseen mark for every row, so that each keeps its place on the axis whatever it lacks."""
    unseen = mark("point", opacity=0, y=0) if channel == "x" else mark("point", opacity=0, x=0)
    return {"mark": unseen, "encoding": {channel: axis}}


def pointing(channel: str, axis: Part, told: Sequence[Part], *, clicks: bool) -> Part:
    """An unseen bar over the whole of each place, put last: small bars and missing ones can be pointed at, too."""
    if channel == "x":
        unseen = mark("bar", clicks=clicks, opacity=0, y=0, y2={"expr": "height"})
    else:
        unseen = mark("bar", clicks=clicks, opacity=0, x=0, x2={"expr": "width"})
    return {"mark": unseen, "encoding": {channel: axis, "tooltip": list(told)}}


def only_if(field: str) -> Part:
    """Visible only where a column of words has any."""
    return {"opacity": {"condition": {"test": f"datum.{field} !== ''", "value": 0.9}, "value": 0}}


def looks(titles: Sequence[str]) -> tuple[list[str], list[list[int]], list[str]]:
    """Colours, dashes and shapes for series in their fixed order."""
    places = range(len(titles))
    return (
        [palette.colour(place) for place in places],
        [palette.dash(place) for place in places],
        [palette.shape(place) for place in places],
    )

"""Categories beside each other: lying bars with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns, number, safe_text
from smmetrics.panels.charts.descriptions import of_names
from smmetrics.panels.telling import interval_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

STEP = 28
LIMIT = 30


def bars(
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    title: str,
    unit: str,
    noun: str = "",
    heading: str = "Name",
    platforms: Mapping[str, str] | None = None,
    selects: str = "",
    limit: int = LIMIT,
) -> Chart:
    """Draw a bar for each category, in the order of the rows.

    Args:
        rows: a row a category: ``key``, ``value`` (None: none, and ``why``); as there is: ``label`` (else the key),
            ``low``, ``high``, ``text`` (the value in words), ``aim`` (the target as a number).
        name: the chart's name, unique on a dashboard.
        title: what it shows.
        unit: the unit of the values.
        noun: what is counted.
        heading: what a category is: the title of its column.
        platforms: where categories are platforms: id to title in the fixed order that gives colours.
        selects: the dimension a click selects (its values are the keys), or nothing.
        limit: how many are drawn at most; how many are left out is said.
    """
    drawn = list(rows)[:limit]
    known = [safe_text(key) for key in platforms or {}]
    labels = palette.unlike([_label(row, platforms or {}) for row in drawn])
    columns = Columns()
    field = _fill(columns, drawn, labels, unit=unit, heading=heading)
    pairs = list(zip(labels, columns.values[1], strict=True))
    left = len(rows) - len(drawn)
    return parts.chart(
        columns,
        _layers(
            columns,
            field,
            places=known and known + [key for key in columns.values[4] if key not in known],
            unit=unit,
            noun=noun,
            selects=bool(selects),
        ),
        name=name,
        title=title if not left else f"{title}: the first {len(drawn)} of {len(rows)}",
        description=of_names(pairs, title=title, left=left),
        height=STEP * max(1, len(drawn)),
        key=field["key"] if selects else "",
        label=field["label"],
        selects=selects,
    )


def _label(row: Mapping[str, Any], platforms: Mapping[str, str]) -> str:
    return safe_text(row.get("label") or platforms.get(str(row["key"])) or row["key"] or "\u2013")


def _fill(
    columns: Columns, rows: Sequence[Mapping[str, Any]], labels: Sequence[str], *, unit: str, heading: str
) -> dict[str, str]:
    numbers = [number(row.get("value")) for row in rows]
    ends = [_ends(row, value) for row, value in zip(rows, numbers, strict=True)]
    between = [_between(row, value, unit) for row, value in zip(rows, numbers, strict=True)]
    texts = [str(row.get("text") or "") or value_text(value, unit) for row, value in zip(rows, numbers, strict=True)]
    whys = [
        "" if value is not None else str(row.get("why") or "no data") for row, value in zip(rows, numbers, strict=True)
    ]
    return {
        "label": columns.read(heading, labels),
        "text": columns.read("Value", texts),
        "between": columns.read("Likely between", between),
        "why": columns.read("Why there is none", whys),
        "key": columns.draw([safe_text(row["key"]) for row in rows]),
        "value": columns.draw(numbers),
        "low": columns.draw([low for low, _ in ends]),
        "high": columns.draw([high for _, high in ends]),
        "aim": columns.draw([number(row.get("aim")) for row in rows]),
    }


def _ends(row: Mapping[str, Any], value: float | None) -> tuple[float | None, float | None]:
    low, high = number(row.get("low")), number(row.get("high"))
    return (None, None) if None in {value, low, high} else (low, high)


def _between(row: Mapping[str, Any], value: float | None, unit: str) -> str:
    """The interval in words, an open end too, which nobody can draw."""
    return "" if value is None else interval_text(number(row.get("low")), number(row.get("high")), unit)


def _layers(
    columns: Columns, field: Mapping[str, str], *, places: Sequence[str], unit: str, noun: str, selects: bool
) -> list[Part]:
    x, y = parts.lengths(field["value"], unit=unit, noun=noun), parts.names(field["label"])
    told = columns.tooltip(field["label"], field["text"], field["between"], field["why"])
    bar = parts.mark("bar", cornerRadiusEnd=2, color=palette.ACCENT)
    drawn = {"x": x, "y": y, **(parts.dim(field["key"]) if selects else {})}
    colour = {"color": _colour(field["key"], places)} if places else {}
    ends = {"y": y, "x": {**x, "field": field["low"]}, "x2": {"field": field["high"]}}
    aim = parts.mark("tick", color=palette.QUIET, thickness=2, size=STEP - 6)
    none = parts.mark("text", align="left", dx=4, fontStyle="italic", x=0)
    why = {"field": field["why"], "type": "nominal"}
    return [
        {"mark": none, "encoding": {"y": y, "text": why, **parts.only_if(field["why"])}},
        {"mark": bar, "encoding": drawn | colour},
        {"mark": parts.mark("rule", strokeWidth=1.5, opacity=0.6), "encoding": ends},
        {"mark": aim, "encoding": {"y": y, "x": {**x, "field": field["aim"]}}},
        parts.pointing("y", y, told, clicks=selects),
    ]


def _colour(key: str, places: Sequence[str]) -> Part:
    """A colour by place; names stand beside the bars, so no legend."""
    colours = [palette.colour(place) for place in range(len(places))]
    return {**parts.legend("color", key, places, colours)["color"], "legend": None}

"""Conversations by how deep they went: those that nobody answered stand first and apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import palette, parts
from smmetrics.panels.charts.columns import Columns, number, safe_text
from smmetrics.panels.charts.descriptions import of_counts
from smmetrics.panels.telling import value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.parts import Part
    from smmetrics.panels.results import Chart

HEIGHT = 200
DEEPEST = 6
ALONE = "no answer"


def threads_by_depth(
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    title: str,
    noun: str = "conversations",
    deepest: int = DEEPEST,
    selects: str = "",
) -> Chart:
    """Draw how many conversations got how many answers.

    Args:
        rows: a row a depth (others of the same depth are added): ``depth`` (0: nobody answered) and ``threads``.
        name: the chart's name, unique on a dashboard.
        title: what it shows.
        noun: what is counted.
        deepest: from this depth on, conversations are put together.
        selects: the dimension a click selects (its values are the depths), or nothing.
    """
    counts: dict[int, float] = defaultdict(float)
    for row in rows:
        counts[min(int(row["depth"]), deepest)] += number(row["threads"]) or 0.0
    depths = range(max(counts) + 1) if counts else range(0)
    labels = [_label(depth, deepest) for depth in depths]
    columns = Columns()
    field = {
        "label": columns.read("Answers", labels),
        "text": columns.read(
            noun.capitalize() or "Number", [value_text(counts.get(at, 0.0), "count") for at in depths]
        ),
        "key": columns.draw([str(depth) for depth in depths]),
        "value": columns.draw([counts.get(depth, 0.0) for depth in depths]),
    }
    told = {_told(depth, deepest): counts.get(depth, 0.0) for depth in depths}
    return parts.chart(
        columns,
        _layers(columns, field, noun=noun, selects=bool(selects)),
        name=name,
        title=title,
        description=of_counts(told, title=title, noun=safe_text(noun)),
        height=HEIGHT,
        key=field["key"] if selects else "",
        label=field["label"],
        selects=selects,
    )


def _label(depth: int, deepest: int) -> str:
    return ALONE if not depth else f"{depth}+" if depth == deepest else str(depth)


def _told(depth: int, deepest: int) -> str:
    words = _label(depth, deepest)
    return words if not depth else f"{words} {'answer' if words == '1' else 'answers'}"


def _layers(columns: Columns, field: Mapping[str, str], *, noun: str, selects: bool) -> list[Part]:
    x, y = parts.periods(field["label"], scale="band"), parts.values(field["value"], unit="count", noun="")
    x["axis"] = {**x["axis"], "title": f"{safe_text(noun)} by number of answers".strip()}
    colour = {"condition": {"test": f"datum.{field['key']} === '0'", "value": palette.ALERT}, "value": palette.ACCENT}
    dimmed = parts.dim(field["key"]) if selects else {}
    told = columns.tooltip(field["label"], field["text"])
    bar = parts.mark("bar", cornerRadiusEnd=2)
    text = {"field": field["text"], "type": "nominal"}
    return [
        {"mark": bar, "encoding": {"x": x, "y": y, "color": colour, **dimmed}},
        {"mark": parts.mark("text", dy=-7), "encoding": {"x": x, "y": y, "text": text}},
        parts.pointing("x", x, told, clicks=selects),
    ]

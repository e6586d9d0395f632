"""Panels as the page takes them: trees of elements and texts, and the names of the charts that stand among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from smmetrics.dashboard import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from smmetrics.panels.results import Chart, PanelResult

Section = dict[str, Any]


def sections(results: Iterable[PanelResult]) -> tuple[list[Section], list[Chart]]:
    """All panels in their order, and all their charts under names of their own."""
    told: list[Section] = []
    charts: list[Chart] = []
    keys, names = Counter[str](), Counter[str]()
    for result in results:
        own = [replace(chart, name=_unlike(chart.name, names)) for chart in result.charts]
        told.append(_section(result, _unlike(f"{result.goal}/{result.panel}/{result.folded}", keys), own))
        charts += own
    return told, charts


def _section(result: PanelResult, key: str, charts: Sequence[Chart]) -> Section:
    parts = shown.parts(result, asks=True)
    return {
        "key": key,
        "class": shown.look(result),
        "label": shown.label(result),
        "folded": result.folded,
        "head": parts.head.tree(),
        "top": parts.top.tree(),
        "charts": [chart.name for chart in charts],
        "end": parts.end.tree(),
    }


def _unlike(name: str, taken: Counter[str]) -> str:
    """The name, with a number where it is taken."""
    taken[name] += 1
    if taken[name] == 1:
        return name
    return _unlike(f"{name}-{taken[name]}", taken)

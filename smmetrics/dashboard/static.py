"""The dashboard without a kernel: the same cards and tables, charts as pictures. No script, and nothing to fetch."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from smmetrics.dashboard import shown
from smmetrics.dashboard.html import Markup, joined, some, stylesheet, tag
from smmetrics.dashboard.style import CSS
from smmetrics.panels.charts.svg import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.panels.results import Chart, PanelResult

MOST_CHARTS = 12
"""Pictures in one copy: a notebook should stay small enough to send."""


COPY = "A copy of the dashboard, for readers without a kernel."


def bundle(header: Markup, results: Sequence[PanelResult], *, of: str) -> dict[str, str]:
    """The copy as a notebook keeps it. ``of``: the widget it is a copy of, which hides it while it is seen itself."""
    return {"text/html": str(page(header, results, of=of)), "text/plain": COPY}


def page(header: Markup, results: Sequence[PanelResult], *, of: str = "") -> Markup:
    """Everything that is shown, as one piece of HTML."""
    charts = [chart for result in results for chart in result.charts]
    drawn = {id(chart) for chart in charts[:MOST_CHARTS]}
    left = len(charts) - len(drawn)
    panels = [_panel(result, drawn) for result in results]
    note = f"{left} more charts are drawn when the notebook runs." if left > 0 else ""
    whole = tag("div", header, *panels, some("p", note), class_="smm smm-static", data_of=of or None)
    return joined([stylesheet(CSS), whole])


def _panel(result: PanelResult, drawn: set[int]) -> Markup:
    told = shown.parts(result)
    figures = [_figure(chart) for chart in result.charts if id(chart) in drawn]
    inside = told.top, *figures, told.end
    label, look = shown.label(result), shown.look(result)
    if result.folded:
        return tag("section", tag("details", tag("summary", told.head), *inside), class_=look, aria_label=label)
    return tag("section", told.head, *inside, class_=look, aria_label=label)


def _figure(chart: Chart) -> Markup:
    """A chart as a picture: as an image it can run nothing, whatever its texts hold."""
    held = base64.b64encode(svg(chart).encode()).decode()
    picture = tag("img", src=f"data:image/svg+xml;base64,{held}", alt=chart.description)
    return tag("figure", tag("figcaption", chart.title), picture)

"""A chart as SVG text, for files without scripts. Made on this machine; nothing is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from smmetrics.panels.charts import theme
from smmetrics.panels.charts.parts import TABLE

if TYPE_CHECKING:
    from smmetrics.panels.results import Chart

WIDTH = 640
_OPENING = re.compile(r"<svg\b[^>]*>")


def svg(chart: Chart, *, dark: bool = False, width: int = WIDTH) -> str:
    """Draw a chart at a width in pixels; it shrinks where there is less room. Every text in it is escaped."""
    import vl_convert  # noqa: PLC0415 (its JavaScript engine starts on first use: only those who draw wait for it)

    spec = complete(chart, width=width)
    drawn = vl_convert.vegalite_to_svg(spec, config=theme.config(dark=dark), allowed_base_urls=[])
    return _OPENING.sub(lambda found: _flexible(found[0], chart.description), drawn, count=1)


def complete(chart: Chart, *, width: int) -> dict[str, Any]:
    """The specification with its rows and a width, as tools that know no containers need it."""
    spec = dict(chart.spec)
    return {**spec, "width": width, "data": {"name": TABLE, "values": list(chart.rows)}}


def _flexible(opening: str, description: str) -> str:
    """The opening of an SVG that may shrink, and says what it shows to those who do not see it."""
    from html import escape  # noqa: PLC0415 (beside its only use)

    words = escape(description, quote=True)
    return opening[:-1] + f' role="img" aria-label="{words}" style="max-width:100%;height:auto">'

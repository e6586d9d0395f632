"""A chart as SVG text, for files without scripts. Made on this machine; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smmetrics.panels import painting
from smmetrics.panels.charts import theme
from smmetrics.panels.charts.parts import TABLE
from smmetrics.panels.markup import clean
from smmetrics.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.panels.results import Chart

WIDTH = 640
FONT = "sans-serif"
"""The renderer measures every name on an axis many times, and a list of letters it does not find at half the speed."""
LONGEST = 200
"""Characters of one text in a picture: no chart has room for more, and the renderer measures every one."""
LETTER = 5.75
"""Pixels of a letter of a name: a name that has no room is cut by its letters first, for to cut it by its width the
renderer measures it again and again (which takes three quarters of the time of a chart of long names)."""
_SAID = frozenset({"title", "subtitle", "text", "description", "domain"})
"""The parts of a specification that people read; all others are its language, which is never cut."""
_OPENING = re.compile(r"<svg\b[^>]*>")


def svg(chart: Chart, *, dark: bool = False, width: int = WIDTH) -> str:
    """Draw a chart at a width in pixels; it shrinks where there is less room. Every text in it is escaped."""
    spec, look = _order(chart, dark=dark, width=width)
    picture = painting.drawn(spec, look) or _drawn_here(spec, look)
    return _OPENING.sub(lambda found: _flexible(found[0], clean(chart.description)), picture, count=1)


def begin(charts: Iterable[tuple[Chart, int]]) -> None:
    """Have charts drawn at their widths ahead of `svg`, where there is somebody to draw them."""
    painting.begin(_order(chart, dark=False, width=width) for chart, width in charts)


def _order(chart: Chart, *, dark: bool, width: int) -> tuple[dict[str, Any], dict[str, Any]]:
    return complete(chart, width=width), theme.config(dark=dark) | {"font": FONT}


def _drawn_here(spec: dict[str, Any], look: dict[str, Any]) -> str:
    import vl_convert  # noqa: PLC0415 (its JavaScript engine starts on first use: only those who draw wait for it)

    return vl_convert.vegalite_to_svg(spec, config=look, allowed_base_urls=[])


def complete(chart: Chart, *, width: int) -> dict[str, Any]:
    """The specification with its rows and a width, as tools that know no containers need it.

    Characters that SVG cannot hold are gone: the renderer would end this whole program over some of them.
    """
    spec: dict[str, Any] = _cut_by_letters(_drawable(chart.spec))
    return {
        **spec,
        "width": width,
        "data": {"name": TABLE, "values": [_drawable(row, said=True) for row in chart.rows]},
    }


def _drawable(value: object, *, said: bool = False) -> Any:  # noqa: ANN401 (whatever a specification holds)
    """The value without such characters; what is ``said`` to people in it is cut where it is too long to draw."""
    if isinstance(value, str):
        text = clean(value)
        return cut(text, LONGEST) if said else text
    if isinstance(value, Mapping):
        return {key: _drawable(part, said=said or key in _SAID) for key, part in value.items()}
    return [_drawable(part, said=said) for part in value] if isinstance(value, list | tuple) else value


def _cut_by_letters(value: object) -> Any:  # noqa: ANN401 (whatever a specification holds)
    """The specification, its names cut to about as many letters as they have room for."""
    if isinstance(value, list):
        return [_cut_by_letters(part) for part in value]
    if not isinstance(value, dict):
        return value
    found = {key: _cut_by_letters(part) for key, part in value.items()}
    room = found.get("labelLimit")
    if not isinstance(room, int | float) or room < LETTER or "labelExpr" in found:
        return found
    short = f"truncate(datum.label, {int(room / LETTER)})"
    return {**found, "labelExpr": f"isArray(datum.label) ? datum.label : {short}"}


def _flexible(opening: str, description: str) -> str:
    """The opening of an SVG that may shrink, and says what it shows to those who do not see it."""
    from html import escape  # noqa: PLC0415 (beside its only use)

    words = escape(description, quote=True)
    return opening[:-1] + f' role="img" aria-label="{words}" style="max-width:100%;height:auto">'

"""Where a chart is seen: a picture in the page, or a place that the page's own script draws in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from smmetrics.panels.markup import Markup, clean, joined, tag
from smmetrics.panels.plain import plain
from smmetrics.report.tables import grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.panels.results import Chart, PanelResult

DATA = "chart-data"
"""The id of the block that holds what is drawn."""
WIDE, NARROW = 760, 360
"""Widths a picture is drawn at: for a screen or a page, and for a telephone."""
BESIDE = 400
"""The width of a chart that stands beside others of its panel: half a page, or a telephone."""
SIDE_BY_SIDE = 360
"""The width of the small charts of one group, everywhere."""
UNUSED = frozenset({"$schema", "usermeta"})
MOST_NUMBERS = 200
BACKSLASH = "\u29f5"
"""A sign that looks like one and escapes nothing."""
NOT_DRAWN = "This chart could not be drawn."


class Sketch(Protocol):
    """A way to show charts."""

    def draw(self, chart: Chart, *, beside: bool) -> Markup:
        """The place in the page where a chart is seen, by itself or ``beside`` others of its panel."""
        ...

    def data(self) -> dict[str, Any]:
        """What a script needs to draw them."""
        ...

    def style(self) -> str:
        """Style that the page needs for them."""
        ...


class Placeholders:
    """Places that the page's script draws in; the numbers stand below, for those who do not see it."""

    def __init__(self) -> None:
        self._charts: list[dict[str, Any]] = []

    def draw(self, chart: Chart, *, beside: bool) -> Markup:  # noqa: ARG002 (a script draws at the width there is)
        """An empty place, described in words."""
        name = f"chart-{len(self._charts) + 1}"
        self._charts.append({"id": name, "spec": plain(titled(spec_of(chart))), "rows": plain(chart.rows)})
        inside = tag("div", id=name, aria_hidden="true")
        return joined((tag("div", inside, class_="view", role="img", aria_label=chart.description), numbers(chart)))

    def data(self) -> dict[str, Any]:
        """Specifications and rows of all places drawn so far, and how they look by day and by night."""
        from smmetrics.panels.charts.bundle import EMBED  # noqa: PLC0415 (only where there are live charts)
        from smmetrics.panels.charts.theme import config  # noqa: PLC0415 (see above)

        return {"charts": self._charts, "embed": EMBED, "light": config(dark=False), "dark": config(dark=True)}

    def style(self) -> str:
        """The colours of paper for what was drawn at night."""
        from smmetrics.report.recolour import on_paper  # noqa: PLC0415 (only where there are charts)

        return on_paper() if self._charts else ""


class Pictures:
    """Charts as SVG, those by themselves drawn twice, as the page may be narrow: letters keep their size."""

    def __init__(self) -> None:
        self._count = 0

    def draw(self, chart: Chart, *, beside: bool) -> Markup:
        """The chart as a picture, described in words."""
        self._count += 1
        pictures = (self._picture(chart, width, kind) for width, kind in _widths(chart, beside=beside))
        return joined((*pictures, numbers(chart)))

    def data(self) -> dict[str, Any]:
        """Nothing: a picture needs no script."""
        return {}

    def style(self) -> str:
        """The colours of a dark ground."""
        from smmetrics.report.recolour import at_night  # noqa: PLC0415 (only where there are charts)

        return at_night() if self._count else ""

    def _picture(self, chart: Chart, width: int, kind: str) -> Markup:
        from smmetrics.panels.charts.svg import svg  # noqa: PLC0415 (vl-convert is heavy)
        from smmetrics.report.pictures import sealed  # noqa: PLC0415 (only where there are pictures)

        prefix = f"p{self._count}{kind[:1]}"
        try:
            drawn = svg(_named(chart), width=width)
            return sealed(drawn, label=chart.description, prefix=prefix, class_=kind)
        except (ValueError, SyntaxError):  # what Vega and XML say of what they cannot read, such as a plugin's chart
            return tag("p", NOT_DRAWN, class_=f"note picture {kind}")


def begin(results: Iterable[PanelResult]) -> None:
    """Have the pictures of panels drawn ahead, where there is somebody to draw them."""
    from smmetrics.panels.charts.svg import begin  # noqa: PLC0415 (only where there are pictures)

    begin(
        (_named(chart), width)
        for result in results
        for chart in result.charts
        for width, _ in _widths(chart, beside=stand_beside(result))
    )


def stand_beside(result: PanelResult) -> bool:
    """Whether the charts of a panel stand beside one another."""
    return len(result.charts) > 1


def _named(chart: Chart) -> Chart:
    return replace(chart, spec=titled(chart.spec))


def _widths(chart: Chart, *, beside: bool) -> tuple[tuple[int, str], ...]:
    """The widths a chart is drawn at, and what each is called."""
    if group_of(chart):
        return ((SIDE_BY_SIDE, ""),)
    return ((BESIDE, "beside"),) if beside else ((WIDE, "wide"), (NARROW, "narrow"))


def scripts() -> tuple[str, ...]:
    """The one script of a page with live charts: the bundle, then what draws them."""
    from importlib.resources import files  # noqa: PLC0415 (only where there are live charts)

    from smmetrics.panels.charts.bundle import script  # noqa: PLC0415 (vl-convert is heavy)

    own = files("smmetrics.report").joinpath("static", "report.js").read_text(encoding="utf-8")
    return (f"{script()}\n{own}",)


def spec_of(chart: Chart) -> dict[str, Any]:
    """The chart's specification, without what only others need."""
    return {key: value for key, value in chart.spec.items() if key not in UNUSED}


def titled(value: object) -> Any:  # noqa: ANN401 (whatever a specification holds)
    """A specification whose titles stay titles.

    Vega-Lite writes those of tooltips into an expression and escapes quotation marks only: a line's end or a
    backslash would break out of it.
    """
    if isinstance(value, Mapping):
        return {
            key: clean(part).replace("\\", BACKSLASH) if key == "title" and isinstance(part, str) else titled(part)
            for key, part in value.items()
        }
    return [titled(part) for part in value] if isinstance(value, list | tuple) else value


def group_of(chart: Chart) -> str:
    """Charts of one group stand side by side."""
    return str(_meta(chart).get("group") or "")


def about_of(chart: Chart) -> str:
    """What the charts of a group all show."""
    return str(_meta(chart).get("about") or "")


def numbers(chart: Chart) -> Markup:
    """The chart's numbers as a table, folded; nothing where the chart names no columns to read."""
    columns = [column for column in _meta(chart).get("columns", ()) if column.get("title")]
    if not columns or not chart.rows:
        return joined(())
    rows = [[row.get(column["field"]) for column in columns] for row in chart.rows[:MOST_NUMBERS]]
    title = ": ".join(filter(None, (about_of(chart), chart.title)))
    table = grid([column["title"] for column in columns], rows, title=f"Numbers of: {title}")
    return tag("details", tag("summary", "Numbers"), table, class_="numbers")


def _meta(chart: Chart) -> Mapping[str, Any]:
    told: Mapping[str, Any] = chart.spec.get("usermeta", {})
    return told.get("smmetrics", {}) if isinstance(told, dict) else {}

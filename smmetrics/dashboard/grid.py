"""All panels of a dashboard in one widget: one script, data swapped without drawing anew, choosing by click and key."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from smmetrics.dashboard.heard import Heard, script
from smmetrics.panels.charts import bundle, theme
from smmetrics.panels.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from smmetrics.panels.results import Chart

_SOURCES = Path(__file__).parent / "js"
_PARTS = ("libraries.js", "tree.js", "chart.js", "sections.js", "evidence.js", "grid.js")


def module() -> str:
    """The widget's own module: small, for anywidget lets nothing be changed that is not ready within two seconds."""
    return script(*(_SOURCES / name for name in _PARTS))


@cache
def libraries() -> str:
    """The charts' script as a module, which the widget's own takes in when it first draws."""
    return f"{bundle.script()}\nexport {{ smmetricsEmbed }};\n"


@cache
def stylesheet() -> str:
    """The widget's style. It holds no outside text."""
    return (_SOURCES / "grid.css").read_text(encoding="utf-8")


def _text(value: object) -> str:
    """A part as JSON: on its way to the page a text is one piece, where a tree is taken apart and compared twice."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str, separators=(",", ":"))
    except ValueError:  # a number that is none, from a plugin's chart
        return _text(plain(value))


def _texts(*keys: str) -> dict[str, Any]:
    """How a list of parts goes to the page: what stands under these keys as text."""

    def told(parts: list[dict[str, Any]], _: object) -> list[dict[str, Any]]:
        return [{**part, **{key: _text(part[key]) for key in keys}} for part in parts]

    def read(parts: list[dict[str, Any]], _: object) -> list[dict[str, Any]]:
        return [{**part, **{key: json.loads(part[key]) for key in keys}} for part in parts]

    return {"sync": True, "to_json": told, "from_json": read}


def _told_rows(rows: dict[str, list[Any]], _: object) -> dict[str, str]:
    return {name: _text(each) for name, each in rows.items()}


def _read_rows(rows: dict[str, str], _: object) -> dict[str, list[Any]]:
    return {name: json.loads(each) for name, each in rows.items()}


class ChartGrid(Heard):
    """Panels below each other, with their charts. `show` gives it what to draw.

    ``charts`` are specifications without data; ``rows`` and ``words`` (title and description) are theirs by name: a
    chart whose specification stays gets its new rows without being sent or drawn anew. ``sections`` are the panels
    around the charts (see `sections.sections`); where there are none, the charts stand alone. ``selection`` holds what
    people chose, values by dimension; ``evidence`` stands beside a card that was asked where its number comes from.
    Its copy knows it by ``own``. ``dark`` follows JupyterLab and the browser where it is ``auto``.
    The page's entries ``smmetrics:repaint`` of its performance tell the milliseconds from a click to the picture.
    """

    charts = traitlets.List(traitlets.Dict()).tag(**_texts("spec"))
    rows = traitlets.Dict(traitlets.List()).tag(sync=True, to_json=_told_rows, from_json=_read_rows)
    words = traitlets.Dict(traitlets.Dict()).tag(sync=True)
    sections = traitlets.List(traitlets.Dict()).tag(**_texts("head", "top", "end"))
    evidence = traitlets.Dict().tag(sync=True)
    selection = traitlets.Dict(traitlets.List(traitlets.Unicode())).tag(sync=True)
    themes = traitlets.Dict().tag(sync=True)
    libraries = traitlets.Unicode().tag(sync=True)
    dark = traitlets.Enum(["auto", "light", "dark"], default_value="auto").tag(sync=True)

    def __init__(self, charts: Sequence[Chart] = (), **traits: Any) -> None:  # noqa: ANN401 (traits of a widget)
        self._esm = module()
        self._css = stylesheet()
        themes = {"light": theme.config(dark=False), "dark": theme.config(dark=True)}
        super().__init__(**{"themes": themes, "libraries": libraries(), **traits})
        if charts:
            self.show(charts)

    def show(
        self,
        charts: Sequence[Chart],
        *,
        selected: Mapping[str, Sequence[str]] | None = None,
        sections: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Draw these charts, in one message, among these panels.

        ``selected``: what is chosen, by dimension (none: as it was).
        """
        names = [chart.name for chart in charts]
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            message = f"charts of one dashboard need names of their own: {', '.join(twice)}"
            raise ValueError(message)
        with self.hold_sync():
            self.sections = [dict(section) for section in sections]
            self.charts = [_told(chart) for chart in charts]
            self.words = {chart.name: {"title": chart.title, "description": chart.description} for chart in charts}
            self.rows = {chart.name: [dict(row) for row in chart.rows] for chart in charts}
            self.evidence = {}
            if selected is not None:
                self.selection = {name: list(values) for name, values in selected.items() if values}

    def asked(self, answer: Callable[[str, int], None]) -> None:
        """Have somebody answer where numbers come from: the reading's id (empty: nothing more), and a page of rows."""
        self.on_msg(lambda _widget, content, _buffers: answer(str(content["reading"]), int(content["page"])))


def _told(chart: Chart) -> dict[str, Any]:
    """A chart without its rows and words, as the widget's script reads it."""
    return {"name": chart.name, "spec": dict(chart.spec), "selects": chart.selects}

"""The dashboard: controls, panels, charts and evidence around one state."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]
from IPython.display import display

from smmetrics import panels
from smmetrics.api.errors import SmmetricsError
from smmetrics.dashboard import shown, static
from smmetrics.dashboard.commands import Commands
from smmetrics.dashboard.controls import Controls
from smmetrics.dashboard.drawer import Drawer
from smmetrics.dashboard.grid import ChartGrid
from smmetrics.dashboard.html import Markup, stylesheet
from smmetrics.dashboard.later import Later, runs
from smmetrics.dashboard.live import LiveRegion
from smmetrics.dashboard.periods import words as period_words
from smmetrics.dashboard.saved import Saved
from smmetrics.dashboard.sections import sections
from smmetrics.dashboard.state import DashboardState
from smmetrics.dashboard.style import CSS
from smmetrics.panels.found import found_words
from smmetrics.panels.results import Card, PanelResult
from smmetrics.panels.texts import fresh_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from smmetrics.dashboard.saved import Views
    from smmetrics.panels.source import Source, View

SELECTED = "posts"
"""The table whose rows a selection gives."""


class Dashboard(widgets.VBox):  # type: ignore[misc]
    """What a source shows of a view. The state is the only truth: change it, and all parts follow once.

    Without a running event loop every change is followed at once; in a notebook a moment after the last of a burst
    (`settle` does not wait). There the first goal is shown before the others are counted.
    """

    def __init__(
        self, source: Source, view: View | None = None, *, views: Views | None = None, folder: Path | None = None
    ) -> None:
        """``views``: where views are kept by name (none: nowhere); ``folder``: what commands have to name."""
        self.state = DashboardState(view)
        self.recomputed = 0
        self._results: tuple[PanelResult, ...] = ()
        self._source = source
        self._commands = Commands(folder)
        self._later = Later(self._recompute)
        self._reviewed = Later(self._review)
        self.status = LiveRegion()
        self.controls = Controls(self.state, source, say=self._say)
        self.saved = Saved(self.state, source, views=views, say=self._say)
        self.grid = ChartGrid()
        self.drawer = Drawer(source, lambda: self.state.view, self._told)
        self._head = widgets.HTML()
        self._found: tuple[str | None, str] = (None, "")
        super().__init__(
            [
                widgets.HTML(str(stylesheet(CSS))), self._head, self.controls, self.saved, self.status,
                self.grid,
            ]
        )  # fmt: skip
        self.grid.asked(self._asked)
        self.grid.observe(self._picked, "selection")
        self.state.follow(self._changed)
        self._begin()

    @property
    def results(self) -> tuple[PanelResult, ...]:
        """The panels shown."""
        self.settle()
        return self._results

    @property
    def readings(self) -> pl.DataFrame:
        """The readings shown: in all, and by the view's grain."""
        self.settle()
        from smmetrics.dashboard.taking import readings  # noqa: PLC0415 (polars, for those who ask)

        return readings(self._source, self.state.view)

    def selected_rows(self, table: str = SELECTED, *, columns: Sequence[str] = ()) -> pl.DataFrame:
        """The rows of a table inside the view and what was chosen in charts, newest first."""
        self.settle()
        view = self.state.view
        return self._source.table(table, view, columns=columns, limit=max(1, self._source.count(table, view)))

    def evidence(self, reading_id: str) -> Mapping[str, Any]:
        """What is behind a number; the drawer shows it too."""
        self.settle()
        return self.drawer.tell(reading_id)

    def settle(self) -> None:
        """Follow the changes made so far, now."""
        self._later.now()

    def _asked(self, reading_id: str, page: int) -> None:
        if reading_id:
            self.settle()
            self.drawer.tell(reading_id, page)
        else:
            self.drawer.shut()

    def _told(self, evidence: dict[str, Any]) -> None:
        self.grid.evidence = evidence

    def _changed(self) -> None:
        self.controls.refresh()
        self._later.ask()

    def _picked(self, change: Any) -> None:  # noqa: ANN401 (a change of traitlets)
        chosen = {name: tuple(map(str, values)) for name, values in dict(change["new"]).items() if values}
        self.state.change(selected=chosen)

    def _begin(self) -> None:
        """Show the first goal and have the others follow, where a loop runs that can; else all."""
        began = _built(self._source, self.state.view, panels.begin) if runs() else ()
        if began:
            self._put(began)
            self._later.ask()
        else:
            self._recompute()

    def _recompute(self) -> None:
        self.recomputed += 1
        self._put(_built(self._source, self.state.view, panels.build))
        self.saved.forget()
        if self._found[0] != fresh_words(self._source):
            # What the review finds changes with what comes in; to ask at every click would take too long.
            self._reviewed.ask()

    def _put(self, results: tuple[PanelResult, ...]) -> None:
        """Show these panels."""
        view, results = self.state.view, self._commands.results(results)
        self._results = results
        self._head.value = str(self._header())
        told, charts = sections(results)
        self.grid.show(charts, selected=view.selected, sections=told)
        bare = all(result.panel == "empty" and not result.goal for result in results)
        for control in (self.controls, self.saved):
            control.layout.display = "none" if bare else None  # there is nothing to choose from
        self._say("" if bare else _summary(results, view))

    def _review(self) -> None:
        """What the review finds, said in the head: nobody waits for it to see the rest."""
        self._found = (fresh_words(self._source), _found(self._source))
        self._head.value = str(self._header())

    def _header(self) -> Markup:
        days = fresh_words(self._source)
        until = f"Data until: {days}" if days else ""
        found = self._commands.typed(self._found[1])
        return shown.head(self._source.title, self._source.purpose, until, found)

    def _say(self, text: str) -> None:
        self.status.text = text

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:  # noqa: ANN401 (as ipywidgets has it)
        """The widget alone, and a few words where it cannot be shown. What follows the first goal is not waited for."""
        if self.recomputed:
            self.settle()
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options) or {}
        return {**bundle, "text/plain": f"{self._source.title}: run the notebook to use its dashboard."}

    def _ipython_display_(self, **options: Any) -> None:  # noqa: ANN401 (as IPython has it)
        """Show the widget; then, hidden behind it, the copy for readers without a kernel: its pictures take time."""
        display(self._repr_mimebundle_(**options), raw=True)  # type: ignore[no-untyped-call]
        sys.stdout.flush()  # what was shown is on its way before the rest keeps all of this process busy
        self.settle()
        self._reviewed.now()
        copy = static.bundle(self._header(), self.results, of=self.grid.own)
        display(copy, raw=True)  # type: ignore[no-untyped-call]


def _found(source: Source) -> str:
    """What the review finds; of a strategy that cannot be read the panels say so."""
    try:
        findings = source.findings()
    except SmmetricsError:
        return ""
    return found_words(finding["level"] for finding in findings if not finding.get("accepted"))


def _built(
    source: Source, view: View, build: Callable[[Source, View], tuple[PanelResult, ...]]
) -> tuple[PanelResult, ...]:
    """The panels; what stops them all (a strategy file that cannot be read) is a card that says so."""
    try:
        return tuple(build(source, view))
    except SmmetricsError as error:
        card = Card(
            kind="error", title="This view cannot be shown", reason_text=f"{error.message} {error.hint}".strip()
        )
        return (PanelResult(panel="error", title="Dashboard", cards=(card,)),)


def _summary(results: Sequence[PanelResult], view: View) -> str:
    """One spoken line: what is shown now, or what is still to come."""
    if results and results[-1].panel == "later":
        return " ".join(results[-1].words)
    numbers = sum(card.kind == "kpi" for result in results for card in result.cards)
    charts = sum(len(result.charts) for result in results)
    chosen = "; ".join(f"{name}: {', '.join(values)}" for name, values in view.selected.items())
    parts = [f"Shown: {period_words(view.since, view.until)}", f"{numbers} numbers", f"{charts} charts"]
    return ", ".join(parts) + (f". Only {chosen}" if chosen else "")

"""The controls of a dashboard, linked to its state both ways. Each has a name that is spoken and shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]

from smmetrics.dashboard import periods
from smmetrics.dashboard.inputs import button, choice, day, pick, several
from smmetrics.dashboard.state import COMPARISONS, GRAINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from smmetrics.dashboard.state import DashboardState
    from smmetrics.panels.source import Source

_DAY = timedelta(days=1)
_COMPARED: Mapping[str, str] = {"none": "Nothing", "previous": "The period before", "last_year": "The year before"}
_BACKWARDS = "The first day must not come after the last."


class Controls(widgets.HBox):  # type: ignore[misc]
    """Goal, period, grain, comparison, platforms, undo. What people change goes to the state, and comes back."""

    def __init__(self, state: DashboardState, source: Source, *, say: Callable[[str], None]) -> None:
        """``say`` tells people what could not be done."""
        self._state = state
        self._covered = source.days()
        self._goals = [goal.name for goal in source.goals]
        self._say = say
        self._following = True
        self.goal = choice("Goal", {"All goals": (), **{name: (name,) for name in self._goals}}, "Show one goal or all")
        named = {words: name for name, words in periods.NAMES.items()}
        self.period = choice("Period", named, "Which days are counted, up to the last day of data")
        self.since = day("From", "First day counted")
        self.until = day("To", "Last day counted")
        self.grain = choice("One point a", {name.capitalize(): name for name in GRAINS}, "What one point of a line is")
        compared = {_COMPARED[name]: name for name in COMPARISONS}
        self.comparison = choice("Compare with", compared, "What a change is measured from")
        self.platforms = several("Platforms (none: all)", source.platforms, "Count these platforms only")
        self.clear = button("Clear selection", "Show again what a click in a chart left out")
        self.undo = button("Undo", "Take the last change back")
        super().__init__(list(self._all()))
        self.add_class("smm-controls")
        self._watch()
        self.refresh()

    def refresh(self) -> None:
        """Show what the state is."""
        self._following = False
        try:
            self._show()
        finally:
            self._following = True

    def _show(self) -> None:
        view = self._state.view
        pick(self.goal, view.goals, ", ".join(view.goals))
        name = periods.name_of(view.since, view.until, self._covered)
        self.period.value = name
        self._own(shown=name == periods.OWN)
        self.since.value = view.since
        self.until.value = view.until - _DAY if view.until else None
        self.grain.value = view.grain
        self.comparison.value = view.comparison
        known = {value for _, value in self.platforms.options}
        self.platforms.value = tuple(name for name in view.platforms if name in known)
        self.clear.disabled = not view.selected
        self.undo.disabled = not self._state.steps

    def _all(self) -> Iterator[widgets.DOMWidget]:
        yield from (self.goal, self.period, self.since, self.until, self.grain, self.comparison)
        # Both take a step back: where there is no room, they go into the next line together.
        yield from (self.platforms, widgets.HBox((self.clear, self.undo)))

    def _watch(self) -> None:
        state = self._state
        self.goal.observe(self._guarded(lambda new: state.change(goals=new)), "value")
        self.period.observe(self._guarded(self._named), "value")
        self.since.observe(self._guarded(lambda _: self._dated()), "value")
        self.until.observe(self._guarded(lambda _: self._dated()), "value")
        self.grain.observe(self._guarded(lambda new: state.change(grain=new)), "value")
        self.comparison.observe(self._guarded(lambda new: state.change(comparison=new)), "value")
        self.platforms.observe(self._guarded(lambda new: state.change(platforms=tuple(new))), "value")
        self.clear.on_click(lambda _: state.change(selected={}))
        self.undo.on_click(lambda _: state.undo())

    def _guarded(self, run: Callable[[Any], None]) -> Callable[[Any], None]:
        """Follow what people change, and not what `refresh` shows."""

        def follow(change: Any) -> None:  # noqa: ANN401 (a change of traitlets)
            if self._following:
                run(change["new"])

        return follow

    def _named(self, name: str) -> None:
        self._own(shown=name == periods.OWN)
        if name != periods.OWN:
            since, until = periods.days(name, self._covered)
            self._state.change(since=since, until=until)

    def _dated(self) -> None:
        first, last = self.since.value, self.until.value
        if first and last and first > last:
            self._say(_BACKWARDS)
            return
        self._state.change(since=first, until=last + _DAY if last else None)

    def _own(self, *, shown: bool) -> None:
        for picker in (self.since, self.until):
            picker.layout.display = "" if shown else "none"

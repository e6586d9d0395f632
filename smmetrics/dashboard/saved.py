"""Views that are kept by a name, and the readings shown as a file to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import ipywidgets as widgets  # type: ignore[import-untyped]

from smmetrics.api.errors import SmmetricsError
from smmetrics.dashboard import taking
from smmetrics.dashboard.inputs import button, choice, words
from smmetrics.dashboard.state import read_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smmetrics.dashboard.state import DashboardState
    from smmetrics.panels.source import Source

NONE = "No view is saved yet"


class Views(Protocol):
    """A place where views are kept by name. What it cannot do it says with a `SmmetricsError`."""

    def names(self) -> Sequence[str]:
        """The names of the views kept."""
        ...

    def load(self, name: str) -> str:
        """A view's JSON."""
        ...

    def save(self, name: str, text: str) -> None:
        """Keep a view under a name."""
        ...


class Saved(widgets.HBox):  # type: ignore[misc]
    """Save and open views (where there is a place for them), and take the readings away."""

    def __init__(
        self, state: DashboardState, source: Source, *, views: Views | None, say: Callable[[str], None]
    ) -> None:
        """``say`` tells people how it went."""
        self._state, self._source, self._views, self._say = state, source, views, say
        self.name = words("Name of this view", "Under which this view is kept")
        self.save = button("Save view", "Keep this view under its name")
        self.known = choice("Saved views", [(NONE, "")], "Views kept before")
        self.look = button("Open view", "Look at the view chosen")
        self.take = button("Export CSV", "Make a file of the readings shown")
        self.link = widgets.HTML()
        self.save.on_click(lambda _: self._carefully(self._save))
        self.look.on_click(lambda _: self._carefully(self._look))
        self.take.on_click(lambda _: self._carefully(self._take))
        keeping = [self.name, self.save, self.known, self.look] if views is not None else []
        super().__init__([*keeping, self.take, self.link])
        self.add_class("smm-controls")
        self._carefully(self._offer)

    def forget(self) -> None:
        """What was taken away is of a former view."""
        self.link.value = ""

    def _carefully(self, run: Callable[[], None]) -> None:
        """Say what went wrong instead of doing nothing."""
        try:
            run()
        except SmmetricsError as error:
            self._say(f"{error.message} {error.hint}".strip())

    def _offer(self) -> None:
        names = list(self._views.names()) if self._views is not None else []
        self.known.options = [(name, name) for name in names] or [(NONE, "")]
        self.look.disabled = not names

    def _save(self) -> None:
        assert self._views is not None, "the button is shown only with a place to keep views"
        name = self.name.value.strip()
        if not name:
            self._say("Give this view a name first.")
            return
        self._views.save(name, self._state.to_json())
        self._offer()
        self.known.value = name
        self._say(f"Saved as {name}.")

    def _look(self) -> None:
        assert self._views is not None, "the button is shown only with a place to keep views"
        name = self.known.value
        if name:
            self._state.show(read_view(self._views.load(name)))
            self._say(f"Opened {name}.")

    def _take(self) -> None:
        self.link.value = str(taking.link(taking.readings(self._source, self._state.view)))
        self._say("The file is ready: follow the link beside the button.")

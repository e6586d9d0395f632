"""What a dashboard looks at: the only truth. Controls are linked to it, panels follow it, views are saved from it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import traitlets

from smmetrics.api.errors import UserMistake
from smmetrics.panels.source import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FORMAT = 1
"""Of saved views. A newer one is refused."""
MOST_STEPS = 50
"""How many steps can be taken back."""
GRAINS = ("day", "week", "month", "quarter", "total")
COMPARISONS = ("none", "previous", "last_year")
_FIELDS = tuple(field.name for field in fields(View))
_DAYS = ("since", "until")


class DashboardState(traitlets.HasTraits):
    """A view that can be watched, taken back and saved.

    ``goals`` and ``platforms`` empty: all. ``until`` is the first day left out. ``selected``: values chosen in a
    chart, by dimension. ``steps``: how many changes can be taken back.
    """

    goals = traitlets.Tuple(())
    since = traitlets.Instance(date, allow_none=True)
    until = traitlets.Instance(date, allow_none=True)
    grain = traitlets.Enum(GRAINS, "month")
    comparison = traitlets.Enum(COMPARISONS, "previous")
    platforms = traitlets.Tuple(())
    selected = traitlets.Dict()
    steps = traitlets.Int(0)

    def __init__(self, view: View | None = None) -> None:
        """Begin with a view; watch the fields from then on."""
        given = view or View()
        super().__init__(**{name: getattr(given, name) for name in _FIELDS})
        self._past: list[View] = []
        self._now = self.view
        self._following: list[Callable[[], None]] = []
        self._held = False
        self.observe(self._changed, list(_FIELDS))

    @property
    def view(self) -> View:
        """The state as panels take it."""
        told = {name: getattr(self, name) for name in _FIELDS}
        told["selected"] = {key: tuple(values) for key, values in sorted(told["selected"].items()) if values}
        return View(**told)

    def change(self, **fields: Any) -> None:  # noqa: ANN401 (the fields of a view)
        """Change several fields in one step."""
        self.show(self.view.with_(**fields))

    def show(self, view: View) -> None:
        """Look at something else, in one step."""
        with self._one_step():
            for name in _FIELDS:
                setattr(self, name, getattr(view, name))

    def undo(self) -> bool:
        """Go back to what was looked at before; false where there was nothing."""
        if not self._past:
            return False
        former = self._past.pop()
        self._now = former
        self.steps = len(self._past)
        self.show(former)
        for follow in self._following:
            follow()
        return True

    def follow(self, run: Callable[[], None]) -> None:
        """Call ``run`` once after every step."""
        self._following.append(run)

    def to_json(self) -> str:
        """The view as text: for saved views and for the command line."""
        told: dict[str, Any] = {name: getattr(self.view, name) for name in _FIELDS}
        told |= {name: told[name].isoformat() if told[name] else None for name in _DAYS}
        return json.dumps({"format": FORMAT, **told}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> DashboardState:
        """A state from `to_json`. Raises `UserMistake` for anything else, saying what is wrong."""
        return cls(read_view(text))

    def _changed(self, _: object = None) -> None:
        if self._held:
            return
        view = self.view
        if view == self._now:
            return
        self._past = [*self._past[-MOST_STEPS + 1 :], self._now]
        self._now = view
        self.steps = len(self._past)
        for follow in self._following:
            follow()

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self._changed()


def read_view(text: str) -> View:
    """A view from its JSON. Raises `UserMistake`."""
    try:
        told = json.loads(text)
        return _view(told)
    except (ValueError, TypeError, KeyError, traitlets.TraitError) as error:
        message = f"This is no saved view: {error}."
        raise UserMistake(message, hint="Save it again from a dashboard.", code="view.malformed") from error


def _view(told: Mapping[str, Any]) -> View:
    if told["format"] > FORMAT:
        message = f"a newer smmetrics wrote it (format {told['format']}; this one reads up to {FORMAT})"
        raise ValueError(message)
    unknown = sorted(set(told) - {"format", *_FIELDS})
    if unknown:
        message = f"nothing is known of {', '.join(unknown)}"
        raise ValueError(message)
    given = {name: told[name] for name in _FIELDS if name in told}
    given |= {name: date.fromisoformat(given[name]) for name in _DAYS if given.get(name)}
    given |= {name: _texts(given[name]) for name in ("goals", "platforms") if name in given}
    given["selected"] = {str(key): _texts(values) for key, values in _table(given.get("selected", {})).items()}
    return DashboardState(View(**given)).view


def _table(given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        message = f"expected values by dimension and found {given!r}"
        raise TypeError(message)
    return given


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        message = f"expected a list of texts and found {values!r}"
        raise TypeError(message)
    return tuple(values)

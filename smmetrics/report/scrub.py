"""Takes names and handles of persons out of texts; used after panels made them, on everything they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from smmetrics.report.withholding import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.panels.results import PanelResult
    from smmetrics.panels.source import GoalInfo

Any_ = TypeVar("Any_")
SOMEBODY = "one of the team"
HANDLE = re.compile(r"(?<![\w.])@(?!name(?![\w@+-]|\.\w))[\w.+-]+(?:@[\w.-]+\w)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""Handles (@ana, @ana@acme.example) and mail addresses. ``@name`` is nobody: our own words write it for any handle."""
SOMEONE = "someone"
_KEPT = frozenset({"metric", "reading_id", "panel", "goal", "name", "kind", "role", "status", *PLAIN})
"""Parts that are words of ours, or that others find things by."""
_SHOWN = frozenset({"title", "subtitle", "text", "description", "domain", "about"})
"""The parts of a chart's specification that people read; all others are its language."""


@dataclass(frozen=True, slots=True)
class Scrub:
    """Replaces what a person is called. ``names`` is None where nobody is named."""

    names: re.Pattern[str] | None

    @classmethod
    def of(cls, goals: Iterable[GoalInfo]) -> Scrub:
        """Learn the names from those who work on the goals."""
        names = {name.strip() for goal in goals for name in (*goal.people, *goal.hours) if name.strip()}
        spelled = {form for name in names for form in (name, re.sub(r"[-_]+", " ", name))}
        if not spelled:
            return cls(None)
        longest_first = sorted(spelled, key=lambda name: (-len(name), name))
        return cls(re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE))

    def __call__(self, text: str) -> str:
        """The text without names of the team and without handles."""
        text = HANDLE.sub(SOMEONE, text)
        return self.names.sub(SOMEBODY, text) if self.names else text

    def result(self, panel: PanelResult) -> PanelResult:
        """A panel's result without them, in every text that people read."""
        return self.inside(panel)

    def inside(self, value: Any_) -> Any_:
        """The value with every text in it scrubbed, whatever holds it."""
        return self._inside(value)  # type: ignore[no-any-return]

    def _inside(self, value: Any) -> Any:  # noqa: ANN401 (whatever results are made of)
        if isinstance(value, str):
            return self(value)
        if isinstance(value, tuple | list):
            return type(value)(map(self._inside, value))
        if isinstance(value, Mapping):
            return self._map(value)
        if is_dataclass(value) and not isinstance(value, type):
            named = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in _KEPT}
            return replace(value, **{name: self._part(name, part) for name, part in named.items()})
        return value

    def _part(self, name: str, value: Any) -> Any:  # noqa: ANN401 (see above)
        return self._spec(value) if name == "spec" else self._inside(value)

    def _spec(self, value: Any) -> Any:  # noqa: ANN401 (see above)
        if isinstance(value, Mapping):
            return {key: self._inside(part) if key in _SHOWN else self._spec(part) for key, part in value.items()}
        return [self._spec(part) for part in value] if isinstance(value, tuple | list) else value

    def _map(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {key: part if key in _KEPT else self._inside(part) for key, part in value.items()}

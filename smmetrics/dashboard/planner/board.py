"""The planner: what people do goes to the state, and the page follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import SmmetricsError
from smmetrics.dashboard.html import Markup, joined
from smmetrics.dashboard.later import Later
from smmetrics.dashboard.planner import copy, matrix, telling
from smmetrics.dashboard.planner.aims import goals, titled
from smmetrics.dashboard.planner.beside import STEPS, beside, counts
from smmetrics.dashboard.planner.numbers import questions, targets
from smmetrics.dashboard.planner.page import Page
from smmetrics.dashboard.planner.places import channels, supposed
from smmetrics.dashboard.planner.source import FileChanged
from smmetrics.dashboard.planner.state import PlanState
from smmetrics.dashboard.planner.who import audiences, people, purpose
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.dashboard.planner.fields import Screen
    from smmetrics.dashboard.planner.source import Judged, PlanSource

WAIT = 0.025
"""Seconds after the last of a burst of changes: keys come slower, and what is said should stand there at once."""
MEASURED = frozenset({"questions", "targets", "channels"})
"""The steps that show what can be measured where."""


class Planner(Page):
    """A strategy file to fill in. `state` is the only truth: change it, and the page follows once.

    Without a running event loop every change is followed at once; in a
    notebook a moment after the last of a burst (`settle` does not wait).
    """

    def __init__(self, source: PlanSource) -> None:
        """Reads the file; what is no TOML raises as the source's `read`."""
        super().__init__()
        self._source = source
        self.state = PlanState(source.read())
        self._later = Later(self._recompute, wait=WAIT)
        self._seen = self._did = self._focused = 0
        self._focus: Mapping[str, Any] = {"n": 0, "key": ""}
        self._message = ""
        self._drawn: tuple[object, ...] = ()
        self._judged: Judged = source.judge(self.state.draft)
        self._screen: Screen = self._screens(self.state.step)
        self._left: Screen | None = None
        self.state.follow(self._later.ask)
        self.on_msg(self._heard)
        self._recompute()

    @property
    def judged(self) -> Judged:
        """What is said of the plan as it is now."""
        self.settle()
        return self._judged

    def settle(self) -> None:
        """Follow the changes made so far, now."""
        self._later.now()

    def save(self) -> bool:
        """Write the changes to the file; whether that was done. What stands against it is said on the page."""
        self.settle()
        if not self.state.edits:
            return self._say(say("planner.said.nothing"))
        if not self.judged.readable:
            return self._say(say("planner.said.faulty", places=telling.faults(self.judged.remarks)))
        try:
            document = self._source.save(self.state.edits)
        except FileChanged:
            return self._say(say("planner.said.changed"))
        except SmmetricsError as error:
            return self._say(f"{error.message} {error.hint}".strip())
        self.state.saved(document)
        self._say(say("planner.said.saved", file=self._source.file))
        return True

    def read_again(self) -> bool:
        """Read the file as it is now, and put what was typed on it; whether it could be read."""
        before, edits = self.state.base, len(self.state.edits)
        try:
            document = self._source.read()
        except (SmmetricsError, OSError) as error:
            return self._say(str(error))
        over = self.state.read_again(document)
        said = [say("planner.said.read", n=edits), *telling.overtaken(over, document)] if document != before else []
        self._say("\n".join(said) or say("planner.said.read", n=edits))
        return True

    def _heard(self, _: object, message: Mapping[str, Any], __: object) -> None:
        """What people did on the page."""
        self._seen = max(self._seen, int(message.get("n", 0)))
        does = message.get("does")
        if does == "put":
            self._put(str(message.get("key")), message.get("value"))
        elif does == "act":
            self._act(str(message.get("key")), str(message.get("word", "")))
        elif does == "go" and message.get("step") in STEPS:
            self._go(str(message["step"]))
        elif does == "press":
            self._press(str(message.get("what")))

    def _put(self, key: str, value: object) -> None:
        # While this program is busy one still writes on the step one has asked to leave.
        field = self._screen.fields.get(key) or (self._left.fields.get(key) if self._left else None)
        if field is not None:
            self._message = ""
            self.state.take(field.write(value))

    def _act(self, key: str, word: str) -> None:
        self.settle()
        act = self._screen.acts.get(key)
        if act is None:
            return
        done = act.run(word)
        if isinstance(done, str):
            self._say(done)
            return
        self._message, self._did = "", self._seen
        self._focus_on(act.then(word))
        self.state.take(done)

    def _go(self, step: str) -> None:
        self._message = ""
        self._focus_on("")
        self._left = self._screen
        self.state.go(step)
        self.settle()

    def _press(self, what: str) -> None:
        at = STEPS.index(self.state.step)
        if what == "save":
            self.save()
        elif what == "again":
            self.read_again()
        elif what == "undo" and self.state.undo():
            self._say(say("planner.said.undone"))
        elif what == "forget":
            self.state.forget()
        elif what in {"back", "next"}:
            self._go(STEPS[min(max(at + (1 if what == "next" else -1), 0), len(STEPS) - 1)])

    def _focus_on(self, key: str) -> None:
        self._focused += 1
        self._focus = {"n": self._focused, "key": key}

    def _say(self, text: str) -> bool:
        self._message = text
        self._later.ask()
        return False

    def _recompute(self) -> None:
        draft = self.state.draft
        self._judged = self._source.judge(draft)
        self._screen = self._screens(self.state.step)
        below = self._below()
        with self.hold_sync():
            self.screen = self._screen.told()
            self.shown = self._shown()
            if below is not None:
                self.below = below.tree()

    def _screens(self, step: str) -> Screen:
        draft, source = self.state.draft, self._source
        if step == "goals":
            return goals(draft, source)
        if step == "questions":
            return questions(draft, source)
        if step == "targets":
            return targets(draft, source, self._judged)
        if step == "channels":
            return channels(draft, source, self._judged, self.state.tried)
        if step == "audiences":
            return audiences(draft, source)
        return {"purpose": purpose, "people": people}[step](draft)

    def _shown(self) -> dict[str, Any]:
        remarks, step = self._judged.remarks, self.state.step
        notes = beside(self._screen, remarks)
        off = [name for name, on in {"undo": self.state.edits, "save": self.state.edits}.items() if not on]
        at = STEPS.index(step)
        return {
            "values": self._screen.values(), "seen": self._seen, "did": self._did, "focus": dict(self._focus),
            "notes": notes, "groups": telling.of_groups(self._screen, notes), "counts": counts(remarks),
            "steps": [[name, say(f"planner.steps.{name}.title")] for name in STEPS],
            "status": telling.status(step, remarks, len(self.state.edits)), "message": self._message,
            "off": [*off, *(["back"] if at == 0 else []), *(["next"] if at == len(STEPS) - 1 else [])],
            "homeless": [telling.homeless(edit) for edit in self.state.homeless],
        }  # fmt: skip

    def _below(self) -> Markup | None:
        """The matrix; None where it is as it was."""
        if self.state.step not in MEASURED or not self._judged.asked:
            drawn: tuple[object, ...] = ()
            cells: Sequence[Cell] = ()
        else:
            cells = self._cells()
            drawn = (cells, tuple(titled(self.state.draft, name) for name in {cell.goal for cell in cells}))
        if drawn == self._drawn:
            return None
        self._drawn = drawn
        return self._matrix(cells) if drawn else joined(())

    def _cells(self) -> Sequence[Cell]:
        draft = self.state.draft
        without, with_ = supposed(draft, self._source, self.state.tried)
        if self.state.step != "channels" or not (without or with_):
            return self._judged.cells
        return self._source.supposed(draft, without=without, with_=with_).cells

    def _matrix(self, cells: Sequence[Cell]) -> Markup:
        draft = self.state.draft
        return matrix.matrix(
            cells, goal=lambda name: titled(draft, name), number=lambda id_: self._source.number(id_).title
        )

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[Any, Any], dict[Any, Any]] | None:  # noqa: ANN401
        """The widget, and beside it a copy for readers without a kernel."""
        self.settle()
        data, about = super()._repr_mimebundle_(**options) or ({}, {})
        screens = [self._screens(step) for step in STEPS]
        copied = copy.page(screens, self._judged.remarks, self._matrix(self._judged.cells))
        return {**data, "text/html": str(copied)}, about

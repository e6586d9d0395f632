"""What every rule is given, and how it writes a finding."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from smmetrics import words
from smmetrics.strategy.faults import Finding, dotted
from smmetrics.strategy.turn import questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.api.capability import QuestionRef
    from smmetrics.api.metrics import Activity
    from smmetrics.strategy.facts import Facts
    from smmetrics.strategy.faults import Level, Path
    from smmetrics.strategy.goal import Goal
    from smmetrics.strategy.lookup import Known
    from smmetrics.strategy.model import Strategy

DOCS = "docs/findings.md"
PLACEHOLDER = "…"
"""What hints write where a person is to write: pasted as it is, it says nothing."""
SHORTEST = 28
"""Every month has this day."""


class CellLike(Protocol):
    """What a rule reads of a binding cell."""

    @property
    def goal(self) -> str:
        """The goal."""
        ...

    @property
    def question(self) -> str:
        """The question's words."""
        ...

    @property
    def metric(self) -> str:
        """The metric."""
        ...

    @property
    def channel(self) -> str:
        """The channel."""
        ...

    @property
    def status(self) -> str:
        """Whether its metric can be measured on its channel."""
        ...

    @property
    def reason(self) -> str:
        """Why it cannot be measured: a code, empty where it can."""
        ...

    @property
    def have(self) -> str:
        """The files that came in and feed it; empty: none."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The strategy, what is installed, the day, and what else is known.

    ``cells``: the binding of its questions; ``promised``: of its promises (their words are the question);
    ``possible``: of its questions on every platform that is installed, by the platform's title, asked only where
    channels are missing. ``facts``: what came in. None of them: not known, so not judged.
    """

    strategy: Strategy
    catalogue: Known
    today: date
    cells: Sequence[CellLike] | None = None
    promised: Sequence[CellLike] | None = None
    possible: Sequence[CellLike] = field(default=())
    facts: Facts | None = None

    def questions(self, goal: str = "") -> tuple[QuestionRef, ...]:
        """Every question (of one goal) that can be asked with what is installed."""
        return self._asked_by_goal.get(goal, ()) if goal else self._asked

    def fed(self, goal: str, metric: str, channel: str = "") -> bool:
        """Whether files that can show a number (on one channel) are in; where files are not known, they may be."""
        return self.cells is None or (goal, metric, channel) in self._fed

    @cached_property
    def _fed(self) -> frozenset[tuple[str, str, str]]:
        """Goal, metric and channel of the numbers that files which are in can show; an empty channel: on any."""
        having = [cell for cell in self.cells or () if cell.have]
        return frozenset((cell.goal, cell.metric, name) for cell in having for name in (cell.channel, ""))

    @cached_property
    def statuses(self) -> Mapping[tuple[str, str], set[str]]:
        """How far the channels can show each number, by goal and metric."""
        found: dict[tuple[str, str], set[str]] = {}
        for cell in self.cells or ():
            found.setdefault((cell.goal, cell.metric), set()).add(cell.status)
        return found

    @cached_property
    def _asked(self) -> tuple[QuestionRef, ...]:
        return questions(self.strategy, self.catalogue)

    @cached_property
    def _asked_by_goal(self) -> Mapping[str, tuple[QuestionRef, ...]]:
        found: dict[str, list[QuestionRef]] = {}
        for question in self._asked:
            found.setdefault(question.goal, []).append(question)
        return {goal: tuple(asked) for goal, asked in found.items()}

    def activities(self, goal: Goal) -> tuple[Activity, ...]:
        """What is done for a goal: what it says, else what its type says."""
        kind = self.catalogue.goal_types.get(goal.type)
        return goal.activities or (kind.activities if kind else ())

    def find(
        self,
        code: str,
        level: Level,
        /,
        *path: str | int,
        said: str = "message",
        hint: str | None = None,
        **about: object,
    ) -> Finding:
        """A finding at a place of the file, in the catalogue's words for its code.

        ``said``: which of the code's sentences. ``hint``: its own words; None: the code's sentence ``hint``, if any.
        """
        return Finding(
            code=f"SMM-{code}",
            level=level,
            message=self.tell(code, said, **about),
            where=dotted(path),
            line=self.strategy.line(*path) if path else 1,
            hint=(self.tell(code, "hint", **about) if _has(code, "hint") else "") if hint is None else hint,
            docs=f"{DOCS}#smm-{code.lower()}",
        )

    def several(self, finding: Finding, places: Sequence[Path]) -> Finding:
        """The finding, with all the places that it speaks of."""
        return replace(finding, places=tuple(f"{dotted(each)} (line {self.strategy.line(*each)})" for each in places))

    def lines(self, places: Sequence[Path]) -> str:
        """The lines of several places, as a sentence names them: 4, 9, 12."""
        return ", ".join(str(line) for line in dict.fromkeys(self.strategy.line(*place) for place in places))

    @staticmethod
    def tell(code: str, sentence: str, /, **about: object) -> str:
        """One of the sentences of a code."""
        return words.say(f"review.{code}.{sentence}", **about)


def _has(code: str, sentence: str) -> bool:
    return sentence in words.section(f"review.{code}")


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them: ``a``, ``b`` and ``c``."""
    if len(names) < 2:  # noqa: PLR2004 (one name, or none)
        return "".join(names)
    return words.say("review.units.and", first=", ".join(names[:-1]), last=names[-1])


def day_text(day: date) -> str:
    """A day as people write it: 2 Nov 2026."""
    return f"{day.day} {day:%b} {day.year}"


def accept_block(code: str, at: str, because: str = "…", *, today: date) -> str:
    """The lines that accept a finding for a year, ready to paste."""
    year = today.replace(year=today.year + 1, day=min(today.day, SHORTEST))
    lines = ["[[accept]]", f"code = {_quoted(code)}", f"because = {_quoted(because)}", f"until = {year.isoformat()}"]
    return "\n".join([*lines[:2], *([f"at = {_quoted(at)}"] if at else []), *lines[2:]])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

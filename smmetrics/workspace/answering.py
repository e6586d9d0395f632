"""Readings of views at one state of the store: asked of the engine once, then known."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.engine import SCHEMA, documents
from smmetrics.engine import measure as compute
from smmetrics.engine.ages import HIDDEN
from smmetrics.engine.asking import CANNOT
from smmetrics.engine.schema import SORTED
from smmetrics.strategy import targets
from smmetrics.workspace import measuring, telling
from smmetrics.workspace.aims import status, today_in, with_status
from smmetrics.workspace.comparing import compared, meets_other_days
from smmetrics.workspace.covering import channels
from smmetrics.workspace.narrowing import Narrowed, kept_by, narrowed_request
from smmetrics.workspace.spared import spared
from smmetrics.workspace.twice import people_on, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from smmetrics.contracts.steps import Step
    from smmetrics.derive import Derived
    from smmetrics.engine import Request, Window
    from smmetrics.panels.source import MetricInfo, View
    from smmetrics.strategy import Strategy
    from smmetrics.strategy.goal import GoalTarget
    from smmetrics.workspace.core import Workspace

KEPT = 64
"""Answers kept. One view of a dashboard asks for about ten."""
_SLICES = ("account", "channel", "campaign", "audience", "slice")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What an answer is the answer to."""

    requests: Sequence[Request]
    tables: Narrowed
    window: Window
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Readings, what their provenance hashes stand for, and by metric the platforms that could not feed it."""

    frame: pl.DataFrame
    documents: Mapping[str, Mapping[str, Any]]
    unable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: Asked | None = None


class Answering:
    """What can be said of one state of the store. Equal questions are computed once."""

    def __init__(self, workspace: Workspace, derived: Derived | None) -> None:
        """``derived``: the tables at that state; none: nothing came in."""
        self.derived = derived
        self._workspace = workspace
        self._answers: dict[tuple[object, ...], Answer] = {}
        self.broken: dict[str, None] = {}
        """What code of plugins that makes tables failed with, as far as it was asked for."""
        self._cells: dict[str, tuple[Mapping[str, Any], ...]] = {}

    @cached_property
    def platforms(self) -> Mapping[str, str]:
        """Platforms that came in: id to title."""
        return telling.platforms_of(self._workspace)

    def coverage(self, goal: str) -> tuple[Mapping[str, Any], ...]:
        """The cells of a goal of the strategy, as mappings."""
        if goal not in self._cells:
            self._cells[goal] = tuple(asdict(cell) for cell in self._workspace.coverage(goal))
        return self._cells[goal]

    @cached_property
    def next_steps(self) -> tuple[Step, ...]:
        """What to do now: the same in every view."""
        return self._workspace.next()

    @cached_property
    def _requests(self) -> Sequence[Request]:
        """What all goals ask, with what each platform's files can feed: the same for every view."""
        if self.derived is None or self._workspace.strategy is None:
            return ()
        window = measuring.window_of(self._workspace, self.derived, grain="total", since=None, until=None)
        wanted = measuring.wanted_by(self._workspace, ())
        return measuring.requests_of(self._workspace, self.derived, wanted, window)

    def with_people(self, told: MetricInfo) -> MetricInfo:
        """A metric in words, and whose people it counts."""
        asked = next((each for each in self._requests if each.metric == told.id), None)
        if asked is None or self.derived is None or not (people := people_on(asked, self.derived.views)):
            return told
        return replace(told, people_on=people, twice=sentence(agreed=bool(self.derived.links.agreed)))

    def given(self, view: View) -> list[Answer]:
        """The answers given for a view so far."""
        wanted = _key(view)
        return [answer for key, answer in self._answers.items() if key[0] == wanted]

    def counted(self, answer: Answer, metric: str, view: View) -> tuple[str, ...]:
        """The platforms a number was counted from; none: all there are."""
        unable = answer.unable.get(metric, frozenset())
        kept = kept_by(view).get("platform", tuple(self.platforms))
        counted = tuple(name for name in kept if name not in unable)
        return () if set(counted) == set(self.platforms) else counted

    def answer(self, view: View, by: tuple[str, ...], grain: str) -> Answer:
        """The readings of a view's goals (all, where it names none)."""
        key = (_key(view), by, grain)
        if key not in self._answers:
            self._answers[key] = self._of_goals(view, by, grain)
            if len(self._answers) > KEPT:
                del self._answers[next(iter(self._answers))]
        return self._answers[key]

    def _of_goals(self, view: View, by: tuple[str, ...], grain: str) -> Answer:
        """The same; of goals that were answered one by one, nothing is computed again."""
        every = tuple(dict.fromkeys(each.goal for each in self._requests))
        goals = tuple(goal for goal in every if not view.goals or goal in view.goals)
        alone = {goal: self._answers.get((_key(view.with_(goals=(goal,))), by, grain)) for goal in goals}
        known = [answer for answer in alone.values() if answer is not None]
        rest = tuple(goal for goal, answer in alone.items() if answer is None)
        if not known:
            return self._asked(view, goals, by, grain)
        return _together([*known, self._asked(view, rest, by, grain)] if rest else known)

    def _asked(self, view: View, goals: tuple[str, ...], by: tuple[str, ...], grain: str) -> Answer:
        strategy = self._workspace.strategy
        if self.derived is None or strategy is None:
            return Answer(pl.DataFrame(schema=dict(SCHEMA)), {})
        tables = Narrowed(self.derived, kept_by(view))
        given = [narrowed_request(request, tables) for request in self._requests if request.goal in goals]
        window = measuring.window_of(self._workspace, self.derived, grain=grain, since=view.since, until=view.until)

        alone, aged = view.comparison == "none", meets_other_days(view, grain)
        requests, found, broken = spared(
            given,
            self.derived,
            self._workspace.catalogue,
            lambda some: compute(some, tables, window, by=by, aged=aged, alone=alone),
        )
        self.broken.update(dict.fromkeys(broken))

        def between(since: date, until: date) -> pl.DataFrame:
            return compute(requests, tables, replace(window, since=since, until=until), by=by, aged=True)

        maturity = {request.metric: request.maturity for request in requests}
        frame = compared(found, view, between, grain=grain, maturity=maturity, as_of=window.as_of)
        aimed = self._aimed(frame.drop(HIDDEN, strict=False), strategy, tables.keep)
        told = documents(requests, head=tables.head, window=window)
        return Answer(aimed, told, _unable(requests), Asked(requests=requests, tables=tables, window=window, by=by))

    def _aimed(self, readings: pl.DataFrame, strategy: Strategy, keep: Mapping[str, tuple[str, ...]]) -> pl.DataFrame:
        """Targets and how they stand. They speak of the whole: a part has only those set for its own channel."""
        whole = with_status(readings, strategy)
        only = keep["platform"][0] if keep.keys() == {"platform"} and len(keep["platform"]) == 1 else ""
        rows = list(whole.iter_rows(named=True))
        told = [self._of_part(row, only) if keep or _is_part(row) else (row["target"], row["status"]) for row in rows]
        return whole.with_columns(
            pl.Series("target", [each[0] for each in told], dtype=pl.String),
            pl.Series("status", [each[1] for each in told], dtype=pl.String),
        )

    def _of_part(self, row: dict[str, Any], only: str) -> tuple[str, str]:
        platform = row["platform"] or only
        if not platform or any(row[name] for name in _SLICES):
            return ("", "")
        aims = [
            aim for aim, place in self._places.get(row["goal"], ()) if (aim.metric, place) == (row["metric"], platform)
        ]
        strategy = self._workspace.strategy
        return (aims[-1].value.text, status(row, aims[-1], today_in(strategy))) if aims and strategy else ("", "")

    @cached_property
    def _places(self) -> Mapping[str, Sequence[tuple[GoalTarget, str]]]:
        """Targets that were set for one channel, each with its platform, by goal."""
        strategy = self._workspace.strategy
        if strategy is None:
            return {}
        named = {each.name: each.platform for each in channels(self._workspace)}
        return {
            name: [(aim, named[aim.channel]) for aim in targets(goal) if aim.channel in named]
            for name, goal in strategy.goals.items()
        }


def _together(answers: Sequence[Answer]) -> Answer:
    """The answers of several goals as one, as if they had been asked for at once."""
    asked = [answer.asked for answer in answers if answer.asked]
    return Answer(
        pl.concat([answer.frame for answer in answers]).sort(SORTED, nulls_last=False, maintain_order=True),
        {key: told for answer in answers for key, told in answer.documents.items()},
        {metric: names for answer in answers for metric, names in answer.unable.items()},
        replace(asked[0], requests=[each for one in asked for each in one.requests]) if asked else None,
    )


def _is_part(row: Mapping[str, Any]) -> bool:
    return bool(row["platform"]) or any(row[name] for name in _SLICES)


def _unable(requests: Sequence[Request]) -> Mapping[str, frozenset[str]]:
    """By metric, the platforms whose files cannot feed it."""
    return {
        request.metric: frozenset(name for name, (said, _) in request.verdicts.items() if said in CANNOT)
        for request in requests
    }


def _key(view: View) -> tuple[object, ...]:
    """A view as something to look answers up by."""
    return (view.goals, view.since, view.until, view.comparison, tuple(kept_by(view).items()))

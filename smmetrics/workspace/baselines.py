"""Where a goal starts from: its targets' numbers over the last whole weeks before a day, and how to write them down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.strategy import Set, change, channels
from smmetrics.strategy.amounts import written
from smmetrics.workspace.asking import refuse_unknown
from smmetrics.workspace.judging import Ask
from smmetrics.workspace.measuring import tables
from smmetrics.workspace.periods import WEEK, newest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.strategy.facts import Number
    from smmetrics.strategy.goal import GoalTarget
    from smmetrics.workspace.core import Workspace

LONGER = (2, 4, 8, 12, 16, 26, 39, 52, 78, 104)
"""Weeks that are tried where those asked for hold too few."""
TOO_FEW = frozenset({"sample.small", "denominator.zero", "wait.not_reached"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """A target's number before the work: measured from ``since`` to ``until`` (its last day), or why it was not.

    ``text`` is how the file says it. ``enough``: weeks that would do where there were too few, 0 where none would.
    """

    goal: str
    place: int
    metric: str
    channel: str
    since: date
    until: date
    weeks: int
    number: Number
    text: str | float | int = ""
    enough: int = 0

    @property
    def few(self) -> bool:
        """Whether there is no number because too little happened."""
        return self.number.value is None and self.number.reason in TOO_FEW


def baselines(
    workspace: Workspace, goals: Sequence[str] = (), *, weeks: int, before: date | None = None
) -> tuple[Baseline, ...]:
    """The baselines of the goals named, or of all, over so many whole weeks before a day.

    Without ``before``, the weeks end with the data of the target's platforms, or today. Of a channel that came in
    later, fewer weeks are taken.
    """
    strategy = workspace.need_strategy()
    for goal in goals:
        if goal not in strategy.goals:
            refuse_unknown(goal, strategy.goals, kind="goal")
    ask = ask_of(workspace, before)
    if ask is None:
        return ()
    return tuple(
        _measured(ask, (name, place), weeks)
        for name in goals or strategy.goals
        for place, target in enumerate(strategy.goals[name].targets)
        if target.metric in workspace.catalogue.metrics
    )


def ask_of(workspace: Workspace, before: date | None = None) -> Ask | None:
    """Where numbers are asked of, up to a day, the end of the data or today; none where nothing came in."""
    derived = tables(workspace)
    if derived is None:
        return None
    end = derived.spans().select(pl.col("end").max()).item()
    today = datetime.now(UTC).astimezone(ZoneInfo(workspace.scope.zone)).date()
    return Ask(workspace=workspace, derived=derived, until=min(end or today, before or today)) if end else None


def write(workspace: Workspace, found: Sequence[Baseline], *, by: str) -> tuple[Baseline, ...]:
    """Write the baselines that have a number, with their days, in one save; gives those that were written."""
    known = tuple(each for each in found if each.number.value is not None)
    strategy = change(workspace.need_strategy(), [made for each in known for made in _changes(each)], by=by)
    vars(workspace)["strategy"] = strategy
    return known


def _changes(found: Baseline) -> Iterator[Set]:
    place = ("goals", found.goal, "targets", found.place)
    yield Set((*place, "baseline"), found.text)
    yield Set((*place, "baseline_from"), found.since)
    yield Set((*place, "baseline_until"), found.until)


def _measured(ask: Ask, place: tuple[str, int], weeks: int) -> Baseline:
    """One target's baseline; where there were too few, the weeks that would do."""
    found = _over(ask, place, weeks)
    if not found.few:
        return found
    for longer in (each for each in LONGER if each > found.weeks):
        tried = _over(ask, place, longer)
        if tried.number.value is not None:
            return replace(found, enough=tried.weeks)
        if tried.weeks < longer:
            break
    return found


def _over(ask: Ask, place: tuple[str, int], weeks: int) -> Baseline:
    """One target's number over so many weeks, or as many as are in."""
    name, n = place
    strategy = ask.workspace.need_strategy()
    target = strategy.goals[name].targets[n]
    platforms = _platforms(ask.workspace, name, target)
    metric, kind = ask.workspace.catalogue.metrics[target.metric], target.value.kind
    start, end = _days(ask, ask.feeding(metric, platforms) or platforms, weeks)
    number = ask.number(
        metric,
        (start, end),
        kind=kind,
        parameters=target.parameters,
        platforms=platforms if target.channel else (),
    )
    text = "" if number.value is None else written(number.value, kind, currency=strategy.currency)
    return Baseline(
        goal=name, place=n, metric=target.metric, channel=target.channel, since=start, until=end - timedelta(days=1),
        weeks=(end - start).days // WEEK, number=number, text=text,
    )  # fmt: skip


def _platforms(workspace: Workspace, goal: str, target: GoalTarget) -> tuple[str, ...]:
    """The platforms a target is about: its channel's, else those of all channels that serve its goal."""
    places = channels(workspace.need_strategy(), workspace.catalogue)
    one = target.channel
    mine = [each for each in places if (each.name == one if one else not each.serves or goal in each.serves)]
    return tuple(dict.fromkeys(each.platform for each in mine))


def _days(ask: Ask, platforms: Sequence[str], weeks: int) -> tuple[date, date]:
    """The newest whole weeks before the end of these platforms' data, no earlier than its first day."""
    whole = newest(ask.end(platforms), "week", weeks, week_starts=ask.workspace.scope.week_starts)
    first = ask.derived.spans().filter(pl.col("platform").is_in(list(platforms))).select(pl.col("start").min()).item()
    kept = [days for _, days in whole if first is None or days[0] >= first] or [whole[0][1]]
    return kept[-1][0], kept[0][1]

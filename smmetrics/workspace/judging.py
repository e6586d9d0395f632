"""Numbers the review needs: of rules that may have come true, of baselines, of promotion, and weeks that are whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import SmmetricsError
from smmetrics.engine import measure as compute
from smmetrics.engine.asking import CANNOT
from smmetrics.strategy import channels
from smmetrics.strategy.deciding import condition
from smmetrics.strategy.facts import Number, Period
from smmetrics.strategy.likeness import is_example
from smmetrics.workspace.measuring import Wanted, requests_of, window_of
from smmetrics.workspace.narrowing import Narrowed
from smmetrics.workspace.periods import newest, whole_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from smmetrics.api.capability import ChannelRef
    from smmetrics.contracts.catalogue import CompiledMetric
    from smmetrics.derive import Derived
    from smmetrics.strategy import Strategy
    from smmetrics.strategy.goal import Goal
    from smmetrics.strategy.quantities import Kind
    from smmetrics.workspace.core import Workspace

PROMOTES = "share(posts, promo, of=ours and not is_reply)"
"""Posts of ours that promote, of those that start something."""
Place = tuple[str, int]
"""A goal, and which of its decisions or targets."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Where numbers are asked of: a workspace's tables, and the day after the last one that came in."""

    workspace: Workspace
    derived: Derived
    until: date

    def end(self, platforms: Sequence[str]) -> date:
        """The day after the last one that came in of some platforms; where none of them did, of all."""
        here = self.derived.spans().filter(pl.col("platform").is_in(list(platforms)))
        last = here.select(pl.col("end").max()).item()
        return min(self.until, last) if last else self.until

    def feeding(self, metric: CompiledMetric, platforms: Sequence[str]) -> tuple[str, ...]:
        """Those of some platforms whose files can feed a metric: the days of the others say nothing of it."""
        window = window_of(self.workspace, self.derived, grain="total", since=None, until=None)
        (asked,) = requests_of(self.workspace, self.derived, [Wanted(metric=metric)], window)
        return tuple(name for name in platforms if asked.verdicts.get(name, ("", ""))[0] not in CANNOT)

    def number(
        self,
        metric: CompiledMetric,
        days: tuple[date | None, date | None],
        *,
        kind: Kind = "number",
        parameters: Mapping[str, object] | None = None,
        platforms: Sequence[str] = (),
    ) -> Number:
        """One number over ``[since, until)``, on some platforms or (none) on all; why not, where there is none."""
        window = window_of(self.workspace, self.derived, grain="total", since=days[0], until=days[1])
        wanted = Wanted(metric=metric, parameters=parameters)
        tables = Narrowed(self.derived, {"platform": tuple(platforms)} if platforms else {})
        try:
            asked = requests_of(self.workspace, self.derived, [wanted], window)
            rows = compute(asked, tables, window).to_dicts()
        except SmmetricsError as error:
            return Number(reason=error.message)
        if not rows:
            return Number(reason="not_covered")
        return self._told(rows[0], kind)

    def _told(self, row: Mapping[str, object], kind: Kind) -> Number:
        units = {"percent": "%", "duration": "h", "money": self.workspace.need_strategy().currency}
        value, low, high = (_float(row[name]) for name in ("value", "low", "high"))
        n, of = (int(_float(row[name]) or 0) for name in ("numerator", "denominator"))
        reason = str(row["reason"] or row["state"] or "")
        return Number(value=value, low=low, high=high, n=n, of=of, unit=units.get(kind, ""), reason=reason)


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def decided(ask: Ask) -> Mapping[Place, tuple[Period, ...] | None]:
    """For each decision that can be read, its number in the newest whole periods, newest first."""
    found: dict[Place, tuple[Period, ...] | None] = {}
    for name, goal in ask.workspace.need_strategy().goals.items():
        end = ask.end(served(ask.workspace, name)) if goal.decisions else ask.until
        for n, decision in enumerate(goal.decisions):
            rule = condition(decision.when)
            if rule is None:
                continue
            metric = ask.workspace.catalogue.metrics.get(rule.metric)
            lasting = decision.lasting or (1, "month")
            found[name, n] = (
                tuple(_periods(replace(ask, until=end), metric, lasting, rule.bound.kind, _set(goal, rule.metric)))
                if metric
                else None
            )
    return found


def _periods(
    ask: Ask, metric: CompiledMetric, lasting: tuple[int, str], kind: Kind, parameters: Mapping[str, object]
) -> Iterator[Period]:
    count, unit = lasting
    for name, days in newest(ask.until, unit, count, week_starts=ask.workspace.scope.week_starts):
        yield Period(name=name, number=ask.number(metric, days, kind=kind, parameters=parameters))


def _set(goal: Goal, metric: str) -> Mapping[str, object]:
    """What a goal sets of a number: as its target does."""
    return next((each.parameters for each in goal.targets if each.metric == metric and not each.channel), {})


def baselines(ask: Ask) -> Mapping[Place, Number]:
    """For each target with a baseline, the number of the days it was measured on; empty where it names none.

    A template's example was never measured: S055 says so.
    """
    strategy, catalogue = ask.workspace.need_strategy(), ask.workspace.catalogue
    found: dict[Place, Number] = {}
    for name, goal in strategy.goals.items():
        for n, target in enumerate(goal.targets):
            metric = catalogue.metrics.get(target.metric)
            if target.baseline is None or is_example(target) or metric is None:
                continue
            if target.baseline_from is None or target.baseline_until is None:
                found[name, n] = Number()
                continue
            days = (target.baseline_from, target.baseline_until + timedelta(days=1))
            channel = strategy.channels.get(target.channel)
            known = catalogue.platform(channel.platform) if channel else None
            found[name, n] = ask.number(
                metric,
                days,
                kind=target.value.kind,
                parameters=target.parameters,
                platforms=(known.id,) if known else (),
            )
    return found


def promo(ask: Ask, places: Sequence[ChannelRef]) -> Mapping[str, Number]:
    """The share of posts that promote, of each goal with a cap, on its platforms; nothing counted without labels."""
    strategy = ask.workspace.need_strategy()
    capped = [name for name, goal in strategy.goals.items() if goal.voice.promo_cap is not None]
    if not capped:
        return {}
    metric = ask.workspace.catalogue.own_metric("promotes", title="promotes", formula=PROMOTES)
    if metric.formula.pending:
        return {name: Number() for name in capped}
    return {
        name: ask.number(metric, (None, None), kind="percent", platforms=_platforms(name, places)) for name in capped
    }


def served(workspace: Workspace, *goals: str) -> tuple[str, ...]:
    """The platforms of the channels that serve one of some goals."""
    places = channels(workspace.need_strategy(), workspace.catalogue)
    return tuple(dict.fromkeys(platform for goal in goals for platform in _platforms(goal, places)))


def _platforms(goal: str, places: Sequence[ChannelRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.platform for each in places if not each.serves or goal in each.serves))


def weeks(strategy: Strategy, places: Sequence[ChannelRef], spans: pl.DataFrame, week_starts: str) -> Mapping[str, int]:
    """How many whole weeks of its platforms came in, by goal."""
    covered = [row for row in spans.select("platform", "start", "end").iter_rows() if None not in row]
    return {
        name: whole_weeks(
            [(start, end) for platform, start, end in covered if platform in _platforms(name, places)], week_starts
        )
        for name in strategy.goals
    }

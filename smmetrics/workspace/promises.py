"""Promises kept: each promise in its own words, held against the number that shows it, or why none can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from smmetrics.registry.known import known
from smmetrics.strategy.lookup import distribution, has_pack, pack_of
from smmetrics.words import say
from smmetrics.workspace.baselines import ask_of
from smmetrics.workspace.judging import served
from smmetrics.workspace.periods import newest

if TYPE_CHECKING:
    from datetime import date

    from smmetrics.strategy.facts import Number
    from smmetrics.strategy.model import Promise
    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.judging import Ask

State = Literal["kept", "probably_kept", "not_kept", "unclear", "no_value", "cannot_say"]
WIDER = (4, 13, 26, 52)
"""Whole weeks: the shortest stretch that holds enough is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A promise and whether it is kept, from ``since`` to ``until`` (the last day); ``reason`` where nobody can say."""

    audience: str
    promise: Promise
    state: State
    number: Number | None = None
    since: date | None = None
    until: date | None = None
    reason: str = ""


def promises(workspace: Workspace) -> tuple[Kept, ...]:
    """Every promise of the strategy, in the order of the file."""
    ask = ask_of(workspace)
    audiences = workspace.need_strategy().audiences
    return tuple(
        _kept(workspace, ask, name, promise) for name, audience in audiences.items() for promise in audience.promises
    )


def _kept(workspace: Workspace, ask: Ask | None, audience: str, promise: Promise) -> Kept:
    reason = _cannot(workspace, promise) or ("" if ask else say("start.promises.no_data"))
    if reason or ask is None:
        return Kept(audience=audience, promise=promise, state="cannot_say", reason=reason)
    metric = workspace.catalogue.metrics[promise.metric]
    kind = promise.value.kind if promise.value else "number"
    mine = (name for name, goal in workspace.need_strategy().goals.items() if audience in goal.audience)
    end_of = ask.end(served(workspace, *mine))
    for weeks in WIDER:
        whole = newest(end_of, "week", weeks, week_starts=workspace.scope.week_starts)
        since, end = whole[-1][1][0], whole[0][1][1]
        number = ask.number(metric, (since, end), kind=kind, parameters=promise.parameters)
        if number.value is not None:
            break
    return Kept(
        audience=audience, promise=promise, state=_state(promise, number), number=number, since=since,
        until=end - timedelta(days=1), reason=number.reason if number.value is None else "",
    )  # fmt: skip


def _cannot(workspace: Workspace, promise: Promise) -> str:
    """Why no number can be asked for at all."""
    if not promise.metric:
        return say("start.promises.no_metric")
    if promise.metric in workspace.catalogue.metrics:
        return ""
    pack = pack_of(promise.metric)
    if pack and not has_pack(workspace.catalogue, pack) and known(distribution(pack)):
        return say("start.promises.no_pack", metric=promise.metric, name=distribution(pack))
    return say("start.promises.unknown", metric=promise.metric)


def _state(promise: Promise, number: Number) -> State:
    """Kept: the whole interval is on the good side; probably: the value is, and the interval reaches beyond."""
    if number.value is None:
        return "cannot_say"
    if promise.value is None:
        return "no_value"
    low, high = promise.value.bounds
    ends = [number.value, *(end for end in (number.low, number.high) if end is not None)]
    good = [(low is None or end >= low) and (high is None or end <= high) for end in ends]
    if good[0]:
        return "kept" if all(good) else "probably_kept"
    beyond = any(good) or any(min(ends) <= bound <= max(ends) for bound in (low, high) if bound is not None)
    return "unclear" if beyond else "not_kept"

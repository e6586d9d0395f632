"""What goals said they would do, whether it came to that, what was decided then, and what the number did since.

Nothing says that a number moved because of a decision: only that it moved since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import Set, change
from smmetrics.strategy.deciding import condition
from smmetrics.strategy.facts import Period
from smmetrics.strategy.plain import Remove
from smmetrics.words import say
from smmetrics.workspace.asking import refuse_unknown
from smmetrics.workspace.baselines import ask_of
from smmetrics.workspace.judging import decided as judged
from smmetrics.workspace.judging import served
from smmetrics.workspace.periods import newest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.strategy.goal import Decision
    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.judging import Ask

State = Literal["true", "not_true", "cannot_say", "unreadable", "no_data"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule of a goal: whether it came true, on which numbers (newest first), and what came of it.

    ``place`` counts from 1, as `decide` does. ``since`` are the numbers of the periods before and after the decision.
    ``before``: the rule with another decision in its place, where one was just written over.
    """

    goal: str
    place: int
    decision: Decision
    state: State
    periods: tuple[Period, ...] = ()
    since: tuple[Period, ...] = ()
    before: Decision | None = None


def decisions(workspace: Workspace, goals: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules of the goals named, or of all, held against what came in."""
    strategy = workspace.need_strategy()
    for goal in goals:
        if goal not in strategy.goals:
            refuse_unknown(goal, strategy.goals, kind="goal")
    ask = ask_of(workspace)
    periods = judged(ask) if ask else {}
    return tuple(
        _rule(ask, (name, n), decision, periods.get((name, n)))
        for name in goals or strategy.goals
        for n, decision in enumerate(strategy.goals[name].decisions)
    )


def decide(
    workspace: Workspace,
    goal: str,
    *,
    rule: int | None = None,
    text: str = "",
    on: date | None = None,
    outcome: str = "",
) -> Rule:
    """Write down what was decided on a day, or what came of it; gives the rule as it is now.

    What came of another decision goes with it: it is none of this one's.

    Raises:
        UserMistake: if the goal has no rule, or several and none was named.

    """
    strategy = workspace.need_strategy()
    if goal not in strategy.goals:
        refuse_unknown(goal, strategy.goals, kind="goal")
    place = _place(goal, len(strategy.goals[goal].decisions), rule)
    keys = ("goals", goal, "decisions", place)
    said = {"decided": text, "decided_on": on if text else None, "outcome": outcome}
    old = strategy.goals[goal].decisions[place]
    over = bool(text and old.decided and old.decided != text)
    gone = [Remove((*keys, "outcome"))] if over and old.outcome else []
    made = [Set((*keys, key), value) for key, value in said.items() if value]
    vars(workspace)["strategy"] = change(strategy, [*gone, *made], by=say("start.decisions.by", goal=goal))
    return replace(decisions(workspace, (goal,))[place], before=old if over else None)


def _place(goal: str, count: int, rule: int | None) -> int:
    """Which of a goal's rules is meant, from 0."""
    if not count:
        hint = say("start.decisions.no_rule_hint", goal=goal)
        raise UserMistake(say("start.decisions.no_rule", goal=goal), hint=hint, code="decision.none")
    if rule is None and count == 1:
        return 0
    if rule is None or not 1 <= rule <= count:
        message = say("start.decisions.which", goal=goal, count=count)
        raise UserMistake(message, hint=say("start.decisions.which_hint"), code="decision.which")
    return rule - 1


def _rule(ask: Ask | None, place: tuple[str, int], decision: Decision, periods: tuple[Period, ...] | None) -> Rule:
    goal, n = place
    read, state = condition(decision.when), "no_data" if ask is None else "cannot_say"
    found = periods or ()
    if read is None:
        state = "unreadable"
    elif found and all(each.number.value is not None for each in found):
        state = "true" if all(read.holds(each.number.value or 0.0) for each in found) else "not_true"
    since = _since(ask, place, decision) if ask and decision.decided_on and found else ()
    return Rule(goal=goal, place=n + 1, decision=decision, state=state, periods=found, since=since)  # type: ignore[arg-type]


def _since(ask: Ask, place: tuple[str, int], decision: Decision) -> tuple[Period, ...]:
    """The number in the last whole period before the decision and in the newest whole one after it."""
    read, on = condition(decision.when), decision.decided_on
    assert read is not None, "only rules that can be read have periods"
    assert on is not None, "only what was decided has a day"
    unit = decision.lasting[1] if decision.lasting else "month"
    starts = ask.workspace.scope.week_starts
    end = ask.end(served(ask.workspace, place[0]))
    spans = [*newest(on, unit, 1, week_starts=starts), *newest(end, unit, 1, week_starts=starts)]
    if spans[1][1][0] < on:
        return ()
    goal, metric = ask.workspace.need_strategy().goals[place[0]], ask.workspace.catalogue.metrics[read.metric]
    whole = (target for target in goal.targets if target.metric == read.metric and not target.channel)
    parameters = next((target.parameters for target in whole), {})
    return tuple(
        Period(name=name, number=ask.number(metric, days, kind=read.bound.kind, parameters=parameters))
        for name, days in spans
    )

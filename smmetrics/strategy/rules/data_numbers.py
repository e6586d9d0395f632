"""What the numbers say: can a baseline be measured, did a rule come true, is a target more than chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.strategy.deciding import condition
from smmetrics.strategy.facts import Number
from smmetrics.strategy.likeness import is_example
from smmetrics.strategy.rules.data import not_judged
from smmetrics.strategy.rules.ground import joined
from smmetrics.words import section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.strategy.deciding import Condition
    from smmetrics.strategy.facts import Period
    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.goal import Decision, GoalTarget
    from smmetrics.strategy.rules.ground import Ground

WEEKS = 8
"""Whole weeks from which a baseline can be measured."""
WEEK = 7
ENOUGH = 10
"""Of fewer, no share is said."""
SHORT_HOURS = 1.0
"""Up to here, minutes alone are said."""


def enough_weeks(ground: Ground) -> Iterator[Finding]:
    """D004: a target waits for its baseline, and the weeks to measure it are in, of files that show its number."""
    for name, weeks in ground.facts.weeks.items() if ground.facts else ():
        goal = ground.strategy.goals[name]
        waiting = [
            n
            for n, target in enumerate(goal.targets)
            if (target.baseline is None or is_example(target)) and ground.fed(name, target.metric, target.channel)
        ]
        if weeks >= WEEKS and waiting:
            path = ("goals", name, "targets", waiting[0], "baseline")
            yield ground.find("D004", "note", *path, weeks=weeks, goal=name)


def rules_come_true(ground: Ground) -> Iterator[Finding]:
    """D005: a number stood past its bound for as many whole periods as the decision asks."""
    for (name, n), periods in ground.facts.decided.items() if ground.facts else ():
        decision = ground.strategy.goals[name].decisions[n]
        rule = condition(decision.when)
        path = ("goals", name, "decisions", n)
        if rule is None:
            continue
        if periods is None:
            yield not_judged(ground, _rule(ground, name, decision), ground.tell("D011", "no_metric"), *path)
            continue
        count = decision.lasting[0] if decision.lasting else 1
        newest = periods[:count]
        missing = next((period for period in newest if period.number.value is None), None)
        if len(newest) < count or missing:
            why = _in_words(missing.number.reason) if missing else ground.tell("D011", "nothing_in")
            said = ground.tell("D011", "no_value", lasting=_lasting(decision), reason=why)
            yield not_judged(ground, _rule(ground, name, decision), said, *path)
        elif all(rule.holds(period.number.value or 0.0) for period in newest):
            yield _came_true(ground, (name, n), newest, rule)


def _in_words(reason: str) -> str:
    """A reason that is a code alone, in words; any other as it is."""
    return section("readings.reason").get(reason, reason)


def _came_true(ground: Ground, place: tuple[str, int], periods: tuple[Period, ...], rule: Condition) -> Finding:
    name, n = place
    decision = ground.strategy.goals[name].decisions[n]
    told = [
        ground.tell("D005", "period", value=amount_text(period.number.value, period.number.unit), period=period.name)
        for period in periods
    ]
    hint = ground.tell("D005", "who" if decision.who else "hint", then=decision.then, who=decision.who)
    about = {"metric": rule.metric, "periods": joined(told), "rule": rule.bound.text.strip()}
    said, path = "message" if decision.lasting else "once", ("goals", name, "decisions", n)
    return ground.find("D005", "note", *path, said=said, hint=hint, lasting=_lasting(decision), **about)


def _rule(ground: Ground, goal: str, decision: Decision) -> str:
    return ground.tell("D011", "rule", when=decision.when, goal=goal)


def _lasting(decision: Decision) -> str:
    count, unit = decision.lasting or (1, "month")
    return f"{count} {unit}" + ("s" if count > 1 else "")


def too_much_promotion(ground: Ground) -> Iterator[Finding]:
    """D008: more posts promote than the goal allows itself. One reason why it cannot be told is said once."""
    told: set[str] = set()
    for name, share in ground.facts.promo.items() if ground.facts else ():
        path, cap = ("goals", name, "voice", "promo_cap"), ground.strategy.goals[name].voice.promo_cap
        if cap is None:
            continue
        if share.value is None or share.of < ENOUGH:
            why = "no_labels" if not share.of else "few_labels"
            if why not in told:
                yield not_judged(ground, ground.tell("D011", "promo"), ground.tell("D011", why), *path)
            told.add(why)
        elif share.value > cap:
            low, high = (_percent(end) for end in (share.low, share.high))
            counted = {"n": f"{share.n:,}", "of": f"{share.of:,}", "low": low, "high": high}
            yield ground.find(
                "D008", "warning", *path, share=_percent(share.value), cap=_percent(cap), goal=name, **counted
            )


def targets_within_chance(ground: Ground) -> Iterator[Finding]:
    """D010: the target lies inside the interval of its own baseline. Baselines without days are named together."""
    undated: list[tuple[str, int]] = []
    for (name, n), baseline in ground.facts.baselines.items() if ground.facts else ():
        target, path = ground.strategy.goals[name].targets[n], ("goals", name, "targets", n, "value")
        if baseline == Number():
            undated.append((name, n))
        elif baseline.low is None or baseline.high is None:
            what = ground.tell("D011", "baseline", metric=target.metric, goal=name)
            yield not_judged(ground, what, ground.tell("D011", "no_interval", reason=baseline.reason), *path)
        elif _within(target, baseline):
            ends = {end: amount_text(getattr(baseline, end), baseline.unit) for end in ("low", "high")}
            hint = _more_weeks(ground, name, target)
            yield ground.find("D010", "warning", *path, hint=hint, target=target.value.text, goal=name, **ends)
    if undated:
        name, n = undated[0]
        metrics = dict.fromkeys(ground.strategy.goals[goal].targets[at].metric for goal, at in undated)
        what = ground.tell("D011", "baselines", metrics=", ".join(f"`{metric}`" for metric in metrics))
        why, hint = ground.tell("D011", "no_days"), ground.tell("D011", "hint_baseline", goal=name)
        yield not_judged(ground, what, why, "goals", name, "targets", n, "baseline", hint=hint)


def _more_weeks(ground: Ground, goal: str, target: GoalTarget) -> str:
    """What to do about a wide baseline: more weeks, where more are in than it was measured over."""
    since, until = target.baseline_from, target.baseline_until
    measured = ((until - since).days + 1) // WEEK if since and until else 0
    weeks = ground.facts.weeks.get(goal, 0) if ground.facts else 0
    return ground.tell("D010", "longer" if weeks > measured else "hint", weeks=weeks, goal=goal)


def _within(target: GoalTarget, baseline: Number) -> bool:
    """Whether a bound of the target lies inside the interval."""
    bounds = [bound for bound in target.value.bounds if bound is not None]
    return any((baseline.low or 0.0) <= bound <= (baseline.high or 0.0) for bound in bounds)


def amount_text(value: float | None, unit: str) -> str:
    """A number as people write it: 2 h 40 min, 34 %, 12.5."""
    if value is None:
        return "?"
    if unit == "%":
        return f"{_percent(value)} %"
    if unit != "h":
        return f"{value:,.3g} {unit}".strip() if abs(value) < 1000 else f"{value:,.0f} {unit}".strip()  # noqa: PLR2004
    minutes, sign = round(abs(value) * 60), "-" if value < 0 else ""
    hours, rest = divmod(minutes, 60)
    if abs(value) <= SHORT_HOURS:
        return f"{sign}{minutes} min"
    return f"{sign}{hours} h {rest} min" if rest else f"{sign}{hours} h"


def _percent(share: float | None) -> str:
    return "?" if share is None else f"{100 * share:.0f}"

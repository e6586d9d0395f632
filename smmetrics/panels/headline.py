"""A goal in plain words: template sentences made of readings, the same for the same readings. No model writes here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels import asked as asking
from smmetrics.panels import leaving
from smmetrics.panels.asked import asked, goal_title, is_filtered, listens
from smmetrics.panels.cards import changed, compared
from smmetrics.panels.results import PanelResult
from smmetrics.panels.spans import day_words, span_words
from smmetrics.panels.telling import STATUSES, aim_text, duration, interval_text, listed, plural, share_text, value_text
from smmetrics.panels.values import number
from smmetrics.panels.widen import widened_text
from smmetrics.panels.words import state_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.panels.asked import Asked, Row
    from smmetrics.panels.source import GoalInfo, Source, View

LISTENS = "This goal listens. Posts and followers play no part in it."
UNMEASURED = "What this goal asks first cannot be measured with what came in."
NOTHING = "What came in covers other days: what this goal asks first cannot be told for these."
SAID = 2
"""First numbers a headline tells; the others stand on their cards."""
_BAD = frozenset({"behind", "missed"})


def headline(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """How the goal stands, what is against its aim, and what is not in these numbers."""
    every = asked(source, view, goal)
    leads = [one for one in every if one.role == "lead"]
    valued = [one for one in leads if one.value is not None]
    quiet = [one for one in leads if one.value is None and not one.is_gap]
    told = [_valued(one, source, view, goal) for one in valued[:SAID]]
    told += [_quiet(one, source, view, goal) for one in quiet[: SAID - len(told)]]
    if not told and leads:
        told = [NOTHING if all(one.row["state"] == "not_covered" for one in leads) else UNMEASURED]
    sentences = [LISTENS if listens(goal) else "", *told, _guards(every, view), _left_out(valued[:SAID], source, goal)]
    sentences.append(_gaps([one for one in leads if one.is_gap]) if valued or quiet else "")
    return PanelResult(
        panel="headline",
        title=goal_title(goal),
        goal=goal.name,
        words=tuple(sentence for sentence in sentences if sentence),
        notes=tuple(_about(goal)),
    )


def _valued(one: Asked, source: Source, view: View, goal: GoalInfo) -> str:
    """One number with its interval, what was aimed at, and how it changed."""
    row, currency = one.row, source.currency
    value = value_text(one.value, one.unit, currency)
    between = interval_text(row["low"], row["high"], one.unit, currency)
    share = share_text(row["numerator"], row["denominator"]) if one.unit == "percent" else ""
    if share:
        value = f"{share} ({', '.join(part for part in (value, between) if part)})"
    elif between:
        value = f"{value} ({between})"
    parts = [f"{one.title}: {value}{_when(row)}.", _aim(one, view, goal), _change(one, source, view, goal)]
    return " ".join(part for part in parts if part)


def _quiet(one: Asked, source: Source, view: View, goal: GoalInfo) -> str:
    """Why a number that could be measured is not there, and the longer time in which it is."""
    row = one.row
    if row["state"] != "too_few":
        return f"{one.title}{_when(row)}: {state_words(row['state'], row['reason'])}."
    share = share_text(row["numerator"], row["denominator"]) if one.unit == "percent" else ""
    few = f"{share}: too few for a percentage" if share else "too few to say"
    if not share and row["n"] is not None:
        few = f"only {number(row['n'])}: too few to say"
    wider = widened_text(one, source, view, goal)
    return f"{one.title}{_when(row)}: {few}." + (f" {wider}." if wider else "")


def _when(row: Row) -> str:
    span = span_words(row["period_start"], row["period_end"])
    if not span:
        return ""
    return f" from {span}" if " to " in span else f" on {span}" if span[0].isdigit() and " " in span else f" in {span}"


def _aim(one: Asked, view: View, goal: GoalInfo) -> str:
    row = one.row
    if not row["target"] or is_filtered(view):
        return ""
    due = goal.due.get(one.metric)
    by = f" by {day_words(due)}" if due else ""
    _, status = STATUSES.get(row["status"], ("", ""))
    return f"The aim is {aim_text(row['target'], one.unit)}{by}{f': {status}' if status else ''}."


def _change(one: Asked, source: Source, view: View, goal: GoalInfo) -> str:
    """How the number changed; what chance may have done is called no clear change."""
    steps = asking.steps(source, view, goal, one.metric)
    row, text = compared(one, steps, view), changed(one, steps, view, source.currency)
    if row is None:
        return ""
    low, high = row["change_low"], row["change_high"]
    if low is None or high is None:
        return f"{text[0].upper()}{text[1:]}."
    span = f"{span_words(row['period_start'], row['period_end'])}: "
    when = _when(row) if text.startswith(span) else ""
    return f"{'No clear change' if low <= 0 <= high else 'Change'}{when}: {text.removeprefix(span)}."


def _guards(every: Sequence[Asked], view: View) -> str:
    """What stands beside it and is against its aim."""
    if is_filtered(view):
        return ""
    bad = [one for one in every if one.role == "guard" and one.row["status"] in _BAD]
    told = [f"{one.title} is {STATUSES[one.row['status']][1]}" for one in bad]
    return f"Watch this too: {listed(told)}." if told else ""


def _left_out(leads: Sequence[Asked], source: Source, goal: GoalInfo) -> str:
    """Platforms that are not in the numbers told, each with the first reason."""
    found: dict[str, str] = {}
    for one in leads:
        for who, why in leaving.without(one.row).items():
            found.setdefault(who, why)
    if not found:
        return ""
    return f"Not in these numbers: {listed(leaving.told(found, source, goal))}."


def _gaps(missing: Sequence[Asked]) -> str:
    titles = [f"“{one.title}”" for one in missing]
    return f"Not measurable with what came in: {listed(titles)}." if titles else ""


def _about(goal: GoalInfo) -> list[str]:
    """Why, for whom, and with how much time. People are counted, not named."""
    notes = [f"Why: {goal.why}"] if goal.why else []
    if goal.audience or goal.for_them:
        notes.append("For: " + ": ".join(part for part in (goal.audience, goal.for_them) if part))
    if goal.people:
        hours = sum(goal.hours.values())
        planned = f", {duration(hours)} a week planned" if hours else ""
        notes.append(f"With: {plural(len(goal.people), 'person', 'people')}{planned}")
    return notes

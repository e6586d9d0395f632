"""KPI cards: one number with all that makes it honest. Four leads and two guards stand open, the rest is folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels import asked as asking
from smmetrics.panels import values, words
from smmetrics.panels.asked import FILTERED, asked
from smmetrics.panels.gaps import gap_card
from smmetrics.panels.results import Card, PanelResult, Spark
from smmetrics.panels.spans import before_words, day_words, span_words
from smmetrics.panels.telling import (
    STATUSES,
    aim_text,
    change_text,
    interval_text,
    share_text,
    status_words,
    value_text,
)
from smmetrics.panels.widen import widened_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.panels.asked import Asked, Row
    from smmetrics.panels.source import GoalInfo, Source, View

LEADS, GUARDS = 4, 2
_MOST = 0.995
"""From this share on, a reading is as good as fully reported and says nothing about it."""
_COUNTED = 10
"""Shares over fewer than this many carry no percentage."""


def cards(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """The goal's first numbers beside those that keep them honest; what can be measured comes first."""
    leads, guards = _shown(source, view, goal)
    chosen = (*leads[:LEADS], *guards[:GUARDS])
    only = _only_lead(source, view, goal)
    made = tuple(card(one, source, view, goal) for one in chosen)
    gap = (gap_card(only, source, goal),) if only is not None else ()
    return PanelResult(panel="cards", title="Numbers", goal=goal.name, cards=(*gap, *made))


def more(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """The numbers for which there was no room, folded."""
    leads, guards = _shown(source, view, goal)
    rest = (*leads[LEADS:], *guards[GUARDS:])
    made = tuple(card(one, source, view, goal) for one in rest)
    title = f"More numbers ({len(made)})"
    return PanelResult(panel="more", title=title, goal=goal.name, cards=made, folded=True)


def card(one: Asked, source: Source, view: View, goal: GoalInfo) -> Card:
    """The card of one reading."""
    row = one.row
    steps = asking.steps(source, view, goal, one.metric)
    target, status = _target(one, view, goal)
    glyph, _ = STATUSES.get(status, ("", ""))
    few = row["state"] == "too_few"
    return Card(
        kind="kpi",
        title=one.title,
        metric=one.metric,
        role=one.role,
        value=one.value,
        value_text=_value(one, source.currency),
        interval_text=interval_text(row["low"], row["high"], one.unit, source.currency),
        target_text=target,
        status=status,
        glyph=glyph,
        status_text=status_words(status),
        change_text=changed(one, steps, view, source.currency),
        sample_text=_sample(one),
        reported_text=_reported(one),
        reason_text=reason(one, source, view, goal),
        widened_text=widened_text(one, source, view, goal) if few else "",
        spark=tuple(Spark(start=f"{step['period_start']}", value=step["value"]) for step in steps),
        reading_id=row["reading_id"] or "",
    )


def compared(one: Asked, steps: Sequence[Row], view: View) -> Row | None:
    """The reading whose change is told: that of the view, or its newest whole step where the view has none before."""
    if view.comparison == "none" or one.value is None:
        return None
    if one.row["previous"] is not None:
        return one.row
    whole = [step for step in steps if step["value"] is not None and not step["incomplete"]]
    return whole[-1] if whole and whole[-1]["previous"] is not None else None


def changed(one: Asked, steps: Sequence[Row], view: View, currency: str) -> str:
    """The change against the period before with its interval; the value before where no interval is known."""
    row = compared(one, steps, view)
    if row is None:
        return ""
    against = before_words(row["period_start"], row["period_end"], view.comparison)
    text = change_text(row["change"], row["change_low"], row["change_high"], unit=one.unit, currency=currency)
    if text:
        told = f"{text} against {against}"
    else:
        when = against if against.startswith("the ") else f"in {against}"
        told = f"before: {value_text(row['previous'], one.unit, currency)} {when}"
    if (row["period_start"], row["period_end"]) == (one.row["period_start"], one.row["period_end"]):
        return told
    now = "" if text else f"{value_text(row['value'], one.unit, currency)}, "
    return f"{span_words(row['period_start'], row['period_end'])}: {now}{told}"


def reason(one: Asked, source: Source, view: View, goal: GoalInfo) -> str:
    """What a reader must know beside the number: why there is none, who is not in it, what is not whole."""
    row = one.row
    if row["value"] is None:
        return "" if row["state"] == "too_few" else words.state_words(row["state"], row["reason"])
    parts = [asking.beside_words(row, source, goal)]
    parts += ["not wholly covered"] if row["incomplete"] else []
    parts += ["estimated"] if row["exact"] is False else []
    parts.append(_twice(one, view))
    return "; ".join(part for part in parts if part)


def _twice(one: Asked, view: View) -> str:
    """Of a number of people on several platforms, that whoever is on two of them counts twice."""
    if one.info is None or one.row["platform"]:
        return ""
    counted = [name for name in one.info.people_on if not view.platforms or name in view.platforms]
    return one.info.twice.rstrip(".") if len(counted) > 1 else ""


def _shown(source: Source, view: View, goal: GoalInfo) -> tuple[list[Asked], list[Asked]]:
    """Leads and guards that have a reading to show; those with a number before those without."""
    there = [one for one in asked(source, view, goal) if not one.is_gap]
    there.sort(key=lambda one: one.value is None)
    return [one for one in there if one.role == "lead"], [one for one in there if one.role == "guard"]


def _only_lead(source: Source, view: View, goal: GoalInfo) -> Asked | None:
    """The goal's only lead, where it cannot be measured: it is not hidden among the gaps."""
    leads = [one for one in asked(source, view, goal) if one.role == "lead"]
    return leads[0] if len(leads) == 1 and leads[0].is_gap else None


def _target(one: Asked, view: View, goal: GoalInfo) -> tuple[str, str]:
    """The target in words and how it stands; a target of the whole is not held against a part."""
    row = one.row
    if asking.is_filtered(view):
        return (FILTERED if one.metric in goal.due or row["target"] else ""), ""
    status = row["status"] or ""
    if not row["target"]:
        return "", status
    due = goal.due.get(one.metric)
    by = f" by {day_words(due)}" if due else ""
    return f"target: {aim_text(row['target'], one.unit)}{by}", status


def _value(one: Asked, currency: str) -> str:
    row = one.row
    if row["state"] == "too_few" and one.unit == "percent":
        return share_text(row["numerator"], row["denominator"]) or values.NONE
    return value_text(one.value, one.unit, currency)


def _sample(one: Asked) -> str:
    row = one.row
    share = share_text(row["numerator"], row["denominator"])
    if row["state"] == "too_few":
        if one.unit == "percent" and share:
            return f"{share}: too few for a percentage"
        return f"n = {values.number(row['n'])}: too few to say" if row["n"] is not None else "too few to say"
    if one.value is None or row["n"] is None:
        return ""
    if one.unit == "percent" and share and row["denominator"] == row["n"]:
        return f"{share}"
    return f"n = {values.number(row['n'])}"


def _reported(one: Asked) -> str:
    row = one.row
    share = row["reported_share"]
    if share is None or share >= _MOST or one.value is None:
        return ""
    noun = (one.info.noun if one.info else "") or "posts"
    return f"{values.percent(share)} of {noun} reported this"

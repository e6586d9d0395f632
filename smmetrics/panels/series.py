"""The goal's first numbers over time, and side by side by platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels import charts, words
from smmetrics.panels.asked import asked, rows_of, steps
from smmetrics.panels.cards import LEADS
from smmetrics.panels.occasions import shaded, titles
from smmetrics.panels.results import PanelResult
from smmetrics.panels.spans import span_words
from smmetrics.panels.telling import listed, share_text, value_text
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from smmetrics.panels.asked import Asked, Row
    from smmetrics.panels.results import Chart
    from smmetrics.panels.source import GoalInfo, Source, View

_STEPS = 2
"""A line needs two points."""
MOST_OPEN = 3
"""Periods without a number that are named."""


def trend(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """Each first number by the view's grain; periods without a number stay open and say why."""
    title = {"total": "Over time"}.get(view.grain, f"Per {view.grain}")
    drawn: list[Chart] = []
    notes: list[str] = []
    seen: list[Row] = []
    for one in _leads(source, view, goal) if view.grain != "total" else []:
        own = steps(source, view, goal, one.metric)
        if sum(row["value"] is not None for row in own) < _STEPS:
            continue
        drawn.append(_line(one, own, source, view, goal))
        notes += [*_open(one, own), *_bare(one, own)]
        seen += own
    notes += shaded(goal, seen)
    return PanelResult(panel="trend", title=title, goal=goal.name, charts=tuple(drawn), notes=tuple(notes))


def platforms(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """Each first number by platform, on one scale; platforms that cannot feed it are named with the reason.

    What was chosen in these charts leaves nothing out of them: whoever chose one platform sees what it is held against.
    Nothing here is compared with the time before.
    """
    view = _all_platforms(view)
    cut = source.readings(view.with_(comparison="none"), by=("platform",), grain=view.grain)
    rows = list(rows_of(cut, goal))
    drawn: list[Chart] = []
    notes: list[str] = []
    missing: dict[str, list[str]] = {}
    for one in _leads(source, view, goal):
        own = [row for row in rows if row["metric"] == one.metric and row["platform"]]
        fed = [key for key in source.platforms if any(_has(row, key) for row in own)]
        for who, title in _unable(one, own, fed, source):
            missing.setdefault(who, []).append(title)
        if len(fed) < _STEPS:
            continue
        kept = [row for row in own if row["platform"] in fed and row["period_start"] is not None]
        drawn += _panes(one, kept, source, view, goal)
        notes += _bare(one, kept)
    if drawn:
        notes += [f"Not for {who}: {listed(titles)}." for who, titles in missing.items()]
    return PanelResult(panel="platforms", title="By platform", goal=goal.name, charts=tuple(drawn), notes=tuple(notes))


def _all_platforms(view: View) -> View:
    """The view with the platforms that a click in a chart left out."""
    return view.with_(selected={name: values for name, values in view.selected.items() if name != "platform"})


def _leads(source: Source, view: View, goal: GoalInfo) -> list[Asked]:
    return [one for one in asked(source, view, goal) if one.role == "lead" and not one.is_gap][:LEADS]


def _line(one: Asked, rows: Sequence[Row], source: Source, view: View, goal: GoalInfo) -> Chart:
    compared = view.comparison == "last_year" and any(row["previous"] is not None for row in rows)
    return charts.trend(
        [_point(row, one, source.currency, goal) for row in rows],
        name=f"trend-{goal.name}-{one.metric}",
        title=one.title,
        unit=one.unit,
        noun=source.currency if one.unit == "money" else "",
        grain=view.grain,
        compare="a year before" if compared else "",
        selects="",
    )


def _panes(one: Asked, rows: Sequence[Row], source: Source, view: View, goal: GoalInfo) -> Sequence[Chart]:
    name, noun = f"platforms-{goal.name}-{one.metric}", source.currency if one.unit == "money" else ""
    if view.grain == "total":
        drawn = [{**_point(row, one, source.currency, goal), "key": row["platform"]} for row in rows]
        bars = charts.bars(
            drawn,
            name=name,
            title=one.title,
            unit=one.unit,
            noun=noun,
            heading="Platform",
            platforms=source.platforms,
            selects="platform",
        )
        return (bars,)
    return charts.small_multiples(
        [_point(row, one, source.currency, goal) for row in rows],
        name=name,
        title=one.title,
        unit=one.unit,
        noun=noun,
        platforms=source.platforms,
        grain=view.grain,
        selects="platform",
    )


def _point(row: Row, one: Asked, currency: str, goal: GoalInfo) -> Mapping[str, Any]:
    """A reading as charts take it: its numbers, and what its tooltip says."""
    point = {name: row[name] for name in ("period_start", "platform", "value", "low", "high", "previous")}
    why = "" if row["value"] is not None else _why(row, one.unit)
    text = value_text(row["value"], one.unit, currency) if row["value"] is not None else ""
    return {
        **point,
        "text": f"{text} (not wholly covered)" if text and row["incomplete"] else text,
        "why": why,
        "occasion": titles(goal, row),
    }


def _why(row: Row, unit: str) -> str:
    """Why a period has no number: ``3 of 5: too few``."""
    if row["state"] != "too_few":
        return words.state_words(row["state"], row["reason"])
    share = share_text(row["numerator"], row["denominator"]) if unit == "percent" else ""
    return f"{share}: too few" if share else "too few to say"


def _open(one: Asked, rows: Sequence[Row]) -> list[str]:
    """The periods that have no number, in one line, those of one reason together."""
    missing = [row for row in rows if row["value"] is None]
    spans: dict[str, list[str]] = {}
    for row in missing[:MOST_OPEN]:
        spans.setdefault(_why(row, one.unit), []).append(span_words(row["period_start"], row["period_end"]))
    told = "; ".join(f"{listed(names)} ({why})" for why, names in spans.items())
    more = f" and {len(missing) - MOST_OPEN} more" if len(missing) > MOST_OPEN else ""
    return [f"{one.title}: no number for {told}{more}."] if missing else []


def _bare(one: Asked, rows: Sequence[Row]) -> list[str]:
    """Why some points stand without a band beside others that have one."""
    sure = {row["low"] is not None and row["high"] is not None for row in rows if row["value"] is not None}
    return [f"{one.title}: {say('panels.no_band')}"] if len(sure) > 1 else []


def _has(row: Row, platform: str) -> bool:
    return row["platform"] == platform and row["value"] is not None


def _unable(one: Asked, rows: Sequence[Row], fed: Sequence[str], source: Source) -> list[tuple[str, str]]:
    """Platforms without a number, with the reason of their newest reading, and what is missing there."""
    last = {row["platform"]: row for row in rows if row["platform"] not in fed}
    return [(f"{source.platforms.get(name, name)} ({_short(row)})", one.title) for name, row in last.items()]


def _short(row: Row) -> str:
    return words.why_words(row["reason"]) or words.STATES.get(row["state"], row["state"])

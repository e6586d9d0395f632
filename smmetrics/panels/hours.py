"""Hours given against hours planned, by person, and what they went to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.panels import charts
from smmetrics.panels.asked import asked
from smmetrics.panels.results import PanelResult, Table
from smmetrics.panels.telling import duration, plural
from smmetrics.panels.values import NONE, percent
from smmetrics.words import say

if TYPE_CHECKING:
    from smmetrics.panels.source import GoalInfo, Source, View

MOST = 100_000
"""Entries looked at, newest first."""
_EFFORT = ("person", "task", "goal", "minutes")
_PLAN = ("goal", "person", "minutes")
NOBODY = "(not said)"


def hours(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """Time the goal's people gave against the plan; nothing where neither was written down.

    Where no entry names the goal, none are given to it: hours that name no goal may have gone to any of them. Where
    there is no other goal, all hours of its people stand against all that is planned for them.
    """
    result = PanelResult(panel="hours", title="Hours against plan", goal=goal.name)
    entries = source.table("effort", view, columns=_EFFORT, limit=MOST).filter(pl.col("minutes").is_not_null())
    plans = source.table("plan", view, columns=_PLAN, limit=MOST)
    named = pl.col("goal") == goal.name
    unnamed = entries.filter(named).is_empty() and not entries.is_empty()
    whole = unnamed and len(source.goals) == 1
    kept = pl.col("person").is_in(list(goal.people)) if whole else named
    given, plan = entries.filter(kept), plans.filter(kept)
    if unnamed and not whole:
        told = _unnamed(entries, plan, goal) if plan.height or _reads_effort(source, view, goal) else ""
        return replace(result, words=(told,) if told else ())
    if given.is_empty() and (plan.is_empty() or not _reads_effort(source, view, goal)):
        return result
    people = _people(given, plan)
    chart = charts.hours_against_plan(people, name=f"hours-{goal.name}", title="Hours by person", heading="Person")
    return PanelResult(
        panel="hours",
        title=result.title,
        goal=goal.name,
        words=(_told(people),),
        charts=(chart,) if people else (),
        tables=(_tasks(given),) if given.height else (),
        notes=(WHOLE,) if whole else (),
    )


WHOLE = (
    "No hours name this goal: all hours of its people stand against all that is planned for them, whatever the goal."
)
Person = dict[str, str | float | None]


def _reads_effort(source: Source, view: View, goal: GoalInfo) -> bool:
    return any(one.info and {"effort", "plan"} & set(one.info.tables) for one in asked(source, view, goal))


def _people(given: pl.DataFrame, plan: pl.DataFrame) -> list[Person]:
    """Hours given and planned of each person; null where none were written down."""
    who = pl.col("person").fill_null(NOBODY)
    did = given.group_by(who).agg((pl.col("minutes").sum() / 60).alias("hours"))
    meant = plan.group_by(who).agg((pl.col("minutes").sum() / 60).alias("planned"))
    both = did.join(meant, on="person", how="full", coalesce=True).sort("person")
    return [
        {"key": row["person"], "label": row["person"], "hours": row["hours"], "planned": row["planned"]}
        for row in both.iter_rows(named=True)
    ]


def _unnamed(entries: pl.DataFrame, plan: pl.DataFrame, goal: GoalInfo) -> str:
    """That nobody said of any hours that they went to this goal; what was planned, and what may be meant."""
    none = entries.filter(pl.col("person").is_in(list(goal.people)) & pl.col("goal").is_null())
    planned, theirs = (float(each.get_column("minutes").sum()) / 60 for each in (plan, none))
    said = [say("panels.hours.unnamed")]
    said += [say("panels.hours.planned", hours=duration(planned))] if planned else []
    said += [say("panels.hours.theirs", hours=duration(theirs))] if theirs else []
    return " ".join(said)


def _told(people: list[Person]) -> str:
    given = sum(float(row["hours"] or 0) for row in people)
    planned = sum(float(row["planned"] or 0) for row in people)
    written = sum(row["hours"] is not None for row in people)
    if not written:
        return f"{duration(planned)} planned; nobody wrote down any hours."
    if not planned:
        return f"{duration(given)} given by {plural(written, 'person', 'people')}; none planned."
    return f"{duration(given)} given of {duration(planned)} planned ({percent(given / planned)})."


def _tasks(given: pl.DataFrame) -> Table:
    """What the hours went to."""
    task = pl.col("task").fill_null(NOBODY)
    by_task = given.group_by(task).agg(pl.col("minutes").sum()).sort(["minutes", "task"], descending=[True, False])
    whole = float(by_task.get_column("minutes").sum())
    rows = tuple(
        (name, duration(minutes / 60), percent(minutes / whole) if whole else NONE)
        for name, minutes in by_task.iter_rows()
    )
    return Table(
        name="tasks", title="What they went to", columns=("Task", "Hours", "Share"), rows=rows, total=len(rows)
    )

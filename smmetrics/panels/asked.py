"""What a goal asks: its metrics, first numbers before those beside them, each with its words and its reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from smmetrics.engine.schema import SCHEMA
from smmetrics.panels import leaving, words
from smmetrics.panels.remember import key_of, once
from smmetrics.panels.spans import steps_back
from smmetrics.panels.telling import listed
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.panels.source import GoalInfo, MetricInfo, Source, View

Row = dict[str, Any]
NONE: Row = dict.fromkeys(SCHEMA) | {"state": "not_measurable", "reason": "", "unit": "", "target": "", "status": ""}
"""The reading of a metric that nobody could even ask for."""
CANNOT = frozenset({"not_permitted", "not_measurable", "failed", "refused", "not_covered", "not_reported"})
"""States in which there is nothing to show but the reason."""
STEPS = 12
"""Steps that a small line shows at least, where there is that much data."""
FILTERED = "The target is for all channels."
_OURS = frozenset({"ours", "staff"})
_AUDIENCE = frozenset({"followers", "followers_at_post", "reach", "gained", "lost"})
_WORD = re.compile(r"[a-z_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A metric a goal asks for. ``row`` is its reading of the whole view, `NONE` where there is none."""

    metric: str
    role: Literal["lead", "guard"]
    info: MetricInfo | None
    row: Row

    @property
    def title(self) -> str:
        """The metric's title; its id where nobody knows it."""
        return self.info.title if self.info else self.metric

    @property
    def unit(self) -> str:
        """The kind of unit, the display noun left off."""
        return str(self.row["unit"] or (self.info.unit if self.info else "")).partition(" ")[0]

    @property
    def is_gap(self) -> bool:
        """Whether it cannot be measured in this view."""
        return self.row["state"] in CANNOT

    @property
    def value(self) -> float | None:
        """The number, where there is one."""
        value: float | None = self.row["value"]
        return value


def asked(source: Source, view: View, goal: GoalInfo) -> tuple[Asked, ...]:
    """All metrics of a goal, each once: leads in the order of the questions, then guards.

    A goal that only listens is shown nothing that is built on our own posts or the size of our audience.
    """
    key = ("asked", key_of(view), goal.name, goal.questions, goal.activities)
    return once(source, key, lambda: _asked(source, view, goal))


def _asked(source: Source, view: View, goal: GoalInfo) -> tuple[Asked, ...]:
    found = by_metric(source.readings(view), goal)
    leads = dict.fromkeys(metric for _, leads, _ in goal.questions for metric in leads)
    guards = dict.fromkeys(metric for _, _, guards in goal.questions for metric in guards if metric not in leads)
    roles: list[tuple[str, Literal["lead", "guard"]]] = [(metric, "lead") for metric in leads]
    roles += [(metric, "guard") for metric in guards]
    every = (
        Asked(metric=metric, role=role, info=source.metric(metric), row=found.get(metric, NONE))
        for metric, role in roles
    )
    return tuple(one for one in every if not (listens(goal) and about_us(one.info)))


def steps(source: Source, view: View, goal: GoalInfo, metric: str) -> list[Row]:
    """A metric's readings by the view's grain, oldest first: those of the view, and back to twelve if it has fewer."""
    whole = _reaching_back(source, view)
    every = once(source, ("steps", key_of(whole), view.grain), lambda: _dated(source, whole, view.grain))
    return every.get((goal.name, metric), [])


def _dated(source: Source, view: View, grain: str) -> dict[tuple[str, str], list[Row]]:
    """The readings of periods by goal and metric, one question's where several ask for one metric."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in source.readings(view, grain=grain).filter(pl.col("period_start").is_not_null()).iter_rows(named=True):
        rows = found.setdefault((row["goal"], row["metric"]), [])
        if not rows or rows[0]["question"] == row["question"]:
            rows.append(row)
    return found


def _reaching_back(source: Source, view: View) -> View:
    covered = source.days()
    if view.since is None or view.grain == "total" or covered is None:
        return view
    start = max(steps_back(view.until or covered[1], view.grain, STEPS), covered[0])
    return view if start >= view.since else view.with_(since=start)


def by_metric(readings: pl.DataFrame, goal: GoalInfo) -> dict[str, Row]:
    """The first reading of each of the goal's metrics."""
    found: dict[str, Row] = {}
    for row in rows_of(readings, goal):
        found.setdefault(row["metric"], row)
    return found


def rows_of(readings: pl.DataFrame, goal: GoalInfo) -> Iterable[Row]:
    """The goal's readings as rows, one question's where several ask for one metric."""
    seen: dict[str, str] = {}
    for row in readings.filter(pl.col("goal") == goal.name).iter_rows(named=True):
        if seen.setdefault(row["metric"], row["question"]) == row["question"]:
            yield row


def listens(goal: GoalInfo) -> bool:
    """Whether the goal is served by monitoring alone."""
    return bool(goal.activities) and set(goal.activities) == {"monitoring"}


def about_us(info: MetricInfo | None) -> bool:
    """Whether a metric is built on our own posts or on the size of our audience."""
    return reads(info, _OURS | _AUDIENCE)


def reads(info: MetricInfo | None, names: frozenset[str]) -> bool:
    """Whether one of these columns stands in a metric's formula."""
    return info is not None and not names.isdisjoint(_WORD.findall(info.formula))


def is_filtered(view: View) -> bool:
    """Whether the view shows a part: a target of the whole says nothing about it."""
    return bool(view.platforms) or any(view.selected.values())


def goal_title(goal: GoalInfo) -> str:
    """A goal's name as words: ``answer-people`` is *Answer people*."""
    name = re.sub(r"[-_]+", " ", goal.name).strip()
    return name[:1].upper() + name[1:]


def remarks(row: Mapping[str, Any], source: Source) -> list[tuple[str, str]]:
    """All other reasons of a reading: the title of the platform each is about (empty: of all), and its words."""
    rest = (part for part in words.parts(row["reason"]) if words.left_out(part) is None)
    return [(title, words.why_words(why)) for title, why in (_placed(part, source) for part in rest)]


def beside_words(row: Mapping[str, Any], source: Source, goal: GoalInfo | None = None) -> str:
    """All reasons that stand beside a number, by the titles of platforms: who is not in it, and what is to be known.

    Of platforms that do not serve the ``goal``, how many are not in it.
    """
    out = leaving.told(leaving.without(row), source, goal)
    first = [say("panels.without.first", who=listed(out))] if out else []
    return "; ".join([*first, *(": ".join(part for part in pair if part) for pair in remarks(row, source))])


def _placed(part: str, source: Source) -> tuple[str, str]:
    """A reason, and the platform whose id stands before or behind it."""
    for id_, title in source.platforms.items():
        if part.startswith(f"{id_}: "):
            return title, part.removeprefix(f"{id_}: ")
        if part.endswith(f": {id_}"):
            return title, part.removesuffix(f": {id_}")
    return "", part

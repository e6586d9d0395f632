"""Readings of goals for other programs: held against a former state, with how far their data reach.

``restated``: the reading was final at the former state (its period over and covered), and is another now. Without a
former state that somebody names, it is the one before the last change of the store. Held against a former state, an
export holds only what is new or differs, and what is gone, without numbers and marked so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.engine.schema import EXPORTED, SCHEMA
from smmetrics.words import say
from smmetrics.workspace import measuring, unsaid
from smmetrics.workspace.aims import with_status
from smmetrics.workspace.former import at_head, before_day, formers
from smmetrics.workspace.freshness import by_platform, with_days
from smmetrics.workspace.noticing import noticed
from smmetrics.workspace.origin import origin
from smmetrics.workspace.published import published
from smmetrics.workspace.restating import gone, held_against

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.workspace.core import Workspace
    from smmetrics.workspace.former import Former
    from smmetrics.workspace.measuring import Question, Readings
    from smmetrics.workspace.published import Published

_HEAD = re.compile(r"(\d+)(?:-[0-9a-f]+)?")
"""A head by its number, or as provenance names it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What an export is of."""

    goals: tuple[str, ...]
    by: tuple[str, ...]
    grain: str
    since: date | None
    until: date | None

    def told(self) -> dict[str, Any]:
        """As it stands in provenance."""
        days = {"since": str(self.since or ""), "until": str(self.until or "")}
        return {"goals": list(self.goals), "by": list(self.by), "grain": self.grain, **days}

    def question(self, workspace: Workspace) -> Question | None:
        """What is asked of the workspace's state; None where nothing can have come in."""
        wanted = measuring.wanted_by(workspace, self.goals)
        return measuring.question_of(
            workspace, wanted, by=self.by, grain=self.grain, since=self.since, until=self.until
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    """What an export is held against: readings of another time, and how that time was named."""

    frame: pl.DataFrame
    told: Mapping[str, Any]


def export(workspace: Workspace, asked: Asked, *, changed_since: str = "") -> Readings:
    """See `Workspace.export`."""
    against = _named(workspace, changed_since, asked) if changed_since else None
    question = asked.question(workspace)
    found = _answered(workspace, question)
    former = against.frame if against else _before(workspace, asked)
    held = held_against(found.frame, former)
    if question is None:
        return replace(found, frame=_shaped(held))
    dated = with_days(held, question.requests, question.source).with_columns(pl.lit(value=False).alias("gone"))
    until = by_platform(question.source)
    told = {"asked": asked.told(), **origin(workspace), "data_until": until, **found.provenance}
    if against is None or former is None:
        notes = (*found.notes, *_noticed(workspace, found.frame, asked))
        return replace(found, frame=_shaped(dated), provenance=told, notes=notes)
    lost = gone(found.frame, former)
    unsaid.refuse(workspace, lost)
    lost = lost.with_columns(pl.lit(value=False).alias("restated"), pl.lit(value=True).alias("gone"))
    changed = pl.concat([dated.filter("changed"), lost], how="diagonal")
    told = {"changed_since": against.told, **told}
    return replace(found, frame=_shaped(changed), provenance=told)


def _noticed(workspace: Workspace, frame: pl.DataFrame, asked: Asked) -> tuple[str, ...]:
    """What is worth saying beside it, once for a metric that several goals ask for."""
    asking = ["metric", "goal", "question", "parameters"]
    once = frame.join(frame.unique("metric", keep="first", maintain_order=True).select(asking), on=asking, how="semi")
    metrics = [workspace.catalogue.metrics[name] for name in once["metric"].unique(maintain_order=True)]
    return noticed(once, metrics, by=asked.by, grain=asked.grain, currency=workspace.need_strategy().currency)


def _shaped(readings: pl.DataFrame) -> pl.DataFrame:
    """The columns of an export in their order; no text is null."""
    there = readings.columns
    made = (
        (pl.col(name) if name in there else pl.lit(None)).cast(dtype).alias(name) for name, dtype in EXPORTED.items()
    )
    return readings.select(made).with_columns(pl.col(pl.String()).fill_null(""))


def _before(workspace: Workspace, asked: Asked) -> pl.DataFrame | None:
    """The readings before the last change of the store; none where nothing of that time is kept."""
    former = next(formers(workspace), None)
    return None if former is None else _said(former, asked)


def _said(former: Former, asked: Asked) -> pl.DataFrame:
    """What was said at a former state: nothing before anything came in."""
    if not former.snapshot().head.tables:
        return pl.DataFrame(schema=dict(SCHEMA))
    return _answered(former, asked.question(former)).frame


def _answered(workspace: Workspace, question: Question | None) -> Readings:
    """The readings with their targets."""
    found = measuring.readings_of(question)
    return replace(found, frame=with_status(found.frame, workspace.need_strategy()))


def _named(workspace: Workspace, word: str, asked: Asked) -> Against:
    """The readings that a day, a head or a file of a former export stands for.

    Raises `UserMistake` for a word that is none of these, for a state that is not kept any more, and for a file that
    was asked otherwise.
    """
    if not workspace.has_store:
        raise UserMistake(say("exporting.nothing_in"), hint=say("exporting.first"), code="head.unknown")
    if day := _day(word):
        return _of(before_day(workspace, day), asked, day=str(day))
    if found := _HEAD.fullmatch(word):
        return _of(at_head(workspace, int(found[1])), asked)
    path = Path(word)
    if not path.is_file():
        raise UserMistake(
            say("exporting.no_time", word=word), hint=say("exporting.times"), code="changed_since.unknown"
        )
    return _of_file(workspace, published(path), asked)


def _day(word: str) -> date | None:
    """The day that a word is; None where it is a word for something else."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _of(former: Former, asked: Asked, **told: str) -> Against:
    return Against(frame=_said(former, asked), told={**told, "head": former.snapshot().number})


def _of_file(workspace: Workspace, file: Published, asked: Asked) -> Against:
    """The readings of a file; of one that holds only changes, those of the state it was made at."""
    then = file.provenance.get("asked", asked.told())
    other = next((name for name, said in asked.told().items() if then.get(name) != said), "")
    if other:
        message = say(
            "exporting.otherwise", file=file.name, what=_option(other, then), now=_option(other, asked.told())
        )
        raise UserMistake(message, hint=say("exporting.alike"), code="export.otherwise")
    told = {"file": file.name, "sha256": file.sha256}
    if file.is_part:
        former = _of(at_head(workspace, int(file.provenance["head"])), asked)
        return replace(former, told={**told, **former.told})
    return Against(frame=file.frame, told=told)


def _option(name: str, asked: Mapping[str, Any]) -> str:
    """One thing asked, as it is written on the command line."""
    said = asked.get(name) or ""
    words = " ".join(said) if name == "goals" else ",".join(said) if isinstance(said, list) else said
    return words if name == "goals" and words else f"--{name} {words}".strip() if words else say("exporting.all")

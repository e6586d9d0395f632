"""A tiny catalogue of records, so that a review can be held against something installed."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from smmetrics.api.metrics import GoalType, Metric, Parameter, Question
from smmetrics.api.sources import Platform


@dataclass(frozen=True)
class Catalogue:
    """What is installed."""

    metrics: dict = field(default_factory=dict)
    goal_types: dict = field(default_factory=dict)
    platforms: dict = field(default_factory=dict)
    defined: frozenset = frozenset()
    faults: tuple = ()


def metric(
    id_,
    *,
    unit="ratio",
    better="higher",
    reads=("likes",),
    parameters=(),
    level="outcome",
    of=("connecting",),
    guards=(),
    calls="mean",
):
    """A metric with a formula that aggregates the columns named."""
    promise = Metric(
        id=id_, version="1.0", title=id_, question="?", formula="…", unit=unit, better=better, level=level,
        activities=of, guards=guards,
        parameters=tuple(Parameter(name=name, type="number", default=1.0) for name in parameters),
    )  # fmt: skip
    aggregate = SimpleNamespace(name=calls, args=tuple(SimpleNamespace(name=name) for name in reads))
    return SimpleNamespace(metric=promise, formula=SimpleNamespace(aggregates=(aggregate,), unit=unit))


@pytest.fixture
def nothing():
    """Nothing installed at all."""
    return Catalogue()


@pytest.fixture
def catalogue():
    """One pack, ``talk``, and one platform."""
    broken = SimpleNamespace(
        subject="own_words",
        message="strategy.toml line 9: the metric own_words is left out: no table.",
        hint="Name one.",
    )
    metrics = (
        metric("talk.replies", parameters=("window",)),
        metric("talk.wait"),
        metric("talk.mood", better="none"),
        metric("talk.size", unit="count", reads=("followers",)),
        metric("talk.work", level="activity"),
        metric("talk.shown", of=("communicating",)),
        metric("talk.pace", unit="duration", better="lower", guards=("talk.mood", "other.mood")),
        metric("talk.wait2"),
        metric("talk.part", unit="percent", calls="share"),
    )
    kind = GoalType(
        id="talk.converse",
        title="Converse",
        activities=("communicating",),
        questions=(
            Question(text="Do people reply?", lead=("talk.replies", "talk.wait"), guard=("talk.mood",)),
            Question(text="Do they stay?", lead=("talk.size",)),
        ),
    )
    forum = Platform(id="forum", title="The Forum", access="export_only", aliases=("board", "old forum"))
    return Catalogue(
        metrics={found.metric.id: found for found in metrics},
        goal_types={kind.id: kind},
        platforms={"forum": forum},
        defined=frozenset({"talk.broken"}),
        faults=(broken,),
    )

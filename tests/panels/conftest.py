"""A small source that knows what it is told: readings and rows made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
import pytest

from smmetrics.contracts.steps import Step
from smmetrics.engine.schema import SCHEMA
from smmetrics.panels.source import GoalInfo, MetricInfo, View

TEXTS = {name: "" for name, dtype in SCHEMA.items() if dtype == pl.String()}
SHARE = MetricInfo(id="garden.answered", title="Answered", unit="percent", better="higher", noun="questions", formula="share(threads, staff_replies > 0, of=theirs)", tables=("threads",), nearest=(("garden.replies", "counts replies only"),))  # fmt: skip
RATE = MetricInfo(id="garden.replies", title="Replies per post", unit="count", better="higher", noun="posts", formula="mean(posts.comments, ours and not is_reply)", tables=("posts",))  # fmt: skip
CLICKS = MetricInfo(id="garden.click_rate", title="Click rate", unit="percent", better="higher", formula="ratio(posts, link_clicks, impressions, ours)", tables=("posts",))  # fmt: skip
GUARD = MetricInfo(id="garden.left", title="Left to others", unit="percent", better="lower", formula="share(threads, staff_replies == 0, of=ours)", tables=("threads",))  # fmt: skip
USED = MetricInfo(id="garden.used", title="Findings used", unit="percent", better="higher", formula="share(findings, result == 'used', of=result in ['used', 'not_used'])", tables=("findings",))  # fmt: skip


def make_reading(metric: str = SHARE.id, **given: Any) -> dict[str, Any]:
    """A reading of one month with a value, and what is given instead."""
    plain = {
        "goal": "answer",
        "question": "Is everyone answered?",
        "metric": metric,
        "grain": "total",
        "state": "value",
    }
    when = {"period_start": date(2026, 10, 1), "period_end": date(2026, 11, 1), "incomplete": False, "exact": True}
    row = {**dict.fromkeys(SCHEMA), **TEXTS, **plain, **when, "unit": "percent", "status": "no_target", **given}
    if row["state"] != "value":
        row |= {"value": None, "low": None, "high": None}
    return row | {"reading_id": row["reading_id"] or f"{metric}-{row['grain']}-{row['period_start']}-{row['platform']}"}


@dataclass
class Fake:
    """Answers with what it holds; readings are looked up by grain and dimensions, and cut to the view's first day."""

    goals: tuple[GoalInfo, ...] = ()
    purpose: str = "People get help"
    metrics: tuple[MetricInfo, ...] = (SHARE, RATE, CLICKS, GUARD, USED)
    rows: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    cells: tuple[dict[str, Any], ...] = ()
    covered: tuple[date, date] | None = (date(2026, 1, 1), date(2026, 11, 1))
    plugins: tuple[tuple[str, str, Any], ...] = ()
    title: str = "A garden shop"
    zone: str = "UTC"
    currency: str = "EUR"
    platforms: dict[str, str] = field(default_factory=lambda: {"yarrow": "Yarrow", "sorrel": "Sorrel"})
    steps: tuple[Step, ...] = (Step(text="Get the file.", command="smmetrics import FILE", minutes=3),)
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def metric(self, id):  # noqa: A002 (the protocol's word)
        return next((info for info in self.metrics if info.id == id), None)

    def readings(self, view, *, by=(), grain="total"):
        self.asked.append((view, tuple(by), grain))
        rows = [row for row in self.rows if row["grain"] == grain and bool(row["platform"]) == ("platform" in by)]
        if grain == "total" and view.since is not None:
            rows = [row for row in rows if row["period_start"] == view.since]
        return pl.DataFrame(rows, schema=dict(SCHEMA), orient="row") if rows else pl.DataFrame(schema=dict(SCHEMA))

    def table(self, name, view, *, columns=(), limit=50, offset=0):  # noqa: ARG002 (the protocol's words)
        frame = self.tables.get(name)
        if frame is None:
            types = {
                "minutes": pl.Float64(),
                "ours": pl.Boolean(),
                "window_end": pl.Date(),
                "followers": pl.Int64(),
                "gained": pl.Int64(),
                "lost": pl.Int64(),
            }
            return pl.DataFrame(schema={column: types.get(column, pl.String()) for column in columns})
        return frame.slice(offset, limit).select(columns or frame.columns)

    def count(self, name, view):  # noqa: ARG002 (the protocol's words)
        return self.tables[name].height if name in self.tables else 0

    def coverage(self, goal):
        return tuple(cell for cell in self.cells if cell["goal"] == goal)

    def evidence(self, reading_id, view):  # noqa: ARG002 (the protocol's words)
        return {}

    def next_steps(self):
        return self.steps

    def working(self, *_):
        return {}

    def findings(self):
        return ()

    def freshness(self):
        return {}

    def days(self):
        return self.covered

    def plugin_panels(self):
        return self.plugins


def make_goal(
    name: str = "answer", *, leads: tuple[str, ...] = (SHARE.id,), guards: tuple[str, ...] = (), **given: Any
) -> GoalInfo:
    plain = {"why": "an unanswered question is a plant that dies", "activities": ("communicating",)}
    return GoalInfo(name=name, questions=(("Is everyone answered?", leads, guards),), **{**plain, **given})


def make_cell(metric: str = SHARE.id, **given: Any) -> dict[str, Any]:
    plain = {
        "goal": "answer",
        "question": "Is everyone answered?",
        "role": "lead",
        "channel": "sorrel",
        "platform": "sorrel",
    }
    why = {"source": "", "status": "not_measurable", "reason": "field.missing", "note": "", "have": "", "would_do": ()}
    return {**plain, **why, "metric": metric, **given}


@pytest.fixture
def reading():
    return make_reading


@pytest.fixture
def goal():
    return make_goal


@pytest.fixture
def cell():
    return make_cell


@pytest.fixture
def fake():
    return Fake


@pytest.fixture
def october():
    return View(since=date(2026, 10, 1), until=date(2026, 11, 1))

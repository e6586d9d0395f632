"""A source and panels that say what a test wants them to say."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import polars as pl
import pytest

from smmetrics.panels.results import Card, Chart, PanelResult, Spark, Table
from smmetrics.panels.source import GoalInfo, MetricInfo, View

TODAY = date(2026, 11, 25)
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"name": "table"},
    "width": "container",
    "height": 120,
    "layer": [
        {
            "mark": {"type": "bar"},
            "encoding": {
                "x": {"field": "f0", "type": "ordinal", "sort": None, "axis": {"title": None, "labelAngle": 0}},
                "y": {"field": "f2", "type": "quantitative", "axis": {"title": "answers"}},
            },
        }
    ],
}


def chart(text="Blog", title="Answers by month", group=""):
    meta = {"columns": [{"field": "f0", "title": f"Month {text}"}, {"field": "f1", "title": "Answers"}], "group": group}
    rows = tuple({"f0": f"{text} {month}", "f1": str(month), "f2": float(month)} for month in (6, 7, 8))
    return Chart(
        name="trend",
        title=title,
        spec={**SPEC, "usermeta": {"smmetrics": meta}},
        rows=rows,
        description=f"{title}: six in June, eight in August. {text}",
    )


def card(text="", **more):
    told = {
        "kind": "kpi",
        "title": f"Answered {text}",
        "metric": "care.answered",
        "value": 0.92,
        "value_text": "212 of 230",
        "interval_text": "88–95 %",
        "target_text": "aim 95 %",
        "status": "behind",
        "glyph": "▼",
        "status_text": "behind",
        "change_text": "+4 points",
        "sample_text": "230 questions",
        "reported_text": "84 % of posts reported this",
        "spark": (
            Spark(start="2026-06-01", value=0.8),
            Spark(start="2026-07-01", value=None),
            Spark(start="2026-08-01", value=0.9),
        ),
        "reading_id": "r1",
    }
    return Card(**told | more)


GAP = Card(
    kind="gap",
    title="Satisfaction",
    metric="care.csat",
    reason_text="not measurable: no file reports it",
    nearest=(("Kind words", "it needs no survey"),),
    would_do=("the cases sheet",),
)
TABLE = Table(
    name="posts",
    title="Unanswered first",
    columns=("Post", "Who"),
    rows=(("How do I prune?", "@ana"),),
    total=12,
    note="oldest on top",
)


def panels(goal="answer-people"):
    return (
        PanelResult(panel="headline", title="In short", goal=goal, words=("212 of 230 questions got an answer.",)),
        PanelResult(panel="cards", title="Numbers", goal=goal, cards=(card(), card(role="guard", reading_id="r2"))),
        PanelResult(panel="trend", title="Over time", goal=goal, charts=(chart(),)),
        PanelResult(
            panel="platforms", title="By platform", goal=goal, charts=(chart(group="g"), chart(title="More", group="g"))
        ),
        PanelResult(panel="conversations", title="Conversations", goal=goal, tables=(TABLE,)),
        PanelResult(panel="gaps", title="Not measurable yet", goal=goal, cards=(GAP,), folded=True),
        PanelResult(panel="zz.mood", title="Mood by a plugin", goal=goal, words=("ana is happy",)),
        PanelResult(
            panel="audience", title="Size of audience (context)", goal=goal, words=("87 followers",), folded=True
        ),
    )


class FakeSource:
    """Answers with what it was given."""

    title = "Acme Gardens"
    purpose = "Help people with their first garden"
    zone = "Europe/Berlin"
    currency = "EUR"

    def __init__(self):
        self.goals = (
            GoalInfo(
                name="answer-people",
                why="an unanswered question is a plant that dies",
                for_them="an answer the same day",
                audience="gardeners",
                people=("ana", "ben"),
                hours={"ana": 5.0},
                activities=("communicating",),
                decision="add an evening shift; Ana decides",
                due={"care.answered": date(2027, 3, 31), "care.csat": None},
            ),
        )
        self.platforms = {"blogs": "Blogs", "forum": "Forum"}
        self.info = MetricInfo(
            id="care.answered",
            title="Answered questions",
            question="Is everyone answered?",
            formula="share(posts, answered)",
            caveat="Only what is public.",
            citation="Hirsch 2026",
        )
        self.told = {
            "formula": "share(posts, answered)",
            "n": 230,
            "sources": ({"file": "cases.csv", "kind": "offline.cases", "kept": 1201, "quarantined": 3},),
            "quarantined": 3,
            "immature": "",
            "tables": ("posts",),
            "table": "posts",
            "provenance": {"smmetrics": "0.1.0", "plugins": {"smmetrics-care": "0.1.0"}, "head": "ab" * 32},
        }
        self.review = ({"code": "SMM-S068", "level": "note", "message": "Nobody outside was asked.", "hint": ""},)
        self.frame = pl.DataFrame()
        self.rows = pl.DataFrame()
        self.plugins = (("zz.mood", "zz", None),)

    def metric(self, id):
        return self.info if id == self.info.id else None

    def readings(self, view, *, by=(), grain="total"):
        return self.frame

    def table(self, name, view, *, columns=(), limit=50, offset=0):
        return self.rows

    def count(self, name, view):
        return self.rows.height

    def coverage(self, goal):
        return ({"metric": "care.csat", "note": "asked by @ana@acme.example", "have": "cases of ana.csv"},)

    def evidence(self, reading_id, view):
        return self.told

    def findings(self):
        return self.review

    def freshness(self):
        return {"blogs": date(2026, 8, 31), "forum": date(2026, 11, 21)}

    def days(self):
        return date(2026, 6, 1), date(2026, 11, 22)

    def plugin_panels(self):
        return self.plugins


@pytest.fixture
def source():
    return FakeSource()


@pytest.fixture
def shown(monkeypatch):
    """What the panels give; a test may change the list, or put a function in its place."""
    results = list(panels())

    def build(source, view):
        return tuple(results)

    monkeypatch.setattr("smmetrics.panels.build", build, raising=False)
    return results


@pytest.fixture
def view():
    return View()


def poisoned(value, payload):
    """The same value with the payload in every text people read, however deep it stands."""
    if isinstance(value, str):
        return payload
    if isinstance(value, tuple):
        return tuple(poisoned(part, payload) for part in value)
    if isinstance(value, Card | PanelResult | Chart | Table | GoalInfo | MetricInfo):
        kept = {"kind", "role", "panel", "goal", "name", "id", "spec", "rows", "metric", "reading_id", "due"}
        if isinstance(value, Table):
            kept -= {"rows"}
        told = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in kept}
        return replace(value, **{name: poisoned(part, payload) for name, part in told.items()})
    if isinstance(value, dict):
        return {key: poisoned(part, payload) for key, part in value.items()}
    return value

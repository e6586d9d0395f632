"""A source and panels that say what a test wants them to say, and a reader of the pages made of them."""

# ruff: noqa: A002, ARG001, ARG002 (a fake has the parameters of what it stands for)

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser

import polars as pl
import pytest

from smmetrics.contracts.steps import Step
from smmetrics.panels.results import Card, Chart, PanelResult, Spark, Table
from smmetrics.panels.source import GoalInfo, MetricInfo, View
from smmetrics.report import write

TODAY = date(2026, 11, 25)
VOID = {"br", "hr", "meta"}
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


def chart(text="Blog", title="Answers by month", group="", about=""):
    meta = {"columns": [{"field": "f0", "title": f"Month {text}"}, {"field": "f1", "title": "Answers"}]}
    meta |= {"group": group, "about": about}
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
            panel="platforms",
            title="By platform",
            goal=goal,
            charts=tuple(
                chart(title=title, group="g", about="Answered in time") for title in ("Answers by month", "More")
            ),
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

    def next_steps(self):
        return (Step(text="Get the file.", command="smmetrics import FILE", minutes=3),)

    def working(self, reading_id, view):
        return {}

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

    def build(source, view, *, heard=None):
        for result in results if heard else ():
            heard(result)
        return tuple(results)

    monkeypatch.setattr("smmetrics.panels.build", build, raising=False)
    return results


@pytest.fixture
def view():
    return View()


KEPT = {
    "kind",
    "role",
    "panel",
    "goal",
    "id",
    "spec",
    "metric",
    "reading_id",
    "due",
    "value",
    "folded",
    "total",
    "spark",
}


def poisoned(value, payload):
    """The same value with the payload at the end of every text that comes from outside, however deep it stands."""
    if isinstance(value, str):
        return f"{value} {payload}"
    if isinstance(value, tuple):
        return tuple(poisoned(part, payload) for part in value)
    if isinstance(value, dict):
        return {key: poisoned(part, payload) for key, part in value.items()}
    if is_dataclass(value):
        named = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in KEPT}
        if isinstance(value, GoalInfo | Chart | Table):
            named.pop("name")
        return replace(value, **{name: poisoned(part, payload) for name, part in named.items()})
    return value


class Parsed(HTMLParser):
    """A page taken apart: elements in their order, texts outside scripts and styles, scripts and data blocks."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.raw, self.open, self.faults, self.comments = [], [], [], [], [], []
        self.feed(page)
        self.close()
        self.faults += [f"{name} is never closed" for name in self.open]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"{tag} states an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.open and self.open[-1] in {"script", "style"}:
            self.raw.append((self.open[-1], self.elements[-1][1], data))
        else:
            self.texts.append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    def all(self, name):
        return [attributes for tag, attributes in self.elements if tag == name]

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    @property
    def shape(self):
        """The elements with the names of their attributes: what outside text must never change."""
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]

    @property
    def data(self):
        return [text for name, attributes, text in self.raw if attributes.get("type") == "application/json"]

    @property
    def code(self):
        return [text for name, attributes, text in self.raw if name == "script" and "type" not in attributes]


@pytest.fixture
def written(source, shown, view, tmp_path):
    """Writes a report and gives its path."""

    def made(name="report.html", *, over=view, **how):
        return write(source, over, tmp_path / name, today=TODAY, **how)

    return made


@pytest.fixture
def page(written):
    """Writes a page and takes it apart."""

    def made(**how):
        return Parsed(written(**how).read_text(encoding="utf-8"))

    return made


@pytest.fixture(autouse=True)
def bundle(monkeypatch):
    """A small script in place of the libraries, which only browsers run."""
    monkeypatch.setattr("smmetrics.panels.charts.bundle.script", lambda: "var vegaEmbed = async () => ({});")

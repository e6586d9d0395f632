"""A small source over frames in memory, texts that try to run, and a reader of HTML that finds what would."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from smmetrics.contracts.steps import Step
from smmetrics.engine import SCHEMA
from smmetrics.panels.source import GoalInfo, MetricInfo, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAYLOADS = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "'><img src=x onerror=alert(1)>", "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">x</a>', "javascript:alert(1)", "<iframe src=//evil.example></iframe>",
    "</style><script>alert(1)</script>", "<style>@import '//evil.example'</style>", "<!-- --><script>alert(1)</script>",
    "--><img src=x onerror=alert(1)>", '<math><mi xlink:href="javascript:alert(1)">', "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)", "<input autofocus onfocus=alert(1)>",
    '" onmouseover=alert(1) x="', "' onmouseover='alert(1)", "` onmouseover=alert(1)", "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<object data=//evil.example></object>", "<embed src=//evil.example>", "<form action=//evil.example><button>x",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "$\\href{javascript:alert(1)}{x}$", "\\unicode{<img src=x onerror=alert(1)>}",
    "<template><script>alert(1)</script></template>", '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<xmp><img title="</xmp><img src=x onerror=alert(1)>">', "<textarea></textarea><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "data:text/html,<script>alert(1)</script>",
)  # fmt: skip
ALLOWED = frozenset(
    [
        "section",
        "header",
        "article",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "button",
        "p",
        "div",
        "span",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "a",
        "details",
        "summary",
        "svg",
        "title",
        "polyline",
        "circle",
        "figure",
        "figcaption",
        "img",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "aria-label",
        "aria-hidden",
        "role",
        "scope",
        "tabindex",
        "viewbox",
        "preserveaspectratio",
        "vector-effect",
        "type",
        "data-reading",
        "data-of",
        "aria-expanded",
        "points",
        "fill",
        "stroke",
        "stroke-width",
        "cx",
        "cy",
        "r",
        "href",
        "download",
        "src",
        "alt",
    ]
)


class Parsed(HTMLParser):
    """What a browser would make of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def assert_harmless(self, *, also: frozenset[str] = frozenset()) -> None:
        assert set(self.tags) <= ALLOWED | also
        assert {name for name, _ in self.attributes} <= ATTRIBUTES
        for name, value in self.attributes:
            assert name not in {"href", "src"} or value.startswith(
                ("data:text/csv;base64,", "data:image/svg+xml;base64,")
            )


class Grown:
    """What the page would make of a tree: only names it knows, texts as texts."""

    def __init__(self, tree: Sequence[Any]) -> None:
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self._grow(tree)

    def _grow(self, tree: Sequence[Any]) -> None:
        for part in tree:
            if isinstance(part, str):
                self.text += part
                continue
            name, attributes, children = part
            self.names.append(name)
            self.attributes += attributes.items()
            self._grow(children)


FIRST = "talk/talk.rate/total//2026-06-01"
"""The reading of the first goal in all."""


def posts(texts: Sequence[str]) -> pl.DataFrame:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    return pl.DataFrame(
        {
            "post_id": [str(number) for number in range(len(texts))],
            "created_at": [start + timedelta(days=number) for number in range(len(texts))],
            "created_on": [date(2026, 6, 1) + timedelta(days=number) for number in range(len(texts))],
            "platform": [("forum", "mail")[number % 2] for number in range(len(texts))],
            "account": [texts[0]] * len(texts),
            "text": list(texts),
            "title": list(texts),
            "permalink": list(texts),
            "ours": [True] * len(texts),
            "likes": list(range(len(texts))),
        }
    )


class Memory:
    """A source over frames; every outside text of it is one of ``texts``."""

    def __init__(self, texts: Sequence[str] = PAYLOADS, *, goals: bool = True) -> None:
        self.texts = list(texts)
        self.posts = posts(self.texts)
        self.asked: list[View] = []
        self.worked = 0
        self.panels: list[tuple[str, str, Any]] = []
        self._goals = goals

    @property
    def title(self) -> str:
        return self.texts[0]

    @property
    def purpose(self) -> str:
        return self.texts[1 % len(self.texts)]

    zone = "UTC"
    currency = "EUR"

    @property
    def goals(self) -> Sequence[GoalInfo]:
        if not self._goals:
            return ()
        words = self.texts[2 % len(self.texts)]
        question = (words, ("talk.rate",), ("talk.guard",))
        return (
            GoalInfo(name="talk", why=words, for_them=words, audience=words, people=(words,), questions=(question,)),
            GoalInfo(name=self.texts[3 % len(self.texts)], why=words, questions=(question,)),
        )

    @property
    def platforms(self) -> Mapping[str, str]:
        return {"forum": self.texts[0], "mail": "Mail"} if self.texts else {}

    def metric(self, id: str) -> MetricInfo | None:  # noqa: A002
        words = self.texts[4 % len(self.texts)]
        return MetricInfo(
            id=id, title=words, question=words, formula="mean(posts.likes, ours)", unit="count", noun=words,
            better="higher", caveat=words, citation=words, nearest=((words, words),), tables=("posts",),
        )  # fmt: skip

    def readings(self, view: View, *, by: Sequence[str] = (), grain: str = "total") -> pl.DataFrame:
        self.asked.append(view)
        rows = self._inside(view)
        made = [
            self._reading(goal, metric, part, platform=platform, grain=grain, start=start)
            for goal in self.goals
            if not view.goals or goal.name in view.goals
            for metric in ("talk.rate", "talk.guard")
            for platform, here in (rows.group_by("platform") if by else [("", rows)])
            for start, part in (here.group_by_dynamic("created_on", every="1w") if grain != "total" else [("", here)])
        ]
        readings = pl.DataFrame(made, schema=dict(SCHEMA))
        return readings.sort("goal", "metric", "platform", "period_start")

    def _reading(
        self, goal: GoalInfo, metric: str, rows: pl.DataFrame, *, platform: Any, grain: str, start: Any
    ) -> dict[str, Any]:
        known = rows.height > 0
        first = start[0] if start else date(2026, 6, 1)
        place = platform[0] if platform else ""
        return {
            **dict.fromkeys(SCHEMA), "goal": goal.name, "question": goal.questions[0][0], "metric": metric,
            "version": "1.0.0", "parameters": "{}", "subject": "", "account": "", "channel": "", "campaign": "",
            "audience": "", "slice": "", "period_start": first, "grain": grain, "platform": place,
            "period_end": first + timedelta(days=7) if start else date(2026, 7, 12),
            "value": rows["likes"].mean() if known else None, "low": 1.0 if known else None,
            "high": 99.0 if known else None, "unit": "count", "state": "value" if known else "not_covered",
            "reason": "" if known else "span.absent", "n": rows.height, "target": self.texts[5 % len(self.texts)],
            "status": "met" if known else "", "provenance": "p", "incomplete": False, "exact": True,
            "reading_id": f"{goal.name}/{metric}/{grain}/{place}/{first}", "interval_method": "t", "confidence": 0.95,
            "scope": "", "age_basis": "", "reported_share": 1.0,
        }  # fmt: skip

    def _inside(self, view: View) -> pl.DataFrame:
        rows = self.posts
        if view.platforms:
            rows = rows.filter(pl.col("platform").is_in(list(view.platforms)))
        for name, values in view.selected.items():
            rows = rows.filter(pl.col(name).is_in(list(values)))
        if view.since:
            rows = rows.filter(pl.col("created_on") >= view.since)
        return rows.filter(pl.col("created_on") < view.until) if view.until else rows

    def table(
        self, name: str, view: View, *, columns: Sequence[str] = (), limit: int = 50, offset: int = 0
    ) -> pl.DataFrame:
        if name != "posts":
            return pl.DataFrame()
        rows = self._inside(view).sort("created_at", descending=True)
        return rows.select([column for column in columns if column in rows.columns] or rows.columns).slice(
            offset, limit
        )

    def count(self, name: str, view: View) -> int:
        return self._inside(view).height if name == "posts" else 0

    def coverage(self, goal: str) -> Sequence[Mapping[str, Any]]:
        words = self.texts[6 % len(self.texts)]
        cell = {"goal": goal, "question": words, "metric": "talk.none", "role": "lead", "channel": words}
        return (
            {
                **cell,
                "platform": "forum",
                "status": "not_measurable",
                "reason": words,
                "note": words,
                "have": "",
                "would_do": (words,),
                "source": "",
            },
        )

    def evidence(self, reading_id: str, view: View) -> Mapping[str, Any]:
        shown = self.readings(view).filter(pl.col("reading_id") == reading_id)
        if not shown.height:
            return {}
        words = self.texts[7 % len(self.texts)]
        source = {
            "file": words,
            "kind": words,
            "observed_at": datetime(2026, 7, 1, tzinfo=UTC),
            "kept": 5,
            "quarantined": 2,
        }
        return {
            **shown.row(0, named=True), "title": words, "asks": words, "formula": "mean(posts.likes, ours)",
            "parameters": {words: words}, "caveat": words, "citation": words, "provenance": {words: {words: words}},
            "sources": (source,), "tables": ("posts",), "table": "posts", "quarantined": 2, "immature": "",
            "left_out": {words: 3},
        }  # fmt: skip

    def working(self, reading_id: str, view: View) -> Mapping[str, Any]:
        if not self.evidence(reading_id, view):
            return {}
        self.worked += 1
        words = self.texts[7 % len(self.texts)]
        parts = ((words, "40"), ("posts of ours", "16"))
        return {"formula": "mean(posts.likes, ours)", "numbers": "40 / 16", "in_words": words, "parts": parts}

    def findings(self) -> Sequence[Mapping[str, Any]]:
        words = self.texts[8 % len(self.texts)]
        return ({"code": words, "level": "warning", "message": words, "hint": words},)

    def next_steps(self) -> Sequence[Step]:
        words = self.texts[8 % len(self.texts)]
        return (Step(text=words, where=words, command=f"smmetrics {words}", minutes=2),)

    def freshness(self) -> Mapping[str, date]:
        return {"forum": date(2026, 7, 11)} if self.posts.height else {}

    def days(self) -> tuple[date, date] | None:
        return (date(2026, 6, 1), date(2026, 7, 12)) if self.posts.height else None

    def plugin_panels(self) -> Sequence[tuple[str, str, Any]]:
        return tuple(self.panels)


@pytest.fixture
def plain() -> Memory:
    return Memory([f"words {number}" for number in range(41)])


@pytest.fixture
def hostile() -> Memory:
    return Memory()

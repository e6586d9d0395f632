"""Whatever happened to a workspace, and whatever is kept of former states, readings are those of a bare workspace."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.derive import Derived
from smmetrics.engine import Request, Window, executing, kept, measure
from smmetrics.store import Store
from tests.alike import close
from tests.derive.stories import Story

VIEWS = {view.name: view for view in CORE_VIEWS}
FORMULAS = (
    "count(posts, ours)",
    "sum(posts.likes)",
    "ratio(posts, likes, impressions, ours)",
    "median(posts.likes)",
    "distinct(posts.person, theirs)",
    "share(posts, promo)",
    "wait(posts, created_at, replied_at)",
    "mean(threads.turns)",
    "sum(threads.staff_replies)",
    "count(acts, act == 'reply')",
    "count(posts_by_topic)",
    "trailing(count(posts, theirs), days=7)",
)
START = datetime(2024, 3, 1, tzinfo=UTC)
STEPS = 5


class Telling(Story):
    """Random things that happen to a workspace, one after the other."""

    SEEN = START + timedelta(days=40)

    def happens(self, first):
        """One thing more; it begins with posts."""
        what = [self.posts, self.replies, self.counts, self.roles, self.labels, self.undo, self.edit]
        (self.posts if first else self.dice.choice(what))()

    def posts(self):
        rows = [self.post("post", None) for _ in range(self.dice.randrange(3, 8))]
        span = {
            "account_id": "b",
            "grain": "event",
            "start": date(2024, 3, 1),
            "end": date(2024, 4, 10),
            "facts": "",
            "complete": True,
        }
        account = {"account_id": "b", "kind": "ours", "name": "b"}
        self.file(
            posts=rows, spans=[span], accounts=[account], post_counts=[self.count(row["post_id"]) for row in rows[::2]]
        )

    def replies(self):
        rows = [self.post("reply", self.dice.choice(self.said)) for _ in range(self.dice.randrange(1, 5))]
        self.file(posts=rows)

    def counts(self):
        self.file(post_counts=[self.count(post) for post in self.dice.sample(self.said, min(4, len(self.said)))])

    def roles(self):
        who = self.dice.choice("abcd")
        self.file(
            people=[{"platform_author_id": who, "person": who, "roles": [self.dice.choice(["staff", "bot", "member"])]}]
        )

    def labels(self):
        kinds = [("promo", "yes"), ("promo", "no"), ("topic", "beans|peas"), ("topic", "peas")]
        marks = [(post, *self.dice.choice(kinds)) for post in self.dice.sample(self.said, min(3, len(self.said)))]
        rows = [
            {"post_id": post, "kind": kind, "value": value, "labeller": "human", "version": "1"}
            for post, kind, value in marks
        ]
        self.file(labels=rows)

    def post(self, kind, up):
        name = self.named()
        at = START + timedelta(minutes=self.dice.randrange(30 * 1_440))
        return {
            "post_id": name, "kind": kind, "person": self.dice.choice([*"abcd", None]), "account_id": self.dice.choice(["b", "b", None]),
            "created_at": at, "created_precision": "instant", "in_reply_to": up, "root_id": up, "status": "published",
            "text": self.dice.choice(["Beans?", "Peas.", None]), "visibility": "public",
        }  # fmt: skip

    def count(self, post):
        return {
            "post_id": post, "scope": "total", "window": "lifetime", "likes": self.dice.randrange(50),
            "impressions": self.dice.randrange(50, 900), "observed_at": self.seen(),
        }  # fmt: skip


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(kept, "_HELD", OrderedDict())


def readings(root, scope, cut):
    store = Store.open(root)
    grain, by, since, until = cut
    window = Window(as_of=START + timedelta(days=60), zone=scope.zone, grain=grain, since=since, until=until)
    asked = [
        Request(metric=f"m.{place:02}", formula=parse(text, views=VIEWS, adhoc=True, pairing="a test"), min_units=0, min_denominator=0)
        for place, text in enumerate(FORMULAS)
    ]  # fmt: skip
    made = measure(asked, Derived(store.snapshot(), scope), window, by)
    return made.drop("provenance")


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 12))]


@pytest.mark.parametrize("seed", SEEDS)
def test_warm_cold_and_elsewhere_say_the_same_after_anything(make_desk, tmp_path, seed):
    story = Telling(make_desk(tmp_path / "work"), seed)
    cuts = [("total", ("platform",), None, None), ("week", (), date(2024, 3, 4), date(2024, 3, 25))]
    for step in range(STEPS):
        story.happens(first=step == 0)
        bare = tmp_path / f"bare{step}"
        shutil.copytree(tmp_path / "work", bare, ignore=shutil.ignore_patterns("cache"))
        for cut in cuts:
            cold = readings(bare, story.scope, cut)
            close(readings(tmp_path / "work", story.scope, cut), cold)
            if step % 3 == 2:
                kept.forget_all()  # as another process
                close(readings(tmp_path / "work", story.scope, cut), cold)
                shutil.rmtree(bare / "cache")
                kept.forget_all()
                with ThreadPoolExecutor(2) as pool, executing.on(pool):
                    close(readings(bare, story.scope, cut), cold)
    assert list((tmp_path / "work" / "cache").glob("cells-*.kept"))

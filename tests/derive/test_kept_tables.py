"""Tables made from what was kept of former states are those of a bare workspace, row for row, whatever happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.derive.stories import Story, bare, forget, same, tables

START = datetime(2024, 1, 20, tzinfo=UTC)
DAYS = 150
STEPS = 7
TEXTS = ("Beans?", "Peas, @a and @New", "See https://b.example/x or https://c.example", "@amy @b@else.example", None)
pytestmark = pytest.mark.usefixtures("small")


class Telling(Story):
    """Random things that happen to a workspace, one after the other."""

    SEEN = START + timedelta(days=DAYS)

    def __init__(self, desk, seed):
        super().__init__(desk, seed)
        self.seed, self.counted = seed, set()

    def happens(self, first):
        often = [self.talk, self.talk, self.replies, self.replies, self.first_counts, self.corrected, self.likes]
        seldom = [self.roles, self.renamed, self.members, self.labels, self.two, self.undo, self.edit, self.forgotten]
        late = [self.newer_counts] if self.seed % 3 else []
        (self.talk if first else self.dice.choice([*often, *seldom, *late]))()

    def talk(self):
        account = {"account_id": "b", "kind": "ours", "name": "b", "url": "https://b.example"}
        self.file(accounts=[account], **self.some_posts())

    def some_posts(self):
        rows = [self.post("post", None) for _ in range(self.dice.randrange(3, 8))]
        self.counted |= {row["post_id"] for row in rows[::2]}
        return {"posts": rows, "post_counts": [self.count(row["post_id"]) for row in rows[::2]]}

    def replies(self):
        ups = [*self.said, f"p{len(self.said) + 9}"]  # one of them is not known yet
        kinds = self.dice.choices(["reply", "reply", "share", "mention"], k=self.dice.randrange(1, 5))
        self.file(posts=[self.post(kind, self.dice.choice(ups)) for kind in kinds])

    def likes(self):
        """Acts that are no posts, some of them on posts that are not known yet."""
        names = [*self.said, f"p{len(self.said) + 3}", None]
        rows = [
            {
                "person": self.dice.choice([*"abcd", None]), "act": self.dice.choice(["like", "like", "meet"]),
                "target_id": post, "post_id": post, "at": START + timedelta(minutes=self.dice.randrange(DAYS * 1_440)),
                "other": self.dice.choice([None, None, *"abz"]), "account_id": self.dice.choice(["b", None]),
            }
            for post in self.dice.choices(names, k=4)
        ]  # fmt: skip
        self.file(acts=rows)

    def first_counts(self):
        new = [post for post in self.said if post not in self.counted][:3]
        self.counted |= set(new)
        if new:
            self.file(post_counts=[self.count(post) for post in new])

    def newer_counts(self):
        self.file(post_counts=[self.count(post) for post in self.dice.sample(self.said, min(2, len(self.said)))])

    def corrected(self):
        """A later file shows a post otherwise: its time, text, account, or that it is a draft."""
        post = self.dice.choice(self.said)
        kind = self.dice.choice(["post", "reply", "mention"])
        row = {**self.post(kind, self.dice.choice([None, *self.said])), "post_id": post}
        self.said.pop()
        row["status"] = self.dice.choice(["published", "draft"])
        self.file(posts=[row])

    def roles(self):
        self.file(people=[self.somebody(roles=[self.dice.choice(["staff", "bot", "member", "rival"])])])

    def renamed(self):
        self.file(people=[self.somebody(handle=self.dice.choice(["amy", "New", "b"]))])

    def somebody(self, **more):
        who = self.dice.choice("abcd")
        return {"platform_author_id": who, "person": who, **more}

    def members(self):
        day = date(2024, 2, 1) + timedelta(days=self.dice.randrange(90))
        self.file(memberships=[{"place_id": "x", "person": self.dice.choice("abcd"), "from": day, "unit": "garden"}])

    def labels(self):
        rows = [
            {"post_id": post, "kind": "topic", "value": "beans|peas", "labeller": "human", "version": "1"}
            for post in self.dice.sample(self.said, min(3, len(self.said)))
        ]
        self.file(labels=rows)

    def two(self):
        batches = []
        for _ in range(2):
            self.files += 1
            batches.append(self.desk.batch(f"file {self.files} of two", observed=self.seen(), **self.some_posts()))
        self.imports += [row.id for row in self.desk.store.commit(batches)]

    def forgotten(self):
        forget(self.desk.store, self.dice.choice("abcd"))

    def post(self, kind, up):
        name = self.named()
        at = START + timedelta(minutes=self.dice.randrange(DAYS * 1_440))
        precision = self.dice.choice(["instant"] * 5 + ["day"])
        when = self.dice.choice([{"created_at": at}] * 7 + [{"created_on": at.date()}, {}])
        return {
            "post_id": name, "kind": kind, "person": self.dice.choice([*"abcd", None]),
            "account_id": self.dice.choice(["b", "b", "c", None]), **when, "created_precision": precision,
            "in_reply_to": up, "root_id": self.dice.choice([up, up, None]), "status": "published",
            "text": self.dice.choice(TEXTS), "visibility": "public",
        }  # fmt: skip

    def count(self, post):
        number = self.dice.randrange(50)
        # Where all counts tell the same, the newest has what any other has, and posts stay kept.
        fact = "likes" if self.seed % 3 == 1 else self.dice.choice(["likes", "likes", "shares"])
        return {"post_id": post, "scope": "total", "window": "lifetime", fact: number, "observed_at": self.seen()}


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 40))]


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_are_those_of_a_bare_workspace_after_anything(make_desk, tmp_path, seed):
    story = Telling(make_desk(tmp_path / "work"), seed)
    for step in range(STEPS):
        story.happens(first=step == 0)
        same(
            tables(tmp_path / "work", story.scope), bare(tmp_path / "work", tmp_path / f"bare{step}", story.scope, step)
        )

"""Random things that happen to a workspace, and what its tables are with and without what was kept of them."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from smmetrics.api.views import CORE_VIEWS
from smmetrics.derive import Derived, months, posts, reuse
from smmetrics.derive.touched import ACT
from smmetrics.store import Store
from smmetrics.store.forgetting import rewriting
from smmetrics.store.forgetting.jobs import Part
from smmetrics.tables.scope import AccountRef, Handle, Scope

UNKEPT = posts.WIDE | {posts.FOLLOWERS, reuse.COLUMN}
FEW = ("posts", "threads", "acts", "ends", "people")
IN_PIECES = {name: [*posts.KEY] for name in ("posts", "threads")} | {
    "acts": [*ACT, "post_id"], "ends": [*ACT, "post_id", "direction"],
}  # fmt: skip
"""Tables that are kept by month, and what tells their rows apart."""


def tables(root, scope, chunk=None, views=FEW):
    """Tables of all columns, posts also as they are kept, and the folds they were made of."""
    with pytest.MonkeyPatch.context() as patched:
        if chunk:
            patched.setattr(months, "AT_ONCE", chunk)
        store = Store.open(root)
        derived = Derived(store.snapshot(), scope)
        frames = {
            view.name: derived.frame(view.name, frozenset(column.name for column in view.columns)).collect()
            for view in CORE_VIEWS
            if view.name in views
        }
        for view in CORE_VIEWS:
            if view.name in views and view.name in IN_PIECES:
                columns = frozenset(column.name for column in view.columns) - UNKEPT
                uncounted = columns - posts.reported_columns(derived._base) - posts.OF_COUNTS
                for word, asked in (("as kept", columns), ("without counts", uncounted)):
                    frames[f"{view.name} {word}"] = whole = derived.frame(view.name, asked).collect()
                    pieces = [piece.read().collect() for piece in derived.pieces(view.name, asked)]
                    by = IN_PIECES[view.name]
                    assert_frame_equal(pl.concat([whole.clear(), *pieces]).sort(by), whole.sort(by))
        snapshot = store.snapshot()
        return frames | {
            f"stored {name}": snapshot.current(name).collect()
            for name in snapshot.head.tables
            if name in snapshot.tables
        }


def bare(root, to, scope, chunk=None, views=FEW):
    """The tables of a copy that has no cache."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns("cache"))
    return tables(to, scope, chunk, views)


def same(one, other):
    assert one.keys() == other.keys()
    for name, frame in one.items():
        assert_frame_equal(frame, other[name], check_exact=False, rel_tol=1e-9)


class TakenOut:
    """Somebody is taken out of every table."""

    def __init__(self, who):
        self.who = who

    def part(self, table, declared, frame):
        del table, declared
        mine = (
            (pl.col("person") == self.who).fill_null(value=False) if "person" in frame.columns else pl.lit(value=False)
        )
        return Part(frame=frame.filter(~mine), gone=frame.filter(mine))


def forget(store, who):
    with store.writer() as writer:
        removed = rewriting.survey(writer, TakenOut(who), lambda *_: None)
        rewriting.rewrite(writer, TakenOut(who), removed, remove=(), tell=lambda *_: None)


class Story:
    """What can happen to every workspace. Who inherits it says ``SEEN``: its files are made an hour after it, two …"""

    def __init__(self, desk, seed):
        self.desk, self.dice = desk, random.Random(seed)
        self.said, self.imports, self.scope, self.files = [], [], Scope(), 0

    def undo(self):
        if len(self.imports) > 1:
            self.desk.store.undo(self.imports.pop(self.dice.randrange(1, len(self.imports))))

    def edit(self):
        staff = tuple(Handle(platform="blogs", handle=who, person=who) for who in self.dice.sample("abcd", 2))
        zone = self.dice.choice(["UTC", "Asia/Tokyo", "America/New_York"])
        ours = self.dice.choice([(), (AccountRef(platform="blogs", account="b"),)])
        self.scope = Scope(zone=zone, staff=staff, ours=ours)

    def named(self):
        self.said.append(f"p{len(self.said)}")
        return self.said[-1]

    def seen(self):
        return self.SEEN + timedelta(hours=self.files)

    def file(self, **tables):
        self.files += 1
        self.imports.append(self.desk.file(observed=self.seen(), **tables).id)

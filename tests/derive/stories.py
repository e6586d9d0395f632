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
IN_PIECES = {
    "posts as kept": posts.KEY, "posts without counts": posts.KEY,
    "threads as kept": posts.KEY, "threads without counts": posts.KEY,
    "acts": [*ACT, "post_id"], "ends": [*ACT, "post_id", "direction"],
}  # fmt: skip
"""Tables that are kept by month, and what tells their rows apart."""


def tables(root, scope, chunk=None, views=FEW, *, pieces=True):
    """Tables of all columns, posts also as they are kept, and the folds they were made of.

    ``pieces``: what is read piece by piece must be what is read at once.
    """
    with pytest.MonkeyPatch.context() as patched:
        if chunk:
            patched.setattr(months, "AT_ONCE", chunk)
        store = Store.open(root)
        derived = Derived(store.snapshot(), scope)
        counts = posts.reported_columns(derived._base) | posts.OF_COUNTS
        frames = {}
        for view in CORE_VIEWS:
            columns = frozenset(column.name for column in view.columns)
            asked = {view.name: columns} if view.name in views else {}
            if asked and columns & UNKEPT:
                kept = columns - UNKEPT
                asked |= {f"{view.name} as kept": kept, f"{view.name} without counts": kept - counts}
            for name, these in asked.items():
                frames[name] = whole = derived.frame(view.name, these).collect()
                if pieces and name in IN_PIECES:
                    read = pl.concat(
                        [whole.clear(), *(each.read().collect() for each in derived.pieces(view.name, these))]
                    )
                    assert_frame_equal(read.sort(IN_PIECES[name]), whole.sort(IN_PIECES[name]))
        snapshot = store.snapshot()
        return frames | {
            f"stored {name}": snapshot.current(name).collect()
            for name in snapshot.head.tables
            if name in snapshot.tables
        }


def bare(root, to, scope, chunk=None, views=FEW):
    """The tables of a copy that has no cache. Its pieces are left to those who kept something: they read the same."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns("cache"))
    return tables(to, scope, chunk, views, pieces=False)


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

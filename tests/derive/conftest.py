"""Small workspaces, made by hand: rows as dictionaries, one file a call."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime

import polars as pl
import pytest

from smmetrics.derive import Derived, months
from smmetrics.store import ImportBatch, Store, folded
from smmetrics.tables.schema import conform
from smmetrics.tables.scope import Scope

SEEN = datetime(2024, 6, 1, tzinfo=UTC)


def at(day, hour=0, minute=0):
    """A moment in March 2024."""
    return datetime(2024, 3, day, hour, minute, tzinfo=UTC)


class Desk:
    """A workspace in which files are made up row by row."""

    def __init__(self, root):
        self.store = Store.create(root)
        self.files = 0

    @classmethod
    def copied(cls, other, root):
        """One that goes on from where another stands."""
        shutil.copytree(other.store.root, root)
        desk = cls.__new__(cls)
        desk.store, desk.files = Store.open(root), other.files
        return desk

    def file(self, **given):
        self.files += 1
        return self.named_file(f"file {self.files}", **given)

    def named_file(self, name, **given):
        (row,) = self.store.commit([self.batch(name, **given)])
        return row

    def batch(self, name, *, kind="blogs.wxr", platform="blogs", observed=SEEN, **tables):
        stamp = {"source_kind": kind, "observed_at": observed, "observed_basis": "name"}
        frames = {}
        for table, rows in tables.items():
            full = [{**({} if table == "effort" else {"platform": platform}), **stamp, **row} for row in rows]
            frames[table] = frame_of(self.store, table, full)
        return ImportBatch(
            source_id=hashlib.sha256(name.encode()).hexdigest(),
            file=name,
            kind=kind,
            frames=frames,
            observed_at=observed,
        )

    def derived(self, scope=None, **more):
        return Derived(self.store.snapshot(), scope or Scope(), **more)


def frame_of(store, table, rows):
    from smmetrics.tables.schema import stored_schema

    schema = stored_schema(store.tables[table])
    unknown = {name for row in rows for name in row} - set(schema)
    assert not unknown, unknown
    return conform(pl.DataFrame(rows, schema=schema), store.tables[table])


@pytest.fixture
def make_desk():
    return Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "work")


@pytest.fixture(scope="session")
def one_blog(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("blog") / "work")
    posts = [
        said("p1", "post", "amira", at(1, 9), account_id="b", text="What do you grow?"),
        said("c1", "reply", "bob", at(1, 10), up="p1", text="Beans, see https://else.example/?a=1"),
        said("c2", "reply", "amira", at(1, 12), up="c1", text="Which ones, @bob?"),
        said("c3", "reply", "bob", at(2, 8), up="c2", text="Runner beans."),
        said("c4", "reply", "bob", at(2, 9), up="c3", text="And peas!"),
        said("c5", "reply", None, at(3, 9), up="p1", text="Nothing?"),
        {"post_id": "m1", "kind": "mention", "created_at": at(4), "created_precision": "instant", "text": "…"},
        said("p2", "post", "amira", at(5), account_id="b", text=None),
    ]
    desk.file(
        posts=posts,
        accounts=[{"account_id": "b", "name": "Our blog", "kind": "ours", "url": "https://blog.example/garden/"}],
        people=[
            {"platform_author_id": "b/author/amira", "person": "amira", "handle": "amira", "roles": ["staff"]},
            {"platform_author_id": "bob", "person": "bob"},
        ],
    )
    return desk


@pytest.fixture
def blog(one_blog, tmp_path):
    """Our blog: one post by Amira, four comments, a pingback; one post nobody answered."""
    return Desk.copied(one_blog, tmp_path / "blog")


def said(post_id, kind, person, when, *, up=None, **more):
    return {"post_id": post_id, "kind": kind, "person": person, "created_at": when, "created_precision": "instant",
            "in_reply_to": up, "root_id": "p1" if up else None, "status": "published", "visibility": "public", **more}  # fmt: skip


@pytest.fixture
def small(monkeypatch):
    """Few rows stand for many: all that large workspaces do with their kept files is done."""
    few_stand_for_many(monkeypatch)


def few_stand_for_many(patched):
    for module, name, value in (
        (folded, "SMALL", 0), (folded, "RANGE", 3), (folded, "FILES", 10**9), (folded, "MOST", 100.0), (months, "MOST", 1.0),
    ):  # fmt: skip
        patched.setattr(module, name, value)

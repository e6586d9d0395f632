"""Tables made from what was kept of former states are those of a bare workspace, row for row, whatever happened."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from smmetrics.api.views import CORE_VIEWS
from smmetrics.derive import Derived, follows, months, posts, replies
from smmetrics.store import Snapshot, Store, folded
from smmetrics.store.forgetting import rewriting
from smmetrics.store.forgetting.jobs import Part
from smmetrics.tables.scope import AccountRef, Handle, Scope

START = datetime(2024, 1, 20, tzinfo=UTC)
DAYS = 150
STEPS = 7
UNKEPT = posts.WIDE | replies.COLUMNS | {posts.FOLLOWERS}
TEXTS = ("Beans?", "Peas, @a and @New", "See https://b.example/x or https://c.example", "@amy @b@else.example", None)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Few rows stand for many: all that large workspaces do with their kept files is done."""
    for module, name, value in (
        (folded, "SMALL", 0), (folded, "RANGE", 3), (folded, "FILES", 10**9), (folded, "MOST", 100.0), (months, "MOST", 1.0),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


FEW = ("posts", "threads", "people")


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
        (view,) = [view for view in CORE_VIEWS if view.name == "posts"]
        columns = frozenset(column.name for column in view.columns) - UNKEPT
        frames["posts as kept"] = derived.frame("posts", columns).collect()
        pieces = [piece.read().collect() for piece in derived.pieces("posts", columns)]
        frames["pieces"] = pl.concat(pieces) if pieces else pl.DataFrame()
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
    """Random things that happen to a workspace, one after the other."""

    def __init__(self, desk, seed):
        self.desk, self.dice, self.seed = desk, random.Random(seed), seed
        self.said, self.counted, self.imports, self.scope, self.files = [], set(), [], Scope(), 0

    def happens(self, first):
        often = [self.talk, self.talk, self.replies, self.replies, self.first_counts, self.corrected]
        seldom = [self.roles, self.renamed, self.members, self.labels, self.two, self.undo, self.edit, self.forgotten]
        late = [self.newer_counts] if self.seed % 3 == 2 else []
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
        self.file(posts=[self.post("reply", self.dice.choice(ups)) for _ in range(self.dice.randrange(1, 5))])

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
        row = {**self.post("post", self.dice.choice([None, *self.said])), "post_id": post}
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

    def undo(self):
        if len(self.imports) > 1:
            self.desk.store.undo(self.imports.pop(self.dice.randrange(1, len(self.imports))))

    def forgotten(self):
        forget(self.desk.store, self.dice.choice("abcd"))

    def edit(self):
        staff = tuple(Handle(platform="blogs", handle=who, person=who) for who in self.dice.sample("abcd", 2))
        zone = self.dice.choice(["UTC", "Asia/Tokyo", "America/New_York"])
        ours = self.dice.choice([(), (AccountRef(platform="blogs", account="b"),)])
        self.scope = Scope(zone=zone, staff=staff, ours=ours)

    def post(self, kind, up):
        name = f"p{len(self.said)}"
        self.said.append(name)
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
        fact = self.dice.choice(["likes", "likes", "shares"])
        return {"post_id": post, "scope": "total", "window": "lifetime", fact: number, "observed_at": self.seen()}

    def seen(self):
        return START + timedelta(days=DAYS, hours=self.files)

    def file(self, **given):
        self.files += 1
        self.imports.append(self.desk.file(observed=self.seen(), **given).id)


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 40))]


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_are_those_of_a_bare_workspace_after_anything(make_desk, tmp_path, seed):
    story = Story(make_desk(tmp_path / "work"), seed)
    for step in range(STEPS):
        story.happens(first=step == 0)
        same(
            tables(tmp_path / "work", story.scope), bare(tmp_path / "work", tmp_path / f"bare{step}", story.scope, step)
        )


@pytest.fixture
def old(desk):
    """Three months of posts, a reply in each, all of it kept."""
    rows = [
        {**post(f"{kind}{month}", kind, up=f"post{month}" if kind == "reply" else None), "created_at": when(month, day)}
        for month in (1, 2, 3)
        for day, kind in ((3, "post"), (9, "reply"))
    ]
    desk.file(
        posts=rows,
        post_counts=[count("post1", 3), count("post3", 4)],
        accounts=[{"account_id": "b", "kind": "ours", "name": "b"}],
        people=[{"platform_author_id": "a", "person": "a", "handle": "amy"}],
    )
    tables(desk.store.root, Scope(), views=("posts",))
    return desk


def post(name, kind, *, up=None, **more):
    return {"post_id": name, "kind": kind, "person": "a" if kind == "post" else "b", "account_id": "b",
            "created_precision": "instant", "in_reply_to": up, "root_id": up, "status": "published", "text": "Hm, @New?",
            "visibility": "public", **more}  # fmt: skip


def count(name, likes, observed=START):
    return {"post_id": name, "scope": "total", "window": "lifetime", "likes": likes, "observed_at": observed}


def when(month, day):
    return datetime(2024, month, day, 12, tzinfo=UTC)


LATE = datetime(2024, 7, 1, tzinfo=UTC)


def of_months(desk):
    """The kept parts of posts, by month."""
    derived = Derived(desk.store.snapshot(), Scope())
    kept = posts.by_month(derived._base)
    return dict(zip(kept.told["months"], (part.name for part in kept.parts), strict=True))


def anew(monkeypatch, desk, tmp_path):
    """The months that are made anew now, or that everything is; and the tables must be those of a bare workspace."""
    made, whole = [], []
    written, all_ = months._written, months._anew
    monkeypatch.setattr(months, "_written", lambda *given: (made.append(each[0]) or each for each in written(*given)))
    monkeypatch.setattr(months, "_anew", lambda *given: whole.append(1) or all_(*given))
    found = tables(desk.store.root, Scope(), views=("posts",))
    monkeypatch.undo()
    same(found, bare(desk.store.root, tmp_path / "bare", Scope(), views=("posts",)))
    return "everything" if whole else {each.month if each else 0 for each in made}


CHANGES = {
    "a new post": ({"posts": [post("new", "post", created_at=when(3, 20))]}, {3}),
    "first posts of a month": ({"posts": [post("new", "post", created_at=when(4, 20))]}, {4}),
    "a late reply": ({"posts": [post("new", "reply", up="post1", created_at=when(1, 5))]}, {1}),
    "a late reply in another month": ({"posts": [post("new", "reply", up="post1", created_at=when(3, 5))]}, {3}),
    "a first count": ({"post_counts": [count("post2", 5)]}, {2}),
    "a corrected text": ({"posts": [post("post2", "post", created_at=when(2, 3), text="No.")]}, {2}),
    "a corrected month": ({"posts": [post("post2", "post", created_at=when(3, 3))]}, {2, 3}),
    "a draft again": ({"posts": [post("post2", "post", created_at=when(2, 3), status="draft")]}, {2}),
    "a handle renamed": ({"people": [{"platform_author_id": "a", "person": "a", "handle": "ann"}]}, {1, 2, 3}),
    "somebody who said nothing": ({"people": [{"platform_author_id": "z", "person": "z", "handle": "zoe"}]}, set()),
    "a program": ({"people": [{"platform_author_id": "b", "person": "b", "roles": ["bot"]}]}, {1, 2, 3}),
    "a member": ({"memberships": [{"place_id": "x", "person": "b", "from": date(2024, 2, 1)}]}, {1, 2, 3}),
    "somebody of ours": ({"people": [{"platform_author_id": "z", "person": "z", "roles": ["staff"]}]}, "everything"),
    "an account of ours": ({"accounts": [{"account_id": "c", "kind": "ours", "name": "c"}]}, "everything"),
    "labels": ({"labels": [{"post_id": "post1", "kind": "topic", "value": "x", "labeller": "human"}]}, set()),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_only_months_with_posts_that_may_differ_are_made_anew(old, monkeypatch, tmp_path, change):
    brought, expected = CHANGES[change]
    before = of_months(old)
    old.file(observed=LATE, **brought)
    monkeypatch.setattr(folded, "SMALL", 0)
    assert anew(monkeypatch, old, tmp_path) == expected
    if expected != "everything":
        stay = {month: name for month, name in before.items() if int(month[5:7]) not in expected}
        assert stay.items() <= of_months(old).items()


def test_a_newer_count_of_an_old_post_ends_the_keeping_and_is_read(old, tmp_path):
    old.file(observed=LATE, post_counts=[count("post1", 9, LATE)])
    found = tables(old.store.root, Scope())
    same(found, bare(old.store.root, tmp_path / "bare", Scope()))
    likes = found["posts"].filter(pl.col("post_id") == "post1").get_column("likes").to_list()
    assert likes == [9]


def test_a_late_reply_changes_the_thread_of_an_old_post(old, tmp_path):
    before = tables(old.store.root, Scope())["threads"].filter(pl.col("post_id") == "post1")
    old.file(observed=LATE, posts=[post("new", "reply", up="post1", person="c", created_at=when(1, 4))])
    found = tables(old.store.root, Scope())
    same(found, bare(old.store.root, tmp_path / "bare", Scope()))
    after = found["threads"].filter(pl.col("post_id") == "post1")
    assert (before.item(0, "turns"), after.item(0, "turns")) == (2, 3)
    assert before.item(0, "first_audience_reply_at") > after.item(0, "first_audience_reply_at")


def test_a_post_that_comes_after_what_stands_under_it_gives_its_account(old, monkeypatch, tmp_path):
    orphan = post("early", "reply", up="later", account_id=None, person=None, created_at=when(2, 11))
    old.file(observed=LATE, posts=[orphan])
    tables(old.store.root, Scope())
    old.file(observed=LATE, posts=[post("later", "post", created_at=when(3, 11))])
    assert anew(monkeypatch, old, tmp_path) == {2, 3}
    found = tables(old.store.root, Scope())["posts as kept"]
    assert found.filter(pl.col("post_id") == "early").get_column("account").to_list() == ["b"]


def test_what_was_taken_back_leaves_no_trace(old, monkeypatch, tmp_path):
    first = tables(old.store.root, Scope())
    row = old.file(observed=LATE, posts=[post("new", "post", created_at=when(2, 20))])
    tables(old.store.root, Scope())
    old.store.undo(row.id)
    monkeypatch.setattr(folded, "SMALL", 0)
    assert anew(monkeypatch, old, tmp_path) == set()  # the state before is still there
    same(tables(old.store.root, Scope()), first)


def test_an_earlier_import_taken_back_makes_everything_anew(desk, monkeypatch, tmp_path):
    row = desk.file(posts=[post("one", "post", created_at=when(1, 5)), post("two", "post", created_at=when(2, 5))])
    desk.file(posts=[post("one", "post", created_at=when(1, 5), text="No.")], observed=LATE)
    tables(desk.store.root, Scope())
    desk.store.undo(row.id)
    assert anew(monkeypatch, desk, tmp_path) == "everything"
    assert tables(desk.store.root, Scope())["posts"].get_column("post_id").to_list() == ["one"]


def test_two_imports_of_one_commit_are_both_there_and_one_of_them_can_be_taken_back(old, tmp_path):
    batches = [
        old.batch(f"two {day}", observed=LATE, posts=[post(f"new{day}", "post", created_at=when(month, day))])
        for month, day in ((2, 20), (3, 21))
    ]
    rows = old.store.commit(batches)
    tables(old.store.root, Scope())
    old.store.undo(rows[0].id)
    found = tables(old.store.root, Scope())
    same(found, bare(old.store.root, tmp_path / "bare", Scope()))
    assert {"new21"} == set(found["posts"].get_column("post_id")) & {"new20", "new21"}


def test_nothing_of_somebody_forgotten_stays_in_the_cache(old, tmp_path):
    old.file(observed=LATE, posts=[post("new", "post", person="zoe", text="I am zoe", created_at=when(2, 20))])
    tables(old.store.root, Scope())
    assert any("zoe" in str(frame) for frame in kept_frames(old.store.root))
    forget(old.store, "zoe")
    assert not list((old.store.root / "cache").iterdir())
    same(tables(old.store.root, Scope()), bare(old.store.root, tmp_path / "bare", Scope()))
    assert not any("zoe" in str(frame) for frame in kept_frames(old.store.root))


def kept_frames(root):
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=99):
        yield from (str(pl.read_parquet(path, glob=False)) for path in (root / "cache").glob("*.part"))


def test_nothing_is_kept_of_a_state_from_before_somebody_was_forgotten(old, monkeypatch):
    expected = tables(old.store.root, Scope())
    shutil.rmtree(old.store.root / "cache")
    monkeypatch.setattr(Snapshot, "still", lambda _: False)
    same(tables(old.store.root, Scope()), expected)
    assert not list((old.store.root / "cache").iterdir())


@pytest.mark.parametrize("after", range(4))
def test_a_writer_that_dies_between_files_leaves_what_was_or_what_is(old, monkeypatch, tmp_path, after):
    old.file(observed=LATE, posts=[post("new", "post", created_at=when(2, 20))])
    left = [after]
    replace = type(tmp_path).replace

    def dies(self, target):
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        return replace(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        tables(old.store.root, Scope())
    monkeypatch.undo()
    same(tables(old.store.root, Scope()), bare(old.store.root, tmp_path / "bare", Scope()))


def test_every_kept_column_says_what_it_follows_from(old):
    derived = old.derived(Scope())
    base = derived._base
    columns = posts._everything(base, base.stored()).collect_schema().names()
    assert follows.stated(base, columns)
    assert not follows.stated(base, [*columns, "a_new_one"])
    assert follows.FOLLOWS.keys() <= set(columns)


def test_a_column_that_says_nothing_makes_everything_anew(old, monkeypatch, tmp_path):
    monkeypatch.delitem(follows.FOLLOWS, "engagements")
    old.file(observed=LATE, posts=[post("new", "post", created_at=when(2, 20))])
    assert anew(monkeypatch, old, tmp_path) == "everything"


def test_few_files_are_kept_of_all_states(old):
    for number in range(6):
        old.file(observed=LATE, posts=[post(f"new{number}", "post", created_at=when(2, 20))])
        tables(old.store.root, Scope())
    cache = old.store.root / "cache"
    assert len(list(cache.glob("view_posts-*.parts"))) == 3
    assert len(list(cache.glob("view_posts-*.part"))) <= 5  # two months that never changed, three of the other

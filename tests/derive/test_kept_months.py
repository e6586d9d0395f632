"""Of what was kept of posts, only the months that may differ are made anew, and nothing stays of what is gone."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import polars as pl
import pytest

from smmetrics.derive import Derived, follows, months, posts
from smmetrics.store import Snapshot
from smmetrics.tables.scope import Scope
from tests.derive.conftest import Desk, few_stand_for_many
from tests.derive.stories import bare, forget, same, tables

SEEN = datetime(2024, 1, 20, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture(scope="session")
def three_months(tmp_path_factory):
    """Three months of posts, a reply in each, all of it kept: made once, since what follows differs, not this."""
    desk = Desk(tmp_path_factory.mktemp("months") / "work")
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
    with pytest.MonkeyPatch.context() as patched:
        few_stand_for_many(patched)
        tables(desk.store.root, Scope(), views=("posts",))
    return desk


@pytest.fixture
def old(three_months, tmp_path):
    """The same, a copy of one's own."""
    return Desk.copied(three_months, tmp_path / "work")


def post(name, kind, *, up=None, **more):
    return {"post_id": name, "kind": kind, "person": "a" if kind == "post" else "b", "account_id": "b",
            "created_precision": "instant", "in_reply_to": up, "root_id": up, "status": "published", "text": "Hm, @New?",
            "visibility": "public", **more}  # fmt: skip


def count(name, likes, observed=SEEN):
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
    "a newer count": ({"post_counts": [count("post1", 9, LATE)]}, {1}),
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
    assert anew(monkeypatch, old, tmp_path) == expected
    if expected != "everything":
        stay = {month: name for month, name in before.items() if int(month[5:7]) not in expected}
        assert stay.items() <= of_months(old).items()


@pytest.mark.parametrize("more", [{"likes": None, "shares": 2}, {"scope": "organic"}])
def test_a_newer_count_that_does_not_tell_all_ends_the_keeping(old, tmp_path, more):
    old.file(observed=LATE, post_counts=[{**count("post1", 9, LATE), **more}])
    found = tables(old.store.root, Scope())
    same(found, bare(old.store.root, tmp_path / "bare", Scope()))
    derived = Derived(old.store.snapshot(), Scope())
    assert not derived.side_by_side("posts", {"likes"})
    read = derived.frame("posts", {"likes"}).filter(pl.col("post_id") == "post1").collect()
    assert read["likes"].to_list() == [3]


@pytest.mark.parametrize("more", [{"likes": None, "shares": 2}, {"scope": "organic"}])
def test_posts_stay_kept_for_all_that_reads_no_count_where_counts_tell_different_things(
    old, monkeypatch, tmp_path, more
):
    """Counts are read anew, by hand: post1 has 3 of all and 9 unpaid ones, post2 7; posts without counts stay by month."""
    old.file(observed=LATE, post_counts=[{**count("post1", 9, LATE), **more}, count("post2", 7, LATE)])
    assert anew(monkeypatch, old, tmp_path / "one") == "everything"
    derived = Derived(old.store.snapshot(), Scope())
    assert derived.side_by_side("posts", {"kind"})
    assert not derived.side_by_side("posts", {"likes"})
    (piece,) = derived.pieces("posts", frozenset({"kind"}))
    assert sorted(piece.name.partition("|")[0].split()) == sorted(of_months(old).values())
    brought = {
        "posts": [post("new", "reply", up="post1", created_at=when(3, 5))],
        "post_counts": [count("post2", 7, datetime(2024, 8, 1, tzinfo=UTC))],
    }
    old.file(observed=LATE, **brought)
    assert anew(monkeypatch, old, tmp_path / "two") == {3}
    read = Derived(old.store.snapshot(), Scope()).frame("posts", {"likes"}).collect()
    likes = dict(read.select("post_id", "likes").drop_nulls().iter_rows())
    assert likes == {"post1": 3, "post2": 7, "post3": 4}


def test_counts_that_tell_the_same_again_are_kept_again(old, tmp_path):
    old.file(observed=LATE, post_counts=[{**count("post1", None, LATE), "shares": 2}])
    same(tables(old.store.root, Scope()), bare(old.store.root, tmp_path / "one", Scope()))
    newest = datetime(2024, 8, 1, tzinfo=UTC)
    old.file(observed=newest, post_counts=[{**count("post1", 11, newest), "shares": 5}])
    found = tables(old.store.root, Scope())
    same(found, bare(old.store.root, tmp_path / "two", Scope()))
    derived = Derived(old.store.snapshot(), Scope())
    assert derived.side_by_side("posts", {"likes"})
    read = derived.frame("posts", {"likes", "shares"}).collect()
    assert dict(read.select("post_id", "likes").drop_nulls().iter_rows()) == {"post1": 11, "post3": 4}


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
    assert any("zoe" in words for words in kept_words(old.store.root))
    forget(old.store, "zoe")
    assert not list((old.store.root / "cache").iterdir())
    same(tables(old.store.root, Scope()), bare(old.store.root, tmp_path / "bare", Scope()))
    assert not any("zoe" in words for words in kept_words(old.store.root))


def kept_words(root):
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=99):
        yield from (str(pl.read_parquet(path, glob=False)) for path in (root / "cache").glob("*.part"))


def test_nothing_is_kept_of_a_state_from_before_somebody_was_forgotten(old, monkeypatch):
    expected = tables(old.store.root, Scope())
    shutil.rmtree(old.store.root / "cache")
    monkeypatch.setattr(Snapshot, "still", lambda _: False)
    same(tables(old.store.root, Scope()), expected)
    assert not list((old.store.root / "cache").iterdir())


@pytest.fixture(scope="module")
def one_more(three_months, tmp_path_factory):
    """The same with one post more, of which nothing is kept yet; and its tables, made of nothing that was kept."""
    folder = tmp_path_factory.mktemp("more")
    desk = Desk.copied(three_months, folder / "work")
    desk.file(observed=LATE, posts=[post("new", "post", created_at=when(2, 20))])
    with pytest.MonkeyPatch.context() as patched:
        few_stand_for_many(patched)
        return desk, bare(desk.store.root, folder / "bare", Scope())


@pytest.mark.parametrize("after", range(4))
def test_a_writer_that_dies_between_files_leaves_what_was_or_what_is(one_more, monkeypatch, tmp_path, after):
    desk, expected = one_more
    old = Desk.copied(desk, tmp_path / "work")
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
    same(tables(old.store.root, Scope()), expected)


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
        tables(old.store.root, Scope(), views=("posts",))
    cache = old.store.root / "cache"
    assert len(list(cache.glob("view_posts-*.parts"))) == 3
    assert len(list(cache.glob("view_posts-*.part"))) <= 5  # two months that never changed, three of the other

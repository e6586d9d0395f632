from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from smmetrics.api.stored import CORE_TABLES
from smmetrics.store import Store
from smmetrics.store import fold as folding
from smmetrics.store.fold import conflicts, fold, stored_columns
from smmetrics.tables.basis import BASES, NAMED, STATED

TABLES = {table.name: table for table in CORE_TABLES}
DAY = datetime(2024, 1, 1, tzinfo=UTC)


def rows(*records, table="posts"):
    return pl.DataFrame(list(records), schema=stored_columns(TABLES[table])).lazy()


def seen(post, day, *, source="s1", basis=NAMED, record=1, **values):
    return {"platform": "m", "post_id": post, "observed_at": DAY + timedelta(days=day), "observed_basis": basis,
            "source_id": source, "source_kind": "k", "record": record, **values}  # fmt: skip


def test_the_store_ranks_the_words_that_intake_writes():
    from smmetrics.intake import ranges

    assert BASES == (ranges.BOUND, ranges.GIVEN, ranges.NAMED, ranges.STATED)


def one(frame):
    assert frame.height == 1
    return frame.row(0, named=True)


def test_the_newest_reported_value_of_each_column_counts():
    row = one(
        fold(
            rows(seen("p", 0, text="a", kind="post"), seen("p", 2, text="b"), seen("p", 1, text="c", language="en")),
            TABLES["posts"],
        )
    )
    assert (row["text"], row["kind"], row["language"], row["title"]) == ("b", "post", "en", None)
    assert row["observed_at"] == DAY + timedelta(days=2)


def test_at_equal_times_the_surer_basis_counts_then_the_source():
    for lower, higher in itertools.pairwise(BASES):
        folded = fold(
            rows(
                seen("p", 0, basis=higher, source="a", text="sure"), seen("p", 0, basis=lower, source="z", text="less")
            ),
            TABLES["posts"],
        )
        assert one(folded)["text"] == "sure"
    assert (
        one(fold(rows(seen("p", 0, source="z", text="z"), seen("p", 0, source="a", text="a")), TABLES["posts"]))["text"]
        == "z"
    )


def test_an_unknown_time_is_older_than_any():
    known, unknown = seen("p", 0, text="known"), {**seen("p", 0, text="unknown", source="z"), "observed_at": None}
    assert one(fold(rows(known, unknown), TABLES["posts"]))["text"] == "known"


def test_within_one_source_the_later_record_counts():
    assert (
        one(fold(rows(seen("p", 0, record=2, text="second"), seen("p", 0, record=1, text="first")), TABLES["posts"]))[
            "text"
        ]
        == "second"
    )


def test_a_value_never_leaks_from_one_key_to_the_next():
    frame = fold(rows(seen("a", 0, text="x"), seen("a", 1), seen("b", 0), seen("b", 1)), TABLES["posts"])
    assert frame.select("post_id", "text").rows() == [("a", "x"), ("b", None)]


def test_empty_and_absent_lists_are_kept_apart():
    frame = fold(
        rows(seen("a", 0, hashtags=["x"]), seen("a", 1, hashtags=[]), seen("b", 0, hashtags=["y"]), seen("b", 1)),
        TABLES["posts"],
    )
    assert frame.get_column("hashtags").to_list() == [[], ["y"]]


def test_counts_stay_a_row_an_observation_and_kinds_are_never_mixed():
    base = {"scope": "total", "window": "lifetime"}
    frame = fold(
        rows(
            seen("p", 0, likes=1, **base),
            seen("p", 1, likes=2, **base),
            {**seen("p", 1, shares=7, **base), "source_kind": "other"},
            table="post_counts",
        ),
        TABLES["post_counts"],
    )
    assert sorted(frame.select("likes", "shares").rows(), key=str) == sorted([(1, None), (2, None), (None, 7)], key=str)


def test_contradictions_at_one_time_are_counted_by_column():
    found = conflicts(
        rows(
            seen("p", 0, source="a", text="x", kind="post"), seen("p", 0, source="b", text="y", kind="post"),
            seen("p", 1, source="a", text="z"), seen("q", 0, source="a", text="x"), seen("q", 0, source="b", language="en"),
        ),
        TABLES["posts"],
    )  # fmt: skip
    assert found.rows() == [("text", 1)]


def naive(records, columns):
    """The rule in plain Python: per key and column the last value in order that is not null."""
    order = {basis: rank for rank, basis in enumerate(BASES)}
    out = {}
    for record in sorted(
        records, key=lambda r: (r["observed_at"], order[r["observed_basis"]], r["source_id"], r["record"])
    ):
        row = out.setdefault(record["post_id"], dict.fromkeys(columns))
        row.update({name: record[name] for name in columns if record.get(name) is not None})
    return [{"post_id": key, **out[key]} for key in sorted(out)]


observation = st.builds(
    seen,
    st.sampled_from("abc"), st.integers(0, 2), source=st.sampled_from(["s1", "s2"]), basis=st.sampled_from(BASES),
    text=st.none() | st.sampled_from("xyz"), score=st.none() | st.sampled_from([0.0, 1.5]), language=st.none() | st.just("en"),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(observation, max_size=14), st.randoms(use_true_random=False))
def test_the_fold_is_the_rule_and_any_order_any_number_of_times_gives_the_same(records, shuffled):
    numbered = [{**record, "record": number} for number, record in enumerate(records)]
    again = numbered + shuffled.sample(numbered, k=len(numbered) // 2)
    shuffled.shuffle(again)
    folded = fold(rows(*numbered), TABLES["posts"])
    assert_frame_equal(fold(rows(*again), TABLES["posts"]), folded)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(folding, "FEW", 0)  # as many rows are folded
        assert_frame_equal(fold(rows(*again), TABLES["posts"]), folded)
    columns = ["text", "score", "language"]
    assert folded.select("post_id", *columns).to_dicts() == naive(numbered, columns)


def test_ties_without_any_other_difference_are_still_the_same_in_any_order():
    records = [seen("p", 0, text=text, hashtags=tags) for text in ("a", "b", None) for tags in (["x"], ["y"], None)]
    folded = {
        str(fold(rows(*random.Random(seed).sample(records, len(records))), TABLES["posts"]).to_dicts())
        for seed in range(20)
    }
    assert len(folded) == 1


def _files(batch):
    later = DAY + timedelta(days=90)
    count = {"scope": "total", "window": "lifetime"}
    return [
        batch(
            "jan",
            [{"post_id": "1", "text": "a", "kind": "post"}, {"post_id": "2", "text": "b"}],
            [{"post_id": "1", "likes": 3, **count}],
            observed=DAY,
        ),
        batch(
            "feb",
            [{"post_id": "2", "text": "c", "language": "en"}],
            [{"post_id": "1", "likes": 5, **count}],
            observed=later,
        ),
        batch("same time", [{"post_id": "2", "text": "d", "kind": "reply"}], observed=later, basis=STATED),
        batch("people", people=[{"platform_author_id": "u1", "person": "aa", "roles": ["staff"]}]),
        batch("copy of feb", [{"post_id": "2", "text": "c", "language": "en"}], observed=later),
    ]


@pytest.mark.parametrize("orders", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_the_same_files_in_any_order_and_number_give_identical_tables(tmp_path, batch, orders):
    def tables(store):
        return {name: store.snapshot().current(name).collect() for name in store.tables}

    expected = None
    for seed in range(orders):
        draw = random.Random(seed)
        files = draw.sample(_files(batch), 5)
        files += draw.choices(files, k=2)
        store = Store.create(tmp_path / str(seed))
        cut = draw.randint(0, len(files))
        for part in (files[:cut], files[cut:]):
            store.commit(part)
        found = tables(store)
        expected = expected or found
        assert expected["posts"].height > 0
        for name, frame in expected.items():
            assert_frame_equal(found[name], frame)

from datetime import date

import polars as pl
import pytest

from smmetrics.intake import broken

JUNE = {"start": date(2026, 6, 1), "end": date(2026, 7, 1), "complete": True}


def rows(*days, **more):
    dates = pl.Series([date(2026, 6, day) for day in days], dtype=pl.Date)
    return pl.DataFrame({"created_on": dates, "record": list(range(len(days)))} | more)


def covered(frame):
    frames, said = broken.told({"posts": frame, "spans": pl.DataFrame([JUNE])}, "posts")
    return [(row["start"].day, row["end"].day, row["complete"]) for row in frames["spans"].to_dicts()], said


@pytest.mark.parametrize(("days", "first", "end"), [
    ((3, 5, 9), 1, 10),  # oldest first: all before the cut was read
    ((28, 20, 12), 12, 1),  # newest first: all after the cut was read
    ((5, 20, 8), 5, 21),  # in no order: only what lies between
    ((9,), 9, 10),
])  # fmt: skip
def test_a_broken_file_covers_what_the_order_of_its_records_shows_as_read(days, first, end):
    assert covered(rows(*days))[0] == [(first, end, False)]


def test_answers_stand_beside_what_they_answer_and_say_nothing_of_the_days_read():
    frame = rows(3, 5, 25, post_id=["a", "b", "c"], in_reply_to=[None, None, "b"], root_id=["a", "b", "b"])
    assert covered(frame)[0] == [(1, 6, False)]


def test_what_is_not_out_yet_says_nothing_of_the_days_read():
    frame = rows(3, 5, 25, status=["published", "private", "scheduled"])
    assert covered(frame)[0] == [(1, 6, False)]


def test_where_nothing_dated_was_read_nothing_is_covered():
    found, said = covered(rows())
    assert found == []
    assert "no period" in said

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl

from smmetrics.panels.conversations import conversations

SHARE, USED = "garden.answered", "garden.used"
TIME = pl.Datetime("us", "UTC")
SCHEMA = {"platform": pl.String(), "account": pl.String(), "brand": pl.String(), "ours": pl.Boolean(), "theirs": pl.Boolean(), "title": pl.String(), "text": pl.String(), "created_at": TIME, "created_on": pl.Date(), "depth": pl.Int64(), "audience_replies": pl.Int64(), "staff_replies": pl.Int64(), "first_audience_reply_at": TIME}  # fmt: skip

POSTS = {"platform": pl.String(), "account": pl.String(), "brand": pl.String(), "theirs": pl.Boolean(), "to_us": pl.Boolean(), "is_question": pl.Boolean(), "replied_at": TIME, "text": pl.String(), "created_at": TIME, "created_on": pl.Date()}  # fmt: skip


def at(day, hour=12):
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def thread(text, **given):
    plain = {
        "platform": "yarrow",
        "account": "acme",
        "brand": "us",
        "ours": True,
        "theirs": False,
        "text": text,
        "created_at": at(1),
        "depth": 0,
        "audience_replies": 0,
        "staff_replies": 0,
    }
    return {**dict.fromkeys(SCHEMA), **plain, **given}


ROWS = [
    thread("alone"),
    thread("answered", depth=2, audience_replies=3, staff_replies=2, first_audience_reply_at=at(2)),
    thread("left alone", depth=1, audience_replies=4, first_audience_reply_at=at(20)),
    thread("@mira asks", ours=False, theirs=True, created_at=at(31, 9)),
    thread("a stranger's own talk", ours=False, theirs=True, brand=None, account="@stranger", created_at=at(30)),
    thread("unknown", platform="sorrel", depth=None, audience_replies=None, staff_replies=None),
]


def shown(fake, goal, rows, view, *, posts=(), **given):
    asks = goal()
    tables = {
        "threads": pl.DataFrame(rows, schema=SCHEMA, orient="row"),
        "posts": pl.DataFrame(list(posts), schema=POSTS, orient="row"),
    }
    return conversations(fake(goals=(asks,), tables=tables, **given), view, asks)


def test_those_who_wait_are_listed_newest_first_with_their_age(fake, goal, october):
    (table,) = shown(fake, goal, ROWS, october).tables
    assert table.columns == ("Since", "Age", "Begins", "Where", "Opened by", "Answers")
    assert table.rows == (
        ("31 October 2026", "15 hours", "@mira asks", "Yarrow: acme", "a member", "0"),
        ("20 October 2026", "11 days", "left alone", "Yarrow: acme", "us", "4"),
    )
    assert table.total == 2


def test_questions_to_us_that_nobody_answered_are_listed(fake, goal, october):
    asked = {
        "platform": "yarrow",
        "account": "acme",
        "brand": "us",
        "theirs": True,
        "to_us": True,
        "is_question": True,
        "replied_at": None,
        "created_at": at(29),
    }
    posts = [
        asked | {"text": "When do I prune?"},
        asked | {"text": "Answered?", "replied_at": at(30)},
        asked | {"text": "To somebody else, elsewhere?", "to_us": False, "brand": None},
        asked | {"text": "To a neighbour, on our ground?", "to_us": False},
        asked | {"text": "Who knows to whom?", "to_us": None},
        asked | {"text": "Thanks.", "is_question": False},
        asked | {"text": "Ours?", "theirs": False},
    ]
    (table,) = shown(fake, goal, ROWS[:2], october, posts=posts).tables
    assert (table.name, table.total) == ("questions", 2)
    assert table.rows == (
        ("29 October 2026", "2 days", "When do I prune?", "Yarrow: acme"),
        ("29 October 2026", "2 days", "To a neighbour, on our ground?", "Yarrow: acme"),
    )


def test_what_was_answered_and_what_strangers_say_among_themselves_does_not_wait(fake, goal, october):
    result = shown(fake, goal, ROWS, october)
    assert result.words == (
        "In 2 of 5 conversations people spoke to us and nobody of us answered. Begun by us and without any answer: 1.",
    )
    begins = {row[2] for table in result.tables for row in table.rows}
    assert begins == {"@mira asks", "left alone"}


def test_when_nobody_waits_that_is_said(fake, goal, october):
    result = shown(fake, goal, ROWS[:2], october)
    assert result.words == (
        "Nobody waits for a first answer of ours in 2 conversations. Begun by us and without any answer: 1.",
    )
    assert result.tables == ()


def test_posts_whose_answers_no_file_shows_are_counted_and_not_called_unanswered(fake, goal, october):
    result = shown(fake, goal, ROWS, october)
    assert result.notes == ("Sorrel: 1 post whose answers its files do not show.",)
    only = shown(fake, goal, ROWS[-1:], october)
    assert (only.words, only.charts, only.tables) == ((), (), ())


def test_threads_are_drawn_by_depth(fake, goal, october):
    (chart,) = shown(fake, goal, ROWS, october).charts
    values = [value for row in chart.rows for value in row.values()]
    assert {3.0, 1.0} <= {value for value in values if isinstance(value, float)}
    assert chart.description


def test_days_end_with_the_view(fake, goal, october):
    (table,) = shown(fake, goal, ROWS[:3], october.with_(until=datetime(2026, 10, 22, tzinfo=UTC).date())).tables
    assert table.rows[0][1] == "1 day"


def test_a_goal_that_listens_or_asks_about_no_conversation_shows_none(fake, goal, october):
    tables = {"threads": pl.DataFrame(ROWS, schema=SCHEMA, orient="row")}
    for asks in (goal(activities=("monitoring",)), goal(leads=(USED,))):
        assert conversations(fake(goals=(asks,), tables=tables), october, asks).empty


def test_a_post_whose_source_shows_a_day_alone_has_that_day_and_waits_whole_days(fake, goal, october):
    of_a_day = {"created_at": None, "created_on": date(2026, 10, 30)}
    asks = {"platform": "yarrow", "account": "acme", "brand": "us", "theirs": True, "to_us": True, "is_question": True}
    threads = [
        thread("theirs", ours=False, theirs=True, **of_a_day),
        thread("ours", depth=1, audience_replies=1, **of_a_day),
    ]
    posts = [dict.fromkeys(POSTS) | asks | {"text": "When?"} | of_a_day]
    questions, waiting = shown(fake, goal, threads, october, posts=posts).tables
    assert questions.rows == (("30 October 2026", "2 days", "When?", "Yarrow: acme"),)
    assert [row[:3] for row in waiting.rows] == [("30 October 2026", "2 days", "theirs"), ("", "", "ours")]

"""Cases made of conversations, row by row; a platform with a sheet of cases has the sheet's alone."""

from __future__ import annotations

import polars as pl

from smmetrics.derive.labelling import Chosen
from smmetrics.tables.scope import AccountRef, Scope
from tests.derive.conftest import at, said

LABELLING = {
    "needs_reply": Chosen(
        kind="needs_reply", name="n", version="1",
        rule=lambda p: p.select(
            value=pl.when(pl.col("text").str.contains("asks")).then(pl.lit("yes"))
            .when(pl.col("text").str.contains("murmurs")).then(pl.lit(None)).otherwise(pl.lit("no"))
        ),
    ),
    "sentiment": Chosen(
        kind="sentiment", name="s", version="1",
        rule=lambda p: p.select(value=pl.col("text").str.extract("(negative|neutral|positive)")),
    ),
}  # fmt: skip
COLUMNS = (
    "opened_at first_response_at resolved_at by_customer needs_reply staff_replies sentiment_first sentiment_last "
    "person channel"
)


def cases(desk, scope=None, labelling=LABELLING):
    derived = desk.derived(scope, labelling=labelling)
    rows = derived.frame("cases", frozenset(COLUMNS.split())).collect().to_dicts()
    return {row["case_id"].removeprefix("forum:"): row for row in rows}


def forum(desk, *posts):
    desk.file(
        platform="forum",
        posts=posts,
        accounts=[{"account_id": "f", "kind": "ours"}, {"account_id": "elsewhere", "kind": "other"}],
        people=[{"platform_author_id": "amira", "person": "amira", "handle": "amira", "roles": ["staff"]}],
    )


def opened(post_id, person="bob", text="asks, negative", account="f"):
    return said(post_id, "post", person, at(1), account_id=account, text=text)


def reply(post_id, person, when, up, text="neutral"):
    return {**said(post_id, "reply", person, when, up=up, text=text), "root_id": "q", "account_id": "f"}


def test_a_conversation_that_somebody_else_opens_with_us_is_a_case(desk):
    forum(
        desk,
        opened("q"),
        reply("1", "cy", at(1, 8), "q"),
        reply("2", "amira", at(1, 9), "q"),
        reply("3", "bob", at(1, 10), "2", "positive"),
        reply("4", "amira", at(1, 11), "3"),
    )
    (row,) = cases(desk).values()
    assert (row["opened_at"], row["first_response_at"], row["resolved_at"]) == (at(1), at(1, 9), None)
    assert (row["by_customer"], row["needs_reply"], row["staff_replies"], row["person"]) == (True, True, 2, "bob")
    assert (row["sentiment_first"], row["sentiment_last"]) == (-1, 1)


def test_what_speaks_to_others_comes_from_us_or_needs_no_reply_is_no_case(desk):
    forum(
        desk,
        opened("ours", person="amira"),
        opened("elsewhere", account="elsewhere"),
        opened("thanks", text="positive"),
        opened("named", text="asks @amira", account="elsewhere"),
        opened("unknown", person=None, account="elsewhere"),
    )
    assert set(cases(desk)) == {"named"}


def test_where_nobody_can_tell_whether_it_needs_a_reply_that_is_unknown_and_not_no(desk):
    forum(desk, opened("q", text="murmurs"))
    assert cases(desk)["q"]["needs_reply"] is None
    assert cases(desk, labelling={})["q"]["needs_reply"] is None


def test_unanswered_is_not_yet_and_a_mood_said_once_has_not_changed(desk):
    forum(desk, opened("q"))
    row = cases(desk)["q"]
    assert (row["first_response_at"], row["staff_replies"]) == (None, 0)
    assert (row["sentiment_first"], row["sentiment_last"]) == (-1, None)


def test_conversations_whose_replies_nobody_can_place_are_no_cases(desk):
    forum(desk, opened("q"))
    derived = desk.derived(labelling=LABELLING, chains={"blogs.wxr": False})
    assert derived.frame("cases", frozenset()).collect().height == 0


def test_a_platform_with_a_sheet_has_the_sheets_cases_only(desk):
    forum(desk, opened("q"))
    desk.file(platform="forum", cases=[{"case_id": "A-1", "opened_at": at(3), "precision": "instant"}])
    assert set(cases(desk)) == {"A-1"}


def test_a_sheet_that_names_a_channel_of_ours_stands_for_its_platform(desk):
    forum(desk, opened("q"))
    sheet = {"case_id": "A-1", "opened_at": at(3), "precision": "instant"}
    desk.file(platform="offline", cases=[{**sheet, "channel": "mailbox"}])
    scope = Scope(ours=(AccountRef(platform="forum", account="f", channel="help-desk"),))
    assert set(cases(desk, scope)) == {"A-1", "q"}
    desk.file(platform="offline", cases=[{**sheet, "case_id": "A-2", "channel": "Help-Desk"}])
    assert set(cases(desk, scope)) == {"A-1", "A-2"}

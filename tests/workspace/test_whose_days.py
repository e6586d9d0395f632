"""Days on which only files are there that cannot tell what is asked: not known, instead of a believable nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
    "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
)
SPRING = {"since": date(2026, 4, 1), "until": date(2026, 5, 1)}


def own_posts(folder: Path) -> Path:
    path = folder / "account_analytics_content_2026-04-01_2026-04-30.csv"
    ids = [1900000000000000000 + n for n in range(30)]
    rows = [f'{n},"Thu, Apr 23, 2026",hello,https://x.com/acme/status/{n},{",".join(["1"] * 13)}\n' for n in ids]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def mentions(folder: Path) -> Path:
    """What an interface gave of others' posts years before: whose they are is known, and no account is covered."""
    path = folder / "mentions.json"
    posts = [
        {
            "created_at": f"Mon Mar 0{n} 10:00:00 +0000 2015", "id": 570000000000000000 + n,
            "id_str": str(570000000000000000 + n), "text": "@acme when do you open?", "source": "web", "truncated": False,
            "in_reply_to_status_id_str": None, "in_reply_to_screen_name": "acme", "retweet_count": 0,
            "favorite_count": 0, "lang": "en", "entities": {"hashtags": [], "user_mentions": [], "urls": []},
            "user": {"id": 77 + n, "id_str": str(77 + n), "name": "N", "screen_name": f"n{n}", "followers_count": 1,
                     "friends_count": 1, "statuses_count": 1, "created_at": "Mon Mar 02 10:00:00 +0000 2009"},
        }
        for n in (2, 3)
    ]  # fmt: skip
    path.write_text(json.dumps(posts), encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "work")
    taken = made.import_(own_posts(tmp_path))
    assert [each.status for each in taken] == ["imported"]
    return made


def said(workspace: Workspace, formula: str, **how):
    rows = workspace.measure(formula, **how).frame.iter_rows(named=True)
    return [(row["platform"], row["state"], row["value"]) for row in rows]


@pytest.mark.parametrize(
    "formula", ["count(posts, theirs)", "share(posts, theirs)", "count(posts, theirs and is_question)"]
)
def test_a_file_of_other_years_does_not_make_nothing_of_what_an_export_cannot_tell(workspace, tmp_path, formula):
    before = said(workspace, formula, by=("platform",), **SPRING)
    assert [state for _, state, _ in before] == ["not_measurable"]
    (taken,) = workspace.import_(mentions(tmp_path))
    assert (taken.status, taken.kind) == ("imported", "x.api1_posts")
    again = Workspace(workspace.root)
    assert said(again, formula, by=("platform",), **SPRING) == before
    assert said(again, formula, **SPRING) == said(workspace, formula, **SPRING)
    assert all(value is None for _, _, value in said(again, formula, grain="month"))
    gaps = said(again, formula, by=("platform",), grain="month")
    assert {(platform, value) for platform, _, value in gaps} == {("x", None)}


def test_what_the_export_tells_is_told_as_before(workspace, tmp_path):
    asked = ("count(posts, ours)", "sum(posts.likes)", "sum(posts.saves, ours)")
    before = [said(workspace, formula, **SPRING) for formula in asked]
    assert [rows[0][1:] for rows in before] == [("value", 30.0), ("value", 30.0), ("value", 30.0)]
    workspace.import_(mentions(tmp_path))
    assert [said(Workspace(workspace.root), formula, **SPRING) for formula in asked] == before


def test_strangers_days_are_none_of_ours(workspace, tmp_path):
    """A collection of support conversations covers the days of those in it: nothing is said of our own account."""
    path = tmp_path / "twcs.csv"
    path.write_text(
        "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n"
        "1,sprintcare,False,Tue Oct 31 22:10:47 +0000 2017,@115712 I understand.,2,3\n"
        "3,115712,True,Tue Oct 31 22:08:27 +0000 2017,@sprintcare is the worst,1,\n"
        "2,115712,True,Tue Oct 31 22:11:45 +0000 2017,@sprintcare and how?,,1\n",
        encoding="utf-8",
    )
    (taken,) = workspace.import_(path)
    assert (taken.status, taken.kind) == ("imported", "x.support")
    october = {"since": date(2017, 10, 1), "until": date(2017, 11, 1)}
    again = Workspace(workspace.root)
    assert said(again, "count(posts, ours)", by=("platform",), **october) == [("x", "not_covered", None)]
    ((_, state, value),) = said(again, "count(posts)", **october)
    assert (state, value) == ("value", 3.0)


SHEETS = {
    "events": "at,kind,title,minutes,invited,came\n2026-04-13 10:00,meeting,open day,60,30,20\n",
    "visits": "date,channel,visits\n2026-04-13,search,3\n",
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_beside_takes_no_day_from_the_hours(workspace, tmp_path, sheet):
    hours = tmp_path / "hours.csv"
    hours.write_text("day,person,task,minutes\n2026-04-01,ana,reply,30\n2026-04-30,ana,reply,30\n", encoding="utf-8")
    formula, other = "sum(effort.minutes) / count(posts)", tmp_path / f"{sheet}.csv"
    workspace.import_(hours)
    before = said(Workspace(workspace.root), formula, **SPRING)
    assert [each[1:] for each in before] == [("value", 2.0)]
    other.write_text(SHEETS[sheet], encoding="utf-8")
    (taken,) = workspace.import_(other)
    assert taken.status == "imported", taken
    assert said(Workspace(workspace.root), formula, **SPRING) == before

"""One person under several names, over real commands: sheets, a blog and a platform's export, and the way back."""

import csv
import json

import polars as pl
import pytest

from smmetrics.panels.cards import cards, more
from smmetrics.panels.source import View
from smmetrics.workspace import Workspace
from tests.workspace.test_forgetting import left_of

STRATEGY = """
title = "Allotments"
purpose = "Members help each other"
timezone = "UTC"

[audiences.members]
who = "members of the club"
shares = "beds next to each other"

[people.jonas]
role = "gardener"
speaks_as = ["x:GardenClub"]

[goals.help]
why = "nobody gardens alone"
for_them = "an answer"
audience = "members"
people = ["jonas"]
activities = ["connecting"]
[[goals.help.questions]]
ask = "Do members speak?"
lead = ["voices", "member_posts", "newcomers", "by_members"]

[metrics.voices]
formula = "distinct(posts.person, theirs)"
[metrics.member_posts]
formula = "count(posts, member)"
[metrics.newcomers]
formula = "count(posts, theirs and is_first)"
[metrics.by_members]
formula = "count(count(posts) > 0, where=member, by=people)"
"""
BLOG = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
<channel><title>Club</title><link>https://club.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://club.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ana</wp:author_login></wp:author>
<item><title>Beds</title><link>https://club.example/beds</link><dc:creator>ana</dc:creator>
<content:encoded><![CDATA[Who digs?]]></content:encoded><wp:post_id>5</wp:post_id>
<wp:post_date_gmt>2026-03-02 09:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
{comments}</item></channel></rss>"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>{name}</wp:comment_author>
<wp:comment_date_gmt>2026-03-{day:02} 10:00:00</wp:comment_date_gmt><wp:comment_content>I dig</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent>
<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"""
SUPPORT = [
    ["tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id"],
    ["11", "mira_digs", "True", "Tue Mar 10 08:00:00 +0000 2026", "@GardenClub slugs?", "12", ""],
    ["12", "GardenClub", "False", "Tue Mar 10 08:10:00 +0000 2026", "@mira_digs Beer.", "", "11"],
    ["13", "tom_w", "True", "Wed Mar 11 08:00:00 +0000 2026", "@GardenClub frost?", "", ""],
]
SAME = [
    ["person", "platform", "handle", "agreed_on", "how", "withdrawn_on"],
    ["Mira Ökonom", "blogs", "club.example/user/7", "2026-02-01", "said so at the meeting", ""],
    ["Mira Ökonom", "x", "@mira_digs", "2026-02-01", "said so at the meeting", ""],
]
MEMBERS = [["person", "place_id", "from", "to"], ["Mira Ökonom", "club", "2026-01-01", "2026-03-10"]]
OTHERS = [["person", "place_id", "from", "to"], ["Zoe", "club", "2026-01-01", ""]]


@pytest.fixture
def folder(tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    (work / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def table(folder):
    def write(name, rows):
        path = folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


@pytest.fixture
def club(run, folder, table):
    """A blog on which Mira comments as user 7, and a platform on which she asks as @mira_digs."""
    people = [(1, "Mira", 3, 7), (2, "Lou", 4, 8), (3, "Mira", 12, 7)]
    comments = "".join(COMMENT.format(id=i, name=name, day=day, user=user) for i, name, day, user in people)
    (folder / "club.WordPress.2026-04-01.xml").write_text(BLOG.format(comments=comments), encoding="utf-8")
    run("import", folder / "club.WordPress.2026-04-01.xml", table("support.csv", SUPPORT))
    return run


def numbers(run, *more):
    rows = csv.DictReader(run("export", "--format", "csv", "--grain", "total", *more).splitlines())
    return {row["metric"]: (row["value"], row["state"]) for row in rows}


def exported(run):
    return run("export", "--format", "csv", "--by", "platform", "--grain", "month")


def test_a_person_counts_once_where_they_agreed_and_as_a_member_while_they_are_one(club, table):
    assert numbers(club)["voices"][0] == "4.0"
    club("import", table("members.csv", MEMBERS))
    before = numbers(club)
    assert (before["voices"][0], before["newcomers"][0]) == ("4.0", "4.0")
    club("import", table("same_person.csv", SAME))
    after = numbers(club)
    assert (after["voices"][0], after["newcomers"][0]) == ("3.0", "3.0")
    assert after["member_posts"][0] == "1.0", "the comment of 3 March; on 10 March she had left"


TWICE = "A person on two platforms counts twice"


def test_a_number_of_people_on_two_platforms_says_who_counts_twice_and_others_do_not(club, table, folder):
    def told(*asked, **more):
        return Workspace(folder / "work").measure(*asked, **more).notes

    def card_texts():
        seen = Workspace(folder / "work").source()
        (goal,) = seen.goals
        made = {
            card.metric: card.reason_text
            for card in (*cards(seen, View(), goal).cards, *more(seen, View(), goal).cards)
        }
        alone = cards(seen, View(platforms=("blogs",)), goal).cards
        assert not any(TWICE in card.reason_text for card in alone)
        return {metric for metric, text in made.items() if TWICE in text}

    assert told("voices", "member_posts") == (f"voices: {TWICE}.",)
    assert told("voices", by=("platform",)) == ()
    assert told("count(count(posts, staff) > 0, by=person)") == ()
    assert card_texts() == {"voices"}
    linked(club, table)
    assert told("voices") == (f"voices: {TWICE}, except for those who agreed to be counted once.",)
    assert card_texts() == {"voices", "by_members"}


def linked(run, table):
    run("import", table("members.csv", MEMBERS))
    run("import", table("same_person.csv", SAME))


def test_a_sheet_taken_back_leaves_every_byte_of_the_readings_as_it_was(club, table):
    club("import", table("members.csv", MEMBERS))
    before = exported(club)
    club("import", table("same_person.csv", SAME))
    assert exported(club) != before
    (import_id,) = [
        row["id"] for row in json.loads(club("imports", "--json")) if row["file"].endswith("same_person.csv")
    ]
    club("imports", "undo", import_id)
    assert exported(club) == before
    withdrawn = [SAME[0], *([*line[:5], "2026-03-20"] for line in SAME[1:])]
    club("import", table("same_person.csv", withdrawn))
    assert numbers(club)["voices"][0] == "4.0"


def test_a_link_is_shown_nowhere(club, table, folder):
    people_before = club("table", "people", "--format", "csv")
    linked(club, table)
    assert club("table", "people", "--format", "csv") == people_before
    rows = list(csv.DictReader(club("table", "posts", "--columns", "platform,person,member,is_first,text",
                                    "--format", "csv").splitlines()))  # fmt: skip
    mine = {(row["platform"], row["person"]) for row in rows if row["text"].endswith("slugs?")}
    mine |= {(row["platform"], row["person"]) for row in rows if row["text"] == "I dig"}
    assert len({person for _, person in mine}) == len(mine) == 3
    assert {row["member"] for row in rows} <= {"false", "False", ""}
    given = Workspace(folder / "work").tables().frame("posts", ("platform", "person", "text")).collect()
    assert {(platform, who) for platform, who in given.select("platform", "person").iter_rows()} >= mine
    told = list(csv.DictReader(club("measure", "voices", "--by", "platform,person", "--format", "csv").splitlines()))
    cut = [json.loads(row["slice"])["person"] for row in told if row["value"] == "1.0"]
    assert len(cut) == len(set(cut)) == 4
    assert "only where that person agreed" in " ".join(club("privacy").split())
    for said in (club("privacy"), club("explain", "voices"), club("review", "--data"), exported(club)):
        assert "mira" not in said.lower()
        assert not any(person in said for _, person in mine)


def test_whoever_is_forgotten_is_forgotten_under_every_name_that_is_theirs(club, table, folder):
    linked(club, table)
    people = Workspace(folder / "work").snapshot().current("people").collect()
    mine = people.filter(pl.col("handle").is_in(["mira_digs"]) | pl.col("platform_author_id").str.ends_with("user/7"))
    keys = mine.get_column("person").to_list()
    assert len(keys) == 2
    said = club("forget", "x:@mira_digs", "--dry-run")
    assert "other names that they agreed are theirs, and that stay: 1" in said
    club("forget", "x:@mira_digs", "--all-names", "--yes")
    for name in ("members.csv", "same_person.csv", "support.csv", "club.WordPress.2026-04-01.xml"):
        (folder / name).rename(folder / f"again-{name}")
    assert left_of(folder / "work", ("mira_digs", "Mira Ökonom", "mira ökonom", "club.example/user/7", *keys)) == set()
    assert numbers(club)["voices"][0] == "2.0"
    for name in ("members.csv", "same_person.csv", "support.csv", "club.WordPress.2026-04-01.xml"):
        club("import", folder / f"again-{name}")
    assert numbers(club)["voices"][0] == "2.0"
    assert left_of(folder / "work", ("mira_digs", "Mira Ökonom", "club.example/user/7")) == set()

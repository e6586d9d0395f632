"""A source whose rows are all of one kind cannot answer what part of them is of another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smmetrics.api import Capability, Column, Gap, Platform, Source
from smmetrics.contracts.binding import feed
from smmetrics.contracts.catalogue import build

from .conftest import FakeRegistry, answers


def source(kind, *, values=(), apart=False, **more):
    fixed = (
        {"load": "a:b"}
        if values or "constants" not in more
        else {"columns": (Column(names=("t",), fact="posts.text"),)}
    )
    return Source(
        kind=kind,
        platform="tube",
        table="posts",
        title=kind.title(),
        container="csv",
        how_to_get="ask",
        takes="rows",
        can=(
            Capability(fact="posts.kind", native="k", values=values, apart=apart),
            *(Capability(fact=fact, native="x") for fact in ("posts.account_id", "posts.person", "posts.text")),
        ),
        **fixed,
        **more,
    )


VIDEOS = source("videos", constants=(("kind", "post"), ("status", "published")))
COMMENTS = source("comments", values=("reply",))
FEED = source("feed", values=("post", "reply"), apart=True)
ANY = source("anything")
HERE = build(
    FakeRegistry(
        sources=answers("all", Platform(id="tube", title="Tube", access="export_only"), VIDEOS, COMMENTS, FEED, ANY)
    )
)


def verdict(read, formula, *sources):
    found = feed(read(formula), sources, HERE)
    return found.status, found.sources


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("share(posts, is_reply, of=ours)", "no no no yes"),
        ("1 - share(posts, is_reply)", "no no no yes"),
        ("share(posts, not is_reply)", "no no no yes"),
        ("share(posts, kind in ('reply', 'quote'))", "no no no yes"),
        ("share(posts, kind not in ('reply', 'quote') and is_question)", "yes no partly yes"),
        ("share(posts, is_reply or is_question)", "yes no partly yes"),
        ("count(posts, ours and not is_reply)", "yes no partly yes"),
        ("count(posts, ours and is_reply)", "no yes partly yes"),
        ("count(posts, ours)", "yes yes yes yes"),
        ("count(posts, kind != 'mention')", "yes yes yes yes"),
        ("count(acts, act == 'reply')", "no yes partly yes"),
        ("count(count(acts, act == 'reply') > 2, by=person)", "no yes partly yes"),
        ("share(posts, is_question, of=ours and not is_reply)", "yes no partly yes"),
    ],
)
def test_what_the_rows_decide_beforehand_is_no_finding(read, formula, expected):
    words = {"yes": "measurable", "no": "not_measurable", "partly": "partly"}
    found = [verdict(read, formula, each)[0] for each in (VIDEOS, COMMENTS, FEED, ANY)]
    assert found == [words[each] for each in expected.split()]


def test_two_files_of_one_place_together_hold_posts_and_replies(read):
    asked = "share(posts, is_reply, of=ours)"
    assert verdict(read, asked, VIDEOS, COMMENTS) == ("measurable", ("tube.videos", "tube.comments"))
    assert verdict(read, asked, VIDEOS, ANY) == ("measurable", ("tube.anything",))
    assert verdict(read, asked, VIDEOS, VIDEOS)[0] == "not_measurable"


def test_the_words_say_what_all_rows_are(read):
    note = feed(read("share(posts, is_reply)"), (VIDEOS,), HERE).note
    assert note == "is_reply: in Videos every row is a post, so that it would always be none or all."
    note = feed(read("share(posts, is_reply)"), (FEED,), HERE).note
    assert note == "is_reply: every row of a file is a post or reply (Feed), so that it would always be none or all."
    note = feed(read("count(posts, is_reply)"), (FEED,), HERE).note
    assert note == "is_reply: a file holds post or reply, never both (Feed)."


def test_what_time_sheets_cannot_say_is_no_reason_of_a_place(read):
    sheet = Source(
        kind="sheet",
        platform="paper",
        table="effort",
        title="Sheet",
        container="csv",
        how_to_get="ask",
        takes="minutes",
        can=(Capability(fact="effort.minutes", native="m"),),
        cannot=(Gap(fact="posts.kind", reason="field.missing", why="The sheet holds time, not posts."),),
        load="a:b",
    )
    visits = replace(sheet, kind="visits", platform="tube", table="visits", title="Visits", cannot=())
    closed = Gap(fact="posts.kind", reason="platform.closed", why="Visits are no conversations.")
    told = replace(visits, kind="told", cannot=(closed,))
    asked = read("count(posts, ours and is_reply)")
    assert feed(asked, (sheet, told), HERE).note == "Visits are no conversations."
    assert feed(asked, (sheet, visits), HERE).note.startswith("no source here brings posts (")
    assert feed(asked, (sheet,), HERE).note == "The sheet holds time, not posts."


def test_of_files_that_all_cannot_the_one_that_reports_most_says_why(read):
    why = (Gap(fact="post_counts.clicks", reason="field.missing", why=f"{kind} has no clicks.") for kind in "ab")
    less, more = (replace(ANY, kind=kind, cannot=(gap,)) for kind, gap in zip("ab", why, strict=True))
    more = replace(more, can=(*more.can, Capability(fact="post_counts.likes", native="l")))
    asked = read("sum(posts.clicks)")
    assert feed(asked, (less, more), HERE).note == feed(asked, (more, less), HERE).note == "clicks: b has no clicks."

"""Names of one person are read as one where they agreed, and as strangers where not; nothing is merged for good."""

from datetime import date

import polars as pl
import pytest

from smmetrics.contracts.formula import parse
from smmetrics.engine import Request, Window, measure
from smmetrics.tables.agreement import Agreement
from smmetrics.tables.scope import AccountRef, Handle, Scope
from tests.derive.conftest import Desk, at, said

AGREED = date(2024, 2, 1)


def line(person, platform, handle, **more):
    return {"platform": platform, "person": person, "handle": handle, "agreed_on": AGREED, **more}


def stay(person, since, until=None, **more):
    return {"platform": "offline", "person": person, "place_id": "second team", "from": since, "to": until, **more}


@pytest.fixture(scope="module")
def one_club(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("club") / "work")
    blog = [
        said("b1", "post", "mira-blog", at(4, 9), account_id="b"),
        said("b2", "reply", "zoe", at(5, 9), up="b1"),
        said("b3", "reply", "mira-blog", at(6, 9), up="b1"),
    ]
    forum = [
        said("f1", "post", "mira-forum", at(7, 9)),
        said("f2", "reply", "bob", at(8, 9), up="f1"),
        said("f3", "post", "mira-forum", at(20, 9)),
    ]
    names = [{"platform_author_id": "1", "person": "mira-blog", "handle": "@Mira"},
             {"platform_author_id": "2", "person": "zoe", "handle": "zoe"}]  # fmt: skip
    desk.file(posts=blog, people=names)
    desk.file(
        platform="forum", kind="forum.export", posts=forum,
        people=[{"platform_author_id": "m-900", "person": "mira-forum", "handle": "garden.mira"},
                {"platform_author_id": "b-901", "person": "bob", "handle": "bob"}],
    )  # fmt: skip
    return desk


@pytest.fixture
def club(one_club, tmp_path):
    """Mira writes on a blog and in a forum; Bob in the forum only, under a name that somebody had before him."""
    return Desk.copied(one_club, tmp_path / "club")


def sheet(desk, *lines):
    return desk.file(platform="offline", kind="offline.same_person", same_person=list(lines))


def rows(derived, view, *columns):
    return derived.frame(view, frozenset(columns)).select(columns).collect()


def by_post(derived, column):
    return dict(rows(derived, "posts", "post_id", column).iter_rows())


def test_names_of_one_person_are_one_where_they_agreed_and_two_where_not(club):
    before = by_post(club.derived(), "person")
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    after = by_post(club.derived(), "person")
    assert len(set(before.values())) == 4
    assert len(set(after.values())) == 3
    assert after["b1"] == after["b3"] == after["f1"] == after["f3"]
    assert after["b1"] not in {"mira-blog", "mira-forum", "key-m"}, "no stored key leads from one name to another"
    assert {post: who for post, who in after.items() if before[post] in {"zoe", "bob"}} == {"b2": "zoe", "f2": "bob"}


def test_a_link_taken_back_leaves_every_table_as_it_was(club):
    asked = ("platform", "person", "member", "roles")

    def told():
        derived = club.derived()
        views = ("posts", "threads", "acts", "ends", "people")
        return {view: sorted(map(repr, rows(derived, view, *asked).iter_rows())) for view in views}

    before, head = told(), club.derived().head
    linked = sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    assert not [view for view, found in told().items() if found == before[view]]
    club.store.undo(linked.id)
    assert (told(), club.derived().head) == (before, head)


def test_whoever_takes_it_back_is_two_again(club):
    sheet(
        club,
        line("key-m", "blogs", "mira", withdrawn_on=date(2024, 5, 1)),
        line("key-m", "forum", "m-900"),
    )
    derived = club.derived()
    assert len(set(by_post(derived, "person").values())) == 4
    assert (derived.links.withdrawn, derived.links.met, derived.links.agreed) == (1, 1, 1)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([line("k", "blogs", "mira"), line("other", "blogs", "1"), line("k", "forum", "m-900")], (1, 0, 2)),
        ([line("k", "blogs", "nobody"), line("k", "forum", "m-900")], (1, 1, 0)),
        ([line("k", "blogs", "bob"), line("k", "forum", "garden.mira")], (1, 1, 0)),
    ],
    ids=["two people claim a name", "nobody bears it", "it is somebody's on another platform"],
)
def test_what_is_not_certain_joins_nobody(club, lines, counts):
    sheet(club, *lines)
    links = club.derived().links
    assert (links.met, links.unmet, links.unclear) == counts
    assert len(set(by_post(club.derived(), "person").values())) == 4


def test_a_name_that_two_authors_bore_joins_neither(club):
    club.file(
        platform="forum", kind="forum.export",
        people=[{"platform_author_id": "m-77", "person": "older", "handle": "garden.mira"}],
    )  # fmt: skip
    sheet(club, line("k", "blogs", "mira"), line("k", "forum", "garden.mira"))
    assert club.derived().links.unclear == 1


def test_nobody_under_age_is_joined(club):
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    scope = Scope(agreement=Agreement(everyone=True, closed=True, names=False, minors=True))
    assert len(set(by_post(club.derived(scope), "person").values())) == 4
    assert not club.derived(scope).linked


def test_what_is_shown_of_rows_leads_from_no_name_to_another(club):
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    club.file(platform="offline", kind="offline.memberships", memberships=[stay("key-m", date(2024, 1, 1))])
    linked, apart = club.derived(), club.derived().apart
    assert set(by_post(linked, "member").values()) == {True, False}
    assert by_post(apart, "person") == {
        "b1": "mira-blog", "b2": "zoe", "b3": "mira-blog", "f1": "mira-forum", "f2": "bob", "f3": "mira-forum",
    }  # fmt: skip
    assert set(by_post(apart, "member").values()) == {False}
    firsts = dict(rows(apart, "acts", "post_id", "first_at").iter_rows())
    assert firsts["f1"] == at(7, 9), "when somebody first wrote elsewhere is not shown either"


def test_newcomers_are_new_once_whatever_platform_they_come_to_next(club):
    told = by_post(club.derived(), "is_first")
    assert [post for post, first in told.items() if first] == ["b1", "b2", "f1", "f2"]
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    told = by_post(club.derived(), "is_first")
    assert [post for post, first in told.items() if first] == ["b1", "b2", "f2"]
    acts = rows(club.derived(), "acts", "post_id", "first_at", "tenure_days")
    assert acts.filter(pl.col("post_id") == "f3").row(0) == ("f3", at(4, 9), 16)


def test_members_are_members_from_their_first_day_until_their_last(club):
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    club.file(
        platform="offline", kind="offline.memberships",
        memberships=[
            stay("key-m", date(2024, 3, 1), date(2024, 3, 5)),
            stay("key-m", date(2024, 3, 7), date(2024, 3, 9), place_id="choir"),
            stay("key-m", date(2024, 3, 8), date(2024, 3, 20), place_id="board", unit="north"),
        ],
    )  # fmt: skip
    told = by_post(club.derived(), "member")
    assert told == {"b1": True, "b2": False, "b3": False, "f1": True, "f2": False, "f3": False}
    roles = by_post(club.derived(), "roles")
    assert (roles["b1"], roles["b3"], roles["f1"]) == (["member"], [], ["member"])
    assert by_post(club.derived(), "unit")["f3"] == "north"
    met = rows(club.derived(), "acts", "post_id", "other_member", "other_roles").filter(pl.col("other_member"))
    assert met.rows() == [("b2", True, ["member"]), ("f2", True, ["member"])]


def test_without_a_link_a_membership_makes_nobody_a_member_on_a_platform(club):
    club.file(platform="offline", kind="offline.memberships", memberships=[stay("key-m", date(2024, 1, 1))])
    assert set(by_post(club.derived(), "member").values()) == {False}
    assert rows(club.derived(), "people", "person").height == 4


def test_a_member_who_stands_in_a_sheet_by_the_same_name_is_known_there_without_any_link(club):
    club.file(platform="offline", kind="offline.memberships", memberships=[stay("key-m", date(2024, 3, 1))])
    club.file(
        platform="offline", kind="offline.cases",
        cases=[{"case_id": "1", "person": "key-m", "opened_at": at(2), "precision": "instant"},
               {"case_id": "2", "person": "key-x", "opened_at": at(2), "precision": "instant"}],
    )  # fmt: skip
    assert dict(rows(club.derived(), "cases", "case_id", "member").drop_nulls().iter_rows()) == {"1": True, "2": False}


def test_members_of_today_are_those_whose_time_lasts(club):
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    club.file(
        platform="offline", kind="offline.memberships", memberships=[stay("key-m", date(2024, 3, 1), date(2024, 6, 1))]
    )
    assert rows(club.derived(), "people", "member").get_column("member").any() is False
    club.file(platform="offline", kind="offline.memberships", memberships=[stay("key-m", date(2024, 5, 31))])
    people = rows(club.derived(), "people", "platform", "person", "member", "first_at").filter("member")
    assert people.select("platform", "first_at").rows() == [("blogs", at(4, 9)), ("forum", at(4, 9))]


def test_an_approach_to_somebody_known_by_name_is_answered_wherever_they_next_write(club):
    approach = {"outreach_id": "o", "person": "key-m", "at": at(6, 12), "precision": "instant"}
    club.file(platform="offline", kind="offline.outreach", outreach=[approach])
    assert rows(club.derived(), "outreach", "active_at").item() is None
    sheet(club, line("key-m", "forum", "m-900"))
    assert rows(club.derived(), "outreach", "active_at").item() == at(7, 9)


def test_our_own_people_are_one_by_what_the_strategy_says(club):
    scope = Scope(
        ours=(AccountRef(platform="blogs", account="b"),),
        staff=(Handle(platform="blogs", handle="mira", person="mira"),
               Handle(platform="forum", handle="garden.mira", person="mira")),
    )  # fmt: skip
    told = by_post(club.derived(scope), "person")
    assert {told[post] for post in ("b1", "b3", "f1", "f3")} == {"mira"}
    assert by_post(club.derived(scope).apart, "person")["f1"] == "mira-forum"
    assert by_post(club.derived(scope).apart, "staff")["f1"] is True


def measured(derived, formula, by=()):
    """By platform (empty: all together), a number's state and value."""
    request = Request(metric="n", formula=parse(formula, views=derived.views, adhoc=True), min_denominator=1)
    window = Window(as_of=at(31), since=date(2024, 3, 1), until=date(2024, 3, 31))
    rows = measure([request], derived, window, by).iter_rows(named=True)
    return {row["platform"]: (row["state"], row["value"]) for row in rows}


def covered(desk, *platforms):
    for platform in platforms:
        span = {"account_id": "b", "grain": "event", "start": date(2024, 3, 1), "end": date(2024, 4, 1),
                "facts": "posts", "complete": True}  # fmt: skip
        desk.file(platform=platform, kind=f"{platform}.export", spans=[span])


def test_people_are_counted_once_over_platforms_and_on_each_where_platforms_are_told_apart(club):
    counts = (
        "distinct(posts.person, theirs)",
        *(f"count(count(posts) > 0, by={whom})" for whom in ("person", "people")),
    )
    covered(club, "blogs", "forum")
    apart = {"blogs": ("value", 2.0), "forum": ("value", 2.0)}
    strangers = club.derived()
    sheet(club, line("key-m", "blogs", "mira"), line("key-m", "forum", "m-900"))
    linked = club.derived()
    for formula in counts:
        assert measured(strangers, formula) == {"": ("value", 4.0)}, formula
        assert measured(linked, formula) == {"": ("value", 3.0)}, formula
        assert measured(linked, formula, ("platform",)) == apart, formula
    assert len(measured_by_person(club.derived())) == 4, "whoever is told one by one is told name by name"


def measured_by_person(derived):
    request = Request(metric="n", formula=parse("count(posts, theirs)", views=derived.views, adhoc=True))
    window = Window(as_of=at(31), since=date(2024, 3, 1), until=date(2024, 3, 31))
    return measure([request], derived, window, ("person",)).filter(pl.col("value") > 0).get_column("slice").to_list()


def test_the_smallest_group_is_of_people_not_of_names(desk):
    names = [f"n{number}" for number in range(5)]
    desk.file(
        platform="forum", kind="forum.export",
        posts=[said(f"p{name}", "post", name, at(4, 9), account_id="b") for name in names],
        people=[{"platform_author_id": f"id-{name}", "person": name} for name in names],
    )  # fmt: skip
    covered(desk, "forum")
    scope = Scope(agreement=Agreement(smallest=5, everyone=True))
    assert measured(desk.derived(scope), "count(posts, theirs)") == {"": ("value", 5.0)}
    sheet(desk, line("k", "forum", "id-n0"), line("k", "forum", "id-n1"))
    assert measured(desk.derived(scope), "count(posts, theirs)") == {"": ("suppressed", None)}

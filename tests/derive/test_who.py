"""Who is ours, theirs or unknown: looked up when rows are read."""

from __future__ import annotations

from datetime import date

import pytest

from smmetrics.api.errors import PluginFault
from smmetrics.tables.scope import AccountRef, Handle, Scope
from tests.derive.conftest import at, said

OURS = {"account_id": "acme", "handle": "@Acme", "kind": "ours"}


def who(derived, *columns, view="posts"):
    asked = ("ours", "theirs", *columns)
    frame = derived.frame(view, frozenset(asked)).collect()
    return {row["post_id"]: tuple(row[name] for name in asked) for row in frame.to_dicts()}


def test_under_our_blog_staff_is_ours_readers_are_theirs_and_the_anonymous_are_neither(blog):
    found = who(blog.derived(), "staff")
    assert found["p1"] == found["c2"] == found["p2"] == (True, False, True)
    assert found["c1"] == found["c3"] == found["c4"] == (False, True, False)
    assert found["c5"] == (None, None, None)
    assert found["m1"] == (None, None, None)


def test_a_comment_without_an_account_has_that_of_the_post_it_stands_under(blog):
    frame = blog.derived().frame("posts", frozenset()).collect()
    accounts = dict(frame.select("post_id", "account").iter_rows())
    assert {accounts[name] for name in ("p1", "c1", "c2", "c5")} == {"b"}
    assert accounts["m1"] is None


def test_an_export_of_our_own_account_that_names_nobody_is_all_ours(desk):
    posts = [
        {"post_id": "1", "account_id": "acme", "kind": "post"},
        {"post_id": "2", "account_id": "acme", "kind": "reply", "kind_basis": "text"},
    ]
    desk.file(platform="x", kind="x.legacy_posts", posts=posts, accounts=[OURS])
    assert who(desk.derived(), "staff") == {"1": (True, False, None), "2": (True, False, None)}


def test_an_account_that_is_not_ours_is_theirs_where_nobody_is_named(desk):
    desk.file(
        platform="x",
        posts=[{"post_id": "1", "account_id": "green", "kind": "post"}, {"post_id": "2", "kind": "post"}],
        accounts=[{"account_id": "green", "kind": "rival", "name": "GreenCo"}],
    )
    found = who(desk.derived(), "rival", "brand")
    assert found == {"1": (False, True, True, "GreenCo"), "2": (None, None, None, None)}


def test_the_strategy_can_call_an_account_ours_by_id_or_handle(desk):
    desk.file(
        platform="x",
        posts=[{"post_id": "1", "account_id": "77", "kind": "post"}],
        accounts=[{"account_id": "77", "handle": "Acme", "kind": "other"}],
    )
    assert who(desk.derived())["1"] == (False, True)
    for account in ("acme", "@ACME", " @acme "):
        here, elsewhere = (Scope(ours=(AccountRef(platform=where, account=account),)) for where in "xy")
        assert who(desk.derived(here), "brand")["1"] == (True, False, "us"), account
        assert who(desk.derived(elsewhere))["1"] == (False, True), account


def test_a_person_who_is_the_account_itself_is_ours(desk):
    people = [
        {"platform_author_id": "77", "person": "pa"},
        {"platform_author_id": "u9", "person": "pb", "handle": "acme"},
        {"platform_author_id": "u8", "person": "pc"},
    ]
    posts = [
        {"post_id": n, "account_id": a, "person": p, "kind": "post"}
        for n, a, p in (("1", "77", "pa"), ("2", "acme", "pb"), ("3", "acme", "pc"))
    ]
    desk.file(platform="x", posts=posts, people=people, accounts=[{"account_id": "77", "kind": "ours"}, OURS])
    assert who(desk.derived()) == {"1": (True, False), "2": (True, False), "3": (False, True)}


def test_staff_is_found_by_handle_whatever_its_case_from_the_first_day_on(desk):
    from datetime import UTC, datetime

    people = [
        {"platform_author_id": "1", "person": "pa", "handle": "@amira"},
        {"platform_author_id": "2", "person": "pb", "handle": "bob"},
    ]
    days = {"1": datetime(2024, 2, 28, tzinfo=UTC), "2": datetime(2024, 3, 1, tzinfo=UTC)}
    posts = [{"post_id": n, "person": "pa", "kind": "reply", "created_at": when} for n, when in days.items()]
    desk.file(platform="m", posts=[*posts, {"post_id": "3", "person": "pb", "kind": "reply"}], people=people)
    staff, theirs = (True, False, ["staff"]), (False, True, [])
    for handle in ("amira", "@Amira", "@AMIRA"):
        always = Scope(staff=(Handle(platform="m", handle=handle, person="amira"),))
        later = Scope(staff=(Handle(platform="m", handle=handle, person="amira", since=date(2024, 3, 1)),))
        elsewhere = Scope(staff=(Handle(platform="x", handle=handle, person="amira"),))
        assert who(desk.derived(always), "roles") == {"1": staff, "2": staff, "3": theirs}, handle
        assert who(desk.derived(later)) == {"1": (False, True), "2": (True, False), "3": (False, True)}, handle
        assert who(desk.derived(elsewhere)) == {"1": (False, True), "2": (False, True), "3": (False, True)}, handle


def test_correcting_a_handle_changes_past_readings_and_their_name(blog):
    before, after = blog.derived(), blog.derived(Scope(staff=(Handle(platform="blogs", handle="bob", person="bob"),)))
    assert who(before)["c1"] == (False, True)
    assert who(after)["c1"] == (True, False)
    assert before.head != after.head
    assert before.head == blog.derived().head


def test_programs_are_in_no_table_and_are_counted(desk):
    desk.file(
        platform="m",
        posts=[
            {"post_id": "1", "person": "pa", "kind": "post"},
            {"post_id": "2", "person": "bot", "kind": "reply", "in_reply_to": "1"},
        ],
        people=[
            {"platform_author_id": "1", "person": "pa"},
            {"platform_author_id": "2", "person": "bot", "roles": ["bot"]},
        ],
        acts=[{"person": "bot", "act": "like", "target_id": "1", "post_id": "1"}],
    )
    derived = desk.derived()
    assert list(who(derived)) == ["1"]
    assert derived.frame("acts", frozenset()).collect().get_column("person").to_list() == ["pa"]
    assert derived.frame("people", frozenset()).collect().get_column("person").to_list() == ["pa"]
    assert derived.frame("threads", frozenset({"turns"})).collect().get_column("turns").to_list() == [1]
    assert derived.left_out()["bot"] == 1


def test_a_file_that_names_no_account_reads_as_our_only_one(desk):
    nameless = {"account_id": "(not named)", "kind": "ours"}
    day = {"scope": "total", "window": "day", "window_start": date(2024, 3, 1)}
    desk.file(platform="x", kind="x.overview", account_counts=[{"account_id": "(not named)", **day, "likes": 3}], accounts=[nameless],
              spans=[{"account_id": "(not named)", "grain": "day", "start": date(2024, 3, 1), "end": date(2024, 3, 2)}])  # fmt: skip

    def account(derived):
        frame = derived.frame("account_counts", frozenset({"ours", "likes"})).collect()
        assert frame.get_column("ours").to_list() == [True]
        names = {*frame.get_column("account"), *derived.frame("accounts", frozenset()).collect().get_column("account")}
        return names | set(derived.spans().get_column("account_id"))

    assert account(desk.derived()) == {"(not named)"}
    assert account(desk.derived(Scope(ours=(AccountRef(platform="x", account="@Acme"),)))) == {"Acme"}
    desk.file(platform="x", posts=[{"post_id": "1", "account_id": "acme", "kind": "post"}], accounts=[OURS])
    assert account(desk.derived()) == {"acme"}
    assert account(desk.derived(Scope(ours=(AccountRef(platform="x", account="@Acme"),)))) == {"acme"}
    desk.file(
        platform="x",
        posts=[{"post_id": "2", "account_id": "second", "kind": "post"}],
        accounts=[{"account_id": "second", "kind": "ours"}],
    )
    assert account(desk.derived()) == {"(not named)", "acme", "second"}


def test_where_authors_are_unknown_or_unmatched_it_can_be_told(desk, blog):
    assert blog.derived().roles_known("blogs") == (True, True)
    assert blog.derived().roles_known("x") == (False, False)
    desk.file(platform="m", people=[{"platform_author_id": "1", "person": "pa", "handle": "zoe"}])
    assert desk.derived().roles_known("m") == (True, False)
    assert desk.derived(Scope(staff=(Handle(platform="m", handle="@Zoe", person="z"),))).roles_known("m") == (
        True,
        True,
    )


def test_an_unknown_view_or_column_is_a_fault_with_its_name(desk):
    with pytest.raises(PluginFault, match="no table 'tweets'"):
        desk.derived().frame("tweets", frozenset())
    with pytest.raises(PluginFault, match="no column 'turns'"):
        desk.derived().frame("posts", frozenset({"turns"}))


@pytest.mark.parametrize("named", ["strategy", "accounts"])
def test_our_account_is_ours_in_a_file_of_many_peoples_posts(desk, named):
    ours = Scope(ours=(AccountRef(platform="x", account="@Acme"),)) if named == "strategy" else Scope()
    desk.file(
        platform="x",
        posts=[
            {"post_id": "1", "person": "p-mira", "kind": "post"},
            {"post_id": "2", "person": "p-acme", "kind": "reply", "in_reply_to": "1"},
        ],
        people=[
            {"platform_author_id": "1", "person": "p-mira", "handle": "mira"},
            {"platform_author_id": "2", "person": "p-acme", "handle": "acme"},
        ],
        accounts=[OURS] if named == "accounts" else [],
    )
    found = who(desk.derived(ours), "staff")
    assert found == {"1": (False, True, False), "2": (True, False, False)}


def test_an_own_account_of_one_platform_is_nobody_on_another(desk):
    desk.file(
        platform="y",
        posts=[{"post_id": "1", "person": "p", "kind": "post"}],
        people=[{"platform_author_id": "2", "person": "p", "handle": "acme"}],
    )
    assert who(desk.derived(Scope(ours=(AccountRef(platform="x", account="acme"),)))) == {"1": (False, True)}


def test_addresses_are_compared_without_scheme_and_last_slash(desk):
    desk.file(
        posts=[said("p", "post", "a", at(1), account_id="acme.example"), said("q", "post", "b", at(1), text="x")],
        people=[
            {"platform_author_id": "https://host.example/users/a", "person": "a"},
            {"platform_author_id": "b", "person": "b"},
        ],
    )
    ours = (AccountRef(platform="blogs", account="https://www.acme.example/"),)
    staff = (Handle(platform="blogs", handle="https://host.example/users/a/", person="amira"),)
    derived = desk.derived(Scope(ours=ours, staff=staff))
    accounts = derived.frame("accounts", frozenset({"ours"})).collect()
    assert accounts.select("account", "ours").rows() == [("acme.example", True)]
    people = derived.frame("people", frozenset({"staff"})).collect()
    assert dict(people.select("person", "staff").rows()) == {"a": True, "b": False}

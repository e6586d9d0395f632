"""On an account that several share, a post is whose sign it bears; names and roles hold for as long as they did."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from smmetrics.tables.scope import AccountRef, Handle, Scope

OURS = {"account_id": "shop", "handle": "@LindgrenBikes", "kind": "ours"}
AMIRA = Handle(platform="x", handle="@lindgrenbikes", person="amira", signs=("^AM", "/Amira"))
TOM = Handle(platform="x", handle="@lindgrenbikes", person="tom", signs=("Tom",))
SCOPE = Scope(ours=(AccountRef(platform="x", account="@lindgrenbikes"),), staff=(AMIRA, TOM))
TEXTS = {
    "ends": ("We are on it ^AM", "amira"),
    "own line": ("Your brakes are ready.\n\n/Amira  \n", "amira"),
    "by itself": ("Come by on Monday.\n/Amira at the shop", "amira"),
    "letters": ("See you tomorrow! Tom", "tom"),
    "inside a word": ("We sell no AtTom", None),
    "other case": ("We are on it ^am", None),
    "not the last line": ("^AM\nsaid so, and we agree", None),
    "two signs": ("Both of us, ^AM Tom", None),
    "unsigned": ("Open until six", None),
    "nothing said": (None, None),
}


def who(derived, *columns):
    frame = derived.frame("posts", frozenset(columns)).collect()
    return {row["post_id"]: tuple(row[name] for name in columns) for row in frame.to_dicts()}


def fill(desk, *, person=None, platform="x"):
    posts = [
        {"post_id": name, "account_id": "shop", "person": person, "kind": "post", "text": text}
        for name, (text, _) in TEXTS.items()
    ]
    people = [{"platform_author_id": "900", "person": person, "handle": "lindgrenbikes"}] if person else []
    desk.file(platform=platform, posts=posts, people=people, accounts=[OURS])


@pytest.mark.parametrize("person", [None, "p-shop"])
def test_a_post_of_a_shared_account_is_whose_sign_ends_it(desk, person):
    fill(desk, person=person)
    expected = {case: (signer or person, signer is not None, True, False) for case, (_, signer) in TEXTS.items()}
    assert who(desk.derived(SCOPE), "person", "staff", "ours", "theirs") == expected


def test_without_signs_nobody_is_told_apart(desk):
    fill(desk)
    plain = Scope(ours=SCOPE.ours, staff=(Handle(platform="x", handle="@lindgrenbikes", person="amira"),))
    assert set(who(desk.derived(plain), "person", "staff").values()) == {(None, None)}


def test_a_sign_counts_on_the_shared_account_only(desk):
    posts = [
        {"post_id": "reader", "account_id": "shop", "person": "p-reader", "kind": "reply", "text": "Thanks ^AM"},
        {"post_id": "other", "account_id": "green", "kind": "post", "text": "Hello ^AM"},
    ]
    people = [{"platform_author_id": "1", "person": "p-reader", "handle": "reader"}]
    desk.file(platform="x", posts=posts, people=people, accounts=[OURS, {"account_id": "green", "kind": "rival"}])
    found = who(desk.derived(SCOPE), "person", "staff", "ours")
    assert found == {"reader": ("p-reader", False, False), "other": (None, None, False)}


def test_somebody_who_also_speaks_as_themselves_is_one_person(desk):
    fill(desk)
    posts = [{"post_id": "own", "account_id": "shop", "person": "p-amira", "kind": "reply", "text": "It is me"}]
    people = [{"platform_author_id": "7", "person": "p-amira", "handle": "amira"}]
    desk.file(platform="x", posts=posts, people=people)
    scope = Scope(ours=SCOPE.ours, staff=(*SCOPE.staff, Handle(platform="x", handle="@amira", person="amira")))
    found = who(desk.derived(scope), "person", "staff")
    assert found["own"] == found["ends"] == ("p-amira", True)
    assert found["letters"] == ("tom", True)


def test_signers_are_people_with_the_strategys_word(desk):
    fill(desk)
    frame = desk.derived(SCOPE).frame("people", frozenset({"person", "staff", "roles"})).collect()
    assert frame.select("person", "staff", "roles").rows() == [("amira", True, ["staff"]), ("tom", True, ["staff"])]


def test_signs_that_nobody_wrote_leave_roles_unmatched_and_signs_that_were_written_make_them_known(desk):
    desk.file(
        platform="x", posts=[{"post_id": "1", "account_id": "shop", "kind": "post", "text": "Hi"}], accounts=[OURS]
    )
    assert desk.derived(SCOPE).roles_known("x") == (True, False)
    assert desk.derived(Scope(ours=SCOPE.ours)).roles_known("x") == (False, False)
    fill(desk)
    assert desk.derived(SCOPE).roles_known("x") == (True, True)


DAYS = {"1": date(2024, 2, 1), "2": date(2024, 3, 1), "3": date(2024, 4, 1)}


def written(desk, **more):
    posts = [
        {"post_id": n, "person": "pa", "kind": "reply", "text": "^AM", **more,
         "created_at": datetime(day.year, day.month, day.day, tzinfo=UTC)}
        for n, day in DAYS.items()
    ]  # fmt: skip
    desk.file(platform="x", posts=posts)


@pytest.mark.parametrize("how", ["handle", "sign"])
def test_somebody_speaks_for_us_from_their_first_day_until_their_last(desk, how):
    by_handle = how == "handle"
    name = "amira" if by_handle else "lindgrenbikes"
    spoke = Handle(platform="x", handle=name, person="amira", signs=("^AM",), since=DAYS["2"], until=DAYS["3"])
    desk.file(platform="x", accounts=[OURS], people=[{"platform_author_id": "1", "person": "pa", "handle": "amira"}])
    written(desk, account_id="shop", **({} if by_handle else {"person": None}))
    found = who(desk.derived(Scope(staff=(spoke,))), "staff")
    assert found == {"1": (False,), "2": (True,), "3": (False,)}


def test_a_role_that_a_file_dates_holds_for_that_time_only(desk):
    held = {"roles": ["staff", "member"], "role_from": DAYS["2"], "role_to": DAYS["3"]}
    desk.file(platform="x", people=[{"platform_author_id": "1", "person": "pa", "handle": "amira", **held}])
    written(desk)
    found = who(desk.derived(), "staff", "member", "roles", "theirs")
    no, yes = (False, False, [], True), (True, True, ["member", "staff"], False)
    assert found == {"1": no, "2": yes, "3": no}


def test_a_name_somebody_bore_once_still_finds_them(desk):
    old, new = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC)
    one = {"platform_author_id": "1", "person": "pa"}
    desk.file(platform="x", people=[{**one, "handle": "amira_new"}], observed=new)
    desk.file(platform="x", people=[{**one, "handle": "amira_old"}], observed=old)
    written(desk)
    for handle in ("amira_old", "@Amira_New"):
        scope = Scope(staff=(Handle(platform="x", handle=handle, person="amira"),))
        assert set(who(desk.derived(scope), "staff").values()) == {(True,)}

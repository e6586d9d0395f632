"""Who wrote it: names in a table are stored as pseudonyms, and stand in people alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from smmetrics.api.sources import Column, Layout, Signature, Source
from smmetrics.contracts.bringing import brought

KEY = bytes(32)
SOURCE = Source(
    kind="statuses",
    platform="zed",
    table="posts",
    title="Zed, statuses",
    container="json",
    how_to_get="Zed, export.",
    takes="Posts.",
    layout=Layout(records="[]"),
    signature=Signature(required=("id", "account.acct")),
    constants=(("kind", "post"),),
    columns=(
        Column(names=("id",), fact="posts.post_id", parse="id", required=True),
        Column(names=("at",), fact="posts.created_at", parse="instant %Y-%m-%dT%H:%M:%SZ"),
        Column(names=("account.acct",), fact="posts.person"),
        Column(names=("in_reply_to_id",), fact="posts.in_reply_to", parse="id", sets=(("kind", "reply"),)),
        Column(names=("reblog_of",), fact="posts.root_id", parse="id", sets=(("kind", "share"),)),
        Column(names=("mentions[].acct",), fact="posts.mentions", parse="texts"),
    ),
)


def key_of(*parts):
    return hmac.new(KEY, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:16]


def status(id_, acct, **more):
    return {"id": id_, "at": "2026-01-05T10:00:00Z", "account": {"acct": acct}, "in_reply_to_id": None, **more}


STATUSES = [
    status("1", "Ada"),
    status("2", "bo@else.example", in_reply_to_id="1", mentions=[{"acct": "ada"}, {"acct": "Cy"}]),
    status("3", "@ada", reblog_of="2"),
    status("4", None, mentions=[]),
]


@pytest.fixture
def result(reading):
    return reading(json.dumps(STATUSES), "zed.json", sources=(SOURCE,))


def test_authors_are_pseudonyms_and_their_handles_stand_in_people(result):
    persons = result.frames["posts"].sort("post_id").get_column("person").to_list()
    ada, bo, cy = (key_of("zed", name) for name in ("ada", "bo@else.example", "cy"))
    assert persons == [ada, bo, ada, None]
    people = {row["person"]: row for row in result.frames["people"].iter_rows(named=True)}
    assert {person: row["handle"] for person, row in people.items()} == {ada: "Ada", bo: "bo@else.example", cy: "Cy"}
    assert {row["platform_author_id"] for row in people.values()} == {"ada", "bo@else.example", "cy"}
    assert {row["platform"] for row in people.values()} == {"zed"}


def test_no_name_stands_in_any_other_table(result):
    said = {name: frame.write_json().lower() for name, frame in result.frames.items() if name != "people"}
    assert set(said) >= {"posts", "spans"}
    assert [name for name, text in said.items() if '"ada"' in text or "@ada" in text or "bo@" in text] == []


def test_who_is_mentioned_is_a_pseudonym_too(result):
    mentions = result.frames["posts"].sort("post_id").get_column("mentions").to_list()
    assert mentions == [None, [key_of("zed", "ada"), key_of("zed", "cy")], None, None]


def test_a_number_is_read_as_it_stands_and_the_handle_may_stand_beside_it(reading):
    columns = (
        *(each for each in SOURCE.columns if each.fact not in {"posts.person", "posts.mentions"}),
        Column(names=("account.id",), fact="posts.person", parse="id"),
        Column(names=("account.acct",), fact="people.handle"),
        Column(names=("account.name",), fact="people.display_name"),
    )
    told = [
        {**each, "account": {"id": number, "acct": acct, "name": "A."}}
        for each, number, acct in zip(STATUSES[:3], ("UCa", "UCA", "UCa"), ("ada", "bo", "ada"), strict=True)
    ]
    result = reading(json.dumps(told), "zed.json", sources=(replace(SOURCE, columns=columns),))
    assert result.status == "read", result.reason
    people = result.frames["people"].select("platform_author_id", "person", "handle", "display_name").rows()
    assert sorted(people) == [("UCA", key_of("zed", "UCA"), "bo", "A."), ("UCa", key_of("zed", "UCa"), "ada", "A.")]


def test_a_column_sets_only_where_it_has_a_value(result):
    posts = result.frames["posts"].sort("post_id")
    assert posts.get_column("kind").to_list() == ["post", "reply", "share", "post"]
    assert set(posts.get_column("kind_basis")) == {"field"}


def test_replies_are_not_ruled_out_where_a_column_sets_them():
    assert brought(SOURCE, "posts")["kind"].values == ("post", "reply", "share")

"""Stories, topics and subjects found by words, against loops over the same texts; rivals and another's point of view."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import polars as pl
import pytest

from smmetrics.api.labellers import DECLARED_LABELLERS
from smmetrics.contracts.labelling import Labelling, label_views
from smmetrics.derive.derived import CORE
from smmetrics.derive.labellers import declared
from smmetrics.derive.labelling import Chosen
from smmetrics.tables.scope import AccountRef, Handle, OtherRef, Scope
from tests.derive.conftest import at, said

VIEWS = label_views(CORE, Labelling(known={}).with_words(["story", "topic", "subject"]))
READS = {labeller.kind: labeller.reads for labeller in DECLARED_LABELLERS}
SOIL = declared.Query(any=("compost", "humus soil"))
MOLES = declared.Query(any=("mole", "moles"), none=("mole skin",))
BOTH = declared.Query(all=("rain", "roof"))
STORIES = {"soil": SOIL, "moles": MOLES, "rain-on-roofs": BOTH}
WORDS = ["compost", "humus", "soil", "mole", "moles", "skin", "rain", "roof", "the", "Moles!", "(compost)", "guacamole"]


def chosen(kind, rule, version="1-x"):
    return Chosen(kind=kind, name="words", version=version, reads=READS[kind], rule=rule)


def holds(text, phrase):
    """Whole words, one after the other, by hand."""
    spaced = " " + " ".join(re.findall(r"\w+", text.lower())) + " "
    return f" {phrase} " in spaced


def by_hand(text):
    found = []
    if holds(text, "compost") or holds(text, "humus soil"):
        found.append("soil")
    if (holds(text, "mole") or holds(text, "moles")) and not holds(text, "mole skin"):
        found.append("moles")
    if holds(text, "rain") and holds(text, "roof"):
        found.append("rain-on-roofs")
    return sorted(found)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["story", "topic"])
def test_what_the_words_find_is_what_a_loop_finds(desk, kind, seed):
    draw = random.Random(seed)
    texts = {f"p{n}": " ".join(draw.choices(WORDS, k=draw.randint(1, 6))) for n in range(40)}
    desk.file(
        posts=[said(post, "post", "bob", at(n % 27 + 1), text=text) for n, (post, text) in enumerate(texts.items())]
    )
    derived = desk.derived(views=VIEWS, labelling={kind: chosen(kind, declared.by_words(STORIES))})
    rows = derived.frame(f"posts_by_{kind}", frozenset({kind, "weight", "confidence"})).collect().to_dicts()
    expected = {
        (post, name): 1 / len(found) for post, text in texts.items() if (found := by_hand(text)) for name in found
    }
    assert {(row["post_id"], row[kind]): row["weight"] for row in rows} == expected
    assert {row["confidence"] for row in rows} <= {1.0}


def test_no_story_is_none_and_no_text_is_unknown(desk):
    desk.file(posts=[said("a", "post", "bob", at(1), text="Nothing of it"), said("b", "post", "bob", at(2), text=None)])
    derived = desk.derived(views=VIEWS, labelling={"topic": chosen("topic", declared.by_words(STORIES))})
    rows = derived.frame("posts", frozenset({"topics"})).select("post_id", "topics").collect().to_dicts()
    assert {row["post_id"]: row["topics"] for row in rows} == {"a": [], "b": None}


def test_only_the_languages_of_a_story_count_where_a_language_is_known(desk):
    desk.file(posts=[
        said("en", "post", "bob", at(1), text="compost", language="en"),
        said("de", "post", "bob", at(1), text="Compost", language="de"),
        said("what", "post", "bob", at(1), text="compost"),
    ])  # fmt: skip
    rule = declared.by_words({"soil": replace(SOIL, languages=("en",))})
    derived = desk.derived(views=VIEWS, labelling={"story": chosen("story", rule)})
    rows = derived.frame("posts_by_story", frozenset()).collect()
    assert set(rows["post_id"]) == {"en", "what"}


def test_other_words_are_another_labeller():
    assert declared.digest(STORIES) == declared.digest(dict(reversed(STORIES.items())))
    assert declared.digest(STORIES) != declared.digest(STORIES | {"soil": replace(SOIL, none=("mole",))})


OTHERS = (
    OtherRef(name="greenco", kind="rival", platform="blogs", account="@GreenCo"),
    OtherRef(name="greenco", kind="rival", platform="blogs", account="g-blog"),
    OtherRef(name="weekly", kind="voice", platform="blogs", account="weekly"),
)
SUBJECTS = {
    "us": declared.Named(names=("Acme",)),
    "greenco": declared.Named(names=("Green Co",), handles=(("blogs", "@GreenCo"), ("blogs", "g-blog"))),
}


def garden(desk):
    """Our blog b and the rival's blog g-blog; who speaks of whom is written in the id."""
    desk.file(
        posts=[
            said("ours", "post", "amira", at(1), account_id="b", text="Come and see"),
            said("us-under", "reply", "bob", at(2), up="ours", account_id="b", text="Nice"),
            said("us-named", "post", "bob", at(2), text="ACME helped me"),
            said("us-handle", "post", "bob", at(2), text="Thanks @amira"),
            said("both", "post", "zoe", at(3), text="Acme or Green Co?"),
            said("them-handle", "post", "zoe", at(3), text="@greenco never answers"),
            said("them-under", "reply", "zoe", at(4), account_id="g-blog", text="Hm"),
            said("theirs", "post", "gus", at(4), account_id="g-blog", text="Buy"),
            said("nobody", "post", "zoe", at(5), text="Rain, acmeology, greencoat"),
        ],
        accounts=[
            {"account_id": "b", "name": "Our blog", "kind": "ours"},
            {"account_id": "g-blog", "name": "The Green Blog"},
            {"account_id": "weekly", "name": "Weekly"},
        ],
        people=[
            {"platform_author_id": "amira", "person": "amira", "handle": "amira", "roles": ["staff"]},
            {"platform_author_id": "gus", "person": "gus", "handle": "GreenCo"},
            *({"platform_author_id": name, "person": name} for name in ("bob", "zoe")),
        ],
    )


def test_a_post_is_about_whom_it_names_or_stands_under(desk):
    garden(desk)
    labelling = {"subject": chosen("subject", declared.by_subject(SUBJECTS))}
    derived = desk.derived(Scope(others=OTHERS), views=VIEWS, labelling=labelling)
    rows = derived.frame("posts_by_subject", frozenset({"subject"})).collect()
    found = sorted(rows.select("post_id", "subject").rows())
    us = [(post, "us") for post in ("us-under", "us-named", "us-handle", "both")]
    them = [(post, "greenco") for post in ("both", "them-handle", "them-under", "theirs")]
    assert found == sorted(us + them)


def test_a_rival_that_the_strategy_names_is_one_wherever_it_speaks(desk):
    garden(desk)
    rows = desk.derived(Scope(others=OTHERS)).frame("posts", frozenset({"rival", "brand", "ours"})).collect()
    told = {row["post_id"]: (row["ours"], row["rival"], row["brand"]) for row in rows.to_dicts()}
    assert told["theirs"] == (False, True, "greenco")
    assert told["them-under"] == (False, False, "greenco")
    assert told["ours"] == (True, False, "us")
    accounts = desk.derived(Scope(others=OTHERS)).frame("accounts", frozenset({"kind", "brand"})).collect()
    kinds = {row["account"]: (row["kind"], row["brand"]) for row in accounts.to_dicts()}
    assert kinds == {"b": ("ours", "us"), "g-blog": ("rival", "greenco"), "weekly": ("voice", None)}


def test_seen_as_a_rival_ours_are_its_own_accounts_and_people(desk):
    garden(desk)
    theirs = tuple(AccountRef(platform=each.platform, account=each.account) for each in OTHERS[:2])
    scope = Scope(ours=theirs, others=OTHERS, subject="greenco")
    frame = desk.derived(scope).frame("posts", frozenset({"ours", "staff", "brand"})).collect()
    told = {row["post_id"]: row["ours"] for row in frame.to_dicts()}
    assert {post for post, ours in told.items() if ours} == {"theirs"}
    assert not frame.get_column("staff").fill_null(value=False).any()
    assert dict(frame.select("post_id", "brand").rows())["theirs"] == "greenco"


def test_who_acted_for_us_until_a_day_is_met_as_ours_until_then(desk):
    people = [{"platform_author_id": n, "person": n, "handle": n} for n in ("amira", "bob")]
    posts = [said("p", "post", "amira", at(1), text="x"), said("q", "post", "amira", at(20), text="x")]
    likes = [
        {"person": "bob", "act": "like", "target_id": post, "post_id": post, "at": at(day, 9)}
        for post, day in (("p", 2), ("q", 21), ("p", 22))
    ]
    follows = [{"person": "bob", "act": "follow", "target_id": "amira", "other": "amira", "at": at(d)} for d in (3, 23)]
    desk.file(posts=posts, people=people, acts=[*likes, *follows])
    until = Handle(platform="blogs", handle="amira", person="amira", until=at(10).date())
    rows = desk.derived(Scope(staff=(until,))).frame("acts", frozenset({"other_staff", "other_ours", "other_roles"}))
    met = rows.filter(pl.col("person") == "bob").sort("at").collect()
    assert met.get_column("at").dt.day().to_list() == [2, 3, 21, 22, 23]
    assert met.get_column("other_staff").to_list() == [True, True, False, False, False]
    # Ours is the post as its author stood when it was written; a person followed, as they stand on that day.
    assert met.get_column("other_ours").to_list() == [True, True, False, True, False]
    assert met.get_column("other_roles").to_list() == [["staff"], ["staff"], [], [], []]

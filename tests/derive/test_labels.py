"""Labels: nobody's before they are asked for, a person's before a machine's, each once, and pinned by name and version."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from smmetrics.api.errors import PluginFault
from smmetrics.derive.labelling import Chosen
from tests.derive.conftest import SEEN, at, said

LATER = datetime(2024, 7, 1, tzinfo=UTC)


class Shouting:
    """A labeller that says whether a text shouts, and remembers what it was asked."""

    def __init__(self, answer=None):
        self.asked = []
        self.answer = answer

    def __call__(self, posts):
        self.asked.append(posts.get_column("text").to_list())
        if self.answer is not None:
            return self.answer
        return posts.select(value=pl.when(pl.col("text").str.contains("!")).then(pl.lit("yes")).otherwise(pl.lit("no")))


def promo(rule, version="1", **more):
    return {"promo": Chosen(kind="promo", name="shouting", version=version, rule=rule, values=("yes", "no"), **more)}


def label(post_id, kind, value, *, by="amira", **more):
    return {"post_id": post_id, "kind": kind, "value": value, "labeller": "human", "version": by, **more}


def post(post_id, text="Buy!", **more):
    return said(post_id, "post", "amira", at(1), text=text, permalink=f"https://www.blog.example/{post_id}/", **more)


def column(derived, name, view="posts"):
    key = "post_id"
    rows = derived.frame(view, frozenset({name, key})).collect().to_dicts()
    return {row[key]: row[name] for row in rows}


def test_nothing_is_labelled_before_a_formula_reads_the_label(desk):
    rule = Shouting()
    desk.file(posts=[post("1")])
    derived = desk.derived(labelling=promo(rule))
    derived.frame("posts", frozenset({"ours", "is_question", "likes"})).collect()
    assert rule.asked == []
    assert column(derived, "promo") == {"1": True}
    assert rule.asked == [["Buy!"]]


def test_only_new_and_changed_texts_are_labelled_again(desk):
    rule = Shouting()
    desk.file(posts=[post("1"), post("2", "Hello")])
    assert column(desk.derived(labelling=promo(rule)), "promo") == {"1": True, "2": False}
    desk.file(observed=LATER, posts=[post("2", "Hello!"), post("3", "Hm"), post("4", None)])
    assert column(desk.derived(labelling=promo(rule)), "promo") == {"1": True, "2": True, "3": False, "4": None}
    assert [sorted(texts) for texts in rule.asked] == [["Buy!", "Hello"], ["Hello!", "Hm"]]


def test_another_version_labels_everything_again_and_is_another_state(desk):
    first, second = Shouting(), Shouting()
    desk.file(posts=[post("1")])
    old, new = desk.derived(labelling=promo(first)), desk.derived(labelling=promo(second, version="2"))
    assert old.head != new.head
    assert desk.derived().head not in {old.head, new.head}
    assert desk.derived(labelling=promo(Shouting())).head == old.head
    column(old, "promo")
    column(new, "promo")
    assert second.asked == [["Buy!"]]


def test_what_a_person_says_stands_before_what_a_rule_says(desk):
    desk.file(posts=[post("1"), post("2")])
    desk.file(platform="blogs", labels=[label("1", "promo", "no")])
    assert column(desk.derived(labelling=promo(Shouting())), "promo") == {"1": False, "2": True}
    assert column(desk.derived(), "promo") == {"1": False, "2": None}


def test_a_person_alone_may_be_pinned_and_others_are_not_heard(desk):
    desk.file(posts=[post("1"), post("2")])
    desk.file(labels=[label("1", "promo", "no", by="tom"), label("2", "promo", "no", by="amira")])
    pinned = {"promo": Chosen(kind="promo", people="tom")}
    assert column(desk.derived(labelling=pinned), "promo") == {"1": False, "2": None}


def test_the_label_seen_last_counts_and_at_one_time_the_first_name(desk):
    desk.file(posts=[post("1"), post("2")])
    desk.file(observed=LATER, labels=[label("1", "sentiment", "negative", by="zoe")])
    desk.file(observed=SEEN, labels=[label("1", "sentiment", "positive"), label("2", "sentiment", "neutral", by="tom"),
                                     label("2", "sentiment", "positive", by="amira")])  # fmt: skip
    assert column(desk.derived(), "sentiment") == {"1": "negative", "2": "positive"}


def test_a_post_may_be_named_by_its_address(desk):
    desk.file(posts=[post("1"), post("2")])
    desk.file(
        labels=[label("http://blog.example/1", "intent", "complaint"), label("http://x.example/1", "intent", "x")]
    )
    assert column(desk.derived(), "intent") == {"1": "complaint", "2": None}


def test_a_question_is_its_mark_unless_a_person_says_otherwise(desk):
    desk.file(posts=[post("1", "Really?"), post("2", "Tell me")])
    assert column(desk.derived(), "is_question") == {"1": True, "2": False}
    desk.file(labels=[label("2", "question", "yes")])
    found = desk.derived(labelling={"question": Chosen(kind="question", name="m", version="1", rule=_mark)})
    assert column(found, "is_question") == {"1": True, "2": True}


def _mark(posts):
    return posts.select(value=pl.when(pl.col("text").str.contains("?", literal=True)).then(pl.lit("yes")))


def _english(posts):
    return posts.select(value=pl.lit("en") + pl.col("text").str.slice(0, 0))


def test_a_language_that_the_source_reports_stands(desk):
    desk.file(posts=[post("1", language="fr"), post("2")])
    labelling = {"language": Chosen(kind="language", name="l", version="1", rule=_english)}
    assert column(desk.derived(labelling=labelling), "language") == {"1": "fr", "2": None} | {"2": "en"}


def test_several_values_of_one_post_are_a_list_and_an_empty_one_is_none(desk):
    desk.file(posts=[post("1"), post("2"), post("3")])
    desk.file(labels=[label("1", "topic", "soil; moles ;soil"), label("2", "topic", ";")])
    assert column(desk.derived(), "topics") == {"1": ["soil", "moles"], "2": [], "3": None}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (pl.DataFrame({"value": ["yes", "no"]}), "gave 2 rows for 1 posts"),
        (pl.DataFrame({"value": ["perhaps"]}), "gave the value 'perhaps', which is none of yes, no"),
    ],
)
def test_a_labeller_that_breaks_its_word_is_a_plugins_fault(desk, answer, words):
    desk.file(posts=[post("1")])
    with pytest.raises(PluginFault, match=words):
        column(desk.derived(labelling=promo(Shouting(answer))), "promo")


def test_threads_bear_the_label_of_their_root(blog):
    labelling = promo(Shouting())
    assert column(blog.derived(labelling=labelling), "promo", "threads") == {"p1": False, "p2": None}


def test_whom_a_post_speaks_to_is_what_labellers_may_read(desk):
    rows = [
        said("p1", "post", "amira", at(1), account_id="b", text="Hello"),
        said("r1", "reply", "bob", at(2), up="p1", text="to us, under our post"),
        said("r2", "reply", "cy", at(3), up="r1", text="to bob, under our post"),
        said("o1", "post", "bob", at(4), account_id="other", text="to nobody"),
        said("o2", "post", "bob", at(5), account_id="other", text="hello @Amira"),
    ]
    rows[2]["account_id"] = "other"
    desk.file(
        posts=rows,
        accounts=[{"account_id": "b", "kind": "ours"}, {"account_id": "other", "kind": "other"}],
        people=[
            {"platform_author_id": "a", "person": "amira", "handle": "amira", "roles": ["staff"]},
            {"platform_author_id": "bob", "person": "bob"},
        ],
    )
    rule = Chosen(
        kind="needs_reply", name="a", version="1", reads=("addressed",),
        rule=lambda p: p.select(value=pl.when("addressed").then(pl.lit("yes")).otherwise(pl.lit("no"))),
    )  # fmt: skip
    found = column(desk.derived(labelling={"needs_reply": rule}), "needs_reply")
    assert found == {"p1": False, "r1": True, "r2": False, "o1": False, "o2": True}

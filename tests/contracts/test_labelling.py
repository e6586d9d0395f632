"""Who labels: the core, plugins, people; what a strategy pins; and what coverage says of each."""

from __future__ import annotations

import pytest

from smmetrics.api import Capability, Labeller, Platform, Source
from smmetrics.api.labellers import CORE_LABELLERS
from smmetrics.contracts import catalogue as catalogues
from smmetrics.contracts.feeding import feed
from tests.contracts.conftest import FakeRegistry, answers

MOOD = Labeller(kind="sentiment", name="mood", version="2", languages=("en",), load="m.n:label", values=("positive",))
COLD = Labeller(kind="intent", version="1", languages=("en",), load="m.n:label")


def source(kind, table="posts", *, platform="bird", facts=("posts.text", "posts.kind", "posts.person")):
    return Source(
        kind=kind, platform=platform, table=table, title=kind, container="csv", how_to_get="Ask.", takes="a minute",
        holds="rows", load="m.n:read", can=tuple(Capability(fact=fact, native=fact) for fact in facts),
    )  # fmt: skip


BIRD = (Platform(id="bird", title="Bird", access="export_only"), source("posts"))
SHEET = (
    Platform(id="desk", title="Desk", access="export_only"),
    source("labels", "labels", platform="desk", facts=("labels.value",)),
)


def build(*sources, labellers=()):
    return catalogues.build(FakeRegistry(sources=answers("bird", *sources), labellers=answers("moods", *labellers)))


def verdict(catalogue, formula, *ids):
    read = catalogue.own_metric("own", title="own", formula=formula).formula
    return feed(read, [catalogue.sources[id_] for id_ in ids], catalogue)


def test_the_core_labels_what_it_has_a_labeller_for_and_nothing_else():
    catalogue = build(*BIRD)
    kinds = {labeller.kind for labeller in CORE_LABELLERS}
    assert set(catalogue.labelling.known) == kinds
    computed = {column.name for column in catalogue.views["posts"].columns if column.label and column.computed}
    assert computed == {"promo", "sentiment", "needs_reply", "language", "topics"}
    found = verdict(catalogue, "share(posts, intent == 'complaint')", "bird.posts")
    assert (found.status, found.reason) == ("not_measurable", "labels.absent")
    table = verdict(catalogue, "count(posts_by_topic)", "bird.posts")
    assert (table.status, table.reason) == ("not_measurable", "labels.absent")


def test_a_weak_labeller_makes_a_metric_partly_measurable_and_says_so():
    found = verdict(build(*BIRD), "share(posts, sentiment == 'positive')", "bird.posts")
    assert (found.status, found.reason, found.sources) == ("partly", "labels.weak", ("bird.posts",))
    assert "lexicon, version 1" in found.note


def test_a_plugins_labeller_fills_a_column_that_nobody_filled_and_is_named_after_its_plugin():
    found = verdict(build(*BIRD, labellers=[COLD]), "share(posts, intent == 'complaint')", "bird.posts")
    assert found.status == "measurable"
    assert found.note == "intent: by the labeller moods, version 1"


@pytest.mark.parametrize("pin", ["mood@2", "mood"])
def test_a_pin_decides_between_labellers_of_one_kind(pin):
    catalogue = build(*BIRD, labellers=[MOOD])
    formula = "share(posts, sentiment == 'positive')"
    assert "lexicon" in verdict(catalogue, formula, "bird.posts").note
    found = verdict(catalogue.with_pins({"sentiment": pin}), formula, "bird.posts")
    assert (found.status, found.note) == ("measurable", "sentiment: by the labeller mood, version 2")


def test_a_pin_of_a_labeller_or_version_that_is_not_there_is_not_replaced_by_another():
    catalogue = build(*BIRD, *SHEET).with_pins({"sentiment": "lexicon@9"})
    found = verdict(catalogue, "share(posts, sentiment == 'positive')", "bird.posts", "desk.labels")
    assert (found.status, found.reason) == ("not_measurable", "labels.absent")
    assert "lexicon@9" in found.note
    assert catalogue.labelling.strangers() == (("sentiment", "lexicon@9"),)


def test_what_only_people_label_needs_their_sheet_beside_the_posts():
    catalogue = build(*BIRD, *SHEET)
    formula = "share(posts, 'soil' in topics)"
    alone = verdict(catalogue, formula, "bird.posts")
    assert (alone.status, alone.reason) == ("not_measurable", "labels.absent")
    assert "smmetrics forms labels" in alone.note
    both = verdict(catalogue, formula, "bird.posts", "desk.labels")
    assert (both.status, both.sources) == ("measurable", ("bird.posts", "desk.labels"))


def test_posts_by_topic_need_topics_even_where_no_formula_names_them():
    catalogue = build(*BIRD, *SHEET)
    assert verdict(catalogue, "count(posts_by_topic)", "bird.posts").reason == "labels.absent"
    assert verdict(catalogue, "count(posts_by_topic)", "bird.posts", "desk.labels").status == "measurable"


def test_people_pinned_are_asked_and_no_rule_is():
    catalogue = build(*BIRD, *SHEET).with_pins({"promo": "human"})
    assert verdict(catalogue, "share(posts, promo)", "bird.posts").reason == "labels.absent"
    assert verdict(catalogue, "share(posts, promo)", "bird.posts", "desk.labels").status == "measurable"


def test_two_labellers_of_one_name_and_version_are_a_clash_and_the_cores_stays():
    mine = Labeller(kind="promo", name="offers", version="1", languages=(), load="m.n:label")
    catalogue = build(*BIRD, labellers=[mine])
    (fault,) = [fault for fault in catalogue.faults if "labeller" in fault.message]
    assert "the core keeps it" in fault.message
    assert [known.plugin for known in catalogue.labelling.known["promo"]] == [""]


def test_a_fact_that_another_source_reports_counts_for_a_column_of_posts():
    counts = source("days", "account_counts", facts=("account_counts.followers",))
    catalogue = build(*BIRD, counts)
    formula = "median(posts.followers_at_post)"
    assert verdict(catalogue, formula, "bird.posts").reason == "field.missing"
    found = verdict(catalogue, formula, "bird.posts", "bird.days")
    assert (found.status, found.sources) == ("measurable", ("bird.posts", "bird.days"))


def test_the_strategys_own_words_label_what_they_tell_of_and_need_a_text():
    catalogue = build(*BIRD, source("numbers", facts=("posts.kind", "posts.person"))).with_words(["topic", "subject"])
    said = verdict(catalogue, "count(posts_by_topic)", "bird.posts")
    assert (said.status, said.note) == ("measurable", "topic: by the labeller words, version 1")
    assert verdict(catalogue, "share(posts, topics in ('soil',))", "bird.posts").status == "measurable"
    assert verdict(catalogue, "distinct(posts_by_subject.person)", "bird.posts").status == "measurable"
    story = verdict(catalogue, "count(posts_by_story)", "bird.posts")
    assert (story.status, story.reason) == ("not_measurable", "labels.absent")
    silent = verdict(catalogue, "count(posts_by_topic)", "bird.numbers")
    assert (silent.status, silent.reason) == ("not_measurable", "field.missing")
    assert silent.note == "topic: numbers has no texts that could be labelled."
    pinned = verdict(catalogue.with_pins({"topic": "human"}), "count(posts_by_topic)", "bird.posts")
    assert (pinned.status, pinned.reason) == ("not_measurable", "labels.absent")

"""Labels from files to readings: by rule, by people in the sheet, by a plugin, as the strategy pins them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import ModuleType

import polars as pl
import pytest

from smmetrics.api import About, Labeller, PluginFault, hookimpl
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace

STRATEGY = """
title = "T"
purpose = "P"
[channels.bird]
platform = "x"
account = "@acme"
"""
HEAD = "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,retweets,replies,likes"
TEXTS = {1: "Spring sale: 20 % off", 2: "How do you stop slugs?", 3: "Order now!", 4: "It rains.", 5: "We are closed."}


class Loud:
    """A plugin with one labeller."""

    @hookimpl
    def smmetrics_about(self):
        return About(name="loud", title="Loud", api=1)

    @hookimpl
    def smmetrics_labellers(self):
        return [
            Labeller(kind="promo", version="3", languages=(), load="loud_words:label", values=("yes", "no")),
            Labeller(kind="intent", version="3", languages=(), load="loud_words:intent"),
        ]


@pytest.fixture
def loud(monkeypatch):
    module = ModuleType("loud_words")
    module.label = lambda posts: posts.select(
        value=pl.when(pl.col("text").str.contains("!")).then(pl.lit("yes")).otherwise(pl.lit("no"))
    )
    module.intent = lambda posts: posts.select(value=pl.col("text").str.slice(0, 5))
    monkeypatch.setitem(sys.modules, "loud_words", module)
    return Registry.of("smmetrics_x", "smmetrics_offline", Loud())


@pytest.fixture
def work(tmp_path):
    """A workspace with five posts; ``work(labels=…, pins=…)`` opens it."""
    rows = [
        f"{n},https://twitter.com/acme/status/{n},{text},2024-03-0{n} 09:00 +0000,10,1,0.1,0,0,1"
        for n, text in TEXTS.items()
    ]
    folder = tmp_path / "work"
    folder.mkdir()
    posts = tmp_path / "tweet_activity_metrics_acme_20240301_20240310_en.csv"
    posts.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")

    def make(*, labels=(), pins="", registry=None):
        (folder / "strategy.toml").write_text(STRATEGY + (f"[labels]\n{pins}\n" if pins else ""), encoding="utf-8")
        workspace = Workspace(folder, registry=registry)
        workspace.import_(posts)
        if labels:
            sheet = tmp_path / "labels.csv"
            sheet.write_text("\n".join(["platform,post_id,kind,value,by", *labels]) + "\n", encoding="utf-8")
            (outcome,) = workspace.import_(sheet)
            assert (outcome.kind, outcome.status) == ("offline.labels", "imported"), outcome
        return workspace

    return make


def share(workspace, formula="share(posts, promo)"):
    readings = workspace.measure(formula, since=datetime(2024, 3, 1, tzinfo=UTC).date())
    (row,) = readings.frame.iter_rows(named=True)
    return row


def test_a_rule_labels_and_the_reading_says_whose_it_is(work):
    workspace = work()
    row = share(workspace)
    assert (row["numerator"], row["denominator"], row["state"]) == (2, 5, "too_few")
    counted = share(workspace, "count(posts, promo)")
    assert (counted["value"], counted["state"]) == (2, "value")
    assert counted["reason"].startswith("labels.weak: promo: by the labeller offers, version 1")


def test_a_line_of_the_sheet_corrects_a_rule(work):
    workspace = work(labels=["x,3,promo,no,tom", "x,https://twitter.com/acme/status/4,promo,yes,tom"])
    found = {row["post_id"]: row["promo"] for row in workspace.table("posts", columns=["post_id", "promo"]).to_dicts()}
    assert found == {"1": True, "2": False, "3": False, "4": True, "5": False}


def test_topics_of_the_sheet_make_a_table(work):
    workspace = work(labels=["x,1,topic,seeds; offers,tom", "x,2,topic,seeds,tom"])
    row = share(workspace, "sum(posts_by_topic.weight, topic == 'seeds')")
    assert (row["value"], row["state"]) == (1.5, "value")
    assert share(workspace, "share(posts, 'offers' in topics)")["denominator"] == 2


def test_without_the_sheet_topics_are_not_measurable_and_the_sheet_is_named(work):
    row = share(work(), "share(posts, 'offers' in topics)")
    assert row["state"] == "not_measurable"
    assert row["reason"].startswith("labels.absent")
    assert "smmetrics forms labels" in row["reason"]


def test_a_plugins_labeller_is_asked_where_it_is_pinned_and_readings_are_of_another_state(work, loud):
    ours = share(work(registry=loud))
    pinned = share(work(registry=loud, pins='promo = "loud@3"'))
    assert (ours["numerator"], pinned["numerator"]) == (2, 1)
    assert "weak" not in pinned["reason"]
    assert ours["provenance"] != pinned["provenance"]


@pytest.mark.parametrize(("failing", "why"), [(lambda _: 1 / 0, "ZeroDivisionError"), (sys.exit, "SystemExit")])
def test_a_plugins_labeller_that_fails_or_leaves_is_named(work, loud, monkeypatch, failing, why):
    monkeypatch.setattr(sys.modules["loud_words"], "label", failing)
    with pytest.raises(PluginFault, match=f"the labeller loud of the plugin loud failed: {why}"):
        share(work(registry=loud, pins='promo = "loud@3"'))


def test_a_kind_that_only_a_plugin_labels_is_its_own_whatever_is_pinned(work, loud):
    assert share(work(registry=loud), "count(posts, intent == 'Order')")["value"] == 1


def test_a_pinned_labeller_that_is_not_installed_leaves_no_number(work):
    row = share(work(pins='promo = "loud@3"'))
    assert (row["value"], row["state"]) == (None, "not_measurable")
    assert "loud@3" in row["reason"]

"""What is known before anything is computed, from Python: the records that `smmetrics explain` prints."""

from __future__ import annotations

import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.cli.main import main
from smmetrics.workspace import Workspace

STRATEGY = """\
title = "T"
purpose = "People with a first garden do well"
[goals.talk]
type = "communicating.start_conversations"
[goals.reply_share]
why = "a name that a metric has too"
[metrics.reply_share]
title = "Replies"
formula = "share(posts, is_reply, of=ours)"
caveat = "A reply can be canned."
"""


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    return Workspace(tmp_path)


def test_a_metric_is_explained_in_words_without_any_data(workspace):
    told = workspace.explain("communicating.reply_share")

    assert told["kind"] == "metric"
    assert told["in_words"] == "Of our posts, the share that are replies."
    named = {row["source"] for row in told["sources"]}
    assert {"blogs.wxr", "x.content"} <= named <= set(workspace.catalogue.sources) - {"offline.effort"}


def test_an_own_metric_keeps_its_caveat_and_says_which_goal_bears_its_name(workspace):
    told = workspace.explain("reply_share")

    assert told["kind"] == "metric"
    assert told["caveat"] == "A reply can be canned."
    assert "a goal of this name" in told["also"]


def test_a_goal_without_channels_is_explained_all_the_same(workspace):
    told = workspace.explain("talk")

    assert told["channels"] == []
    assert [each["code"] for each in told["missing"] if each["level"] == "error"] == ["SMM-S002", "SMM-S003"]
    assert told["questions"][0]["first"][0]["title"] == "Conversation rate"


def test_a_kind_of_goal_counts_what_each_platform_can_feed(workspace):
    told = workspace.explain("resourcing.spend_time_well")

    can = {row["platform"]: row["can"] for row in told["sources"]}
    assert (can["blogs"], can["offline"]) == (1, 2)


def test_a_word_that_names_nothing_offers_the_nearest(workspace):
    with pytest.raises(UserMistake, match="There is no metric, goal or kind of goal 'tlk'") as caught:
        workspace.explain("tlk")
    assert "talk" in caught.value.hint


@pytest.mark.parametrize("word", ["nopack.converse", "nopack/converse"])
def test_what_a_plugin_that_is_not_here_would_bring_is_not_taken_for_a_slip(workspace, word):
    with pytest.raises(UserMistake, match="no plugin for 'nopack' is installed") as caught:
        workspace.explain(word)
    assert "Did you mean" not in caught.value.hint


FAULTY = (
    STRATEGY
    + """\
[metrics.kind_words]
title = "Kind words"
formula = "count(posts, likse > 3)"
"""
)


@pytest.mark.parametrize("ask", ["explain", "measure"])
def test_an_own_metric_at_fault_is_no_stranger_its_formula_is_pointed_at(tmp_path, capsys, ask):
    (tmp_path / "strategy.toml").write_text(FAULTY, encoding="utf-8")
    assert main(["-w", str(tmp_path), ask, "kind_words"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Error: strategy.toml line 13: the metric kind_words is left out: posts has no column 'likse'"
    assert said[1:3] == ["  count(posts, likse > 3)", "               ^"]
    assert "links" in said[3]


CHANNELS = """\
[channels.here]
platform = "x"
serves = ["talk"]
[channels.there]
platform = "meadow"
[channels.elsewhere]
platform = "glade"
serves = ["reply_share"]
"""


def test_a_goal_tells_what_the_review_finds_in_the_parts_it_stands_on(tmp_path):
    text = STRATEGY.replace('start_conversations"', 'start_conversations"\npeople = ["ana"]')
    (tmp_path / "strategy.toml").write_text(text + '[people.ana]\nrole = "x"\n' + CHANNELS, encoding="utf-8")
    missing = Workspace(tmp_path).explain("talk")["missing"]
    unread = [each["message"] for each in missing if each["code"] == "SMM-S010"]
    assert len(unread) == 1
    assert "meadow" in unread[0]
    assert "SMM-S062" in {each["code"] for each in missing}

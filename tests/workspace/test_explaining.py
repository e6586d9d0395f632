"""What is known before anything is computed, from Python: the records that `smmetrics explain` prints."""

from __future__ import annotations

import pytest

from smmetrics.api.errors import UserMistake
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
    assert {row["source"] for row in told["sources"]} == set(workspace.catalogue.sources) - {"offline.effort"}


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

    assert {row["platform"]: row["can"] for row in told["sources"]} == {"blogs": 1, "offline": 2, "x": 0}


def test_a_word_that_names_nothing_offers_the_nearest(workspace):
    with pytest.raises(UserMistake, match="There is no metric, goal or kind of goal 'tlk'") as caught:
        workspace.explain("tlk")
    assert "talk" in caught.value.hint

"""What other platforms and programs write is never taken for what somebody reads, however a key or two are called.

The files are made up, in the structure that those of the platforms have. A list of dictionaries looks alike wherever it
comes from, and the kind that is named as the nearest must have more in common with it than words that are everybody's.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader
from smmetrics.registry import Registry

PLUGINS = (
    "smmetrics_x", "smmetrics_blogs", "smmetrics_youtube", "smmetrics_web", "smmetrics_offline", "smmetrics_anytable",
)  # fmt: skip
CHANGES = 4
NAMED = {
    "bsky": "Bluesky", "discord": "Discord", "discourse": "Discourse", "disqus": "Disqus", "fb": "Facebook",
    "flickr": "Flickr", "hn": "Hacker News", "ig": "Instagram", "linkedin": "LinkedIn", "mastodon": "Mastodon",
    "medium": "Medium", "messenger": "Messenger", "outbox": "Mastodon", "pinterest": "Pinterest", "reddit": "Reddit",
    "search": "Search Console", "slack": "Slack", "stackexchange": "Stack Exchange", "stocktwits": "StockTwits",
    "telegram": "Telegram", "threads": "Threads", "tiktok": "TikTok", "tumblr": "Tumblr", "vk": "VK",
}  # fmt: skip
"""Whose a file is, by how its name begins."""
UNNAMED = {"mastodon_bookmarks.csv"}
"""A file that bears nothing of whose it is: a column of addresses without a name."""
FILES = {path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "strangers").iterdir())}
ANSWERS = [name for name in FILES if name.endswith(".json")]
TABLES = [name for name in FILES if name.endswith(".csv") and FILES[name].count(b",") > len("Date,Views,Likes")]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    registry = Registry.of(*PLUGINS)
    known = catalogue.build(registry)
    folder = tmp_path_factory.mktemp("strangers")
    reader = Reader(
        tuple(known.sources.values()),
        known.tables,
        copies=folder,
        key=bytes(32),
        use=registry.use,
        strangers=known.strangers,
    )

    def reading(name, raw):
        (folder / name).write_bytes(raw)
        return list(reader.read_all(folder / name, Answers(account="Acme", zone="UTC")))

    return reading


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_platform_is_refused_in_words_that_do_not_mislead(read, name):
    (result,) = read(name, FILES[name])
    assert (result.status, result.exit_code) == ("refused", 4), result.kind
    assert result.hint.endswith(".")
    whose = NAMED.get(re.split(r"[_.]", name)[0])
    assert whose is None or name in UNNAMED or whose in result.reason


def test_what_is_known_by_name_is_no_loss_where_it_says_nothing_to_measure(read):
    assert {name for name in FILES if read(name, FILES[name])[0].no_loss == "left_out"} == {
        "ig_followers_1.json", "linkedin_comments.csv", "linkedin_connections.csv", "linkedin_messages.csv",
        "linkedin_reactions.csv", "mastodon_following.csv", "messenger.json", "reddit_post_votes.csv",
        "slack_users.json",
    }  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_nor_is_an_answer_of_which_keys_are_gone_or_called_otherwise(read, name):
    dice = random.Random(name)
    for _ in range(CHANGES):
        changed = json.loads(FILES[name])
        for _ in range(dice.randint(1, 3)):
            _change(changed, dice)
        results = read(name, json.dumps(changed).encode())
        assert {result.status for result in results} == {"refused"}, changed


@pytest.mark.parametrize("name", TABLES)
def test_nor_is_a_table_of_which_columns_are_called_otherwise(read, name):
    dice = random.Random(name)
    head, *rest = FILES[name].decode("utf-8").split("\n")
    for _ in range(CHANGES):
        names = head.split(",")
        for place in dice.sample(range(len(names)), 2):
            names[place] = dice.choice(["Notes", "Value", "Column 7", "Amount", ""])
        results = read(name, "\n".join([",".join(names), *rest]).encode())
        assert {result.status for result in results} == {"refused"}, names


def _change(value, dice):
    """Take a key away, or call it otherwise, somewhere in a value."""
    inside = [each for each in _dictionaries(value) if each]
    if inside:
        chosen = dice.choice(inside)
        key = dice.choice(sorted(chosen))
        gone = chosen.pop(key)
        if dice.random() < 0.5:
            chosen[dice.choice(["when", "who", "what", "value", "item", "uid"])] = gone


def _dictionaries(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _dictionaries(each)

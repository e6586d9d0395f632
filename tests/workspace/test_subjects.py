"""The same formulas asked of a rival: their posts are ours then, from public files alone."""

from __future__ import annotations

import json

import pytest

STRATEGY = """
format = 1
title = "Garden"
purpose = "People with their first garden get help"
timezone = "UTC"

[others.greenco]
kind = "rival"
names = ["Green Co"]
accounts = ["blogs:https://green.example"]

[others.weekly]
kind = "voice"

[channels.blog]
platform = "blogs"
account = "https://acme.example"
"""
ITEM = """<item><title>{title}</title><link>{home}/{n}</link><guid isPermaLink="false">{home}/?p={n}</guid>
<pubDate>{day:02d} Mar 2026 10:00:00 +0000</pubDate><description>{text}</description></item>"""


def feed(folder, name, home, texts):
    items = "".join(
        ITEM.format(title=f"T{n}", home=home, n=n, day=n + 1, text=text) for n, text in enumerate(texts, start=1)
    )
    path = folder / f"{name}.rss"
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title><link>{home}</link>'
        f"<lastBuildDate>20 Mar 2026 10:00:00 +0000</lastBuildDate>{items}</channel></rss>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def two(run, tmp_path):
    """Our blog asks in one post of four, theirs in two of three."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    run("import", feed(tmp_path, "acme", "https://acme.example", ["What?", "Soil.", "Rain.", "Moss."]))
    run("import", feed(tmp_path, "green", "https://green.example", ["Why?", "How?", "Buy."]))
    return run


def rows(run, *arguments):
    return json.loads(run("measure", *arguments, "--format", "json"))


def test_each_subject_has_its_own_numbers_under_its_own_name(two):
    found = rows(two, "count(posts, ours and is_question)", "--subject", "us,others.greenco")
    assert [(row["subject"], row["value"]) for row in found] == [("", 1), ("others.greenco", 2)]
    assert len({row["reading_id"] for row in found}) == 2
    (alone,) = rows(two, "count(posts, ours)", "--subject", "greenco")
    assert alone["value"] == 3
    (us,) = rows(two, "count(posts, ours)")
    assert us["value"] == 4


def test_our_own_posts_are_anothers_then_and_theirs_are_named_a_rivals(two):
    found = {row["slice"]: row["value"] for row in rows(two, "count(posts, ours or rival)", "--by", "brand")}
    assert {json.loads(part)["brand"]: value for part, value in found.items()} == {"us": 4, "greenco": 3}


def test_somebody_unknown_or_without_accounts_is_refused_in_words(two):
    two("measure", "count(posts)", "--subject", "greenko", code=2)
    two("measure", "count(posts)", "--subject", "weekly", code=2)

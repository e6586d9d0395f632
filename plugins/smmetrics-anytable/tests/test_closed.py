"""Closed platforms: what was saved in time is read, and what can no longer be had is said with its reason."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics_anytable.closed import PLATFORMS
from smmetrics_anytable.samples import write
from smmetrics_anytable.words import COUNTS, OF_ACCOUNTS, POST, POST_IDS, POST_TIMES


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "acme", registry=Registry.of("smmetrics_anytable"))


def test_posts_saved_in_time_add_up_to_what_the_table_says(workspace, tmp_path):
    path = next(path for path in write(tmp_path, 5, date(2009, 3, 1), 3) if path.name == "myspace-posts.csv")
    (outcome,) = workspace.import_(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (outcome.kind, outcome.kept, outcome.quarantined) == ("myspace.saved_posts", len(rows), 0)
    table = workspace.snapshot().current("post_counts").collect()
    for name in COUNTS:
        meant = [Decimal(row[name.replace("_", " ")]) for row in rows if row[name.replace("_", " ")] != "-"]
        found = table[name].drop_nulls()
        assert (Decimal(found.sum()), len(found)) == (sum(meant), len(meant))
    days = workspace.snapshot().current("posts").collect()["created_on"].to_list()
    assert sorted(map(str, days)) == sorted(row["posted"] for row in rows)


def test_a_table_without_the_mark_of_being_saved_is_nobodys(workspace, tmp_path):
    path = tmp_path / "myspace-posts.csv"
    path.write_text("id,posted,text,likes\n1,2009-03-01,hello,3\n")
    (outcome,) = workspace.import_(path)
    assert outcome.status == "refused"


def test_a_file_that_does_not_name_its_platform_is_asked_about(workspace, tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,posted,text,saved from\n1,2009-03-01,hello,page\n")
    (outcome,) = workspace.import_(path)
    assert outcome.status == "refused"
    assert "--as" in outcome.hint


@pytest.mark.parametrize("each", PLATFORMS, ids=lambda each: each.id)
def test_every_closed_platform_says_since_when_and_what_is_lost(each):
    assert each.platform.access == "closed"
    assert any(character.isdigit() for character in each.ended + each.left)
    for source in each.sources():
        assert source.closed
        lost = [gap for gap in source.cannot if gap.reason == "platform.closed"]
        assert lost
        assert all(each.title in gap.why and gap.would_do for gap in lost)


def test_a_word_stands_for_one_thing_only():
    for words in ({**POST, **COUNTS, "id": POST_IDS, "when": POST_TIMES}, OF_ACCOUNTS):
        every = [word for name, others in words.items() for word in {name.replace("_", " "), *others}]
        assert sorted({word for word in every if every.count(word) > 1}) == []

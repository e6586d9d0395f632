"""Why a number cannot be measured is what the files say that hold the days asked for."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

OLD = {
    "created_at": "Mon Mar 05 10:00:00 +0000 2018",
    "id_str": "970000000000000000",
    "full_text": "hello",
    "user": {"id_str": "12", "screen_name": "AcmeGardens", "followers_count": 3, "friends_count": 2},
    "retweet_count": 1,
    "favorite_count": 2,
    "entities": {"hashtags": [], "urls": [], "user_mentions": []},
}


@pytest.mark.parametrize(("year", "why"), [(2026, "X does not report all clicks"), (2018, "This version counts likes")])
def test_the_reason_is_that_of_the_files_of_these_days(tmp_path: Path, posts_file: Path, year: int, why: str) -> None:
    old = tmp_path / "tweets.json"
    old.write_text(json.dumps([OLD]), encoding="utf-8")
    workspace = Workspace(tmp_path / "work")
    workspace.make_store()
    workspace.import_(posts_file, old)
    found = workspace.measure("sum(posts.clicks, ours)", since=date(year, 1, 1), until=date(year + 1, 1, 1)).frame
    assert found["state"].to_list() == ["not_measurable"]
    assert why in found["reason"][0]

"""A plugin that cannot be loaded: nothing is counted of its platform, and nothing of it is told as gone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spoken import Done, done

WITHOUT_X = "blogs,communicating"
STRATEGY = """
title = "Garden"
purpose = "People get help"
timezone = "UTC"
[audiences.gardeners]
who = "people with a garden"
[people.ana]
role = "community manager"
hours_per_week = 8
[goals.talk]
why = "people who are answered come back"
audience = "gardeners"
people = ["ana"]
activities = ["communicating"]
[[goals.talk.questions]]
ask = "Do people talk with us?"
lead = ["communicating.reply_share", "posts_out"]
[metrics.posts_out]
title = "Posts"
formula = "count(posts)"
better = "higher"
"""


def smmetrics(root: Path, *words: str, plugins: str = "") -> Done:
    """A command with these plugins alone (empty: all)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMMETRICS_PLUGINS", plugins) if plugins else patch.delenv("SMMETRICS_PLUGINS", raising=False)
        return done("-w", root, *words)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("two platforms")
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    (root / "content.csv").write_text(
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts,"
        "Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks\n"
        + "".join(
            f'{1900000000000000000 + n},"Thu, Apr 23, 2026",hello {n},https://x.com/acme/status/{1900000000000000000 + n},'
            + ",".join(["1"] * 13)
            + "\n"
            for n in range(3)
        ),
        encoding="utf-8",
    )
    (root / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>b</title><link>https://b.example</link>'
        "<item><title>one</title><link>https://b.example/1</link><guid>1</guid>"
        "<pubDate>Thu, 23 Apr 2026 10:00:00 GMT</pubDate></item></channel></rss>",
        encoding="utf-8",
    )
    done = smmetrics(root, "import", str(root / "content.csv"), str(root / "feed.xml"))
    assert done.code == 0, done.stdout + done.stderr
    return root


def value(root: Path, plugins: str, *more: str):
    done = smmetrics(root, "measure", "count(posts)", *more, "--format", "json", plugins=plugins)
    assert done.code == 0, done.stderr
    return [(row["platform"], row["value"], row["reason"]) for row in json.loads(done.stdout)]


def test_nothing_is_counted_of_a_platform_whose_files_no_loaded_plugin_reads(made):
    assert value(made, "") == [("", 4, "")]
    told = "plugin.missing: no plugin that reads x.content is loaded"
    assert value(made, WITHOUT_X) == [("", 1, f"without x ({told})")]
    assert value(made, WITHOUT_X, "--by", "platform") == [("blogs", 1, ""), ("x", None, told)]


def test_an_export_without_a_plugin_says_so_by_its_exit_code(made, tmp_path):
    whole = smmetrics(made, "export", "--out", str(tmp_path / "whole.csv"))
    assert (whole.code, (tmp_path / "whole.csv").is_file()) == (0, True)
    part = smmetrics(made, "export", "--out", str(tmp_path / "part.csv"), plugins=WITHOUT_X)
    assert part.code == 5
    assert "no plugin that reads them is loaded: x.content" in part.stderr
    lacking = smmetrics(made, "export", "--out", str(tmp_path / "part.csv"), plugins="x,blogs")
    assert lacking.code == 0  # left out on purpose, and nothing that came in waits for it
    assert "Left out, because they cannot be used here: communicating.reply_share" in lacking.stderr


@pytest.mark.parametrize(
    ("plugins", "named"),
    [(WITHOUT_X, "x.content"), ("x,blogs", "communicating.reply_share")],
)
def test_what_a_plugin_gave_is_not_told_as_gone_while_it_is_not_loaded(made, tmp_path, plugins, named):
    assert smmetrics(made, "export", "--out", str(tmp_path / "before.csv")).code == 0
    held = shutil.copy(tmp_path / "before.csv", tmp_path / "held.csv")
    asked = ("export", "--changed-since", str(tmp_path / "before.csv"), "--out", str(tmp_path / "changed.csv"))
    refused = smmetrics(made, *asked, plugins=plugins)
    assert refused.code == 5, refused.stdout + refused.stderr
    assert f"nothing loaded knows {named}" in refused.stderr
    assert not (tmp_path / "changed.csv").exists()
    assert Path(held).read_bytes() == (tmp_path / "before.csv").read_bytes()
    assert smmetrics(made, *asked).code == 0


def test_a_metric_that_the_strategy_asks_for_no_more_is_gone(made, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(made, root)
    assert smmetrics(root, "export", "--out", str(tmp_path / "before.json")).code == 0
    (root / "strategy.toml").write_text(STRATEGY.replace('"communicating.reply_share", ', ""), encoding="utf-8")
    asked = ("export", "--changed-since", str(tmp_path / "before.json"), "--out", str(tmp_path / "changed.json"))
    assert smmetrics(root, *asked).code == 0
    rows = json.loads((tmp_path / "changed.json").read_text(encoding="utf-8"))
    assert [(row["metric"], row["gone"]) for row in rows] == [("communicating.reply_share", True)]


def test_a_plugin_that_cannot_be_imported_is_as_one_that_is_not_there(made):
    start = (
        "import sys; sys.modules['smmetrics_x'] = None; from smmetrics.cli.run import run; sys.exit(run(sys.argv[1:]))"
    )
    call = [sys.executable, "-c", start, "-w", str(made), "export", "--format", "json"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert "1 plugin not used: x" in done.stderr
    (posts,) = (row for row in json.loads(done.stdout) if row["metric"] == "posts_out")
    assert (posts["value"], posts["reason"]) == (
        1,
        "without x (plugin.missing: no plugin that reads x.content is loaded)",
    )

"""Every file of the shared datasets, judged by hand: the kind it is, with its records counted apart, or its refusal."""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
from pathlib import Path

import pytest

from smmetrics.contracts import catalogue
from smmetrics.intake import Answers, Reader, release
from smmetrics.registry import Registry

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real files are not on this machine")
PLUGINS = (
    "smmetrics_x", "smmetrics_blogs", "smmetrics_youtube", "smmetrics_web", "smmetrics_offline", "smmetrics_anytable",
)  # fmt: skip

READ = {
    "blogs.atom": ("blogs/rbren/atom-customfields.atom", "blogs/rbren/feedburner.atom"),
    "blogs.rss": ("blogs/rbren/content-encoded.rss", "blogs/rbren/guardian.rss"),
    "blogs.rdf": ("blogs/rbren/rss-1.rss",),
    "blogs.wxr": (
        "blogs/wordpress/slashes.xml", "blogs/wordpress/small-export.xml", "blogs/wordpress/term-formats.xml",
        "blogs/wordpress/valid-wxr-1.1.xml", "blogs/wptt/themeunittestdata.wordpress.xml",
    ),
    "web.ga4_report": ("ga4/podmeister81/data-export.csv",),
    "x.api1_posts": (
        "x/bear/get_mentions.json", "x/bear/get_replies.json", "x/bear/get_retweets_count.json",
        "x/bear/get_statuses.1.json", "x/bear/get_user_timeline_count.json", "x/sferik/search.json",
        "x/sferik/status.json", "x/sferik/statuses.json",
    ),
    "x.api1_users": ("x/sferik/followers_list.json", "x/sferik/sferik.json"),
    "x.api2_posts": (
        "x/sns-sdks/search_tweets_for_nyc.json", "x/sns-sdks/search_tweets_query.json", "x/sns-sdks/tweet.json",
        "x/sns-sdks/timeline_reverse_chronological.json", "x/sns-sdks/tweet_quote_tweets_resp.json",
        "x/sns-sdks/tweet_retweet_tweets_resp.json", "x/sns-sdks/tweets_resp.json",
    ),
    "x.api2_users": ("x/sns-sdks/following_resp.json", "x/sns-sdks/user.json", "x/sns-sdks/users_resp.json"),
    "x.collected": ("x/fivethirtyeight/BarackObama.csv",),
    "x.support": ("x/yosingh1/twcs_sample.csv",),
    "x.legacy_days": ("x/sarah-avila/NPLF Twitter Q1.xls",),
    "youtube.trending": ("youtube/mitchelljy/18.01.11_US_videos.csv",),
    "youtube.studio_videos": ("youtube/oisinqueva/Table data.csv", "youtube/violetzq/DangerTV_Content.csv"),
    "youtube.studio_cut_days": ("youtube/rehantharusha/Chart data.csv",),
    "youtube.studio_cuts": ("youtube/rehantharusha/Table data.csv",),
    "youtube.studio_days": ("youtube/rehantharusha/Totals.csv",),
}  # fmt: skip
LEGACY = "x/ropensci-org/tweet_activity_metrics_rOpenSci_"
INTERFACE = {
    "info": "youtube.api_channels", "update_resp": "youtube.api_channels", "insert_response": "youtube.api_videos",
    "videos_": "youtube.api_videos", "comment_thread": "youtube.api_threads", "comments_": "youtube.api_comments",
}  # fmt: skip
"""Answers of YouTube's interface, by how the names of their files begin."""
NO_AUTHOR = "No post of this file names its author"
REFUSED = {
    "x/bear/get_follower_ids_stringify.json": "It does not say of whom",
    "x/sns-sdks/expansions.json": "without the posts themselves",
    "x/sns-sdks/tweets_counts_all_resp.json": "does not say what was searched for",
    "x/sns-sdks/tweets_counts_recent_resp.json": "does not say what was searched for",
    "x/sns-sdks/timeline_mentions.json": NO_AUTHOR,
    "x/sns-sdks/timeline_tweets.json": NO_AUTHOR,
    "x/sns-sdks/tweet_resp.json": NO_AUTHOR,
    "x/sns-sdks/tweets_by_user_bookmark.json": NO_AUTHOR,
    "youtube/sns-sdks/get_rating_response.json": "nothing of what people said",
    "linkedin/sarah-avila/NPLF LinkedIn Q1.xls": "None of its sheets",
    "facebook/sarah-avila/Facebook Posts Q2.xls": "None of its sheets",
    "facebook/viethngn/Facebook Insights Data Export (Post Level) - LOK - 2017-10-22.xls": "None of its sheets",
}
OURS = ("blogs", "ga4", "x", "youtube")
NOBODY = "of a kind that nothing installed reads"
KNOWN = "Nothing installed reads it"
NAMES = {
    "bluesky": "Bluesky", "discord": "Discord", "discourse": "Discourse", "facebook": "", "flickr": "Flickr",
    "instagram": "", "linkedin": "LinkedIn", "mattermost": "Mattermost", "reddit": "Reddit", "slack": "Slack",
    "stackexchange": "Stack Exchange", "stocktwits": "StockTwits", "telegram": "Telegram", "tiktok": "TikTok",
    "yammer": "Yammer",
}  # fmt: skip
"""How a file that is known and not read is called, by its folder; Meta's answers are alike on its platforms."""
FOOTERS = {"youtube.studio_videos", "youtube.studio_cuts"}
"""Tables whose last row sums up the others."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    registry = Registry.of(*PLUGINS)
    known = catalogue.build(registry)
    copies = tmp_path_factory.mktemp("copies")
    return Reader(
        tuple(known.sources.values()),
        known.tables,
        copies=copies,
        key=bytes(32),
        use=registry.use,
        strangers=known.strangers,
    )


def files():
    return sorted(str(path.relative_to(SHARED)) for path in SHARED.rglob("*") if path.is_file())


def judged(name):
    """The kind a file is; empty where it must be refused."""
    if name in REFUSED or name.partition("/")[0] not in OURS:
        return ""
    if name.startswith(LEGACY):
        return "x.legacy_posts"
    if name.startswith("youtube/sns-sdks/"):
        return next(kind for start, kind in INTERFACE.items() if Path(name).name.startswith(start))
    return next(kind for kind, names in READ.items() if name in names)


def counted(name, kind):
    """The records of a file, by the standard library alone."""
    raw = (SHARED / name).read_bytes()
    if kind.startswith("blogs."):
        text = raw.decode("utf-8")
        if kind != "blogs.wxr":
            return len(re.findall(r"<(?:item|entry)[\s>]", text))
        posts = re.findall(r"<wp:post_type>(?:<!\[CDATA\[)?(?:post|page)\b", text)
        approved = re.findall(r"<wp:comment_approved>(?:<!\[CDATA\[)?1\b", text)
        return len(posts) + len(approved)
    if name.endswith(".xls"):
        return sum(calendar.monthrange(2015, month)[1] for month in (4, 5, 6))
    if name.endswith(".json"):
        found = json.loads(raw)
        if isinstance(found, dict):
            found = next((found[key] for key in ("statuses", "users", "data", "items") if key in found), found)
        return len(found) if isinstance(found, list) else 1
    text = raw.decode("mac-roman" if kind == "x.collected" else "utf-8-sig")
    if kind.startswith("web."):
        text = re.sub(r"(?m)^#.*\n", "", text)
    return sum(any(row) for row in csv.reader(io.StringIO(text, newline=""))) - 1


@pytest.mark.parametrize("name", files() if SHARED.is_dir() else [])
def test_each_file_is_read_whole_or_refused_with_what_to_do(reader, name):
    results = list(reader.read_all(SHARED / name, Answers()))
    kind, kinds = judged(name), {result.kind for result in results if result.status == "read"}
    assert kinds == ({kind} if kind else set())
    if kind:
        aside = sum(result.quarantined + result.footer + result.duplicate for result in results)
        assert sum(result.kept for result in results) + aside == counted(name, kind)
        assert aside == (1 if kind in FOOTERS or kind == "x.collected" else 0)
    else:
        (result,) = results
        assert result.exit_code in {2, 4}
        known = KNOWN in f"{result.reason} {result.hint}"
        assert REFUSED.get(name, KNOWN if known else NOBODY) in f"{result.reason} {result.hint}"
        assert not known or NAMES[name.partition("/")[0]] in f"{result.reason} {result.hint}"
        assert result.hint.endswith(".")
        if name not in REFUSED and not known:
            assert "Nearest: " in result.hint or "Nothing that is read comes near" in result.hint
            assert "smmetrics map FILE" in result.hint or "smmetrics plugins list" in result.hint
        assert len(result.reason) + len(result.hint) < 700
    for result in results:
        release(result)

"""Exports of every shipped source that is a table: headers as the platforms write them, records with what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.promises.generated import cells
from tests.promises.generated.cells import BAD, Column
from tests.promises.generated.forms import effort, events
from tests.promises.generated.mapped import figures
from tests.promises.generated.sheets import Sheet
from tests.promises.generated.sheets import sheet as made_sheet

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

count = cells.count
POSTED = ("%a, %b %d, %Y", "%a %b %d %Y", "%Y-%m-%d")


def _counts(table: str, scope: str, **names: tuple[str, ...]) -> list[Column]:
    return [Column(headers, f"{table}.{fact}/{scope}", count) for fact, headers in names.items()]


def _clocked(sheet: Sheet, dice: random.Random, id_: str, link: str, when: Callable[[object], str]) -> Sheet:
    """Give records ids that tell their time, and links that hold them."""
    names = [name.strip().casefold() for name in sheet.header]
    for record, meant in zip(sheet.records, sheet.meant, strict=True):
        moment = cells.instant(dice)
        number = cells.clock_id(moment, dice)
        record[names.index(id_)] = number
        record[names.index(link)] = address = f"https://twitter.com/acme/status/{number}"
        time = names.index("time") if "time" in names else names.index("date")
        record[time] = when(moment)
        if meant is not BAD:
            said = {"posts.created_at": moment.isoformat()} if "time" in names else {}
            meant.update({"posts.post_id": number, "posts.permalink": address, "posts.account_id": "acme", **said})
            meant.update({} if said else {"posts.created_on": moment.date().isoformat()})
    return sheet


def legacy_posts(dice: random.Random) -> Sheet:
    """Posts with all that each gathered, until 2024."""
    plain = {
        "impressions": ("impressions",), "shares": ("retweets",), "comments": ("replies",),
        "likes": ("likes", "favorites"), "profile_visits": ("user profile clicks",), "link_clicks": ("url clicks",),
        "x__detail_expands": ("detail expands",), "media_views": ("media views",),
    }  # fmt: skip
    paid = {fact: tuple(f"promoted {name}" for name in names) for fact, names in plain.items()}
    columns = [
        Column(("Tweet id",), "", lambda _: ("", "")),
        Column(("Tweet permalink",), "", lambda _: ("", "")),
        Column(("Tweet text",), "posts.text", cells.text),
        Column(("time",), "", lambda _: ("", "")),
        Column(("engagement rate",), "post_counts.x__engagement_rate/total", cells.share),
        *_counts("post_counts", "total", **plain),
        *_counts("post_counts", "paid", **paid),
    ]
    name = f"tweet_activity_metrics_acme_20150101_{20150201 + dice.randrange(20)}_en.csv"
    sheet = made_sheet(dice, "x.legacy_posts", name, columns)
    return _clocked(sheet, dice, "tweet id", "tweet permalink", lambda moment: f"{moment:%Y-%m-%d %H:%M} +0000")


def content(dice: random.Random) -> Sheet:
    """Posts of the newer export, in the words of 2025 or of 2026."""
    columns = [
        Column(("Post id",), "", lambda _: ("", "")),
        Column(("Date",), "", lambda _: ("", "")),
        Column(("Post text",), "posts.text", cells.text),
        Column(("Post Link", "Link"), "", lambda _: ("", "")),
        *_counts(
            "post_counts", "total", impressions=("Impressions",), likes=("Likes",), saves=("Bookmarks",),
            comments=("Replies",), shares=("Reposts",), x__engagements=("Engagements",),
            follows_gained=("New follows",), link_clicks=("Url clicks", "URL Clicks"),
            x__detail_expands=("Detail expands", "Detail Expands"),
        ),
    ]  # fmt: skip
    sheet = made_sheet(
        dice, "x.content", "account_analytics_content_2026-04-01_2026-04-30.csv", columns, ends_open=True
    )
    sheet.header = [name.replace("LINK", "Link") for name in sheet.header]
    link = next(name.strip().casefold() for name in sheet.header if "link" in name.casefold())
    form = dice.choice(POSTED)
    return _clocked(sheet, dice, "post id", link, lambda moment: moment.strftime(form))


def legacy_days(dice: random.Random) -> Sheet:
    """An account's days, until 2024."""
    columns = [
        Column(("Date",), "account_counts.window_start", cells.day_in("%Y-%m-%d")),
        *_counts(
            "account_counts", "total", posts_published=("Tweets published",), impressions=("impressions",),
            engagements=("engagements",), shares=("retweets",), comments=("replies",), likes=("likes",),
        ),
        *_counts("account_counts", "paid", impressions=("promoted impressions",), likes=("promoted likes",)),
    ]  # fmt: skip
    name = "daily_tweet_activity_metrics_acme_20150101_20150201_en.csv"
    return made_sheet(dice, "x.legacy_days", name, columns)


def overview(dice: random.Random) -> Sheet:
    """An account's days, newer."""
    columns = [
        Column(("Date",), "account_counts.window_start", cells.day_in(*POSTED)),
        *_counts(
            "account_counts", "total", impressions=("Impressions",), gained=("New follows",), lost=("Unfollows",),
            likes=("Likes",), saves=("Bookmarks",), posts_published=("Create Post",), media_views=("Media views",),
        ),
    ]  # fmt: skip
    return made_sheet(dice, "x.overview", "account_overview_analytics.csv", columns, ends_open=True)


def saved_posts(dice: random.Random) -> Sheet:
    """Posts that somebody saved of a closed platform."""
    columns = [
        Column(("id",), "posts.post_id", cells.any_id),
        Column(("posted",), "posts.created_on", cells.day_in("%Y-%m-%d", "%d.%m.%Y", "%b %d, %Y", "%d %b %Y")),
        Column(("saved from",), "", cells.title),
        Column(("text", "caption"), "posts.text", cells.text),
        Column(("title",), "posts.title", cells.text),
        *_counts("post_counts", "total", likes=("likes",), comments=("comments",), views=("views",)),
    ]
    return made_sheet(dice, "myspace.saved_posts", "myspace-posts.csv", columns, ends_open=True)


def videos(dice: random.Random) -> Sheet:
    """Videos of a channel with the row that sums them up, right or wrong."""
    columns = [
        Column(("Content", "Video"), "posts.post_id", cells.named_id),
        Column(("Video title",), "posts.title", cells.title),
        Column(("Video publish time",), "posts.created_on", cells.day_in("%b %d, %Y")),
        Column(("Likes",), "post_counts.likes/total", cells.signed),
        Column(("Watch time (hours)",), "post_counts.watch_seconds/total", cells.measured("3600")),
        Column(("Average view duration",), "post_counts.youtube__average_view_seconds/total", cells.seconds),
        *_counts("post_counts", "total", views=("Views",), shares=("Shares",), impressions=("Impressions",)),
    ]
    sheet = made_sheet(dice, "youtube.studio_videos", "Table data.csv", columns)
    return _totalled(sheet, dice)


def channel_days(dice: random.Random) -> Sheet:
    """A channel's days."""
    columns = [
        Column(("Date",), "account_counts.window_start", cells.day_in("%Y-%m-%d")),
        Column(("Subscribers",), "account_counts.youtube__subscribers_net/total", cells.signed),
        Column(("Watch time (hours)",), "account_counts.youtube__watch_seconds/total", cells.measured("3600")),
        *_counts("account_counts", "total", views=("Views",)),
    ]
    sheet = made_sheet(dice, "youtube.studio_days", "Totals.csv", columns)
    first = cells.date(2016, 1, 1) + cells.DAY * dice.randrange(2000)
    for place, (record, meant) in enumerate(zip(sheet.records, sheet.meant, strict=True)):
        record[0] = (first + cells.DAY * place).isoformat()
        if meant is not BAD:
            meant["account_counts.window_start"] = record[0]
    return sheet


def _totalled(sheet: Sheet, dice: random.Random) -> Sheet:
    """Put a row first or last that sums up the others, with numbers that need not be right."""
    total = ["Total", *["" if dice.random() < 0.5 else str(dice.randrange(10**6)) for _ in sheet.header[1:]]]
    names = [name.strip().casefold() for name in sheet.header]
    for name in ("video title", "video publish time", "average view duration"):
        total[names.index(name)] = ""
    sheet.footers.append((dice.choice([0, len(sheet.records)]), total))
    return sheet


def site_days(dice: random.Random) -> Sheet:
    """Days of a web site under the lines that say whose they are."""
    columns = [
        Column(("Date",), "breakdowns.window_start", cells.day_in("%Y%m%d", "%Y-%m-%d")),
        Column(("Active users",), "breakdowns.number/web__active_people", cells.measured()),
        Column(("Sessions",), "breakdowns.number/visits", cells.measured()),
    ]
    above = "# ----------------------------------------\n# Traffic\n# Account: Acme\n# Property: site\n#\n"
    above += "# Start date: 20150101\n# End date: 20260101\n# ----------------------------------------\n"
    above += dice.choice(["", "\n"])
    sheet = made_sheet(dice, "web.ga4_days", "data-export.csv", columns, above=above, delimiters=",", ends_open=True)
    if dice.random() < 0.5:
        sheet.footers.append((len(sheet.records), ["", "12", "13"]))
    return sheet


TABLES = (
    legacy_posts, content, legacy_days, overview, saved_posts, videos, channel_days, site_days, effort, events,
    figures,
)  # fmt: skip

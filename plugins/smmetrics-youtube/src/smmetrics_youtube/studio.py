"""YouTube Studio, Advanced mode: the three tables of an archive, by video and by day.

The archive (``Content 2026-01-01_2026-03-01 My channel.zip``) and a folder unpacked from it name the days, the second
of them not covered. Which metrics are there is the user's choice, so no column but the video is certain. `Total` sums
up the rows and is none; Studio shows 500 rows at most and says so in a last line.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Gap, Layout, NameRange, Signature, Source
from smmetrics_youtube.gaps import DAYS_NEVER, NEVER, NO_DAYS, NO_PEOPLE, NOBODY, STUDIO, gaps
from smmetrics_youtube.words import (
    DAY,
    DISLIKES,
    ENGAGED,
    GAINED,
    ID,
    LENGTH,
    LOST,
    NET,
    NEW,
    OF_DAYS,
    OF_VIDEOS,
    OTHER_MONEY,
    OWN,
    PUBLISHED,
    REACH,
    RETURNING,
    TITLE,
    VIEWS,
    WATCHED,
    Word,
)

HOW = "YouTube Studio, Analytics, Advanced mode, {}, download arrow, Comma-separated values (.csv)."
TAKES = "A login to the channel; the archive is made at once. Figures of the last two or three days are still missing."
_SOFT = "\u00ad?".join
"""German files have hyphens that do not show between the syllables of every word."""
FOOTER = (
    rf"^(?i:Total|{_SOFT('Gesamt')}|Totale|Totaal|合計|합계|총계)$",
    r"^(?:Showing top|Mostrando os primeiros) \d+ result",
    rf"^{_SOFT('Die')} \d+ {_SOFT('besten')} {_SOFT('Ergebnisse')} ",
)
NAMED = NameRange(
    pattern=r"^(?!\d).* (?P<start>\d{4}-\d{2}-\d{2})_(?P<end>\d{4}-\d{2}-\d{2})(?= |\.zip$|$)", formats=("%Y-%m-%d",)
)
"""The second date is the first day not covered: a download of one day bears two dates."""
DATES = "date %b %d, %Y | %Y-%m-%d | %d.%m.%Y | %Y/%m/%d | %b %d %Y | %d %b %Y"
DAYS = "date %Y-%m-%d | %b %d, %Y | %Y/%m/%d"
OTHERS = (
    "New follows", "Engagements", "Reposts", "Reach", "Followers", "Video views", "Profile views", "Likes, total",
    "Total viewers",
)  # fmt: skip
"""Columns of other platforms' tables by day, which have views too."""
BY_HAND = (
    "Platform", "Channel", "Network", "Social network", "Account", "Author", "Status", "Type", "Format", "Time", "Link",
    "URL", "Permalink", "Post", "Caption", "Text",
)  # fmt: skip
"""Columns of plans of what to post, where `Content` is a text and no video."""
NO_FORMAT = "Studio does not say of a video whether it is a Short."

NUMBERS = tuple(name for word in OF_VIDEOS for name in word.names)
ONLY_HERE = tuple(name for word in OWN if word not in (NET, LOST, DISLIKES) for name in word.names)
"""Names of counts that no other platform's tables by day have."""

VIDEOS = Source(
    kind="studio_videos",
    platform="youtube",
    table="posts",
    title="YouTube Studio, table by content",
    container="csv",
    how_to_get=HOW.format("Content"),
    takes=TAKES,
    minutes=3,
    holds="Your videos (500 at most) with what each gathered in the days chosen, and the metrics you chose.",
    constants=(("kind", "post"), ("status", "published")),
    signature=Signature(any_of=((*PUBLISHED, *LENGTH, *NUMBERS),), forbidden=DAY),
    layout=Layout(footer=FOOTER),
    columns=(
        Column(names=ID, fact="posts.post_id", parse="id", required=True),
        Column(names=TITLE, fact="posts.title", required=True),
        Column(names=PUBLISHED, fact="posts.created_on", parse=DATES),
        Column(names=LENGTH, fact="posts.duration_seconds", parse="duration"),
        *(word.cell("post_counts") for word in OF_VIDEOS),
    ),
    window="range",
    born_inside=True,
    name_range=NAMED,
    covers=("posts", "post_counts"),
    can=(
        Capability(
            fact="posts.account_id", native="(the channel)", grain="event", meaning="not named; the only one you have"
        ),
        Capability(fact="posts.created_on", native="Video publish time", grain="day", meaning="the day only"),
        Capability(fact="posts.kind", native="Content", grain="event", meaning="videos only, no comments"),
        Capability(fact="posts.duration_seconds", native="Duration", grain="event", meaning="length of the video"),
        *(word.can("post_counts", "lifetime") for word in OF_VIDEOS if word not in OTHER_MONEY),
    ),
    cannot=(
        *NO_PEOPLE,
        *NEVER,
        *NO_DAYS,
        Gap(
            fact="posts.created_at",
            why="Studio gives the day a video came out without the time of day: no hours, no waiting times.",
            reason="time.too_coarse",
            would_do="The Data API's videos.list has the time: youtube.api_videos.",
        ),
        *gaps("posts", "text", "Studio exports titles and no descriptions.", would_do="youtube.api_videos has them."),
        *gaps("posts", "format", NO_FORMAT),
        *gaps("posts", "visibility language", "Studio's table does not say it."),
    ),
)

BY_DAY = Source(
    kind="studio_days",
    platform="youtube",
    table="account_counts",
    title="YouTube Studio, totals by day",
    container="csv",
    how_to_get=HOW.format("Date (or any other view: Totals.csv is in every archive)"),
    takes=TAKES,
    minutes=3,
    holds="What the channel received on each day: the chart's metric, or those you chose in the table by date.",
    signature=Signature(
        any_of=(
            (*VIEWS.names, *WATCHED, *NET.names, *GAINED.names, *ENGAGED.names, *REACH.names, *ONLY_HERE),
        ),
        forbidden=(*ID, *TITLE, *OTHERS),
        name_pattern=(
            r"^(?i:totals?|gesamtwerte|totais|totales|totaux|table data|tabellendaten|dados da tabela|"
            r"données du tableau|合計|表データ|총계|표 데이터)"
        ),
    ),
    layout=Layout(footer=FOOTER, daily=True),
    columns=(
        Column(names=DAY, fact="account_counts.window_start", parse=DAYS, required=True),
        *(word.cell("account_counts") for word in OF_DAYS),
    ),
    grain="day",
    window="day",
    name_range=NAMED,
    covers=("account_counts",),
    constants=(("day_zone", "America/Los_Angeles"),),
    can=tuple(word.can("account_counts", "day") for word in OF_DAYS if word not in OTHER_MONEY),
    cannot=DAYS_NEVER,
)  # fmt: skip

OF_VIDEO_DAYS: tuple[Word, ...] = tuple(word for word in OF_VIDEOS if word not in (REACH, NEW, RETURNING))
VIDEO_DAYS = Source(
    kind="studio_video_days",
    platform="youtube",
    table="post_counts",
    title="YouTube Studio, chart by content",
    container="csv",
    how_to_get=HOW.format("Content"),
    takes=TAKES,
    minutes=3,
    holds="What the videos chosen in the chart (the top ones) received on each day; they do not add up to the channel.",
    signature=Signature(any_of=(tuple(name for word in OF_VIDEO_DAYS for name in word.names),), forbidden=BY_HAND),
    layout=Layout(footer=FOOTER, daily=True),
    columns=(
        Column(names=DAY, fact="post_counts.window_start", parse=DAYS, required=True),
        Column(names=ID, fact="post_counts.post_id", parse="id", required=True),
        *(word.cell("post_counts") for word in OF_VIDEO_DAYS),
    ),
    grain="day",
    window="day",
    name_range=NAMED,
    selection=True,
    covers=("post_counts",),
    can=(Capability(fact="post_counts.views", native="Views", grain="day", meaning="of single days"),),
    cannot=(
        *gaps("posts", "kind", "The chart names videos and does not describe them.", would_do=STUDIO),
        *gaps("posts", "person", NOBODY, reason="platform.closed"),
    ),
)

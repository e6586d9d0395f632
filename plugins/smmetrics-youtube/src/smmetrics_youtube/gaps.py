"""What YouTube cannot report, said once for all its files."""

from __future__ import annotations

from smmetrics.api import Gap

COMMENTS = "Save the answers of the Data API to commentThreads.list and import them: youtube.api_threads."
STUDIO = "The table by content of YouTube Studio (Advanced mode): youtube.studio_videos."
NOBODY = "YouTube tells nobody who viewed, liked or shared."


def gaps(table: str, names: str, why: str, *, would_do: str = "", reason: str = "field.missing") -> tuple[Gap, ...]:
    """A gap for each of some columns of a table, with one reason."""
    return tuple(
        Gap(fact=f"{table}.{name}", why=why, would_do=would_do, reason=reason)  # type: ignore[arg-type]
        for name in names.split()
    )


NEVER = (
    *gaps("post_counts", "clicks link_clicks", "YouTube does not report clicks on links in a video's description."),
    *gaps("post_counts", "quotes trackbacks sends", "There is no such thing on YouTube.", reason="platform.closed"),
    *gaps("post_counts", "saves", "Times a video was put on a playlist are in no file that is read."),
    *gaps("post_counts", "profile_visits", "Visits of the channel's page are not reported by video."),
    *gaps("post_counts", "viewable_impressions media_views", "YouTube counts impressions and views, and not these."),
    *gaps("posts", "score", "YouTube has no score of votes up and down.", reason="platform.closed"),
    *gaps("posts", "in_reply_to_at", "Ids on YouTube are no clocks."),
    *gaps("people", "unit", "YouTube does not say which part of an organisation somebody belongs to."),
)
NO_PEOPLE = (
    *gaps(
        "posts",
        "person",
        "A table of one's own videos names no other people.",
        reason="access.own_only",
        would_do=COMMENTS,
    ),
    *gaps("posts", "in_reply_to", "Videos answer nothing, and comments are not in this file.", would_do=COMMENTS),
)
NO_LENGTH = gaps("posts", "duration_seconds", "The list does not say how long a video lasts.")
NO_DAYS = gaps(
    "account_counts",
    "followers gained lost views impressions likes comments shares reach posts_published engagements profile_visits "
    "clicks link_clicks quotes saves media_views active_people posted_people read_people licensed_people",
    "A file by video has no counts of single days.",
    would_do="Totals.csv of the same archive, with the metric wanted: youtube.studio_days.",
)
DAYS_NEVER = (
    *gaps("account_counts", "followers", "Studio exports subscribers won and lost, not how many there are.",
          would_do="The Data API's channels.list has subscriberCount, rounded: youtube.api_channels."),
    *gaps("account_counts", "clicks link_clicks quotes saves media_views profile_visits engagements",
          "YouTube does not report it by day."),
    *gaps("account_counts", "active_people posted_people read_people licensed_people", NOBODY,
          reason="platform.closed"),
)  # fmt: skip

"""What the effort form can report and what it cannot."""

from __future__ import annotations

from smmetrics.api import Capability, Gap, Signature, Source

NO_POSTS = "The form holds time, not posts."


def _column(name: str, meaning: str = "") -> Capability:
    return Capability(fact=f"effort.{name}", native=name, grain="event", meaning=meaning)


EFFORT = Source(
    kind="effort",
    platform="offline",
    table="effort",
    title="Effort form",
    container="csv",
    how_to_get=(
        "Keep a sheet effort.csv with the columns day, person, task and minutes, and if you like goal, channel and "
        "cost: one line for each piece of work."
    ),
    takes="No account and no money: five minutes at the end of the day.",
    minutes=5,
    holds="A line a day for each task: who, what, how many minutes.",
    signature=Signature(
        required=("day", "task"),
        any_of=(("minutes", "hours"),),
        forbidden=("post id", "tweet id"),
        name_pattern="effort",
    ),
    grain="event",
    covers=("effort",),
    load="smmetrics_offline.effort:read",
    can=(
        _column("person", "the strategy's word for them"),
        _column("day"),
        _column("task", "reply, post, listen, meet or plan"),
        _column("minutes", "or a column hours, which is turned into minutes"),
        _column("activity"),
        _column("goal"),
        _column("channel"),
        _column("cost"),
        _column("currency"),
        _column("note"),
    ),
    cannot=(
        *(
            Gap(fact=f"posts.{name}", why=NO_POSTS, would_do="An export of the platform the post stands on.")
            for name in ("account_id", "person", "created_at", "kind", "text", "in_reply_to")
        ),
        *(
            Gap(fact=f"post_counts.{name}", why=NO_POSTS, would_do="An export of the platform the post stands on.")
            for name in ("impressions", "likes", "comments", "shares", "saves", "link_clicks", "reach")
        ),
    ),
)

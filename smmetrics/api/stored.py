"""The canonical tables: what sources produce, and nothing else (design: tables.md).

Every stored row also carries the columns of `PROVENANCE`; they are the core's, no source fills them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.facts import PROVENANCE, Fact, Table
from smmetrics.api.kept import KEPT_TABLES

if TYPE_CHECKING:
    from smmetrics.api.facts import Additivity, FactType, Unit

WINDOWS = ("lifetime", "day", "week", "days_28", "range")
SCOPES = ("total", "organic", "paid")


def _facts(table: str, type_: FactType, names: str, **more: object) -> tuple[Fact, ...]:
    return tuple(Fact(table=table, name=name, type=type_, **more) for name in names.split())  # type: ignore[arg-type]


def _counts(table: str, names: str, additivity: Additivity = "additive", unit: Unit = "count") -> tuple[Fact, ...]:
    return tuple(Fact(table=table, name=name, type="int", unit=unit, additivity=additivity) for name in names.split())


def _window(table: str) -> tuple[Fact, ...]:
    return (
        *_facts(table, "text", "scope window"),
        *_facts(table, "date", "window_start window_end"),
    )


SPANS = Table(
    name="spans",
    title="Spans",
    one_row_is="what a source covers: without one, an empty month is unknown and not zero",
    key=("platform", "account_id", "source_kind", "grain", "start", "end", "facts"),
    columns=(
        *_facts("spans", "text", "platform account_id grain basis"),
        *_facts("spans", "date", "start end", meaning="half-open: end is the first day not covered"),
        Fact(table="spans", name="facts", meaning="the tables and facts it speaks of, comma separated, sorted"),
        *_facts("spans", "bool", "complete"),
    ),
)
ACCOUNTS = Table(
    name="accounts",
    title="Accounts",
    one_row_is="an account on one platform",
    key=("platform", "account_id"),
    columns=(
        *_facts("accounts", "text", "platform account_id handle name url"),
        Fact(table="accounts", name="kind", meaning="ours, rival, partner, group, other"),
    ),
)
PEOPLE = Table(
    name="people",
    title="People",
    one_row_is="a person on one platform",
    key=("platform", "platform_author_id"),
    columns=(
        *_facts("people", "text", "platform platform_author_id"),
        Fact(table="people", name="person", meaning="the only key other tables hold"),
        *_facts("people", "text", "handle display_name", personal=True),
        Fact(
            table="people", name="roles", type="texts", meaning="staff, member, customer, voice, advocate, rival, bot"
        ),
        *_facts("people", "date", "role_from", meaning="the first day these roles hold; empty: always"),
        *_facts("people", "date", "role_to", meaning="the first day they no longer hold; empty: they still do"),
        *_facts("people", "text", "unit"),
    ),
)
PLACES = Table(
    name="places",
    title="Places",
    one_row_is="a group, channel, category or subforum",
    key=("platform", "place_id"),
    columns=(
        *_facts("places", "text", "platform place_id name kind"),
        *_facts("places", "bool", "open"),
        *_counts("places", "members_at", "semi_additive"),
    ),
)
POSTS = Table(
    name="posts",
    title="Posts",
    one_row_is="anything said: post, reply, comment, share, quote, review, message, note of a meeting",
    key=("platform", "post_id"),
    columns=(
        *_facts("posts", "text", "platform post_id account_id person place_id"),
        *_facts("posts", "instant", "created_at"),
        *_facts("posts", "date", "created_on", meaning="the date as the source shows it"),
        Fact(table="posts", name="created_precision", meaning="instant, day, none"),
        Fact(table="posts", name="kind", meaning="post, reply, share, quote, mention, review, message, note"),
        Fact(table="posts", name="kind_basis", meaning="field or text: how the kind is known"),
        *_facts("posts", "text", "format in_reply_to root_id"),
        *_facts("posts", "instant", "in_reply_to_at", meaning="read from the id where the id is a clock"),
        *_facts("posts", "text", "title text", personal=True),
        *_facts("posts", "text", "language permalink campaign"),
        Fact(table="posts", name="status", meaning="published, draft, scheduled, private"),
        *_facts("posts", "texts", "links mentions hashtags"),
        *_facts("posts", "number", "score"),
        Fact(table="posts", name="duration_seconds", type="number", unit="seconds", additivity="additive"),
        Fact(table="posts", name="visibility", meaning="public, group, direct"),
        *_facts("posts", "instant", "deleted_at"),
    ),
)
POST_COUNTS = Table(
    name="post_counts",
    title="Counts of posts",
    one_row_is="what was reported of a post at one time, in one scope and window",
    key=("platform", "post_id", "scope", "window", "window_start", "window_end", "observed_at"),
    columns=(
        *_facts("post_counts", "text", "platform post_id account_id"),
        *_window("post_counts"),
        *_counts(
            "post_counts", "impressions views clicks link_clicks likes comments shares quotes saves sends trackbacks"
        ),
        *_counts("post_counts", "engaged_views viewable_impressions follows_gained profile_visits media_views"),
        *_counts("post_counts", "reach", "non_additive"),
        Fact(table="post_counts", name="watch_seconds", type="number", unit="seconds", additivity="additive"),
    ),
)
ACCOUNT_COUNTS = Table(
    name="account_counts",
    title="Counts of accounts",
    one_row_is="what was reported of an account for one window",
    key=("platform", "account_id", "scope", "window", "window_start", "window_end", "observed_at"),
    columns=(
        *_facts("account_counts", "text", "platform account_id day_zone"),
        *_window("account_counts"),
        *_counts("account_counts", "impressions views clicks link_clicks likes comments shares quotes saves"),
        *_counts("account_counts", "engagements profile_visits posts_published media_views gained lost"),
        *_counts("account_counts", "followers", "semi_additive"),
        *_counts("account_counts", "reach active_people posted_people read_people licensed_people", "non_additive"),
    ),
)
BREAKDOWNS = Table(
    name="breakdowns",
    title="Breakdowns",
    one_row_is="one cell of a breakdown that a platform reported",
    key=(
        "platform", "account_id", "entity", "fact", "dimension", "value", "window", "window_start", "window_end",
        "observed_at",
    ),
    columns=(
        *_facts("breakdowns", "text", "platform account_id dimension value label window day_zone"),
        Fact(table="breakdowns", name="entity", meaning="the post it is of; empty: the account"),
        Fact(table="breakdowns", name="fact", meaning="what was counted, in the word of the other tables"),
        *_facts("breakdowns", "date", "window_start window_end"),
        Fact(table="breakdowns", name="number", type="number", additivity="non_additive"),
    ),
)  # fmt: skip
ACTS = Table(
    name="acts",
    title="Acts",
    one_row_is="one act of a person that is no post of its own: a like, a follow, a reading, a meeting",
    key=("platform", "person", "act", "target_id", "at"),
    columns=(
        *_facts("acts", "text", "platform person target_id other post_id account_id place_id"),
        Fact(table="acts", name="act", meaning="post, reply, like, share, quote, mention, follow, join, read, meet"),
        *_facts("acts", "instant", "at"),
        *_facts("acts", "number", "weight"),
    ),
)
LABELS = Table(
    name="labels",
    title="Labels",
    one_row_is="one label on a post, by whoever put it there",
    key=("platform", "post_id", "kind", "labeller", "version"),
    form=True,
    columns=(
        Fact(table="labels", name="platform", meaning="the platform the post stands on"),
        Fact(table="labels", name="post_id", meaning="the post's id, or its address"),
        *_facts("labels", "text", "kind labeller version"),
        Fact(table="labels", name="value", meaning="what it says; several values of one post are joined by ;"),
        Fact(table="labels", name="confidence", type="number", meaning="0 to 1; empty: as sure as people are"),
        *_facts("labels", "date", "day", meaning="when it was said"),
    ),
)
EFFORT = Table(
    name="effort",
    title="Effort",
    one_row_is="time people gave",
    key=("entry_id",),
    form=True,
    columns=(
        *_facts("effort", "text", "entry_id platform person"),
        *_facts("effort", "date", "day"),
        Fact(table="effort", name="task", meaning="reply, post, listen, meet, plan"),
        *_facts("effort", "text", "activity goal channel account_id note"),
        Fact(table="effort", name="minutes", type="number", unit="minutes", additivity="additive"),
        Fact(table="effort", name="cost", type="number", unit="money", additivity="additive"),
        *_facts("effort", "text", "currency"),
    ),
)

__all__ = ["CORE_TABLES", "PROVENANCE", "SCOPES", "WINDOWS"]

CORE_TABLES: tuple[Table, ...] = (
    SPANS, ACCOUNTS, PEOPLE, PLACES, POSTS, POST_COUNTS, ACCOUNT_COUNTS, BREAKDOWNS, ACTS, LABELS, EFFORT, *KEPT_TABLES,
)  # fmt: skip

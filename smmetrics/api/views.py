"""The tables as formulas see them (design: tables.md), with the facts that feed each column.

``person`` is who acted, ``other`` to whom; a name means the same in every table. Tables and columns marked
``computed=False`` are known words: formulas over them parse and type, and their metrics say what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.columns import PERSON_COLUMNS, WHO_COLUMNS, columns, counts
from smmetrics.api.facts import View, ViewColumn
from smmetrics.api.kept_views import KEPT_VIEWS

if TYPE_CHECKING:
    from smmetrics.api.facts import FactType

PARTS = ("likes", "comments", "shares", "quotes", "saves")
"""What `posts.engagements` captures: interactions, never clicks."""


_REPLIED = ("posts.in_reply_to", "posts.person", "posts.created_at")


def _label(name: str, type_: FactType, kind: str = "") -> ViewColumn:
    return ViewColumn(name=name, type=type_, needs=("labels.value",), computed=False, label=kind or name)


_LABELS = (
    _label("promo", "bool"),
    _label("needs_reply", "bool"),
    *(_label(name, "text") for name in ("sentiment", "intent", "voice", "voice_by")),
    _label("toxicity", "number"),
    _label("topics", "texts", "topic"),
)
_POST = (
    *WHO_COLUMNS,
    *columns("text", "post_id root_id title text"),
    ViewColumn(name="language", type="text", label="language", meaning="as reported, else as far as texts tell"),
    *columns("text", "permalink campaign status place_id"),
    *columns("text", "format", needs=("posts.format",)),
    *columns("text", "visibility", needs=("posts.visibility",)),
    *columns("texts", "hashtags links", needs=("posts.text",)),
    ViewColumn(name="created_at", type="instant", needs=("posts.created_at",)),
    ViewColumn(name="created_on", type="date"),
    ViewColumn(name="kind", type="text", needs=("posts.kind",)),
    ViewColumn(name="is_reply", type="bool", needs=("posts.kind",)),
    ViewColumn(name="is_question", type="bool", needs=("posts.text",), meaning="the text, links removed, holds ?"),
    ViewColumn(name="to_us", type="bool", needs=("posts.in_reply_to", "posts.person")),
    ViewColumn(name="is_first", type="bool", needs=("posts.person", "posts.created_at")),
    ViewColumn(name="in_reply_to_at", type="instant", needs=("posts.in_reply_to_at",)),
    *columns("instant", "answered_at replied_at", needs=_REPLIED, open=True),
    *columns("int", "other_mentions other_links", unit="count", additivity="additive", needs=("posts.text",)),
    *counts(
        "post_counts",
        "impressions views clicks link_clicks likes comments shares quotes saves sends trackbacks "
        "engaged_views viewable_impressions follows_gained profile_visits media_views",
    ),
    *counts("post_counts", "reach", additivity="non_additive"),
    *counts("post_counts", "watch_seconds", unit="seconds", type_="number"),
    ViewColumn(
        name="engagements",
        type="int",
        unit="count",
        additivity="additive",
        any_of=tuple(f"post_counts.{part}" for part in PARTS),
        meaning="captured(likes, comments, shares, quotes, saves): the parts reported",
    ),
    ViewColumn(
        name="duration_seconds",
        type="number",
        unit="seconds",
        additivity="additive",
        needs=("posts.duration_seconds",),
        meaning="how long a video or sound lasts",
    ),
    ViewColumn(
        name="followers_at_post",
        type="int",
        unit="count",
        additivity="non_additive",
        needs=("account_counts.followers",),
        meaning="the account's newest number of the five weeks before the post",
    ),
    ViewColumn(name="age_days", type="number", unit="days", meaning="days from creation to the observation"),
    ViewColumn(name="score", type="number", additivity="additive", needs=("posts.score",)),
    *_LABELS,
)
POSTS = View(
    name="posts",
    one_row_is="a post, always exactly one row; counts of one scope at one age",
    key=("platform", "post_id"),
    event_time="created_at",
    columns=_POST,
)
THREADS = View(
    name="threads",
    one_row_is="a conversation; a post nobody answered is one of one turn",
    key=("platform", "root_id"),
    event_time="created_at",
    columns=(
        *_POST,
        *columns(
            "int",
            "authors audience_authors turns depth alternations audience_replies staff_replies",
            unit="count",
            additivity="additive",
            needs=_REPLIED,
        ),
        *columns("bool", "depth_is_lower_bound first_reply_ours", needs=_REPLIED),
        *columns(
            "instant",
            "first_audience_reply_at first_staff_reply_at first_followup_at opener_followup_at",
            needs=_REPLIED,
            open=True,
        ),
        ViewColumn(
            name="reused_at",
            type="instant",
            any_of=("posts.in_reply_to", "posts.links", "posts.text"),
            needs=("posts.created_at",),
            open=True,
            meaning="first shared, quoted, or linked to from elsewhere, as far as files hold who did",
        ),
        ViewColumn(
            name="resolved_at",
            type="instant",
            open=True,
            computed=False,
            meaning=(
                "no file says of every conversation whether it was settled, and one that nobody marked is not one that "
                "was not; ask cases.resolved_at, of a sheet of cases"
            ),
        ),
    ),
)


def _labelled(name: str, value: str) -> View:
    extra = (
        _label(value, "text"),
        ViewColumn(
            name="weight", type="number", additivity="additive", meaning=f"1 by the number of the post's {_MANY[value]}"
        ),
        ViewColumn(name="confidence", type="number", additivity="additive", meaning="how sure the labeller is, 0 to 1"),
        ViewColumn(name="first_at", type="instant", meaning=f"when this {value} was first spoken of, on any channel"),
        ViewColumn(name="fixed_at", type="instant", needs=("ideas.released_at",), meaning="when it was put right"),
    )
    return View(
        name=name,
        one_row_is=f"a post and one {value} of it",
        key=("platform", "post_id", value),
        event_time="created_at",
        columns=(*_POST, *extra),
        computed=False,
        label=value,
    )


_MANY = {"subject": "subjects", "topic": "topics", "story": "stories", "idea": "ideas"}


_OTHER = (
    *columns("text", "other", needs=("posts.in_reply_to", "posts.person")),
    *columns("bool", "other_ours other_staff other_member", needs=("posts.in_reply_to", "posts.person"), roles=True),
    *columns("texts", "other_roles", needs=("posts.in_reply_to", "posts.person"), roles=True),
    *columns("text", "other_unit", needs=("people.unit",)),
)
_ACT = (
    *WHO_COLUMNS,
    *_OTHER,
    *columns("text", "act post_id target_id visibility place_id"),
    *columns("instant", "at first_at", needs=("posts.created_at",)),
    *columns("int", "tenure_days tenure_months", unit="count", needs=("posts.created_at", "posts.person")),
    *columns("number", "weight", additivity="additive"),
)
ACTS = View(
    name="acts",
    one_row_is="an act of a person, posts included: a reply is one act",
    key=("platform", "person", "act", "target_id", "at"),
    event_time="at",
    columns=_ACT,
)
ENDS = View(
    name="ends",
    one_row_is="an act with a target, seen from both ends",
    key=("platform", "person", "other", "direction", "act", "target_id", "at"),
    event_time="at",
    columns=(*_ACT, *columns("text", "direction")),
)
PEOPLE = View(
    name="people",
    one_row_is="a person on one platform, as they stand at the period's end",
    key=("platform", "person"),
    event_time=None,
    columns=(
        *columns("text", "platform display"),
        *PERSON_COLUMNS,
        *columns("bool", "licensed signed_up", computed=False),
        *columns("instant", "first_at"),
    ),
)
ACCOUNTS = View(
    name="accounts",
    one_row_is="an account, as it stands at the period's end",
    key=("platform", "account"),
    event_time=None,
    columns=(*columns("text", "platform account brand kind handle name"), *columns("bool", "ours rival")),
)
ACCOUNT_COUNTS = View(
    name="account_counts",
    one_row_is="what was reported of an account for one window, newest observation",
    key=("platform", "account", "scope", "window", "window_start"),
    event_time="window_start",
    columns=(
        *columns("text", "platform account brand scope window kind"),
        *columns("bool", "ours rival"),
        *columns("date", "window_start window_end"),
        *columns("instant", "observed_at"),
        *counts(
            "account_counts",
            "impressions views clicks link_clicks likes comments shares quotes saves engagements profile_visits "
            "posts_published media_views gained lost",
        ),
        *counts("account_counts", "followers", additivity="semi_additive"),
        *counts("account_counts", "reach", additivity="non_additive"),
        *counts(
            "account_counts",
            "active_people posted_people read_people licensed_people",
            additivity="non_additive",
            people=True,
        ),
    ),
)
POST_COUNTS = View(
    name="post_counts",
    one_row_is="what a post gained in one stretch of days, newest observation",
    key=("platform", "account", "post_id", "window", "window_start", "window_end"),
    event_time="window_start",
    columns=(
        *columns("text", "platform account brand post_id scope window"),
        *columns("bool", "ours rival"),
        ViewColumn(name="window_start", type="date", needs=("post_counts.window_start",)),
        *columns("date", "window_end"),
        *columns("instant", "observed_at"),
        *counts(
            "post_counts",
            "impressions views clicks link_clicks likes comments shares quotes saves sends engaged_views "
            "viewable_impressions follows_gained profile_visits media_views",
        ),
        *counts("post_counts", "reach", additivity="non_additive"),
        *counts("post_counts", "watch_seconds", unit="seconds", type_="number"),
    ),
)
BREAKDOWNS = View(
    name="breakdowns",
    one_row_is="one cell of a breakdown that a platform reported",
    key=("platform", "account", "entity", "fact", "dimension", "value", "window", "window_start", "window_end"),
    event_time="window_start",
    columns=(
        *columns("text", "platform account brand entity post_id fact dimension label window"),
        ViewColumn(name="value", type="text", needs=("breakdowns.value",)),
        *columns("bool", "ours rival"),
        *columns("date", "window_start window_end"),
        *columns("instant", "observed_at"),
        ViewColumn(
            name="number", type="number", additivity="non_additive", needs=("breakdowns.number",),
            meaning="the number as reported: a count, a share, a mean",
        ),
        ViewColumn(
            name="counted", type="number", additivity="additive", needs=("breakdowns.number",),
            meaning="the number where numbers of this fact may be added up (never of different people)",
        ),
    ),
)  # fmt: skip
EFFORT = View(
    name="effort",
    one_row_is="time somebody gave",
    key=("entry_id",),
    event_time="day",
    columns=(
        *columns("text", "entry_id person", needs=("effort.person",)),
        *columns("date", "day", needs=("effort.day",)),
        *columns("text", "task", needs=("effort.task",)),
        *columns("text", "activity goal channel note currency"),
        *counts("effort", "minutes", unit="minutes", type_="number"),
        *counts("effort", "cost", unit="money", type_="number"),
    ),
)
PLAN = View(
    name="plan",
    one_row_is="the strategy's hours of one person for one goal on one day",
    key=("goal", "person", "day"),
    event_time="day",
    columns=(
        *columns("text", "goal person"),
        *columns("date", "day"),
        ViewColumn(name="minutes", type="number", unit="minutes", additivity="additive"),
    ),
)


_LABELLED = (
    _labelled("posts_by_subject", "subject"),
    _labelled("posts_by_topic", "topic"),
    _labelled("posts_by_story", "story"),
    _labelled("posts_by_idea", "idea"),
)
PERSON_SCORES = View(
    name="person_scores",
    one_row_is="a person's place in a month's network of replies, mentions and shares",
    key=("score_id",),
    event_time="window_start",
    window="month",
    columns=(
        *PERSON_COLUMNS,
        *columns("text", "score_id"),
        ViewColumn(
            name="community",
            type="text",
            needs=_REPLIED,
            meaning="the circle they speak in, numbered by size within its month: the largest is 1",
        ),
        ViewColumn(
            name="modularity",
            type="number",
            additivity="additive",
            needs=_REPLIED,
            meaning="their part of how far the network falls into circles; of all people together: its modularity",
        ),
        *columns("date", "window_start"),
        *columns("number", "pagerank betweenness", additivity="additive", needs=_REPLIED),
    ),
)

CORE_VIEWS: tuple[View, ...] = (
    POSTS, THREADS, ACTS, ENDS, PEOPLE, ACCOUNTS, ACCOUNT_COUNTS, POST_COUNTS, BREAKDOWNS, EFFORT, PLAN, *_LABELLED,
    *KEPT_VIEWS, PERSON_SCORES,
)  # fmt: skip

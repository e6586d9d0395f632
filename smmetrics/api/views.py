"""The tables as formulas see them (design: tables.md), with the facts that feed each column.

``person`` is who acted, ``other`` to whom; a name means the same in every table. Tables and columns marked
``computed=False`` are known words: formulas over them parse and type, and their metrics say what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.facts import View, ViewColumn

if TYPE_CHECKING:
    from smmetrics.api.facts import Additivity, FactType, Unit

PARTS = ("likes", "comments", "shares", "quotes", "saves")
"""What `posts.engagements` captures: interactions, never clicks."""


def _columns(type_: FactType, names: str, **more: object) -> tuple[ViewColumn, ...]:
    return tuple(ViewColumn(name=name, type=type_, **more) for name in names.split())  # type: ignore[arg-type]


def _counts(
    table: str, names: str, *, additivity: Additivity = "additive", unit: Unit = "count", type_: FactType = "int"
) -> tuple[ViewColumn, ...]:
    return tuple(
        ViewColumn(name=name, type=type_, unit=unit, additivity=additivity, needs=(f"{table}.{name}",))
        for name in names.split()
    )


AUTHOR = ("posts.person",)
WHO = ("posts.account_id", "posts.person")

_WHO = (
    *_columns("text", "platform account brand scope"),
    ViewColumn(name="person", type="text", needs=AUTHOR),
    ViewColumn(name="ours", type="bool", any_of=WHO),
    ViewColumn(name="theirs", type="bool", needs=AUTHOR, meaning="somebody known who is not ours"),
    *_columns("bool", "staff member bot", needs=AUTHOR, roles=True),
    *_columns("bool", "rival", any_of=WHO),
    ViewColumn(name="roles", type="texts", needs=AUTHOR, roles=True),
    ViewColumn(name="unit", type="text", needs=("people.unit",)),
)
_REPLIED = ("posts.in_reply_to", "posts.person", "posts.created_at")
_LABELS = (
    *_columns("bool", "promo needs_reply", needs=("labels.value",), computed=False),
    *_columns("text", "sentiment intent voice voice_by", needs=("labels.value",), computed=False),
    *_columns("number", "toxicity", needs=("labels.value",), computed=False),
    *_columns("texts", "topics", needs=("labels.value",), computed=False),
)
_POST = (
    *_WHO,
    *_columns("text", "post_id root_id title text language permalink campaign status place_id"),
    *_columns("text", "format", needs=("posts.format",)),
    *_columns("text", "visibility", needs=("posts.visibility",)),
    *_columns("texts", "hashtags links", needs=("posts.text",)),
    ViewColumn(name="created_at", type="instant", needs=("posts.created_at",)),
    ViewColumn(name="created_on", type="date"),
    ViewColumn(name="kind", type="text", needs=("posts.kind",)),
    ViewColumn(name="is_reply", type="bool", needs=("posts.kind",)),
    ViewColumn(name="is_question", type="bool", needs=("posts.text",), meaning="the text, links removed, holds ?"),
    ViewColumn(name="to_us", type="bool", needs=("posts.in_reply_to", "posts.person")),
    ViewColumn(name="is_first", type="bool", needs=("posts.person", "posts.created_at")),
    ViewColumn(name="in_reply_to_at", type="instant", needs=("posts.in_reply_to_at",)),
    *_columns("instant", "answered_at replied_at", needs=_REPLIED, open=True),
    *_columns("int", "other_mentions other_links", unit="count", additivity="additive", needs=("posts.text",)),
    *_counts(
        "post_counts",
        "impressions views clicks link_clicks likes comments shares quotes saves sends trackbacks "
        "engaged_views viewable_impressions follows_gained profile_visits media_views",
    ),
    *_counts("post_counts", "reach", additivity="non_additive"),
    *_counts("post_counts", "watch_seconds", unit="seconds", type_="number"),
    ViewColumn(
        name="engagements",
        type="int",
        unit="count",
        additivity="additive",
        any_of=tuple(f"post_counts.{part}" for part in PARTS),
        meaning="captured(likes, comments, shares, quotes, saves): the parts reported",
    ),
    ViewColumn(name="duration_seconds", type="number", unit="seconds", needs=("posts.duration",), computed=False),
    ViewColumn(
        name="followers_at_post",
        type="int",
        unit="count",
        additivity="non_additive",
        needs=("account_counts.followers",),
        computed=False,
    ),
    ViewColumn(name="age_days", type="number", unit="days", meaning="days from creation to the observation"),
    ViewColumn(name="score", type="number", needs=("posts.score",)),
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
        *_columns(
            "int",
            "authors audience_authors turns depth alternations audience_replies staff_replies",
            unit="count",
            additivity="additive",
            needs=_REPLIED,
        ),
        *_columns("bool", "depth_is_lower_bound first_reply_ours", needs=_REPLIED),
        *_columns(
            "instant",
            "first_audience_reply_at first_staff_reply_at first_followup_at opener_followup_at",
            needs=_REPLIED,
            open=True,
        ),
        *_columns("instant", "reused_at resolved_at", needs=("labels.value",), open=True, computed=False),
    ),
)


def _labelled(name: str, value: str) -> View:
    extra = (
        *_columns("text", value),
        *_columns("number", "weight confidence", additivity="additive"),
        *_columns("instant", "first_at fixed_at"),
    )
    return View(
        name=name,
        one_row_is=f"a post and one {value} of it",
        key=("platform", "post_id", value),
        event_time="created_at",
        columns=(*_POST, *extra),
        computed=False,
    )


_OTHER = (
    *_columns("text", "other", needs=("posts.in_reply_to", "posts.person")),
    *_columns("bool", "other_ours other_staff other_member", needs=("posts.in_reply_to", "posts.person"), roles=True),
    *_columns("texts", "other_roles", needs=("posts.in_reply_to", "posts.person"), roles=True),
    *_columns("text", "other_unit", needs=("people.unit",)),
)
_ACT = (
    *_WHO,
    *_OTHER,
    *_columns("text", "act post_id target_id visibility place_id"),
    *_columns("instant", "at first_at", needs=("posts.created_at",)),
    *_columns("int", "tenure_days tenure_months", unit="count", needs=("posts.created_at", "posts.person")),
    *_columns("number", "weight", additivity="additive"),
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
    columns=(*_ACT, *_columns("text", "direction")),
)
_PERSON = tuple(c for c in _WHO if c.name not in {"platform", "account", "brand", "scope"})
CASES = View(
    name="cases",
    one_row_is="a request for help",
    key=("case_id",),
    event_time="opened_at",
    computed=False,
    columns=(
        *_WHO,
        *_columns("text", "case_id topic channel assignee"),
        *_columns("instant", "opened_at"),
        *_columns("instant", "first_response_at resolved_at reopened_at", open=True),
        *_columns("int", "csat staff_replies sentiment_first sentiment_last", additivity="additive"),
        *_columns("number", "csat_weight", additivity="additive"),
        *_columns("bool", "by_customer needs_reply satisfied"),
    ),
)
PEOPLE = View(
    name="people",
    one_row_is="a person on one platform, as they stand at the period's end",
    key=("platform", "person"),
    event_time=None,
    columns=(
        *_columns("text", "platform display"),
        *_PERSON,
        *_columns("bool", "licensed signed_up", computed=False),
        *_columns("instant", "first_at"),
    ),
)
ACCOUNTS = View(
    name="accounts",
    one_row_is="an account, as it stands at the period's end",
    key=("platform", "account"),
    event_time=None,
    columns=(*_columns("text", "platform account brand kind handle name"), *_columns("bool", "ours rival")),
)
ACCOUNT_COUNTS = View(
    name="account_counts",
    one_row_is="what was reported of an account for one window, newest observation",
    key=("platform", "account", "scope", "window", "window_start"),
    event_time="window_start",
    columns=(
        *_columns("text", "platform account brand scope window kind"),
        *_columns("bool", "ours rival"),
        *_columns("date", "window_start window_end"),
        *_columns("instant", "observed_at"),
        *_counts(
            "account_counts",
            "impressions views clicks link_clicks likes comments shares quotes saves engagements profile_visits "
            "posts_published media_views gained lost",
        ),
        *_counts("account_counts", "followers", additivity="semi_additive"),
        *_counts(
            "account_counts",
            "reach active_people posted_people read_people licensed_people",
            additivity="non_additive",
        ),
    ),
)
EFFORT = View(
    name="effort",
    one_row_is="time somebody gave",
    key=("entry_id",),
    event_time="day",
    columns=(
        *_columns("text", "entry_id person", needs=("effort.person",)),
        *_columns("date", "day", needs=("effort.day",)),
        *_columns("text", "task", needs=("effort.task",)),
        *_columns("text", "activity goal channel note currency"),
        *_counts("effort", "minutes", unit="minutes", type_="number"),
        *_counts("effort", "cost", unit="money", type_="number"),
    ),
)
PLAN = View(
    name="plan",
    one_row_is="the strategy's hours of one person for one goal on one day",
    key=("goal", "person", "day"),
    event_time="day",
    columns=(
        *_columns("text", "goal person"),
        *_columns("date", "day"),
        ViewColumn(name="minutes", type="number", unit="minutes", additivity="additive"),
    ),
)


def _later(name: str, one_row_is: str, event_time: str, key: str, *columns: ViewColumn) -> View:
    return View(name=name, one_row_is=one_row_is, key=(key,), event_time=event_time, columns=columns, computed=False)


_LATER = (
    _labelled("posts_by_subject", "subject"),
    _labelled("posts_by_topic", "topic"),
    _labelled("posts_by_story", "story"),
    _labelled("posts_by_idea", "idea"),
    _later(
        "outreach", "an approach to somebody", "at", "outreach_id",
        *_PERSON, *_columns("text", "outreach_id kind event goal channel outcome"), *_columns("instant", "at"),
        *_columns("instant", "replied_at followed_up_at active_at shared_at", open=True),
    ),
    _later(
        "ideas", "something people asked for", "captured_at", "idea",
        *_PERSON, *_columns("text", "idea idea_id topic story decision"), *_columns("instant", "captured_at"),
        *_columns("instant", "decided_at told_at released_at", open=True), *_columns("bool", "adopted"),
    ),
    _later(
        "findings", "something heard that mattered", "noticed_at", "finding_id",
        *_columns("text", "finding_id story learned told_to result goal"), *_columns("instant", "noticed_at"),
        *_columns("instant", "told_at", open=True), *_columns("bool", "noticed_before_told"),
    ),
    _later(
        "outcomes", "a sale, gift, sign-up or application", "at", "outcome_id",
        *_PERSON, *_columns("text", "outcome_id kind currency heard_from campaign goal"), *_columns("instant", "at"),
        *_columns("number", "amount", unit="money", additivity="additive"),
        *_columns("number", "quantity", additivity="additive"),
    ),
    _later(
        "visits", "a visit to the site", "at", "visit_id",
        *_columns("text", "visit_id channel campaign currency"), *_columns("instant", "at"),
        *_columns("bool", "social converted"), *_columns("texts", "via_roles"),
        *_columns("number", "value", unit="money", additivity="additive"),
    ),
    _later(
        "ratings", "a judgement", "at", "rating_id",
        *_PERSON, *_columns("text", "rating_id kind scale subject_kind subject_id"), *_columns("instant", "at"),
        *_columns("int", "score nps_point", additivity="additive"),
    ),
    _later(
        "credits", "a person credited on an item", "at", "credit_id",
        *_PERSON, *_columns("text", "credit_id item"), *_columns("instant", "at"),
    ),
    _later(
        "roster_hours", "an hour somebody was on duty", "hour", "roster_id",
        *_PERSON, *_columns("text", "roster_id channel"), *_columns("instant", "hour"),
    ),
    _later(
        "pulse", "one question asked of a group, answers counted", "asked_on", "pulse_id",
        *_columns("text", "pulse_id question group"), *_columns("date", "asked_on"),
        *_columns("int", "invited answers_1 answers_2 answers_3 answers_4 answers_5", additivity="additive"),
    ),
    _later(
        "events", "a meeting", "at", "event_id",
        *_columns("text", "event_id goal kind"), *_columns("instant", "at"),
        *_columns("int", "invited came", additivity="additive"),
    ),
    _later(
        "person_scores", "a person's place in the network in a window", "window_start", "score_id",
        *_PERSON, *_columns("text", "score_id community"), *_columns("date", "window_start"),
        *_columns("number", "pagerank betweenness", additivity="additive"),
    ),
)  # fmt: skip

CORE_VIEWS: tuple[View, ...] = (
    POSTS, THREADS, ACTS, ENDS, CASES, PEOPLE, ACCOUNTS, ACCOUNT_COUNTS, EFFORT, PLAN, *_LATER,
)  # fmt: skip

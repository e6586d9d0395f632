"""The tables that people keep by hand, as formulas see them: each column is fed by the fact of its name.

A row's time is its event time where its sheet gave a clock; else the row has only its day, ``created_on``, so that
hours are never counted from a midnight that nobody wrote.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.api.columns import PERSON_COLUMNS, WHO_COLUMNS, columns, counts, who_acted
from smmetrics.api.facts import View, ViewColumn

if TYPE_CHECKING:
    from smmetrics.api.facts import FactType


def _fed(table: str, type_: FactType, names: str, **more: object) -> tuple[ViewColumn, ...]:
    """Columns that a sheet holds: each needs the fact of its name."""
    return tuple(
        ViewColumn(name=name, type=type_, needs=(f"{table}.{name}",), **more)  # type: ignore[arg-type]
        for name in names.split()
    )


_DAY = ViewColumn(name="created_on", type="date", meaning="the day as the sheet shows it")


def _of_cases() -> tuple[ViewColumn, ...]:
    """Who asked: as the sheet names them, or the author of the post that opened the conversation."""
    named = ("cases.person", "posts.person")
    return tuple(
        replace(column, needs=(), any_of=named if column.needs or column.any_of else ()) for column in WHO_COLUMNS
    )


_ROOT_FEEDS = ("posts.in_reply_to",)
CASES = View(
    name="cases",
    one_row_is="a request for help",
    key=("case_id",),
    event_time="opened_at",
    columns=(
        *_of_cases(),
        *columns("text", "case_id"),
        *_fed("cases", "text", "topic channel assignee goal"),
        ViewColumn(name="opened_at", type="instant", any_of=("cases.opened_at", "posts.in_reply_to")),
        _DAY,
        ViewColumn(
            name="first_response_at",
            type="instant",
            any_of=("cases.first_response_at", "posts.in_reply_to"),
            open=True,
            meaning="as the sheet says, or our first reply in the conversation",
        ),
        *_fed("cases", "instant", "resolved_at reopened_at", open=True),
        *_fed("cases", "int", "csat", additivity="additive"),
        ViewColumn(
            name="satisfied",
            type="bool",
            needs=("cases.csat",),
            meaning="a 4 or 5 of 5; unknown unasked",
        ),
        ViewColumn(
            name="csat_weight",
            type="number",
            additivity="additive",
            needs=("cases.csat",),
            meaning="1 for each customer who answered",
        ),
        ViewColumn(
            name="by_customer",
            type="bool",
            any_of=("cases.case_id", "posts.person"),
            meaning="opened by somebody who is not staff",
        ),
        ViewColumn(
            name="needs_reply",
            type="bool",
            any_of=("cases.case_id", "posts.text"),
            label="needs_reply",
            meaning="a case that somebody wrote down asks for an answer; a conversation as its label says",
        ),
        ViewColumn(
            name="staff_replies",
            type="int",
            unit="count",
            additivity="additive",
            any_of=("cases.staff_replies", *_ROOT_FEEDS),
            meaning="our answers, as the sheet counts them, or our replies in the conversation",
        ),
        *(
            ViewColumn(
                name=name,
                type="int",
                additivity="additive",
                needs=("labels.value",),
                computed=False,
                label="sentiment",
                meaning=f"how the opener {said}: -1, 0 or 1",
            )
            for name, said in (("sentiment_first", "began"), ("sentiment_last", "ended, if they spoke again"))
        ),
    ),
)
OUTREACH = View(
    name="outreach",
    one_row_is="an approach to somebody",
    key=("outreach_id",),
    event_time="at",
    columns=(
        *who_acted("outreach", PERSON_COLUMNS),
        *columns("text", "platform outreach_id"),
        *_fed("outreach", "text", "by kind event goal channel outcome"),
        *_fed("outreach", "instant", "at"),
        _DAY,
        *_fed("outreach", "instant", "replied_at followed_up_at", open=True),
        ViewColumn(
            name="active_at",
            type="instant",
            open=True,
            needs=("outreach.person", "posts.person"),
            meaning="when the same person was first heard on any channel after it",
        ),
        *columns("instant", "shared_at", open=True, computed=False),
    ),
)
IDEAS = View(
    name="ideas",
    one_row_is="something people asked for",
    key=("idea_id",),
    event_time="captured_at",
    columns=(
        *who_acted("ideas", PERSON_COLUMNS),
        *columns("text", "platform idea_id"),
        *_fed("ideas", "text", "idea post_id topic story decision"),
        *_fed("ideas", "instant", "captured_at"),
        _DAY,
        *_fed("ideas", "instant", "decided_at told_at released_at", open=True),
        ViewColumn(name="adopted", type="bool", needs=("ideas.decision",), meaning="decided with yes; unknown before"),
        *_fed("ideas", "int", "units", unit="count", additivity="additive"),
    ),
)
FINDINGS = View(
    name="findings",
    one_row_is="something heard that mattered",
    key=("finding_id",),
    event_time="noticed_at",
    columns=(
        *columns("text", "platform finding_id"),
        *_fed("findings", "text", "story learned told_to result goal"),
        *_fed("findings", "instant", "noticed_at"),
        _DAY,
        *_fed("findings", "instant", "told_at result_at", open=True),
        *_fed("findings", "bool", "noticed_before_told"),
    ),
)
OUTCOMES = View(
    name="outcomes",
    one_row_is="a sale, gift, sign-up or application",
    key=("outcome_id",),
    event_time="at",
    columns=(
        *who_acted("outcomes", PERSON_COLUMNS),
        *columns("text", "platform outcome_id"),
        *_fed("outcomes", "text", "kind currency heard_from campaign goal"),
        *_fed("outcomes", "instant", "at"),
        _DAY,
        *_fed("outcomes", "number", "amount", unit="money", additivity="additive"),
        *_fed("outcomes", "number", "quantity", additivity="additive"),
    ),
)
VISITS = View(
    name="visits",
    one_row_is="a visit to the site; files that count a day's visits give that many rows",
    key=("visit_id",),
    event_time="at",
    columns=(
        *columns("text", "platform account visit_id"),
        *_fed("visits", "text", "channel campaign currency"),
        ViewColumn(name="created_on", type="date", needs=("visits.date",)),
        ViewColumn(name="at", type="instant", meaning="where a file counts visits one by one"),
        ViewColumn(name="social", type="bool", needs=("visits.channel",), meaning="the channel's name says social"),
        ViewColumn(
            name="converted",
            type="bool",
            needs=("visits.conversions",),
            meaning="of a day's visits as many as there were conversions; unknown where there were more",
        ),
        ViewColumn(
            name="via_roles",
            type="texts",
            needs=("visits.campaign",),
            meaning="what those are whose links these were: staff, advocate, voice …, by the marks your strategy gives",
        ),
        ViewColumn(
            name="value",
            type="number",
            unit="money",
            additivity="additive",
            needs=("visits.value",),
            meaning="a day's value, spread over its visits",
        ),
    ),
)
RATINGS = View(
    name="ratings",
    one_row_is="a judgement",
    key=("rating_id",),
    event_time="at",
    columns=(
        *who_acted("ratings", PERSON_COLUMNS),
        *columns("text", "platform rating_id"),
        *_fed("ratings", "text", "scale subject_kind subject_id goal"),
        ViewColumn(name="kind", type="text", any_of=("ratings.kind", "ratings.scale")),
        *_fed("ratings", "instant", "at"),
        _DAY,
        ViewColumn(name="score", type="number", additivity="additive", needs=("ratings.value",)),
        ViewColumn(
            name="nps_point",
            type="int",
            additivity="additive",
            needs=("ratings.value",),
            meaning="of a rating on the scale nps: 1 from 9 on, -1 up to 6, else 0",
        ),
    ),
)


def _not_of_credits(whose: tuple[ViewColumn, ...]) -> tuple[ViewColumn, ...]:
    """What a line of credits does not say itself of the person in it."""
    return tuple(column for column in whose if column.name not in {"ours", "staff", "theirs", "unit"})


CREDITS = View(
    name="credits",
    one_row_is="a person credited on an item",
    key=("credit_id",),
    event_time="at",
    columns=(
        *who_acted("credits", _not_of_credits(PERSON_COLUMNS)),
        *(
            ViewColumn(name=name, type="bool", needs=("credits.ours",), meaning=f"as the sheet says: {said}")
            for name, said in (("ours", "one of us"), ("staff", "one of us"), ("theirs", "somebody from outside"))
        ),
        ViewColumn(
            name="unit", type="text", any_of=("credits.unit", "memberships.unit"),
            meaning="as the sheet says, else as their membership does",
        ),
        *columns("text", "platform credit_id"),
        *_fed("credits", "text", "item"),
        *_fed("credits", "instant", "at"),
        _DAY,
    ),
)  # fmt: skip
ROSTER_HOURS = View(
    name="roster_hours",
    one_row_is="an hour in which somebody was on duty, begun or whole",
    key=("roster_id",),
    event_time="hour",
    columns=(
        *who_acted("roster", PERSON_COLUMNS),
        *columns("text", "platform roster_id"),
        *_fed("roster", "text", "channel"),
        ViewColumn(name="hour", type="instant", needs=("roster.from", "roster.to")),
    ),
)
PULSE = View(
    name="pulse",
    one_row_is="one question asked of a group, answers counted",
    key=("pulse_id",),
    event_time="asked_on",
    columns=(
        *columns("text", "platform pulse_id"),
        *_fed("pulse", "text", "question group goal"),
        *_fed("pulse", "date", "asked_on"),
        *counts("pulse", "invited answers_1 answers_2 answers_3 answers_4 answers_5", unit="", people=True),
    ),
)
EVENTS = View(
    name="events",
    one_row_is="a meeting that was not called off",
    key=("event_id",),
    event_time="at",
    columns=(
        *columns("text", "platform event_id"),
        *_fed("events", "text", "goal kind channel status"),
        *_fed("events", "instant", "at"),
        _DAY,
        *_fed("events", "number", "minutes", unit="minutes", additivity="additive"),
        *counts("events", "invited came", unit="", people=True),
        *counts("events", "conversations", unit=""),
    ),
)

KEPT_VIEWS: tuple[View, ...] = (
    CASES, OUTREACH, IDEAS, FINDINGS, OUTCOMES, VISITS, RATINGS, CREDITS, ROSTER_HOURS, PULSE, EVENTS,
)  # fmt: skip

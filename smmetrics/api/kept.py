"""The canonical tables that people keep by hand, or bring from the tools they work with (design: tables.md).

A time that was written without a clock is kept as the beginning of that day, and ``precision`` says ``day``; ``day``
is the date as the sheet shows it. An empty time means *not yet* where the table says so, never *unknown*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.facts import Fact, Table

if TYPE_CHECKING:
    from smmetrics.api.facts import FactType

DAY_OR_INSTANT = "instant: all times have a clock; day: at least one is a date only"


def _texts(table: str, names: str, *, personal: bool = False) -> tuple[Fact, ...]:
    return tuple(Fact(table=table, name=name, personal=personal) for name in names.split())


def _typed(table: str, type_: FactType, names: str, meaning: str = "") -> tuple[Fact, ...]:
    return tuple(Fact(table=table, name=name, type=type_, meaning=meaning) for name in names.split())


def _counts(table: str, names: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(table=table, name=name, type="int", unit="count", additivity="additive") for name in names.split()
    )


def _money(table: str, name: str) -> tuple[Fact, ...]:
    return (
        Fact(table=table, name=name, type="number", unit="money", additivity="additive"),
        *_texts(table, "currency"),
    )


def _dated(table: str) -> tuple[Fact, ...]:
    return (
        Fact(table=table, name="day", type="date", meaning="the date as the sheet shows it"),
        Fact(table=table, name="precision", meaning=DAY_OR_INSTANT),
    )


CASES = Table(
    name="cases",
    title="Cases",
    one_row_is="a request for help",
    key=("platform", "case_id"),
    form=True,
    columns=(
        *_texts("cases", "platform case_id account_id person channel topic assignee goal"),
        *_typed("cases", "instant", "opened_at"),
        *_typed("cases", "instant", "first_response_at resolved_at reopened_at", "empty: not yet"),
        *_dated("cases"),
        *_typed("cases", "int", "csat", "1 to 5, as the customer said"),
        Fact(table="cases", name="staff_replies", type="int", unit="count", additivity="additive"),
    ),
)
OUTREACH = Table(
    name="outreach",
    title="Outreach",
    one_row_is="an approach to somebody",
    key=("platform", "outreach_id"),
    form=True,
    columns=(
        *_texts("outreach", "platform outreach_id person by kind event goal channel outcome"),
        *_typed("outreach", "instant", "at"),
        *_typed("outreach", "instant", "replied_at followed_up_at", "empty: not yet"),
        *_dated("outreach"),
    ),
)
IDEAS = Table(
    name="ideas",
    title="Ideas",
    one_row_is="something people asked for",
    key=("platform", "idea_id"),
    form=True,
    columns=(
        *_texts("ideas", "platform idea_id person post_id topic story"),
        Fact(table="ideas", name="idea", personal=True, meaning="what was asked for, in a few words"),
        Fact(table="ideas", name="decision", meaning="yes, no, later; empty: not decided"),
        *_typed("ideas", "instant", "captured_at"),
        *_typed("ideas", "instant", "decided_at told_at released_at", "empty: not yet"),
        *_dated("ideas"),
        *_counts("ideas", "units"),
    ),
)
FINDINGS = Table(
    name="findings",
    title="Findings",
    one_row_is="something heard that mattered",
    key=("platform", "finding_id"),
    form=True,
    columns=(
        *_texts("findings", "platform finding_id story source_link told_to goal"),
        Fact(table="findings", name="learned", personal=True, meaning="what was heard, in a sentence"),
        Fact(table="findings", name="result", meaning="open, used, not_used, already_known"),
        *_typed("findings", "instant", "noticed_at"),
        *_typed("findings", "instant", "told_at result_at", "empty: not yet"),
        *_dated("findings"),
        *_typed("findings", "bool", "noticed_before_told", "we noticed it before anybody told us"),
    ),
)
OUTCOMES = Table(
    name="outcomes",
    title="Outcomes",
    one_row_is="a sale, gift, sign-up, application",
    key=("platform", "outcome_id"),
    form=True,
    columns=(
        *_texts("outcomes", "platform outcome_id person kind heard_from link_ref campaign goal"),
        *_typed("outcomes", "instant", "at"),
        *_dated("outcomes"),
        *_money("outcomes", "amount"),
        Fact(table="outcomes", name="quantity", type="number", additivity="additive"),
    ),
)
VISITS = Table(
    name="visits",
    title="Visits",
    one_row_is="a day's traffic to a site from one channel and campaign",
    key=("platform", "account_id", "date", "channel", "campaign", "observed_at"),
    form=True,
    columns=(
        *_texts("visits", "platform account_id channel campaign"),
        *_typed("visits", "date", "date"),
        *_counts("visits", "visits conversions"),
        *_money("visits", "value"),
    ),
)
EVENTS = Table(
    name="events",
    title="Events",
    one_row_is="a meeting, a call, a day at a stand, a dinner",
    key=("platform", "event_id"),
    form=True,
    columns=(
        *_texts("events", "platform event_id kind goal channel"),
        *_texts("events", "title note", personal=True),
        *_typed("events", "instant", "at"),
        *_dated("events"),
        Fact(table="events", name="minutes", type="number", unit="minutes", additivity="additive"),
        *_counts("events", "invited came conversations"),
        Fact(table="events", name="status", meaning="confirmed, tentative, cancelled; empty: it took place"),
        *_typed("events", "bool", "repeats", "the calendar repeats it by a rule that is not expanded"),
    ),
)
CONTACTS = Table(
    name="contacts",
    title="Contacts",
    one_row_is="somebody who was met at an event",
    key=("platform", "event_id", "person"),
    form=True,
    columns=(
        *_texts("contacts", "platform event_id person by goal"),
        *_typed("contacts", "bool", "consent", "they agreed to be kept in a list"),
        *_typed("contacts", "instant", "at"),
        *_typed("contacts", "instant", "followed_up_at", "empty: not yet"),
        *_dated("contacts"),
    ),
)
PULSE = Table(
    name="pulse",
    title="Pulse",
    one_row_is="one question asked of a group, answers counted",
    key=("platform", "asked_on", "question", "group"),
    form=True,
    columns=(
        *_texts("pulse", "platform pulse_id question group goal"),
        *_typed("pulse", "date", "asked_on"),
        *_counts("pulse", "invited answers_1 answers_2 answers_3 answers_4 answers_5"),
    ),
)
ROSTER = Table(
    name="roster",
    title="Roster",
    one_row_is="a time in which somebody was on duty",
    key=("platform", "person", "from", "channel"),
    form=True,
    columns=(
        *_texts("roster", "platform person channel"),
        *_typed("roster", "instant", "from to"),
        *_typed("roster", "date", "day", "the date as the sheet shows it"),
    ),
)
MEMBERSHIPS = Table(
    name="memberships",
    title="Memberships",
    one_row_is="somebody's time in a place or network",
    key=("platform", "place_id", "person", "from"),
    form=True,
    columns=(
        *_texts("memberships", "platform place_id person unit"),
        *_typed("memberships", "date", "from"),
        *_typed("memberships", "date", "to", "the first day they no longer belong; empty: they still do"),
        *_typed("memberships", "bool", "licensed invited"),
    ),
)
SAME_PERSON = Table(
    name="same_person",
    title="Names of one person",
    one_row_is="a name that somebody has on a platform, and that they agreed is counted as theirs",
    key=("platform", "handle", "person"),
    form=True,
    columns=(
        *_texts("same_person", "platform"),
        *_texts("same_person", "person handle how", personal=True),
        *_typed("same_person", "date", "agreed_on"),
        *_typed("same_person", "date", "withdrawn_on", "from then on it is as if they had never agreed"),
    ),
)
RATINGS = Table(
    name="ratings",
    title="Ratings",
    one_row_is="a judgement of something by somebody",
    key=("platform", "rating_id"),
    form=True,
    columns=(
        *_texts("ratings", "platform rating_id subject_kind subject_id person rater kind goal"),
        Fact(table="ratings", name="scale", meaning="csat, nps, voice or a scale of your own"),
        *_typed("ratings", "instant", "at"),
        *_dated("ratings"),
        Fact(table="ratings", name="value", type="number", additivity="non_additive"),
    ),
)

CREDITS = Table(
    name="credits",
    title="Credits",
    one_row_is="a person credited on an item",
    key=("platform", "credit_id"),
    form=True,
    columns=(
        *_texts("credits", "platform credit_id item person unit"),
        *_typed("credits", "bool", "ours", "one of our own people"),
        *_typed("credits", "instant", "at"),
        *_dated("credits"),
    ),
)

KEPT_TABLES: tuple[Table, ...] = (
    CASES, OUTREACH, IDEAS, FINDINGS, OUTCOMES, VISITS, EVENTS, CONTACTS, PULSE, ROSTER, MEMBERSHIPS, SAME_PERSON,
    RATINGS, CREDITS,
)  # fmt: skip

"""Forms for what we give and what comes of it: hours, costs, outcomes, visits to a site."""

from __future__ import annotations

from smmetrics.api import Form, FormColumn
from smmetrics_offline.words import CURRENCY, DAY, GOAL, NOTE, OURS, SOMEBODY, identity, time

TASKS = ("reply", "post", "listen", "meet", "plan")

EFFORT = Form(
    name="effort",
    title="Effort",
    use="what your conversations cost in time, and whether hours go where the strategy puts them",
    row="a piece of work of one person on one day",
    minutes_a_week=25,
    columns=(
        DAY,
        OURS,
        FormColumn(
            name="task", meaning="what kind of work", entry="list", allowed=TASKS, example="reply", required=False
        ),
        FormColumn(
            name="minutes",
            meaning="how long; 12.5 is allowed (or a column hours instead)",
            entry="number",
            example="25",
            required=True,
        ),
        FormColumn(name="hours", meaning="hours instead of minutes", entry="number", example="1.5", shown=False),
        FormColumn(name="activity", meaning="the strategy's word; may stay empty", example="communicating"),
        GOAL,
        FormColumn(name="channel", meaning="the strategy's word; may stay empty", example="newsletter"),
        FormColumn(name="cost", meaning="what it cost in money, if it did", entry="number", example="18.50"),
        CURRENCY,
        NOTE,
        identity("entry_id"),
    ),
)
COSTS = Form(
    name="costs",
    title="Costs",
    use="what was paid for: print, rent, tools, advertising",
    row="something that was paid for on one day",
    minutes_a_week=3,
    columns=(
        DAY,
        FormColumn(name="cost", meaning="how much", entry="number", example="120.00", required=True),
        CURRENCY,
        FormColumn(name="note", meaning="what it was for", example="400 flyers", aliases=("what", "comment", "notes")),
        FormColumn(name="activity", meaning="the strategy's word; may stay empty", example="communicating"),
        GOAL,
        FormColumn(name="channel", meaning="the strategy's word; may stay empty", example="stand"),
        identity("entry_id"),
    ),
)
OUTCOMES = Form(
    name="outcomes",
    title="Outcomes",
    use="what people did in the end: bought, gave, joined, applied, and what they say led them there",
    row="one sale, gift, sign-up or application",
    minutes_a_week=10,
    columns=(
        time("at", "the date, with the time if you know it", "2026-11-03", required=True, aliases=("day", "date")),
        FormColumn(
            name="kind",
            meaning="what it was",
            entry="list",
            allowed=("sale", "gift", "sign_up", "application", "volunteer", "visit_request", "download", "other"),
            example="gift",
            required=True,
        ),
        FormColumn(name="amount", meaning="how much money, if any", entry="number", example="40.00"),
        CURRENCY,
        FormColumn(name="quantity", meaning="how many, if more than one", entry="number", example="2"),
        SOMEBODY,
        FormColumn(name="heard_from", meaning="what they said when asked how they found you", example="a friend"),
        FormColumn(name="link_ref", meaning="the mark of the link they came by", example="spring-mail"),
        FormColumn(name="campaign", meaning="the strategy's word; may stay empty", example="spring"),
        GOAL,
        identity("outcome_id"),
    ),
)
VISITS = Form(
    name="visits",
    title="Visits",
    use="traffic to your site, copied from whatever counts it",
    row="one day, one channel, one campaign",
    minutes_a_week=10,
    columns=(
        FormColumn(
            name="date", meaning="the date, as 2026-11-03", entry="day", example="2026-11-03", required=True,
            aliases=("day",),
        ),
        FormColumn(name="channel", meaning="where they came from", example="newsletter", required=True),
        FormColumn(name="campaign", meaning="the strategy's word; may stay empty", example="spring"),
        FormColumn(name="visits", meaning="how many visits", entry="whole", example="31", required=True),
        FormColumn(name="conversions", meaning="how many did what the site is for", entry="whole", example="2"),
        FormColumn(name="value", meaning="what that was worth in money", entry="number", example="60.00"),
        CURRENCY,
    ),
)  # fmt: skip

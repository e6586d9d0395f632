"""Forms for meeting people and listening to them: events, contacts, approaches, ideas, what was heard."""

from __future__ import annotations

from smmetrics.api import Form, FormColumn
from smmetrics_offline.words import CHANNEL, GOAL, NOTE, SOMEBODY, identity, time

KINDS = ("meeting", "call", "stand", "visit", "talk", "workshop", "meal", "other")

EVENTS = Form(
    name="events",
    title="Events",
    use="who came when you asked people together: meetings, calls, a day at a stand",
    row="one event; a day at a stand is one",
    minutes_a_week=5,
    columns=(
        time("at", "the date, with the time if you know it", "2026-11-03 18:30", required=True,
             aliases=("day", "date")),
        FormColumn(name="kind", meaning="what kind of event", entry="list", allowed=KINDS, example="stand"),
        FormColumn(name="title", meaning="what you call it", example="Autumn market"),
        FormColumn(name="minutes", meaning="how long it took", entry="number", example="180"),
        FormColumn(name="invited", meaning="how many were asked; empty if nobody was", entry="whole", example="40"),
        FormColumn(name="came", meaning="how many came; 0 if nobody did", entry="whole", example="31", required=False),
        FormColumn(
            name="conversations", meaning="how many you really talked with", entry="whole", example="12",
            aliases=("talks",),
        ),
        CHANNEL,
        GOAL,
        NOTE,
        FormColumn(
            name="event_id", meaning="a short name of its own, if contacts are to point at it", example="autumn-market",
            aliases=("id",),
        ),
    ),
)  # fmt: skip
CONTACTS = Form(
    name="contacts",
    title="Contacts",
    use="whether somebody comes back to the people you met",
    row="one person met at one event",
    minutes_a_week=5,
    columns=(
        FormColumn(name="event_id", meaning="the short name of the event", example="autumn-market", required=True,
                   aliases=("event",)),
        FormColumn(name="person", meaning="their name; kept as a pseudonym", example="M. from Leeds", required=True,
                   aliases=("who", "name")),
        time("at", "the date", "2026-11-03", aliases=("day", "date")),
        FormColumn(name="by", meaning="who of you met them, in the strategy's word", example="amira"),
        FormColumn(name="consent", meaning="did they agree to stand in a list?", entry="yes_no", example="yes",
                   required=True),
        time("followed_up_at", "when you came back to them; empty: not yet", "2026-11-09"),
        GOAL,
    ),
)  # fmt: skip
OUTREACH = Form(
    name="outreach",
    title="Outreach",
    use="whether people you turn to answer, and what comes of it",
    row="one approach to one person",
    minutes_a_week=10,
    columns=(
        time("at", "when you turned to them", "2026-11-03", required=True, aliases=("day", "date")),
        FormColumn(name="person", meaning="to whom; kept as a pseudonym", example="a blogger", required=True,
                   aliases=("who", "name", "to")),
        FormColumn(name="by", meaning="who of you, in the strategy's word", example="amira"),
        FormColumn(name="kind", meaning="what for, in a word", example="invitation"),
        FormColumn(name="event", meaning="the short name of the event it was for", example="autumn-market"),
        CHANNEL,
        time("replied_at", "when they answered; empty: not yet", "2026-11-05"),
        time("followed_up_at", "when you came back to them; empty: not yet", "2026-11-09"),
        FormColumn(name="outcome", meaning="what came of it, in a word", example="came along"),
        GOAL,
        identity("outreach_id"),
    ),
)  # fmt: skip
IDEAS = Form(
    name="ideas",
    title="Ideas",
    use="what people ask for, whether it is decided, and whether they hear of it",
    row="one thing somebody asked for",
    minutes_a_week=10,
    columns=(
        time("captured_at", "when you heard it", "2026-11-03", required=True, aliases=("day", "date")),
        FormColumn(name="idea", meaning="what was asked for, in a few words", example="seeds in small bags",
                   required=True),
        SOMEBODY,
        FormColumn(name="topic", meaning="what it is about, in a word", example="packaging"),
        FormColumn(name="story", meaning="the strategy's story it belongs to, if any", example="small gardens"),
        FormColumn(name="post_id", meaning="the post it was said in, if it was one", example="A-17"),
        FormColumn(name="units", meaning="how many were sold since, if it is a product", entry="whole", example="20"),
        FormColumn(name="decision", meaning="empty: not decided", entry="list", allowed=("yes", "no", "later"),
                   example="yes"),
        time("decided_at", "when; empty: not yet", "2026-11-10"),
        time("told_at", "when you told the person; empty: not yet", "2026-11-11"),
        time("released_at", "when it was there; empty: not yet", "2026-12-01"),
        identity("idea_id"),
    ),
)  # fmt: skip
FINDINGS = Form(
    name="findings",
    title="Findings (stories heard)",
    use="whether listening changes anything: what was heard, who was told, what they did with it",
    row="one thing you heard that mattered",
    minutes_a_week=10,
    columns=(
        time("noticed_at", "when you heard it", "2026-11-03 09:15", required=True, aliases=("day", "date")),
        FormColumn(name="learned", meaning="what you heard, in a sentence", example="people fear blight this year",
                   required=True, aliases=("finding", "heard")),
        FormColumn(name="story", meaning="the strategy's story it belongs to, if any", example="plant health"),
        FormColumn(name="source_link", meaning="where; may stay empty", example="forum, thread 17"),
        FormColumn(name="told_to", meaning="who had to know it", example="ben"),
        time("told_at", "when they were told; empty: not yet", "2026-11-03 15:00"),
        FormColumn(name="result", meaning="what became of it", entry="list",
                   allowed=("open", "used", "not_used", "already_known"), example="used", required=True),
        time("result_at", "when that was clear; empty: not yet", "2026-11-20"),
        FormColumn(name="noticed_before_told", meaning="had you noticed it before anybody told you?", entry="yes_no",
                   example="yes"),
        GOAL,
        identity("finding_id"),
    ),
)  # fmt: skip

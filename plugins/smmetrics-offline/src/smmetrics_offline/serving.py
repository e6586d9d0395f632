"""Forms for helping people and being there: cases, ratings, questions, who was on duty, who belongs, who had a part."""

from __future__ import annotations

from smmetrics.api import Form, FormColumn
from smmetrics_offline.words import CHANNEL, GOAL, SOMEBODY, identity, time

CASES = Form(
    name="cases",
    title="Cases",
    use="how fast people get help, where no platform says so",
    row="one request for help",
    minutes_a_week=15,
    columns=(
        time("opened_at", "when they asked, with the time", "2026-11-03 09:12", required=True, aliases=("opened",)),
        time("first_response_at", "when a person first answered; empty: not yet", "2026-11-03 10:40",
             aliases=("first response", "answered_at")),
        time("resolved_at", "when it was settled; empty: not yet", "2026-11-04 16:00",
             aliases=("resolved", "closed_at")),
        time("reopened_at", "when they had to come again; empty: never", "2026-11-09 09:00", aliases=("reopened",)),
        FormColumn(name="channel", meaning="where they asked", example="mailbox", required=True),
        FormColumn(name="topic", meaning="what about, in a word", example="delivery"),
        FormColumn(name="assignee", meaning="who of you, in the strategy's word", example="tom"),
        SOMEBODY,
        FormColumn(name="staff_replies", meaning="how often you answered, up to now", entry="whole", example="2",
                   aliases=("replies", "our answers")),
        FormColumn(name="csat", meaning="1 to 5, if they said how it was", entry="whole", example="5"),
        GOAL,
        identity("case_id"),
    ),
)  # fmt: skip
RATINGS = Form(
    name="ratings",
    title="Ratings",
    use="what people say when they are asked: satisfaction, would they recommend you, a coder's sheet",
    row="one judgement of one thing",
    minutes_a_week=5,
    columns=(
        time("at", "when it was given", "2026-11-03", required=True, aliases=("day", "date")),
        FormColumn(name="scale", meaning="which question: csat (1 to 5), nps (0 to 10) or a word of your own",
                   example="csat", required=True),
        FormColumn(name="value", meaning="the number they gave", entry="number", example="4", required=True),
        FormColumn(name="subject_kind", meaning="what was judged, in a word", example="case"),
        FormColumn(name="subject_id", meaning="which one", example="A-7"),
        FormColumn(name="rater", meaning="who of you judged it, if it was one of you", example="amira"),
        SOMEBODY,
        FormColumn(name="kind", meaning="how it was asked, in a word", example="mail"),
        GOAL,
        identity("rating_id"),
    ),
)  # fmt: skip
PULSE = Form(
    name="pulse",
    title="Pulse",
    use="how a group feels, where no platform can tell: one question, answers counted, no names",
    row="one question asked of one group, with how many gave each answer",
    minutes_a_week=2,
    columns=(
        FormColumn(name="asked_on", meaning="the date", entry="day", example="2026-11-03", required=True,
                   aliases=("day", "date")),
        FormColumn(name="question", meaning="in the words you asked it", example="I get something out of this group.",
                   required=True),
        FormColumn(name="group", meaning="whom you asked", example="everybody", required=True),
        FormColumn(name="invited", meaning="how many were asked", entry="whole", example="40"),
        *(
            FormColumn(name=f"answers_{step}", meaning=f"how many said {step} ({word})", entry="whole", example=example,
                       required=True)
            for step, word, example in (
                (1, "not at all", "0"), (2, "rather not", "2"), (3, "partly", "5"), (4, "rather", "11"),
                (5, "fully", "9"),
            )
        ),
        GOAL,
    ),
)  # fmt: skip
ROSTER = Form(
    name="roster",
    title="Roster",
    use="whether somebody is there when people ask",
    row="one person's time on duty",
    minutes_a_week=5,
    columns=(
        FormColumn(name="person", meaning="who of you, in the strategy's word", example="tom", required=True,
                   aliases=("who", "name")),
        time("from", "when duty began", "2026-11-03 08:00", required=True, aliases=("start",)),
        time("to", "when it ended", "2026-11-03 16:00", required=True, aliases=("end", "until")),
        CHANNEL,
    ),
)  # fmt: skip
CREDITS = Form(
    name="credits",
    title="Credits",
    use="whether things are made together: across departments, and with people from outside",
    row="one person who had a part in one item: a document, an idea, a repair",
    minutes_a_week=5,
    columns=(
        time("at", "when it was done", "2026-11-03", required=True, aliases=("day", "date")),
        FormColumn(name="item", meaning="what it was; the same words on each of its lines", example="planting guide",
                   required=True, aliases=("work", "result")),
        FormColumn(name="person", meaning="who had a part in it; kept as a pseudonym", example="K. of the second team",
                   required=True, aliases=("who", "name")),
        FormColumn(name="ours", meaning="are they one of you?", entry="yes_no", example="yes", required=True,
                   aliases=("one of us", "staff")),
        FormColumn(name="unit", meaning="their department or team; empty for people from outside", example="sales",
                   aliases=("department", "team")),
        identity("credit_id"),
    ),
)  # fmt: skip
MEMBERSHIPS = Form(
    name="memberships",
    title="Memberships",
    use="who could take part in a closed group, so that those who do can be counted among them",
    row="one person's time in one place or network",
    minutes_a_week=2,
    columns=(
        FormColumn(name="person", meaning="their name; kept as a pseudonym", example="K. of the second team",
                   required=True, aliases=("who", "name", "member")),
        FormColumn(name="place_id", meaning="the group, channel or network", example="second team", required=True,
                   aliases=("place", "group", "network")),
        FormColumn(name="from", meaning="first day", entry="day", example="2026-11-03", required=True,
                   aliases=("since", "joined")),
        FormColumn(name="to", meaning="first day they no longer belong; empty: they still do", entry="day",
                   example="2027-06-30", aliases=("until", "left")),
        FormColumn(name="unit", meaning="their department or team", example="sales"),
        FormColumn(name="licensed", meaning="do they have an account there?", entry="yes_no", example="yes"),
        FormColumn(name="invited", meaning="were they asked in?", entry="yes_no", example="yes"),
    ),
)  # fmt: skip
SAME_PERSON = Form(
    name="same_person",
    title="Names of one person",
    use="who is the same person on two platforms, where they agreed: else they count twice, and as no member there",
    row="one name that a person has on one platform",
    minutes_a_week=1,
    columns=(
        FormColumn(name="person", meaning="their name, as in your other sheets; kept as a pseudonym",
                   example="K. of the second team", required=True, aliases=("who", "name", "member")),
        FormColumn(name="platform", meaning="where they have the name, as smmetrics platforms are called",
                   example="blogs", required=True),
        FormColumn(name="handle", meaning="the name they have there, or their id", example="@kim", required=True,
                   aliases=("account", "user")),
        FormColumn(name="agreed_on", meaning="the day they said yes; without it there is no line", entry="day",
                   example="2026-11-03", required=True, aliases=("agreed", "consent_on")),
        FormColumn(name="how", meaning="how they said so", example="asked at the meeting"),
        FormColumn(name="withdrawn_on", meaning="the day they took it back: the line then counts for nothing",
                   entry="day", example="2027-02-01", aliases=("withdrawn",)),
    ),
)  # fmt: skip

"""Hours: how many were given, to what, and whether as planned. The rows are entries of the effort sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Metric

if TYPE_CHECKING:
    from smmetrics.api.metrics import Activity

ALL_ACTIVITIES: tuple[Activity, ...] = ("monitoring", "communicating", "connecting", "collaborating")
OWN = "The smmetrics project's own definition"
SELF_REPORT = "People wrote these hours down themselves: forgotten days are missing and round numbers are common."

HOURS: tuple[Metric, ...] = (
    Metric(
        id="resourcing.team_hours",
        version="1.0.0",
        title="Hours given",
        question="How much of people's time went into this?",
        formula="sum(effort.minutes) / 60",
        unit="duration",
        better="none",
        level="input",
        noun="entries",
        caveat=SELF_REPORT,
        citation="Barcelona Principles 3.0, AMEC, 2020: inputs",
        activities=ALL_ACTIVITIES,
        maturity=0.0,
        interval="none",
    ),
    Metric(
        id="resourcing.hours_per_response",
        version="1.0.0",
        title="Hours per reply",
        question="How long does one reply of ours take?",
        formula="sum(effort.minutes, task == 'reply') / 60 / count(posts, ours and is_reply)",
        unit="duration",
        better="lower",
        level="input",
        noun="replies",
        caveat="Very low means canned replies: read it beside what people thought of them. " + SELF_REPORT,
        citation=OWN,
        activities=ALL_ACTIVITIES,
        maturity=0.0,
        guards=("care.csat",),
        nearest=(("resourcing.conversation_time_share", "where the hours go; needs no posts"),),
        interval="none",
    ),
    Metric(
        id="resourcing.conversation_time_share",
        version="1.0.0",
        title="Share of time in dialogue",
        question="How much of the time given is spent talking with people?",
        formula="sum(effort.minutes, task in ('reply', 'meet')) / sum(effort.minutes)",
        unit="percent",
        better="higher",
        level="activity",
        noun="entries",
        caveat="Replying and meeting count as dialogue; listening, posting and planning do not. " + SELF_REPORT,
        citation=OWN,
        activities=ALL_ACTIVITIES,
        maturity=0.0,
        nearest=(("resourcing.team_hours", "the hours without what they went to"),),
        pairing="both sums run over the same entries, and an entry without minutes is in neither",
        interval="none",
    ),
    Metric(
        id="resourcing.planned_vs_actual_hours",
        version="1.0.0",
        title="Hours given of hours planned",
        question="Did this get the time we planned for it?",
        formula="sum(effort.minutes) / sum(plan.minutes)",
        unit="ratio",
        better="band",
        level="input",
        noun="entries",
        caveat="Near 1 is as planned; below, the goal got less. A goal with no hours planned has no value. "
        + SELF_REPORT,
        citation=OWN,
        activities=ALL_ACTIVITIES,
        maturity=0.0,
        nearest=(("resourcing.team_hours", "the hours given, where the strategy plans none"),),
        interval="none",
    ),
)

"""Whether posts become conversations, and whether we stay in them. The rows are threads."""

from __future__ import annotations

from smmetrics.api import Metric, Parameter
from smmetrics_communicating.sources import KAUSHIK, OWN

_HANDLES = "Whoever of the team answers under a name the strategy does not list counts as audience."

DIALOGUE: tuple[Metric, ...] = (
    Metric(
        id="communicating.conversation_rate",
        version="1.0.0",
        title="Conversation rate",
        question="How many answers from people does a post of ours get?",
        formula="mean(threads.comments - staff_replies, ours)",
        unit="count",
        better="higher",
        level="out_take",
        noun="threads",
        caveat="The comments reported, less the replies of our own that were captured. " + _HANDLES,
        citation=KAUSHIK,
        activities=("communicating",),
        guards=("communicating.monologue_share",),
        nearest=(("communicating.interactions_per_post", "counts likes and shares too, and our own replies"),),
        needs_roles=True,
    ),
    Metric(
        id="communicating.question_yield",
        version="1.0.0",
        title="Questions that got an answer",
        question="Of the questions we asked, how many did somebody answer in time?",
        formula=(
            "share(threads, hours(created_at, first_audience_reply_at) <= answer_days * 24, of=ours and is_question)"
        ),
        unit="percent",
        better="higher",
        level="out_take",
        noun="questions",
        caveat=(
            "A question is a post whose text holds a question mark, rhetorical ones too. One that is younger than "
            "answer_days counts as unanswered: leave the last days out. " + _HANDLES
        ),
        citation=OWN,
        parameters=(
            Parameter(name="answer_days", type="number", default=7.0, meaning="days within which an answer counts"),
        ),
        activities=("communicating",),
        maturity=7.0,
        guards=("communicating.question_rate",),
        nearest=(("communicating.question_rate", "how often we ask at all; needs nobody's replies"),),
        needs_roles=True,
    ),
    Metric(
        id="communicating.thread_followup_rate",
        version="1.0.0",
        title="Conversations we stayed in",
        question="Where people answered us, how often did we answer back?",
        formula="share(threads, first_followup_at is not None, of=ours and first_audience_reply_at is not None)",
        unit="percent",
        better="higher",
        level="activity",
        noun="threads",
        caveat="Any reply of ours after the first answer counts, however late and however short. " + _HANDLES,
        citation=OWN,
        activities=("communicating", "connecting"),
        guards=("communicating.monologue_share",),
        nearest=(("communicating.reply_share", "how much of what we write is a reply; needs nobody else's posts"),),
        needs_roles=True,
    ),
    Metric(
        id="communicating.monologue_share",
        version="1.0.0",
        title="Conversations we left to others",
        question="Of our posts that people answered, how many did we never come back to?",
        formula="share(threads, staff_replies == 0, of=ours and audience_replies > 0)",
        unit="percent",
        better="lower",
        level="activity",
        noun="threads",
        caveat="Not every answer wants one back: a thank-you left alone counts here too. " + _HANDLES,
        citation=OWN,
        activities=("communicating", "connecting"),
        guards=("communicating.thread_followup_rate",),
        nearest=(("communicating.reply_share", "how much of what we write is a reply; needs nobody else's posts"),),
        needs_roles=True,
    ),
)

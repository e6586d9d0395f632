"""Costs: what a conversation and an interaction cost. All divide the same cost base, the effort sheet's."""

from __future__ import annotations

from smmetrics.api import Metric, Parameter
from smmetrics_resourcing.hours import ALL_ACTIVITIES

COST_BASE = "Costs are those written on the effort sheet, all in one currency; fees and advertising are not in them."

COSTS: tuple[Metric, ...] = (
    Metric(
        id="resourcing.cost_per_conversation",
        version="1.0.0",
        title="Cost per conversation",
        question="What does one real conversation cost us?",
        formula="sum(effort.cost) / count(threads, authors >= 2 and depth >= 2 and turns >= min_turns)",
        unit="money",
        better="lower",
        level="input",
        noun="conversations",
        caveat="A conversation has two people, a reply to a reply, and at least min_turns turns. " + COST_BASE,
        citation="Common practice; the count is connecting.conversation_count",
        parameters=(
            Parameter(name="min_turns", type="number", default=3.0, meaning="turns that make a thread a conversation"),
        ),
        activities=ALL_ACTIVITIES,
        guards=("communicating.thread_followup_rate", "care.csat"),
        nearest=(("resourcing.cost_per_engagement", "what an interaction costs; needs no reply links"),),
        interval="none",
    ),
    Metric(
        id="resourcing.cost_per_engagement",
        version="1.0.0",
        title="Cost per interaction",
        question="What does one interaction with our posts cost us?",
        formula="sum(effort.cost) / sum(posts.engagements, ours)",
        unit="money",
        better="lower",
        level="input",
        noun="interactions",
        caveat="Posts that report no interactions raise it. Cheap interactions are no aim in themselves. " + COST_BASE,
        citation="Common practice",
        activities=ALL_ACTIVITIES,
        guards=("communicating.conversation_rate",),
        nearest=(("resourcing.team_hours", "the hours given, where no cost is written down"),),
        interval="none",
    ),
)

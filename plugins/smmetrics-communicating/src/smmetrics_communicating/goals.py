"""The goals this pack knows questions for."""

from __future__ import annotations

from smmetrics.api import GoalType, Question

GOAL_TYPES: tuple[GoalType, ...] = (
    GoalType(
        id="communicating.start_conversations",
        title="Start conversations",
        activities=("communicating",),
        questions=(
            Question(
                text="Do posts open dialogue, and do we stay in it?",
                lead=(
                    "communicating.conversation_rate",
                    "communicating.question_yield",
                    "communicating.thread_followup_rate",
                ),
                guard=("communicating.monologue_share", "communicating.promo_share"),
            ),
        ),
    ),
)

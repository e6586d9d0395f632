"""The goal this pack knows questions for."""

from __future__ import annotations

from smmetrics.api import GoalType, Question

GOAL_TYPES: tuple[GoalType, ...] = (
    GoalType(
        id="resourcing.spend_time_well",
        title="Spend time well",
        activities=("monitoring", "communicating", "connecting", "collaborating"),
        questions=(
            Question(
                text="Is people's time going where the goal is?",
                lead=(
                    "resourcing.planned_vs_actual_hours",
                    "resourcing.conversation_time_share",
                    "resourcing.cost_per_conversation",
                ),
            ),
        ),
    ),
)

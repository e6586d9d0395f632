"""KPI pack *communicating*: what you say, and how it lands. "Engage, don't preach", as numbers.

This module answers the hooks and holds no definition itself: `answers` (how people respond), `dialogue`
(whether posts become conversations) and `voice` (how we speak) hold the metrics, `goals` the goal types.
"""

from __future__ import annotations

from smmetrics.api import About, GoalType, Metric, hookimpl
from smmetrics_communicating.answers import ANSWERS
from smmetrics_communicating.dialogue import DIALOGUE
from smmetrics_communicating.goals import GOAL_TYPES
from smmetrics_communicating.voice import VOICE

__all__ = ["smmetrics_about", "smmetrics_goal_types", "smmetrics_metrics"]


@hookimpl
def smmetrics_about() -> About:
    """Say who this plugin is."""
    return About(name="communicating", title="Communicating: what you say, how it lands", api=1, licence="Apache-2.0")


@hookimpl
def smmetrics_metrics() -> tuple[Metric, ...]:
    """Define the metrics of talking with people."""
    return (*ANSWERS, *DIALOGUE, *VOICE)


@hookimpl
def smmetrics_goal_types() -> tuple[GoalType, ...]:
    """Define the goals they serve."""
    return GOAL_TYPES

"""KPI pack *resourcing*: people's time, what it goes to, and what a conversation costs.

This module answers the hooks; `hours` and `costs` hold the metrics, `goals` the goal types.
"""

from __future__ import annotations

from smmetrics.api import About, GoalType, Metric, hookimpl
from smmetrics_resourcing.costs import COSTS
from smmetrics_resourcing.goals import GOAL_TYPES
from smmetrics_resourcing.hours import HOURS

__all__ = ["smmetrics_about", "smmetrics_goal_types", "smmetrics_metrics"]


@hookimpl
def smmetrics_about() -> About:
    """Say who this plugin is."""
    return About(name="resourcing", title="Resourcing: people's time and what it goes to", api=1, licence="Apache-2.0")


@hookimpl
def smmetrics_metrics() -> tuple[Metric, ...]:
    """Define the metrics of time and cost."""
    return (*HOURS, *COSTS)


@hookimpl
def smmetrics_goal_types() -> tuple[GoalType, ...]:
    """Define the goal they serve."""
    return GOAL_TYPES

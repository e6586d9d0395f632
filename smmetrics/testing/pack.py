"""Promises of KPI packs: metrics and goal types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.promises import keep

if TYPE_CHECKING:
    from smmetrics.testing.subject import Subject


class PackPromises(PluginPromises):
    """What every pack keeps, so that one id is one number for everybody."""

    def test_smm40_ids_carry_the_packs_name(self, smm: Subject) -> None:
        """Metric and goal type ids begin with the plugin's name, and none is defined twice."""
        ids = [*(metric.id for metric in smm.metrics), *(goal.id for goal in smm.goal_types)]
        prefix = f"{smm.about.name}."
        faults = [f"{each} does not begin with {prefix!r}" for each in ids if not each.startswith(prefix)]
        metrics = [metric.id for metric in smm.metrics]
        twice = [f"{each} is defined twice" for each in sorted(set(metrics)) if metrics.count(each) > 1]
        keep([*([] if smm.metrics else ["the plugin defines no Metric"]), *faults, *twice])

    def test_smm41_guards_and_nearest_resolve(self, smm: Subject) -> None:
        """Guards and nearest metrics of the pack's own name exist in it."""
        known, prefix = {metric.id for metric in smm.metrics}, f"{smm.about.name}."
        keep([
            f"{metric.id}: {name} {other!r} is no metric of this pack"
            for metric in smm.metrics
            for name, others in (("guard", metric.guards), ("nearest", tuple(near for near, _ in metric.nearest)))
            for other in others
            if other.startswith(prefix) and other not in known
        ])  # fmt: skip

    def test_smm42_goal_types_name_metrics_that_exist(self, smm: Subject) -> None:
        """Every metric of the pack's own name that a question leads with or is guarded by exists in it."""
        known, prefix = {metric.id for metric in smm.metrics}, f"{smm.about.name}."
        keep([
            f"{goal.id}: {question.text!r} names {other!r}, which is no metric of this pack"
            for goal in smm.goal_types
            for question in goal.questions
            for other in (*question.lead, *question.guard)
            if other.startswith(prefix) and other not in known
        ])  # fmt: skip

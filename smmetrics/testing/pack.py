"""Promises of KPI packs: metrics and goal types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smmetrics.contracts.catalogue import build
from smmetrics.contracts.formula import units
from smmetrics.testing import pins
from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.promises import keep

if TYPE_CHECKING:
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.testing.subject import Subject


class PackPromises(PluginPromises):
    """What every pack keeps, so that one id is one number for everybody."""

    @pytest.fixture(scope="class")
    @classmethod
    def catalogue(cls, smm: Subject) -> Catalogue:
        """Compile the pack's metrics, with no other plugin to help."""
        return build(smm.registry)

    def test_smm40_ids_carry_the_packs_name(self, smm: Subject) -> None:
        """Metric and goal type ids begin with the plugin's name, and none is defined twice."""
        ids = [*(metric.id for metric in smm.metrics), *(goal.id for goal in smm.goal_types)]
        prefix = f"{smm.about.name}."
        faults = [f"{each} does not begin with {prefix!r}" for each in ids if not each.startswith(prefix)]
        metrics = [metric.id for metric in smm.metrics]
        twice = [f"{each} is defined twice" for each in sorted(set(metrics)) if metrics.count(each) > 1]
        keep([*([] if smm.metrics else ["the plugin defines no Metric"]), *faults, *twice])

    def test_smm41_guards_and_nearest_resolve(self, smm: Subject) -> None:
        """Guards and nearest metrics of the pack's own name exist in it; a metric is not its own guard."""
        known, prefix = {metric.id for metric in smm.metrics}, f"{smm.about.name}."
        pairs = [
            (metric.id, name, other)
            for metric in smm.metrics
            for name, others in (("guard", metric.guards), ("nearest", tuple(near for near, _ in metric.nearest)))
            for other in others
        ]
        unknown = [
            f"{each}: {name} {other!r} is no metric of this pack"
            for each, name, other in pairs
            if other.startswith(prefix) and other not in known
        ]
        keep(unknown + [f"{each}: {name} is the metric itself" for each, name, other in pairs if each == other])

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

    def test_smm43_formulas_parse(self, smm: Subject, catalogue: Catalogue) -> None:
        """Every formula is of the language, and the catalogue finds no fault in the pack."""
        faults = [str(fault.message) for fault in catalogue.faults]
        left_out = [f"{metric.id} was not compiled" for metric in smm.metrics if metric.id not in catalogue.metrics]
        keep(faults or left_out)

    def test_smm44_units_agree(self, catalogue: Catalogue) -> None:
        """A metric's unit is one that its formula can have."""
        keep([
            f"{each}: the unit is {compiled.metric.unit!r}, the formula's {compiled.formula.unit or 'unknown'!r}"
            for each, compiled in sorted(catalogue.metrics.items())
            if not units.may_be(compiled.metric.unit, compiled.formula.quantity)
        ])  # fmt: skip

    def test_smm45_definitions_are_pinned(self, catalogue: Catalogue) -> None:
        """Under one version a definition never changes: its hash stands in hashes.json beside the tests."""
        now = {
            each: {"version": compiled.metric.version, "hash": compiled.hash}
            for each, compiled in catalogue.metrics.items()
        }
        keep(pins.pin(self.folder() / pins.FILE, now))

    def test_smm46_parameters_are_used(self, smm: Subject, catalogue: Catalogue) -> None:
        """Every declared parameter stands in the formula, except the hours that a clock runs by."""
        keep([
            f"{metric.id}: the parameter {parameter.name!r} stands nowhere in the formula"
            for metric in smm.metrics
            if metric.id in catalogue.metrics
            for parameter in metric.parameters
            if parameter not in catalogue.metrics[metric.id].formula.parameters and parameter.type != "hours"
        ])  # fmt: skip

    def test_smm47_roles_are_declared(self, catalogue: Catalogue) -> None:
        """A metric whose formula asks who is staff or member says needs_roles, so that unknown roles are never 0."""
        keep([
            f"{each}: the formula needs roles; say needs_roles=True"
            for each, compiled in sorted(catalogue.metrics.items())
            if compiled.formula.needs_roles and not compiled.metric.needs_roles
        ])  # fmt: skip

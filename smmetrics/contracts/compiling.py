"""From a metric's record to a compiled metric, or to a fault that names plugin, metric and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.compiled import CompiledMetric, Fault
from smmetrics.contracts.formula import FormulaError, parse, units
from smmetrics.contracts.formula.context import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from smmetrics.api.facts import View
    from smmetrics.api.metrics import Metric
    from smmetrics.contracts.collect import Answer
    from smmetrics.contracts.compiled import OwnMetric
    from smmetrics.contracts.formula import Formula


def compile_metric(metric: Metric, answer: Answer, refer: Callable[[str], Formula]) -> CompiledMetric | Fault:
    """Read a plugin's metric; whatever is wrong with it becomes a fault and harms no other metric."""
    try:
        formula = refer(metric.id)
    except FormulaError as error:
        return _fault(metric, answer, error.code, f"{error.message} in {metric.formula}", error.hint)
    problem = disagreement(metric, formula)
    if problem:
        return _fault(metric, answer, "metric.unit", problem, "Change the unit, or the formula.")
    return CompiledMetric(
        metric=metric,
        formula=formula,
        plugin=answer.plugin,
        distribution=answer.distribution,
        version=answer.version,
    )


def read(
    metric: Metric | OwnMetric,
    *,
    views: Mapping[str, View],
    metrics: Collection[str],
    adhoc: bool = False,
    where: str = "",
    refer: Callable[[str], Formula] | None = None,
) -> Formula:
    """Parse a metric's formula with its own parameters; a formula that gives no number is refused."""
    formula = parse(
        metric.formula,
        views=views,
        parameters={parameter.name: parameter for parameter in metric.parameters},
        metrics=metrics,
        adhoc=adhoc,
        pairing=metric.pairing,
        where=where,
        refer=refer,
    )
    if formula.type != "number":
        hint = "Compare counts, not conditions: share(posts, is_reply) is a number."
        message = f"A metric is a number; this is {WORDS[formula.type]}"
        raise FormulaError(message, text=formula.text, where=where, hint=hint, code="formula.type")
    return formula


def disagreement(metric: Metric | OwnMetric, formula: Formula) -> str:
    """Say how the declared unit and the formula's differ, or nothing."""
    if not metric.unit or units.may_be(metric.unit, formula.quantity):
        return ""
    text = f"it declares the unit {metric.unit!r}, and its formula gives {formula.quantity.words}"
    return f"{text}; durations are in hours" if metric.unit == "duration" and formula.quantity.time == 1 else text


def _fault(metric: Metric, answer: Answer, code: str, why: str, hint: str) -> Fault:
    return Fault.of(answer, f"the metric {metric.id} is left out: {why}.", code=code, subject=metric.id, hint=hint)

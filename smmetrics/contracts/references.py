"""References between metrics: those of one's own pack must resolve, those of packs not installed are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.contracts.compiled import Fault
from smmetrics.contracts.formula import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from smmetrics.api.about import Panel
    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.collect import Answer
    from smmetrics.contracts.compiled import CompiledMetric


def pack_of(id_: str) -> str:
    """The pack an id belongs to; empty for an analyst's own metric."""
    return id_.partition(".")[0] if "." in id_ else ""


def resolve_references(
    metrics: Mapping[str, CompiledMetric], defined: Collection[str]
) -> tuple[Mapping[str, CompiledMetric], tuple[Fault, ...]]:
    """Give each metric its usable guards and nearest metrics.

    ``defined`` are all ids that plugins define, usable or not: a reference to a faulty metric is no second fault.
    """
    resolved: dict[str, CompiledMetric] = {}
    faults: list[Fault] = []
    for id_, compiled in metrics.items():
        guards = tuple(guard for guard in compiled.metric.guards if guard in metrics)
        near = tuple(pair for pair in compiled.metric.nearest if pair[0] in metrics)
        named = (*compiled.metric.guards, *(other for other, _ in compiled.metric.nearest))
        absent = tuple(dict.fromkeys(other for other in named if other not in metrics))
        unknown = _unknown(absent, defined)
        faults.extend(_metric_fault(compiled, other, defined) for other in unknown)
        notes = tuple(f"{other} is left out: its pack is not installed" for other in absent if other not in unknown)
        resolved[id_] = replace(compiled, guards=guards, nearest=near, notes=notes)
    return resolved, tuple(faults)


def goal_type_faults(
    found: Iterable[tuple[GoalType, Answer]], metrics: Collection[str], defined: Collection[str]
) -> tuple[Fault, ...]:
    """Faults of goal types whose questions name metrics that their packs do not define."""
    faults: list[Fault] = []
    for goal_type, answer in found:
        named = dict.fromkeys(id_ for question in goal_type.questions for id_ in (*question.lead, *question.guard))
        unknown = _unknown([id_ for id_ in named if id_ not in metrics], defined)
        faults.extend(_fault(f"goal type {goal_type.id}", goal_type.id, answer, other, defined) for other in unknown)
    return tuple(faults)


def panel_faults(
    found: Iterable[tuple[Panel, Answer]], metrics: Collection[str], defined: Collection[str]
) -> tuple[Fault, ...]:
    """Panels that need metrics which their packs lack: they would never be shown."""
    faults: list[Fault] = []
    for panel, answer in found:
        absent = [id_ for id_ in panel.needs if id_ not in metrics]
        own = [id_ for id_ in absent if pack_of(id_) == answer.plugin and id_ not in defined]
        for other in dict.fromkeys((*own, *_unknown(absent, defined))):
            made = _fault(f"panel {panel.id}", panel.id, answer, other, defined)
            faults.append(replace(made, code="panel.malformed"))
    return tuple(faults)


def _unknown(absent: Iterable[str], defined: Collection[str]) -> tuple[str, ...]:
    """Absent ids of installed packs that no plugin defines."""
    packs = {pack_of(id_) for id_ in defined}
    return tuple(id_ for id_ in absent if id_ not in defined and pack_of(id_) in packs)


def _metric_fault(compiled: CompiledMetric, other: str, defined: Collection[str]) -> Fault:
    return _fault(f"metric {compiled.id}", compiled.id, compiled, other, defined)


def _fault(what: str, subject: str, origin: Answer | CompiledMetric, other: str, defined: Collection[str]) -> Fault:
    like = nearest(other, defined)
    said = f"the {what} names {other!r}, which its pack lacks."
    hint = f"Did you mean {like!r}?" if like else ""
    return Fault.of(origin, said, code="reference.unknown", subject=subject, hint=hint)

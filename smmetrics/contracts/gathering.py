"""The steps of building a catalogue: each takes answers and gives records with the faults found on the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from smmetrics.api.facts import Fact, Table
from smmetrics.api.metrics import Metric
from smmetrics.api.stored import CORE_TABLES
from smmetrics.contracts.collect import of_type, owned, unique
from smmetrics.contracts.compiled import CompiledMetric, Fault
from smmetrics.contracts.compiling import compile_metric, read
from smmetrics.contracts.joining import check_fact, join_tables
from smmetrics.contracts.references import pack_of, resolve_references
from smmetrics.contracts.referring import Formulas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.collect import Answer, Answers
    from smmetrics.contracts.formula import Formula

Faults = tuple[Fault, ...]
Record = TypeVar("Record")


def id_of(record: Any) -> str:  # noqa: ANN401 (records of several hooks)
    """The word a record is known by."""
    return str(record.id if hasattr(record, "id") else record.name)


def records(found: Mapping[str, tuple[Record, Answer]]) -> Mapping[str, Record]:
    """The records without their origin."""
    return {id_: record for id_, (record, _) in found.items()}


def gather_tables(registry: Answers) -> tuple[Mapping[str, Table], tuple[Fact, ...], Faults]:
    """The stored tables with the plugins' columns, and those columns alone."""
    core = {table.name: table for table in CORE_TABLES}
    added, faults = unique(of_type(registry.answers("smmetrics_tables"), Table), id_of, "table", taken=core)
    tables = core | dict(records(added))
    found, clashes = unique(of_type(registry.answers("smmetrics_facts"), Fact), id_of, "fact")
    checked = [(fact, check_fact(fact, answer, tables)) for fact, answer in found.values()]
    facts = tuple(fact for fact, fault in checked if fault is None)
    wrong = tuple(fault for _, fault in checked if fault is not None)
    return join_tables(tables, facts), facts, (*faults, *clashes, *wrong)


def gather_metrics(
    registry: Answers, views: Mapping[str, View]
) -> tuple[Mapping[str, CompiledMetric], frozenset[str], Faults]:
    """The metrics that can be used, the ids of all that are defined, and what is wrong with the others."""
    answers, foreign = owned(of_type(registry.answers("smmetrics_metrics"), Metric), id_of, "metric")
    defined = frozenset(metric.id for metric, _ in answers)
    found, faults = unique(answers, id_of, "metric")
    readers = {id_: partial(_formula, metric, views, defined) for id_, (metric, _) in found.items()}
    refer = Formulas({}, readers)
    made = [compile_metric(metric, answer, refer) for metric, answer in found.values()]
    metrics = {each.id: each for each in made if isinstance(each, CompiledMetric)}
    wrong = tuple(each for each in made if isinstance(each, Fault))
    resolved, unresolved = resolve_references(metrics, defined)
    return resolved, defined, (*foreign, *faults, *_table_names(answers, views), *wrong, *unresolved)


def _formula(metric: Metric, views: Mapping[str, View], defined: Collection[str], refer: Formulas) -> Formula:
    return read(metric, views=views, metrics=defined, refer=refer)


def _table_names(answers: Iterable[tuple[Metric, Answer]], views: Mapping[str, View]) -> Faults:
    """A pack with a table's name: ``posts.likes`` could be a column or a metric."""
    packs = {pack_of(metric.id): answer for metric, answer in answers}
    return tuple(
        Fault.of(
            answer,
            f"the pack {pack!r} bears the name of a table.",
            code="pack.name",
            subject=pack,
            hint="Give the pack another name: in formulas, posts.likes is a column.",
        )
        for pack, answer in packs.items()
        if pack in views
    )

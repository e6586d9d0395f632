"""The catalogue: all that installed plugins define, checked against each other, and the analyst's own metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from smmetrics.api.about import Panel, Sample
from smmetrics.api.errors import SmmetricsError
from smmetrics.api.facts import Dimension
from smmetrics.api.metrics import GoalType
from smmetrics.api.sources import Platform, Source
from smmetrics.api.strangers import Stranger
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts import compiling
from smmetrics.contracts.adding import add_views
from smmetrics.contracts.collect import of_type, owned, unique
from smmetrics.contracts.compiled import UNITS, CompiledMetric, Fault, OwnMetric, parameters_of
from smmetrics.contracts.exporting import gather_exporters
from smmetrics.contracts.formula import FormulaError, nearest
from smmetrics.contracts.gathering import Record, gather_metrics, gather_tables, id_of, records
from smmetrics.contracts.joining import join_views
from smmetrics.contracts.judged import Judged
from smmetrics.contracts.labelling import NOBODY, Labelling, gather_labellers, label_views
from smmetrics.contracts.references import goal_type_faults, pack_of, panel_faults
from smmetrics.contracts.referring import Formulas
from smmetrics.contracts.sourcing import source_faults
from smmetrics.contracts.sourcing import unclaimed as silent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from smmetrics.api.about import Exporter
    from smmetrics.api.facts import Fact, Table, View
    from smmetrics.api.metrics import Better, Parameter
    from smmetrics.contracts.adding import Filled
    from smmetrics.contracts.collect import Answer, Answers
    from smmetrics.contracts.compiled import Stated
    from smmetrics.contracts.formula import Formula

STRATEGY = "strategy.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """Everything by its id. ``sources`` by ``platform.kind``; ``facts`` by ``table.name``, the plugins' among them.

    ``faults`` say what plugins define and cannot be used; ``defined`` holds also the ids of metrics at fault.
    ``filled``: by table what code of a plugin makes it. ``exporters``: the plugins' formats by name.
    """

    metrics: Mapping[str, CompiledMetric]
    goal_types: Mapping[str, GoalType]
    platforms: Mapping[str, Platform]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    tables: Mapping[str, Table]
    views: Mapping[str, View]
    dimensions: Mapping[str, Dimension]
    strangers: tuple[Stranger, ...] = ()
    samples: tuple[Sample, ...] = ()
    faults: tuple[Fault, ...] = ()
    defined: frozenset[str] = frozenset()
    labelling: Labelling = NOBODY
    filled: Mapping[str, Filled] = field(default_factory=dict)
    exporters: Mapping[str, Exporter] = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged, init=False, compare=False, repr=False)

    @property
    def packs(self) -> frozenset[str]:
        """The packs that are installed."""
        return frozenset(pack_of(id_) for id_ in (*self.defined, *self.goal_types)) - {""}

    def platform(self, word: str) -> Platform | None:
        """The platform of an id or of another word people use for it."""
        if word in self.platforms:
            return self.platforms[word]
        folded = word.strip().casefold()
        for platform in self.platforms.values():
            if folded in {name.casefold() for name in (platform.id, platform.title, *platform.aliases)}:
                return platform
        return None

    def own_metric(
        self,
        name: str,
        *,
        title: str,
        formula: str,
        better: Better = "none",
        unit: str = "",
        pairing: str = "",
        caveat: str = "",
        parameters: Iterable[Parameter] | Mapping[str, object] = (),
        where: str = "",
        adhoc: bool = False,
        beside: Formulas | None = None,
    ) -> CompiledMetric:
        """Compile an analyst's metric or (``adhoc``) a formula typed in; raises `FormulaError`.

        ``unit`` is one of the units of metrics and must then agree with the formula, or the words for what is
        counted (“posts per reply”). ``parameters`` are records, or defaults by name. ``beside``: the formulas of
        metrics it may name, other own ones among them.
        """
        stated = parameters_of(parameters) if isinstance(parameters, Mapping) else tuple(parameters)
        metric = OwnMetric(
            id=name,
            title=title,
            formula=formula,
            better=better,
            pairing=pairing,
            caveat=caveat,
            parameters=stated,
            unit=unit if unit in UNITS else "",
            noun="" if unit in UNITS else unit,
        )
        refer = beside or self.formula
        known = frozenset(beside.ids if beside else self.metrics) - ({name} if adhoc else set())
        read = compiling.read(metric, views=self.views, metrics=known, adhoc=adhoc, where=where, refer=refer)
        problem = compiling.disagreement(metric, read)
        if problem:
            message = f"{problem[0].upper()}{problem[1:]}"
            raise FormulaError(message, text=formula, where=where, code="metric.unit")
        return CompiledMetric(metric=metric, formula=read)

    def with_own(self, own: Iterable[Stated]) -> Catalogue:
        """A catalogue that holds the strategy's metrics too; those that cannot be read become faults."""
        metrics, faults = dict(self.metrics), list(self.faults)
        stated_ = tuple(own)
        formulas = Formulas(self.metrics, {each.name: partial(self._formula, each) for each in stated_})
        for stated in stated_:
            where = _where(stated)
            try:
                metrics[stated.name] = self._own(stated, formulas)
            except SmmetricsError as error:
                message = f"{where}: the metric {stated.name} is left out: {error.message}."
                fault = Fault(code=error.code, message=message, subject=stated.name, where=where, hint=error.hint)
                faults.append(replace(fault, cause=error))
        return replace(self, metrics=metrics, faults=tuple(faults))

    def with_pins(self, pins: Mapping[str, str]) -> Catalogue:
        """A catalogue in which the labellers that a strategy pins (kind to ``name@version``) do the labelling."""
        return replace(self, labelling=self.labelling.with_pins(pins)) if pins else self

    def with_words(self, kinds: Collection[str]) -> Catalogue:
        """A catalogue in which the strategy's own words label these kinds: story, topic, subject."""
        return replace(self, labelling=self.labelling.with_words(kinds)) if kinds else self

    def formula(self, id_: str) -> Formula:
        """The formula of a metric that is named inside another."""
        return Formulas(self.metrics)(id_)

    def _formula(self, stated: Stated, beside: Formulas) -> Formula:
        return self._own(stated, beside).formula

    def _own(self, stated: Stated, beside: Formulas) -> CompiledMetric:
        return self.own_metric(
            stated.name,
            title=stated.title,
            formula=stated.formula,
            better=stated.better,  # type: ignore[arg-type]
            unit=stated.unit,
            pairing=stated.pairing,
            caveat=stated.caveat,
            parameters=stated.parameters,
            where=_where(stated),
            beside=beside,
        )


def _where(stated: Stated) -> str:
    return f"{STRATEGY} line {stated.line}" if stated.line else STRATEGY


def build(registry: Answers) -> Catalogue:
    """Collect and check everything that plugins define; a plugin's mistakes become faults and harm no other."""
    tables, facts, faults = gather_tables(registry)
    dimensions, dimension_faults = _unique(registry, "smmetrics_facts", Dimension, "dimension")
    platforms, platform_faults = _unique(registry, "smmetrics_sources", Platform, "platform")
    sources, clashes = _unique(registry, "smmetrics_sources", Source, "source")
    strangers, stranger_faults = _unique(registry, "smmetrics_sources", Stranger, "stranger")
    labelling, label_faults = gather_labellers(registry, records(sources).values())
    core = label_views(join_views({view.name: view for view in CORE_VIEWS}, facts), labelling)
    views, filled, unfilled = add_views(registry, tables, core)
    metrics, defined, metric_faults = gather_metrics(registry, views)
    own_goals, foreign = owned(of_type(registry.answers("smmetrics_goal_types"), GoalType), id_of, "goal type")
    goal_types, goal_faults = unique(own_goals, id_of, "goal type")
    exporters, exporter_faults = gather_exporters(registry)
    samples, sample_faults = _unique(registry, "smmetrics_samples", Sample, "sample")
    known = {fact.id: fact for table in tables.values() for fact in table.columns}
    return Catalogue(
        metrics=metrics,
        goal_types=records(goal_types),
        platforms=records(platforms),
        sources=records(sources),
        strangers=tuple(records(strangers).values()),
        facts=known,
        tables=tables,
        views=views,
        dimensions=records(dimensions),
        samples=tuple(records(samples).values()),
        defined=defined,
        labelling=labelling,
        filled=filled,
        exporters=exporters,
        faults=(
            *faults, *dimension_faults, *platform_faults, *clashes, *label_faults, *unfilled, *metric_faults,
            *stranger_faults, *foreign, *goal_faults, *sample_faults, *exporter_faults,
            *source_faults(sources.values(), known, platforms, tables),
            *goal_type_faults(goal_types.values(), metrics, defined),
            *panel_faults(of_type(registry.answers("smmetrics_panels"), Panel), metrics, defined),
        ),
    )  # fmt: skip


def unclaimed(registry: Answers, catalogue: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """What sources read and say nothing of (`sourcing.unclaimed`): plugin, source and fact."""
    given = of_type(registry.answers("smmetrics_sources"), Source)
    by_plugin: dict[str, list[Source]] = {}
    for source, answer in given:
        by_plugin.setdefault(answer.plugin, []).append(source)
    views, facts = catalogue.views.values(), catalogue.facts
    return tuple((name, *each) for name, sources in by_plugin.items() for each in silent(sources, views, facts))


def _unique(
    registry: Answers, hook: str, kind: type[Record], noun: str
) -> tuple[Mapping[str, tuple[Record, Answer]], tuple[Fault, ...]]:
    return unique(of_type(registry.answers(hook), kind), id_of, noun)


__all__ = ["Catalogue", "CompiledMetric", "Fault", "OwnMetric", "build", "nearest"]

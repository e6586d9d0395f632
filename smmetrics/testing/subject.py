"""The plugin under test: its records, its tables, its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, entry_points, metadata
from typing import TYPE_CHECKING, TypeVar

from smmetrics.api import About, Fact, GoalType, Metric, Platform, Sample, Source, Table
from smmetrics.api.hooks import GROUP, HOOK_NAMES
from smmetrics.api.stored import CORE_TABLES
from smmetrics.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from smmetrics.registry import PluginState

Record = TypeVar("Record")


@dataclass(frozen=True)
class Subject:
    """A loaded plugin. It is loaded alone: nothing else that is installed can help it."""

    module: str
    registry: Registry

    @property
    def state(self) -> PluginState:
        """How loading went."""
        return self.registry.plugins[0]

    def records(self, kind: type[Record]) -> tuple[Record, ...]:
        """All records of a kind, in the plugin's order."""
        given = (answer.record for hook in HOOK_NAMES for answer in self.registry.answers(hook))
        return tuple(record for record in given if isinstance(record, kind))

    @cached_property
    def about(self) -> About:
        """Who the plugin says it is."""
        (about,) = self.records(About)
        return about

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What it can read."""
        return self.records(Source)

    @cached_property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms it knows."""
        return self.records(Platform)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The metrics it defines."""
        return self.records(Metric)

    @cached_property
    def goal_types(self) -> tuple[GoalType, ...]:
        """The kinds of goals it defines."""
        return self.records(GoalType)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Its generators of export files."""
        return self.records(Sample)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The core's tables with the plugin's columns, and the plugin's own."""
        extra = self.records(Fact)
        tables = {table.name: table for table in (*CORE_TABLES, *self.records(Table))}
        return {
            name: replace(table, columns=(*table.columns, *(fact for fact in extra if fact.table == name)))
            for name, table in tables.items()
        }

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact a source of this plugin may speak of, by ``table.name``."""
        return {fact.id: fact for table in self.tables.values() for fact in table.columns}

    @cached_property
    def entry(self) -> EntryPoint | None:
        """The entry point that offers it, if it is installed."""
        return next((entry for entry in entry_points(group=GROUP) if entry.value == self.module), None)

    def readme(self, tests: Path) -> str:
        """The README beside the tests, or the one in the installed distribution."""
        for folder in (tests, *list(tests.parents)[:3]):
            if (folder / "pyproject.toml").is_file() and (folder / "README.md").is_file():
                return (folder / "README.md").read_text(encoding="utf-8")
        try:
            about = metadata(self.entry.dist.name if self.entry and self.entry.dist else self.module.replace("_", "-"))
        except PackageNotFoundError:
            return ""
        return str(about.json.get("description", ""))


@cache
def subject(module: str) -> Subject:
    """Load a plugin's module, alone; its state says whether that went well."""
    return Subject(module=module, registry=Registry.of(module))

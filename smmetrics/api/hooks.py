"""The hooks a plugin may answer. Answers are data; code is named and loaded only when it is used.

A plugin module writes ``from smmetrics.api import hookimpl`` and decorates functions of these names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api.about import About, Exporter, Labeller, Panel, Sample
    from smmetrics.api.facts import Dimension, Fact, Table
    from smmetrics.api.metrics import Calculator, Derived, GoalType, Metric
    from smmetrics.api.sources import Platform, Source
    from smmetrics.api.strangers import Stranger

PROJECT = "smmetrics"
GROUP = "smmetrics.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Every hook takes nothing and gives an iterable of frozen records (`smmetrics_about` gives one)."""

    @hookspec
    def smmetrics_about(self) -> About:  # type: ignore[empty-body]
        """Say who the plugin is. Required."""

    @hookspec
    def smmetrics_facts(self) -> Iterable[Fact | Dimension]:  # type: ignore[empty-body]
        """Add columns (``x__detail_expands``) to stored tables, or dimensions to cut by."""

    @hookspec
    def smmetrics_tables(self) -> Iterable[Table]:  # type: ignore[empty-body]
        """Add whole tables, named with the pack's prefix."""

    @hookspec
    def smmetrics_sources(self) -> Iterable[Platform | Source | Stranger]:  # type: ignore[empty-body]
        """Describe platforms and the files or accounts that can be read, and files that are known and are not."""

    @hookspec
    def smmetrics_metrics(self) -> Iterable[Metric]:  # type: ignore[empty-body]
        """Define metrics."""

    @hookspec
    def smmetrics_goal_types(self) -> Iterable[GoalType]:  # type: ignore[empty-body]
        """Define kinds of goals with their questions."""

    @hookspec
    def smmetrics_derived(self) -> Iterable[Derived]:  # type: ignore[empty-body]
        """Add tables made from other tables."""

    @hookspec
    def smmetrics_calculators(self) -> Iterable[Calculator]:  # type: ignore[empty-body]
        """Add calculators no formula can be."""

    @hookspec
    def smmetrics_labellers(self) -> Iterable[Labeller]:  # type: ignore[empty-body]
        """Add labellers of posts."""

    @hookspec
    def smmetrics_panels(self) -> Iterable[Panel]:  # type: ignore[empty-body]
        """Add panels to dashboards and reports."""

    @hookspec
    def smmetrics_exporters(self) -> Iterable[Exporter]:  # type: ignore[empty-body]
        """Add file formats for readings."""

    @hookspec
    def smmetrics_samples(self) -> Iterable[Sample]:  # type: ignore[empty-body]
        """Add seeded generators of this platform's real export files."""


HOOK_NAMES: tuple[str, ...] = tuple(name for name in vars(Hooks) if name.startswith("smmetrics_"))

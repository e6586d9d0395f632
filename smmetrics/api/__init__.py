"""All that a plugin may import: hook markers, records, facts as data, protocols, errors.

This package imports the standard library and pluggy, nothing else, so that thirty plugins load in a blink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.about import About, Exporter, Labeller, Panel, Sample
from smmetrics.api.capability import Capability, ChannelRef, Gap, QuestionRef
from smmetrics.api.errors import BadData, PluginFault, SmmetricsError, Unavailable, UserMistake
from smmetrics.api.facts import Dimension, Fact, Table, View, ViewColumn
from smmetrics.api.forms import Form, FormColumn
from smmetrics.api.hooks import hookimpl
from smmetrics.api.metrics import Calculator, Derived, GoalType, Metric, Parameter, Question
from smmetrics.api.reading import Batch, Context, Element, Preview, Reader, Record, Rejected, Rows
from smmetrics.api.sources import Column, IdClock, Layout, NameRange, Platform, Signature, Source
from smmetrics.api.strangers import Stranger

if TYPE_CHECKING:
    from smmetrics.api.panels import Card, Chart, PanelGoal, PanelResult, PanelSource, PanelView, Spark
    from smmetrics.api.panels import Table as PanelTable

API = 1
"""The version of this interface. A plugin states the one it was written for in `About.api`."""
API_FLOOR = 1
"""The oldest version whose plugins still load."""

_PANELS = {"PanelTable": "Table"} | {
    name: name for name in ("Card", "Chart", "PanelGoal", "PanelResult", "PanelSource", "PanelView", "Spark")
}
"""What panels are written with, by its name there: loaded on first use, for a hook module has no use for it."""

__all__ = [
    "API", "API_FLOOR", "About", "BadData", "Batch", "Calculator", "Capability", "Card", "ChannelRef", "Chart",
    "Column", "Context", "Derived", "Dimension", "Element", "Exporter", "Fact", "Form", "FormColumn", "Gap",
    "GoalType", "IdClock", "Labeller", "Layout", "Metric", "NameRange", "Panel", "PanelGoal", "PanelResult",
    "PanelSource", "PanelTable", "PanelView", "Parameter", "Platform", "PluginFault", "Preview", "Question",
    "QuestionRef", "Reader", "Record", "Rejected", "Rows", "Sample", "Signature", "SmmetricsError", "Source", "Spark",
    "Stranger", "Table", "Unavailable", "UserMistake", "View", "ViewColumn", "hookimpl",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _PANELS:
        from smmetrics.api import panels  # noqa: PLC0415 (on first use: that is the point)

        return getattr(panels, _PANELS[name])
    message = f"module 'smmetrics.api' has no attribute {name!r}"
    raise AttributeError(message)

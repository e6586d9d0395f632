"""All that a plugin may import: hook markers, records, facts as data, protocols, errors.

This package imports the standard library and pluggy, nothing else, so that thirty plugins load in a blink.
"""

from __future__ import annotations

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

API = 1
"""The version of this interface. A plugin states the one it was written for in `About.api`."""
API_FLOOR = 1
"""The oldest version whose plugins still load."""

__all__ = [
    "API", "API_FLOOR", "About", "BadData", "Batch", "Calculator", "Capability", "ChannelRef", "Column", "Context",
    "Derived", "Dimension", "Element", "Exporter", "Fact", "Form", "FormColumn", "Gap", "GoalType", "IdClock",
    "Labeller", "Layout", "Metric", "NameRange", "Panel", "Parameter", "Platform", "PluginFault", "Preview", "Question",
    "QuestionRef", "Reader", "Record", "Rejected", "Rows", "Sample", "Signature", "SmmetricsError", "Source",
    "Stranger", "Table", "Unavailable", "UserMistake", "View", "ViewColumn", "hookimpl",
]  # fmt: skip

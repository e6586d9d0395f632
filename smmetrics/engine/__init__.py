"""Metrics become readings: formulas are compiled to measures, measures to mergeable partial sums, sums to numbers."""

from __future__ import annotations

from smmetrics.engine.privacy import measure
from smmetrics.engine.provenance import documents
from smmetrics.engine.request import Request, Tables, Window
from smmetrics.engine.schema import SCHEMA, STATES

__all__ = ["SCHEMA", "STATES", "Request", "Tables", "Window", "documents", "measure"]

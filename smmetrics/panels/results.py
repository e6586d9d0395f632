"""What a panel gives: cards, charts, tables and words, as data (`smmetrics.api.panels`: plugins give the same)."""

from __future__ import annotations

from smmetrics.api.panels import Card, CardKind, Chart, PanelResult, Role, Spark, Table

__all__ = ["Card", "CardKind", "Chart", "PanelResult", "Role", "Spark", "Table"]

"""One number in the form a person reads it, as panels show it (`smmetrics.panels.values`)."""

from __future__ import annotations

from smmetrics.panels.values import DASH, NONE, duration, interval, money, number, percent, shown

__all__ = ["DASH", "NONE", "duration", "interval", "money", "number", "percent", "shown"]

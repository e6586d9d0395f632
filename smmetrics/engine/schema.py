"""The form of a reading (contracts: *Reading*): its columns, and the states it can be in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA: Mapping[str, pl.DataType] = {
    "goal": pl.String(),
    "question": pl.String(),
    "metric": pl.String(),
    "version": pl.String(),
    "parameters": pl.String(),
    "subject": pl.String(),
    "platform": pl.String(),
    "account": pl.String(),
    "channel": pl.String(),
    "campaign": pl.String(),
    "audience": pl.String(),
    "slice": pl.String(),
    "grain": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "value": pl.Float64(),
    "unit": pl.String(),
    "state": pl.String(),
    "reason": pl.String(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "interval_method": pl.String(),
    "confidence": pl.Float64(),
    "n": pl.Int64(),
    "n_eff": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "scope": pl.String(),
    "age_basis": pl.String(),
    "reported_share": pl.Float64(),
    "incomplete": pl.Boolean(),
    "exact": pl.Boolean(),
    "target": pl.String(),
    "status": pl.String(),
    "previous": pl.Float64(),
    "change": pl.Float64(),
    "change_low": pl.Float64(),
    "change_high": pl.Float64(),
    "reading_id": pl.String(),
    "provenance": pl.String(),
}
"""Columns of a reading in their order. Slices that were not asked for are empty texts."""

EXPORTED: Mapping[str, pl.DataType] = {
    **SCHEMA,
    "restated": pl.Boolean(),
    "gone": pl.Boolean(),
    "data_until": pl.Date(),
}
"""Columns of an export: what is known of a reading besides itself. They do not change with what is asked."""

STATES = (
    "not_permitted",
    "not_measurable",
    "failed",
    "refused",
    "not_covered",
    "not_reported",
    "stale",
    "suppressed",
    "too_few",
    "immature",
    "zero_activity",
    "value",
)
"""In the order they are looked at: the first that applies. All but the last have no value, and a reason."""

FIXED = ("platform", "account", "channel", "campaign", "audience")
"""Dimensions with a column of their own; others stand in ``slice`` as JSON."""
SORTED = ("metric", *FIXED, "slice", "period_start", "goal", "question", "parameters")

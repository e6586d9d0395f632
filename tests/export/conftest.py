from __future__ import annotations

from datetime import date

import polars as pl
import pytest

BASE = {
    "goal": "", "question": "", "metric": "pack.answered", "version": "1.0.0", "parameters": "{}", "subject": "ours",
    "platform": "", "account": "", "slice": "", "grain": "month", "period_start": date(2026, 3, 1),
    "period_end": date(2026, 4, 1), "value": 0.9, "unit": "percent", "state": "value", "reason": "", "low": 0.7,
    "high": 0.972, "interval_method": "wilson", "n": 20, "numerator": 18.0, "denominator": 20.0, "reported_share": 1.0,
    "incomplete": False, "exact": True, "target": "", "status": "no_target",
    "provenance": "5e1f" * 16,
}  # fmt: skip


@pytest.fixture
def readings():
    def make(*rows: dict) -> pl.DataFrame:
        return pl.DataFrame([{**BASE, **row} for row in rows], infer_schema_length=None)

    return make

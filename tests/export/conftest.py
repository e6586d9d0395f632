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


COMMANDS = [
    "1+1", "cmd|'/c calc'!A1", "SUM(A1:A9)", 'IMPORTXML("http://x.example","//a")', 'WEBSERVICE("http://x.example")',
    'HYPERLINK("http://x.example","click")', "A1", "rundll32|'x'!A", 'INDIRECT("A1")',
]  # fmt: skip
PAYLOADS = [
    "=cmd|'/c calc'!A0", "=1+1", "+1", "-2", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x.example")',
    "http://x.example/?a=1", "https://x.example", "mailto:a@x.example", "file:///etc/passwd", "internal:Sheet1!A1",
    "external:c:\\x.xlsx", "|calc", "'=1+1", " =1+1", "{=1+1}", 'DDE("cmd";"/c calc";"x")', "1234567890123456789", "007",
    "1e5", "TRUE", "2026-03-01", "<f>1+1</f>", "]]>", "&amp;", "\x1b[31m", "a\x00b", "\ufeff=1", "\uff1d1+1",
    *(f"{start}{body}" for start in "=+-@" for body in COMMANDS), *(f"{blank}={body}" for blank in " \t\n\u00a0" for body in COMMANDS),
]  # fmt: skip
"""Texts that a spreadsheet would run, follow or change, each in a cell."""


@pytest.fixture
def payloads() -> list[str]:
    return list(PAYLOADS)


@pytest.fixture
def readings():
    def make(*rows: dict) -> pl.DataFrame:
        return pl.DataFrame([{**BASE, **row} for row in rows], infer_schema_length=None)

    return make

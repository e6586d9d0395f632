"""The page about findings: every code has its section, with what it means, why, how to mend and how to accept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smmetrics import words

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "smmetrics" / "strategy"
PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### SMM-([SD]\d{3})\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))
SOURCE = "".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
GIVEN = set(re.findall(r'"(?:SMM-)?([SD]\d{3})"', SOURCE))


@pytest.mark.parametrize("code", sorted(GIVEN | {"S055"}))
def test_every_code_has_its_section(code):
    parts = ("What it means.", "Why it matters.", "How to mend.", "How to accept.")
    for part in parts:
        assert re.search(rf"\*\*{part}\*\* \S", SECTIONS[code]), f"{code} lacks {part!r}"


def test_no_section_is_about_a_code_that_is_not_given():
    assert set(SECTIONS) == GIVEN | {"S055"}


def test_the_table_lists_each_code_once_with_the_level_of_its_section():
    rows = re.findall(r"^\| \[SMM-([SD]\d{3})\]\(#smm-([sd]\d{3})\) \| (\w+) \|", PAGE, re.MULTILINE)
    assert [code for code, _, _ in rows] == list(SECTIONS)
    for code, anchor, level in rows:
        assert anchor == code.lower()
        assert SECTIONS[code].lstrip().startswith(f"*{level}*")


@pytest.mark.parametrize("code", [name for name in words.sections("review") if re.fullmatch(r"[SD]\d{3}", name)])
def test_every_sentence_of_a_code_is_said_somewhere(code):
    """A sentence is named by its last part: in the call itself, or as one of the words a call chooses from."""
    idle = [
        key for key in words.section(f"review.{code}") if key not in ("message", "hint") and f'"{key}"' not in SOURCE
    ]
    chosen = {"week", "month", "quarter", "year", "inside", "minors", "older", "pack"}
    assert code in GIVEN
    assert set(idle) <= chosen

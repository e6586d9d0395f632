"""The page about the strategy file: its examples read, and it names every word."""

from __future__ import annotations

import re
from pathlib import Path

from smmetrics.strategy import parse_target, read_bytes, review
from smmetrics.strategy.goal import Goal
from smmetrics.strategy.model import Channel, Strategy

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "strategy.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_its_examples_together_are_a_strategy(nothing):
    found = read_bytes("\n".join(EXAMPLES).encode())
    assert found.origin.notices == ()
    assert {finding.code for finding in review(found, nothing)} == {"SMM-S010"}


def test_its_targets_are_targets():
    shown = re.findall(r"^    value = (.+?)  ", PAGE, re.MULTILINE)
    assert [parse_target(text.strip('"')).op for text in shown] == ["<=", ">=", "..", ""]


def test_it_names_every_word_of_the_file():
    for record in (Strategy, Goal, Channel):
        for name, field in record.model_fields.items():
            word = field.alias or name
            assert re.search(rf"\b{word}\b", PAGE), f"{word} is not on the page"

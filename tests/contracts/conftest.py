from __future__ import annotations

from dataclasses import dataclass

import pytest

from smmetrics.api.metrics import Parameter
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse

VIEWS = {view.name: view for view in CORE_VIEWS}
NUMBERS = (
    "k",
    "sla",
    "min_turns",
    "threshold",
    "quiet_days",
    "month",
    "w_neutral",
    "answer_days",
    "ties",
    "many",
    "bar",
)
LISTS = ("contributing", "qualifying", "goal_topics")
PARAMETERS = {
    **{name: Parameter(name=name, type="number", default=3) for name in NUMBERS},
    **{name: Parameter(name=name, type="texts", default=("post", "reply")) for name in LISTS},
    "within": Parameter(name="within", type="hours", default=8),
}


@dataclass(frozen=True)
class Answer:
    record: object
    plugin: str
    distribution: str
    version: str = "1.0"


class FakeRegistry:
    """Answers by hook, as a registry gives them."""

    def __init__(self, **hooks):
        self._hooks = {f"smmetrics_{name}": tuple(answers) for name, answers in hooks.items()}

    def answers(self, hook):
        return self._hooks.get(hook, ())


def answers(plugin, *records, distribution=""):
    return tuple(Answer(record, plugin, distribution or f"smmetrics-{plugin}") for record in records)


@pytest.fixture
def read():
    def _read(text, **more):
        return parse(text, **{"views": VIEWS, "parameters": PARAMETERS, **more})

    return _read


@pytest.fixture
def fake_registry():
    return FakeRegistry

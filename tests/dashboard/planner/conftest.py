"""A planner over a real strategy file, and a hand that does on its page what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.planning import planner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from smmetrics.dashboard.planner import Planner

PLAN = """\
# Ours.
title = "Garden shop"
purpose = "People with their first garden succeed"  # said by the owner
[backing]
who = "the owner"
[audiences.gardeners]
who = "people in their first years with a garden"
shares = "tomatoes"
[people.ana]
role = "community manager"
hours_per_week = 10
trained_for = ["soil"]
[goals.talk]
type = "communicating.start_conversations"  # brings its questions
why = "a question is a beginning"
for_them = "somebody who answers"
audience = "gardeners"
people = ["ana"]
hours = { ana = 3 }
consulted = ["the shop floor"]
[[goals.talk.targets]]
metric = "communicating.conversation_rate"
value = ">= 2"
baseline = "1"
[channels.blog]
platform = "blogs"
serves = ["talk"]
because = "long answers stay there"
"""


class Hand:
    """What people do on the page of one planner, by the keys of its fields and buttons."""

    def __init__(self, folder: Path, plan: Planner) -> None:
        self.file = folder / "strategy.toml"
        self.plan = plan
        self.done = 0

    def _does(self, **message: Any) -> None:
        self.done += 1
        self.plan._heard(self.plan, {**message, "n": self.done}, [])

    def put(self, key: str, value: Any) -> None:
        assert key in self.plan.shown["values"], sorted(self.plan.shown["values"])
        self._does(does="put", key=key, value=value)

    def act(self, key: str, word: str = "") -> None:
        assert key in self.acts(), sorted(self.acts())
        self._does(does="act", key=key, word=word)

    def go(self, step: str) -> None:
        self._does(does="go", step=step)

    def press(self, what: str) -> None:
        self._does(does="press", what=what)

    def acts(self) -> set[str]:
        return {act["key"] for group in self.plan.screen["groups"] for act in group["acts"]}

    def said(self, key: str) -> list[str]:
        """The codes of what stands beside a field or at the head of a group."""
        return [note["code"] for note in self.plan.shown["notes"].get(key, [])]

    def value(self, key: str) -> Any:
        return self.plan.shown["values"][key]

    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def installed() -> Workspace:
    """A workspace whose plugins are loaded and compiled: done once."""
    workspace = Workspace(".", registry=Registry.discover())
    assert workspace.installed.goal_types
    return workspace


@pytest.fixture
def opened(tmp_path: Path, installed: Workspace) -> Callable[..., Hand]:
    def opened(text: str = PLAN, name: str = "work") -> Hand:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "strategy.toml").write_text(text, encoding="utf-8")
        workspace = Workspace(folder, registry=installed.registry)
        vars(workspace)["installed"] = installed.installed
        return Hand(folder, planner(workspace))

    return opened


@pytest.fixture
def hand(opened: Callable[..., Hand]) -> Hand:
    return opened()

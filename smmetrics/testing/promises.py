"""What makes a test a promise: it is numbered, cannot be overridden in silence, and is exempted only with a reason."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Any, ClassVar

import pytest

NUMBER = re.compile(r"test_(smm\d+)_")


class Promises:
    """Root of the kits. ``plugin`` names the plugin's module (``smmetrics_flickr``).

    A promise that a plugin cannot keep is exempted in ``promises.toml`` beside the tests:

        [[exempt]]
        promise = "SMM27"
        reason = "the platform shuffles rows on every export"
    """

    plugin: ClassVar[str] = ""

    def __init_subclass__(cls, **more: Any) -> None:  # noqa: ANN401 (whatever other bases take)
        """Refuse a class that overrides or deletes a promise without saying why."""
        super().__init_subclass__(**more)
        for name, value in vars(cls).items():
            if NUMBER.match(name) and any(hasattr(base, name) for base in cls.__mro__[1:]) and not _excused(value):
                message = (
                    f"{cls.__name__}.{name} overrides a promise. Keep it, or exempt it in promises.toml with a reason, "
                    f"or mark it @pytest.mark.xfail(reason=…)."
                )
                raise TypeError(message)

    @classmethod
    def folder(cls) -> Path:
        """Where the plugin's tests stand."""
        return Path(inspect.getfile(cls)).resolve().parent

    @classmethod
    def promises(cls) -> dict[str, str]:
        """Every promise's number and what it says."""
        found = {}
        for name in sorted(dir(cls)):
            if match := NUMBER.match(name):
                found[match[1].upper()] = " ".join((getattr(cls, name).__doc__ or "").split())
        return found

    @pytest.fixture(autouse=True)
    def _exempted(self, request: pytest.FixtureRequest) -> None:
        """Let an exempted promise fail, saying why."""
        match = NUMBER.match(getattr(request.node, "originalname", request.node.name))
        reason = exemptions(self.folder() / "promises.toml", self.promises()).get(match[1].upper()) if match else None
        if reason:
            pytest.xfail(f"exempted in promises.toml: {reason}")


def exemptions(path: Path, known: dict[str, str]) -> dict[str, str]:
    """Read which promises a plugin does not keep, and why.

    Raises:
        AssertionError: an exemption names no promise, or gives no reason.
    """
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("exempt", []):
        number, reason = str(entry.get("promise", "")), str(entry.get("reason", "")).strip()
        assert reason, f"{path}: the exemption of {number or '(no promise)'} gives no reason"
        found[number] = reason
    return {number: reason for number, reason in found.items() if number in known}


def _excused(value: object) -> bool:
    marks = getattr(value, "pytestmark", [])
    return any(mark.name == "xfail" and mark.kwargs.get("reason") for mark in marks)


def keep(faults: list[str]) -> None:
    """Fail with all faults at once, one a line."""
    assert not faults, "\n" + "\n".join(f"- {fault}" for fault in faults)

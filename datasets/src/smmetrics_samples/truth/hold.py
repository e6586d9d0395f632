"""Holds a workspace against the table: what it says otherwise, a sentence each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics_samples.truth.oracle import Row

CLOSE = 1e-9
Reading = dict[str, Any]
Key = tuple[str, str, str]


class Measures(Protocol):
    """What is asked of a workspace: `smmetrics.workspace.Workspace` has it."""

    def measure(self, *what: str, by: Sequence[str] = (), grain: str = "total") -> Any:  # noqa: ANN401
        """Readings, as ``frame`` with the engine's columns."""
        ...


def differences(workspace: Measures, table: Iterable[Row]) -> list[str]:
    """What a workspace made of the story's files says otherwise than the table; nothing if all agrees."""
    wanted = tuple(table)
    got = _readings(workspace, wanted)
    return [f"{row.metric} {row.slice} {row.period}: {text}" for row in wanted for text in _compared(row, got)]


def _readings(workspace: Measures, table: Sequence[Row]) -> Mapping[Key, Reading]:
    found: dict[Key, Reading] = {}
    for dimension in sorted({row.slice.partition("=")[0] for row in table}):
        metrics = dict.fromkeys(row.metric for row in table if row.slice.partition("=")[0] == dimension)
        by = [dimension] if dimension else []
        for grain in ("total", "month"):
            frame = workspace.measure(*metrics, by=by, grain=grain).frame
            found |= {_key(reading, dimension): reading for reading in frame.iter_rows(named=True)}
    return found


def _key(reading: Reading, dimension: str) -> Key:
    group = reading.get(dimension) or (json.loads(reading["slice"])[dimension] if reading["slice"] else "")
    period = "all" if reading["grain"] == "total" else f"{reading['period_start']:%Y-%m}"
    return reading["metric"], f"{dimension}={group}" if dimension else "", period


def _compared(row: Row, got: Mapping[Key, Reading]) -> Iterator[str]:
    reading = got.get((row.metric, row.slice, row.period))
    if reading is None:
        yield "there is no such reading"
        return
    if reading["state"] != row.state:
        yield f"{row.state} expected, found {reading['state']} ({reading['reason']})"
    elif row.state != "value" and not all(code in reading["reason"] for code in row.reason.split()):
        yield f"the reason {row.reason} expected, found {reading['reason']}"
    elif (row.value is None) != (reading["value"] is None) or not _close(row.value, reading["value"]):
        yield f"{row.value} expected, found {reading['value']}"
    if row.n is not None and reading["n"] != row.n:
        yield f"a sample of {row.n} expected, found {reading['n']}"


def _close(expected: float | None, found: float | None) -> bool:
    if expected is None or found is None:
        return expected is found
    return abs(expected - found) <= CLOSE * max(1.0, abs(expected))

"""Long stretches without a number take one line: “2019-01 to 2024-10: not covered”, not seventy of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]
ALIKE = (
    "goal", "question", "metric", "parameters", "subject", "platform", "account", "channel", "campaign", "audience",
    "slice", "grain", "state", "reason", "n",
)  # fmt: skip
"""What rows of one stretch share."""


def stretches(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; neighbouring periods that say the same nothing become one.

    ``until`` is then the first day of the last of them.
    """
    held: Row | None = None
    for row in rows:
        if held is not None and _continues(held, row):
            held = held | {"period_end": row["period_end"], "until": row["period_start"]}
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _continues(held: Row, row: Row) -> bool:
    return (
        row["value"] is None
        and held["value"] is None
        and not row.get("denominator")
        and held["period_end"] == row["period_start"]
        and all(held.get(name) == row.get(name) for name in ALIKE)
    )

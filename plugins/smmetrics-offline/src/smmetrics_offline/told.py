"""What a line of the sheet of labels says, as a row of its table: whose it is, and values of their kind only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmetrics_offline.cells import Fault, yes_no
from smmetrics_offline.telling import MOODS, YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping

HUMAN = "human"


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line as a row of the table. Raises `Fault` where the value is none of its kind."""
    kept = {name: value for name, value in row.items() if name != "by"}
    kind, value = row["kind"], row["value"]
    if kind in YES_NO:
        try:
            value = "yes" if yes_no(value) else "no"
        except Fault as fault:
            raise Fault(reason=fault.reason, column="value") from None
    elif kind == "sentiment":
        value = value.strip().lower()
        if value not in MOODS:
            raise Fault(reason="not_in_list", column="value")
    platform = row["platform"].strip().lower()
    return {**kept, "platform": platform, "value": value, "labeller": HUMAN, "version": row["by"] or ""}

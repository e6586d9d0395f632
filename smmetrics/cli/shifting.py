"""What if, for people and for programs: what would be lost, gained and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.covered import status_words
from smmetrics.cli.flow import Columns, hanging, room
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.changing import Shift

ORDER = ("lost", "weaker", "gained", "stronger", "same")
FED = frozenset({"measurable", "partly"})
WIDE = 100


def shift_row(shift: Shift) -> dict[str, Any]:
    """One shift as a record: what it is about, the change, and status, channel and source before and after."""
    row: dict[str, Any] = {
        "goal": shift.goal,
        "question": shift.question,
        "metric": shift.metric,
        "role": shift.role,
        "change": shift.change,
    }
    for name, cell in (("before", shift.before), ("after", shift.after)):
        row[name] = (
            {part: getattr(cell, part) for part in ("status", "channel", "source", "reason", "note")} if cell else None
        )
    return row


def print_shifts(found: Sequence[Shift], catalogue: Catalogue) -> None:
    """Print what changes, the worst first; what stays is counted, and listed where it stays a number."""
    del catalogue
    if not found:
        click.echo(say("next.coverage.nothing_bound"))
        return
    space = room()
    for change in ORDER:
        each = [shift for shift in found if shift.change == change and _worth(shift)]
        if each:
            click.echo(say(f"next.change.{change}", count=len(each)))
            for line in _lines(each, space):
                click.echo(line)
            click.echo("")
    none = [shift for shift in found if not _worth(shift)]
    if none:
        click.echo(say("next.coverage.neither", count=len(none)))


def _worth(shift: Shift) -> bool:
    """Whether there is a number before or after: what was none and stays none is counted only."""
    return any(cell is not None and cell.status in FED for cell in (shift.before, shift.after))


def _lines(shifts: Sequence[Shift], space: int) -> list[str]:
    rows = [[shift.goal, shift.metric, _cell(shift.before), _cell(shift.after)] for shift in shifts]
    if space >= WIDE:
        heads = [say(f"next.coverage.head_{name}") for name in ("goal", "metric", "now", "then")]
        table = Columns([heads, *rows], space, indent="  ", shares=(2, 4, 5, 5))
        return list(table.lines(heads, *rows))
    lines: list[str] = []
    for goal, metric, before, after in rows:
        lines += hanging(f"{goal} · {metric}", space, first="  ", then="    ")
        lines += hanging(say("next.coverage.now", status=before), space, first="    ", then="      ")
        lines += hanging(say("next.coverage.then", status=after), space, first="    ", then="      ")
    return lines


def _cell(cell: Cell | None) -> str:
    return f"{cell.channel}: {status_words(cell)}" if cell else say("next.coverage.no_channel")

"""What if, for people and for programs: what would be lost, gained and kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.covered import status_words
from smmetrics.cli.flow import Columns, hanging, room
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.changing import Shift

ORDER = ("lost", "weaker", "gained", "stronger", "moves")
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
    """Print what changes, the worst first; then what stays at another place, and what stays as it is."""
    space = room()
    kinds = {kind: [shift for shift in found if _kind(shift) == kind] for kind in (*ORDER, "stays", "neither")}
    if not any(kinds[kind] for kind in (*ORDER, "stays")):
        click.echo(say("next.coverage.nothing_bound"))
        return
    if not any(kinds[kind] for kind in ORDER):
        click.echo(say("next.change.nothing"))
    for kind in ORDER:
        if kinds[kind]:
            click.echo(say(f"next.change.{kind}", count=len(kinds[kind])))
            for line in _lines(kinds[kind], catalogue, space):
                click.echo(line)
            click.echo("")
    for kind in ("stays", "neither"):
        if kinds[kind]:
            names = ", ".join(dict.fromkeys(shift.metric for shift in kinds[kind]))
            for line in hanging(say(f"next.change.{kind}", count=len(kinds[kind]), names=names), space, then="  "):
                click.echo(line)


def _kind(shift: Shift) -> str:
    """The change; what stays a number does so at its place or at another, what never was one is neither."""
    if shift.change != "same":
        return shift.change
    if shift.before is None or shift.after is None or shift.after.status not in FED:
        return "neither"
    return "stays" if shift.before.channel == shift.after.channel else "moves"


def _lines(shifts: Sequence[Shift], catalogue: Catalogue, space: int) -> Iterator[str]:
    """A block for each goal, in columns where there is room for them."""
    rows = [[shift.metric, _cell(shift.before, catalogue), _cell(shift.after, catalogue)] for shift in shifts]
    heads = [say(f"next.coverage.head_{name}") for name in ("metric", "now", "then")]
    table = Columns([heads, *rows], space, indent="  ", shares=(4, 4, 6))
    if space >= WIDE:
        yield from table.lines(heads)
    for goal, group in groupby(zip(shifts, rows, strict=True), key=lambda pair: pair[0].goal):
        yield from hanging(goal, space)
        for _, (metric, before, after) in group:
            if space >= WIDE:
                yield from table.lines((metric, before, after))
                continue
            yield from hanging(metric, space, first="  ", then="    ")
            yield from hanging(say("next.coverage.now", status=before), space, first="    ", then="      ")
            yield from hanging(say("next.coverage.then", status=after), space, first="    ", then="      ")


def _cell(cell: Cell | None, catalogue: Catalogue) -> str:
    return f"{cell.channel}: {status_words(cell, catalogue)}" if cell else say("next.coverage.no_channel")

"""What if, for people and for programs: what would be lost, gained and kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.covered import status_words
from smmetrics.cli.flow import Columns, hanging, room
from smmetrics.cli.here import here
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.changing import Shift
    from smmetrics.workspace.covering import Gone

ORDER = ("lost", "weaker", "gained", "stronger", "moves")
ALIKE = ("less", "stays", "neither")
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
        "fewer": list(shift.fewer),
    }
    for name, cell in (("before", shift.before), ("after", shift.after)):
        row[name] = (
            {part: getattr(cell, part) for part in ("status", "channel", "source", "reason", "note")} if cell else None
        )
    return row


def print_shifts(found: Sequence[Shift], catalogue: Catalogue, gone: Gone) -> None:
    """Print the files that go, and what changes, the worst first; then what stays elsewhere, and as it is."""
    space = room()
    for line in _gone(gone, catalogue, space):
        click.echo(line)
    kinds = {kind: [shift for shift in found if _kind(shift) == kind] for kind in (*ORDER, *ALIKE)}
    if not any(kinds[kind] for kind in kinds if kind != "neither"):
        click.echo(say("next.coverage.nothing_bound"))
        return
    if not (gone.by_platform or any(kinds[kind] for kind in (*ORDER, "less"))):
        click.echo(say("next.change.nothing"))
    for line in (*_changes(kinds, catalogue, space), *_less(kinds["less"], space), *_alike(kinds, space)):
        click.echo(line)


def _changes(kinds: Mapping[str, Sequence[Shift]], catalogue: Catalogue, space: int) -> Iterator[str]:
    for kind in ORDER:
        if kinds[kind]:
            yield say(f"next.change.{kind}", count=len(kinds[kind]))
            yield from _lines(kinds[kind], catalogue, space)
            yield ""


def _alike(kinds: Mapping[str, Sequence[Shift]], space: int) -> Iterator[str]:
    for kind in ("stays", "neither"):
        if kinds[kind]:
            names = ", ".join(dict.fromkeys(shift.metric for shift in kinds[kind]))
            said = say(f"next.change.{kind}", count=len(kinds[kind]), names=names)
            yield from hanging(here(said), space, then="  ")


def _gone(gone: Gone, catalogue: Catalogue, space: int) -> Iterator[str]:
    """The data that would count no more: how much of all there is."""
    for platform, amount in gone.by_platform.items():
        known = catalogue.platforms.get(platform)
        said = say(
            "goals.coverage.gone",
            platform=known.title if known else platform,
            records=f"{amount.records:,}",
            of_records=f"{gone.all.records:,}",
            files=f"{amount.files:,}",
            of_files=f"{gone.all.files:,}",
        )
        yield from hanging(said, space, then="  ")
    if gone.by_platform:
        yield ""


def _less(shifts: Sequence[Shift], space: int) -> Iterator[str]:
    """Numbers that stay and lose a part of what they are counted from, by the channels that part comes from."""
    by_channels: dict[tuple[str, ...], dict[str, None]] = {}
    for shift in shifts:
        by_channels.setdefault(shift.fewer, {})[shift.metric] = None
    for channels, names in by_channels.items():
        said = say("goals.coverage.less", count=len(names), channels=", ".join(channels), names=", ".join(names))
        yield from hanging(said, space, then="  ")


def _kind(shift: Shift) -> str:
    """The change; what stays a number does so at its place, from less or at another; what never was one is neither."""
    if shift.change != "same":
        return shift.change
    if shift.before is None or shift.after is None or shift.after.status not in FED:
        return "neither"
    if shift.before.source != shift.after.source:
        return "moves"
    return "less" if shift.fewer else "stays"


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

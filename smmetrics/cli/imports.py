"""`smmetrics imports`: what came in; undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, printable, show
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smmetrics.intake import Progress

SHOWN = {
    "id": "id", "file": "file", "kind": "taken for", "records_in": "records", "kept": "kept",
    "quarantined": "set aside", "duplicate": "known before", "observed_at": "numbers as of", "status": "status",
}  # fmt: skip
"""The columns people see, in the words that `import` uses."""
NOTES = 20
"""So many notes are shown below the list."""


@click.group(
    name="imports",
    invoke_without_command=True,
    short_help="List what came in; undo an import, or read it again.",
    epilog=examples("smmetrics -w acme imports", "smmetrics -w acme imports undo b1-1"),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """List imports, the oldest first, with their counts and since when their numbers hold."""
    if context.invoked_subcommand:
        return 0
    rows = import_rows()
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("Nothing has come in yet. Put what a platform exported into inbox, then: smmetrics import")
    else:
        show([_for_people(row) for row in rows], columns=tuple(SHOWN.values()))
        for line in _noted(rows):
            click.echo(here(printable(line)))
        _say_what_counts_nowhere()
    return 0


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A row under the columns people see: the file without its folder, with its part; the time to the minute."""
    from smmetrics.store.ledger import part_of

    short = {"file": part_of(row), "observed_at": as_of(row) if row["kept"] else ""}
    return {title: (row | short)[name] for name, title in SHOWN.items()}


def as_of(row: dict[str, Any]) -> str:
    """Since when a file's numbers hold: a moment, the day before which they cannot be, or that nobody knows."""
    from smmetrics.intake.ranges import BOUND

    at = row["observed_at"]
    if at is None:
        return say("reading.observed_unknown")
    if row["observed_basis"] == BOUND:
        return say("reading.observed_bound", day=at.date())
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _noted(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What was said of files that count when they came in, such as sums that differ; each once, with whose it is."""
    from smmetrics.store.ledger import part_of

    said: dict[str, list[str]] = {}
    for row in rows:
        for message in row["messages"] if row["status"] == "imported" else ():
            said.setdefault(message, []).append(part_of(row))
    lines = [
        f"{names[0]}: {message}" if len(names) == 1 else say("files.several", count=len(names), message=message)
        for message, names in said.items()
    ]
    more = [say("files.more", count=len(lines) - NOTES)] if len(lines) > NOTES else []
    return [*lines[:NOTES], *more]


def _say_what_counts_nowhere() -> None:
    """Rows that came in and stand in no table, counted: what is left out must be visible."""
    from smmetrics.workspace.measuring import left_out_words, tables

    found = tables(open_here())
    for name, count in sorted(found.left_out().items()) if found is not None else ():
        if count:
            click.echo(f"Of all that came in: {count:,} {left_out_words(name, count)}")


def import_rows() -> list[dict[str, Any]]:
    """Every import as plain values."""
    from smmetrics.store.ledger import rows_of

    snapshot = open_here().snapshot()
    return [] if snapshot is None else [row.record() for row in rows_of(snapshot.imports())]


@command.command(
    name="undo", epilog=examples("smmetrics -w acme imports undo b1-1", "smmetrics -w acme imports undo b2 b3-4")
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
def undo(ids: tuple[str, ...], *, as_json: bool) -> int:
    """Take back imports, as if they had never been. ID is the first column in `smmetrics imports`.

    Its part before the - takes back all that came in with one command: b2 is b2-1, b2-2 and so on.
    """
    workspace = open_here()
    rows = [workspace.undo(each) for each in _meant(ids)]
    if as_json:
        print_json([row.record() for row in rows])
        return 0
    for row in rows:
        click.echo(f"Took back {row.id}: {row.file}. Its rows no longer count.")
    return 0


def _meant(ids: Sequence[str]) -> list[str]:
    """The imports meant, each once; what is none comes first, so that it is refused before anything is taken back."""
    there = [row["id"] for row in import_rows() if row["status"] == "imported"]
    found = [[one for one in there if each in {one, one.partition("-")[0]}] or [each] for each in ids]
    return sorted(dict.fromkeys(one for several in found for one in several), key=lambda one: one in there)


@command.command(
    name="reread",
    epilog=examples(
        "smmetrics -w acme imports reread",
        "smmetrics -w acme imports reread b1-1",
        "smmetrics imports reread --dry-run",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--adapter", default="", metavar="NAME", help="All that this distribution read, such as smmetrics-x.")
@click.option("--dry-run", is_flag=True, help="Read and report; change nothing.")
@json_option
def reread(ids: tuple[str, ...], *, adapter: str, dry_run: bool, as_json: bool) -> int:
    """Read the kept copies of imports again: those named, or all that an older version of their reader read.

    What is read now takes the place of what was read then, each file in one step; what cannot be read any more stays.
    """
    from smmetrics.workspace.rereading import reread as again

    found = again(open_here(), ids, adapter=adapter, dry_run=dry_run, progress=None if as_json else _progress())
    if as_json:
        print_json([each.record() for each in found])
    elif not found:
        click.echo(here(say("forget.reread.nothing")))
    else:
        show([_reread_row(each.record()) for each in found])
        if dry_run:
            click.echo(say("forget.reread.dry"))
    return 4 if any(each.status == "not read" for each in found) else 0


def _reread_row(record: dict[str, Any]) -> dict[str, Any]:
    """A row for people: the old and the new id, what was kept then and now, and why not."""
    return {
        "was": record["was"], "now": record["id"], "file": Path(record["file"]).name,
        "kept then": record["kept_before"], "kept now": record["kept"],
        "status": record["status"], "why": record["reason"],
    }  # fmt: skip


def _progress() -> Callable[[Progress], None] | None:
    from smmetrics.cli.import_ import progress_line

    return progress_line()

"""`smmetrics doctor` and `smmetrics vacuum`: how the folder is, and clearing it up."""

from __future__ import annotations

import click

from smmetrics.api.errors import UserMistake
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, printable
from smmetrics.words import say


@click.command(
    name="doctor",
    short_help="Examine this folder: damage, leftovers, what is due.",
    epilog=examples("smmetrics -w acme doctor", "smmetrics -w acme doctor --deep --json"),
)
@click.option("--deep", is_flag=True, help="Unpack and compare every private copy as well.")
@json_option
def command(*, deep: bool, as_json: bool) -> int:
    """Look at tables, private copies, keys, versions, room, and what is older than agreed. Changes nothing.

    Each line says what to do. Exits 1 where something is wrong. For plugins: smmetrics plugins doctor.
    """
    from smmetrics.workspace.health import examine

    workspace = open_here()
    if not workspace.has_store:
        print_json([]) if as_json else click.echo(say("forget.doctor.well"))
        return 0
    found = examine(workspace, deep=deep)
    wrong = [each for each in found if each.level != "well"]
    if as_json:
        print_json([each.record() for each in found])
    else:
        for each in found:
            sign = "" if each.level == "well" else f"{each.level}: "
            click.echo(f"{sign}{printable(each.what)}")
            if each.hint:
                click.echo(f"  {here(each.hint)}")
        if not wrong:
            click.echo(say("forget.doctor.well"))
    return 1 if any(each.level in {"warning", "error"} for each in wrong) else 0


@click.command(
    name="vacuum",
    short_help="Clear away files that nothing needs any more.",
    epilog=examples("smmetrics -w acme vacuum --dry-run", "smmetrics -w acme vacuum --keep 1"),
)
@click.option("--keep", type=click.IntRange(1, 30), default=30, show_default=True, help="So many former states stay.")
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
@json_option
def vacuum(*, keep: int, dry_run: bool, as_json: bool) -> int:
    """Remove what no kept state of the tables reads, what dead processes left, and copies of no import.

    It may be interrupted and run again. Nothing that counts is touched.
    """
    from smmetrics.workspace.health import clear, in_words

    workspace = open_here()
    if not workspace.has_store:
        raise UserMistake(say("forget.vacuum.nothing"), code="vacuum.nothing")
    found = clear(workspace, keep=keep, dry_run=dry_run)
    if as_json:
        print_json(
            [{"why": why, "files": len(paths), "dry_run": dry_run} for why, paths in found.files.items()],
        )
    elif not found.count:
        click.echo(say("forget.vacuum.nothing"))
    elif dry_run:
        click.echo(say("forget.vacuum.would", count=found.count, size=in_words(found.size)))
    else:
        click.echo(say("forget.vacuum.done", count=found.count, size=in_words(found.size)))
    return 0

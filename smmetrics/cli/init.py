"""`smmetrics init`: begin a workspace."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from smmetrics.cli.options import examples


@click.command(
    name="init",
    short_help="Begin a workspace: a strategy to fill in.",
    epilog=examples("smmetrics init acme", "smmetrics init acme --timezone Europe/Berlin"),
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--timezone", metavar="ZONE", help="Where your days begin and end, such as Europe/Berlin.")
def command(folder: Path, timezone: str | None) -> int:
    """Make a workspace in DIR: a commented strategy.toml and folders for what comes in and goes out."""
    from smmetrics.workspace import init

    zone, said = _zone(timezone)
    workspace = init(folder, zone=zone)
    click.echo(f"Made a workspace in {workspace.root}.")
    click.echo(f"Days begin and end in {zone}{said}. Change it in strategy.toml: timezone.")
    click.echo("Next:")
    click.echo(f"  1. Open {workspace.root / 'strategy.toml'} and say what for, for whom, and who has time.")
    click.echo(f"  2. smmetrics -w {workspace.root} review     says what is missing")
    click.echo(f"  3. smmetrics -w {workspace.root} import FILE  takes in what a platform exported")
    return 0


def _zone(given: str | None) -> tuple[str, str]:
    """The zone: the one given, the computer's where a person can see and object, else UTC."""
    if given:
        return given, ""
    if not sys.stdin.isatty():
        return "UTC", " (nobody was there to ask)"
    name = _computer_zone()
    return click.prompt("Time zone, for where days begin and end", default=name), ""


def _computer_zone() -> str:
    """The computer's zone as a name of the zone database, else UTC."""
    target = Path("/etc/localtime")
    parts = target.resolve().parts if target.is_symlink() else ()
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else "UTC"

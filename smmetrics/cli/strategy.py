"""`smmetrics strategy`: the file itself: its schema for editors, its versions, and back to an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, out_option, setup
from smmetrics.cli.output import print_json, printable, show, to_json
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from smmetrics.strategy import Version
    from smmetrics.strategy.differing import Difference

FILE = "strategy.toml"
SHOWN = ("id", "saved", "by", "changed")
NAMED = 3
"""So many places of a version are named; of more, the number is said."""


@click.group(
    name="strategy",
    short_help="The strategy file: its schema, its versions, undo.",
    epilog=examples("smmetrics -w acme strategy history", "smmetrics strategy schema --out strategy.schema.json"),
)
def command() -> int:
    """Say what the strategy file may hold, list its versions, go back to an older one."""
    return 0


@command.command(name="schema", epilog=examples("smmetrics strategy schema --out strategy.schema.json"))
@out_option
def schema(out: Path | None) -> int:
    """Write a JSON Schema of the file, with which editors complete, explain and mark its words."""
    from smmetrics.strategy.schema import schema as made

    text = to_json(made())
    if out is None:
        click.echo(text)
        return 0
    from smmetrics.panels.files import save

    save(f"{text}\n".encode(), out)
    click.echo(say("start.schema.wrote", file=printable(str(out))), err=True)
    click.echo(say("start.schema.use", file=printable(out.name)), err=True)
    return 0


@command.command(
    name="history", epilog=examples("smmetrics -w acme strategy history", "smmetrics strategy history --json")
)
@json_option
def history(*, as_json: bool) -> int:
    """List the versions that are kept, the oldest first: when, what by, and what changed."""
    from smmetrics.strategy import history as versions

    path = _file()
    kept = versions(path)
    now = path.read_bytes() if path.is_file() else b""
    if as_json:
        print_json([_record(each, now) for each in kept])
    elif not kept:
        click.echo(say("start.history.none"))
    else:
        show([_row(each) for each in kept], columns=SHOWN)
        same = [each.id for each in kept if each.text.encode() == now]
        click.echo(say("start.history.now", id=same[-1]) if same else say("start.history.by_hand"))
    return 0


@command.command(name="undo", epilog=examples("smmetrics -w acme strategy undo", "smmetrics -w acme strategy undo 7"))
@click.argument("version", metavar="[ID]", required=False, type=int)
@json_option
def undo(version: int | None, *, as_json: bool) -> int:
    """Go back to the version before the newest, or to version ID. What goes is kept: this can be taken back, too."""
    from smmetrics.strategy import undo as go_back

    path = _file()
    _, found = go_back(path, version)
    if as_json:
        click.echo(to_json(_record(found, path.read_bytes())))
    else:
        click.echo(here(say("start.history.went", id=found.id, saved=_time(found))))
    return 0


def _file() -> Path:
    """The strategy file, or one that is gone and was kept; the mistake of having neither."""
    from smmetrics.strategy.history import FOLDER

    path = setup().workspace / FILE
    if path.is_file() or (path.parent / FOLDER).is_dir():
        return path
    from smmetrics.strategy import read

    read(path)
    return path


def _row(version: Version) -> dict[str, object]:
    return {"id": version.id, "saved": _time(version), "by": version.by, "changed": _words(version.changed)}


def _record(version: Version, now: bytes) -> dict[str, object]:
    return {
        "id": version.id,
        "saved_at": version.saved_at,
        "by": version.by,
        "changed": [{"kind": each.kind, "where": each.where} for each in version.changed],
        "current": version.text.encode() == now,
    }


def _time(version: Version) -> str:
    return f"{version.saved_at.astimezone():%Y-%m-%d %H:%M}"


def _words(changed: Sequence[Difference]) -> str:
    """What changed, a few places by name."""
    if not changed:
        return say("start.history.first")
    said = [say(f"start.history.kinds.{each.kind}", where=each.where) for each in changed[:NAMED]]
    more = len(changed) - NAMED
    return ", ".join(said) + (say("start.history.more", count=more) if more > 0 else "")

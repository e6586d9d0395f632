"""`smmetrics map`: say what the columns of a table mean, so that `import` can read it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option

if TYPE_CHECKING:
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace import Workspace
    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.making import Given, Trial
    from smmetrics.workspace.mapping.record import Mapping

SHOWN = 24


@click.command(
    name="map",
    short_help="Say what the columns of any table mean.",
    epilog=examples(
        'smmetrics -w acme map "KPIs 2026.xlsx" --part Newsletter --platform newsletter',
        'smmetrics -w acme map old.csv --set "Day=account_counts.window_start date %d/%m/%Y" --set "Notes="',
        "smmetrics -w acme map old.csv --accept",
    ),
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--set",
    "columns",
    multiple=True,
    metavar="COLUMN=TARGET",
    help="What a column is: table.column, and how written. ? lists the targets.",
)
@click.option("--platform", default="", metavar="WORD", help="Where the file comes from.")
@click.option(
    "--platform-title", default="", metavar="TEXT", help="How that place is called, where no plugin knows it."
)
@click.option("--account", default="", help="The account it is about, if it is not the only one of yours.")
@click.option("--table", default="", metavar="TABLE", help="What a row is: posts, account_counts, cases …")
@click.option("--window", default="", metavar="TIME", help="lifetime, day, week, days_28, month or range.")
@click.option("--locale", default="", help="How numbers are written: en (1,234.5) or de (1.234,5).")
@click.option("--part", default="", metavar="NAME", help="Which sheet, or file of an archive.")
@click.option("--name", default="", metavar="NAME", help="A name for the mapping; else that of the file.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The year of dates that carry none.")
@click.option("--timezone", "zone", default="", metavar="ZONE", help="The zone of times that carry none.")
@click.option("--accept", "accepted", is_flag=True, help="Accept the mapping: from now on `import` reads by it.")
@json_option
def command(path: Path, *, accepted: bool, as_json: bool, **said: Any) -> int:  # noqa: ANN401
    """Look at a table that nothing installed reads, and propose what its columns mean.

    The proposal goes to the folder maps, with remarks, and shows what would become of the first rows. On a terminal it
    is asked about; elsewhere say it with options or in the file. Nothing is read by it before it is accepted.
    """
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.cli.output import print_json, printable
    from smmetrics.words import say
    from smmetrics.workspace.mapping import Given, accept, propose, trial
    from smmetrics.workspace.mapping.making import keep
    from smmetrics.workspace.mapping.targets import is_asked

    workspace, _, _ = catalogue_here()
    catalogue = workspace.installed
    asked = [each for each in said["columns"] if is_asked(each)]
    said["columns"] = tuple(each for each in said["columns"] if each not in asked)
    given = Given(**said | {"zone": said["zone"] or workspace.scope.zone})
    mapping, seen, _ = propose(path, workspace.root, catalogue, given)
    if asked:
        _list_targets(mapping, catalogue, asked[0])
        return 0
    asking = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
    if asking:
        mapping = _asked(mapping, catalogue, seen)
    tried = trial(path, mapping, catalogue, given)
    if not as_json:
        if len(seen.lists) > 1:
            click.echo(printable(_lists(seen)))
        _tell(mapping, tried)
    if asking:
        corrected = _corrected(mapping, catalogue, seen)
        tried = tried if corrected == mapping else trial(path, corrected, catalogue, given)
        mapping = corrected
    if asking and not accepted and not mapping.open and not (tried and tried.refused):
        accepted = click.confirm(say("map.ask_right"), default=False)
    if accepted:
        mapping = accept(mapping, workspace.root, tried)
    where = keep(mapping, workspace.root)
    _tell_where(workspace, where)
    if as_json:
        print_json([_record(mapping, where, tried)])
        return 0
    kind = f"{mapping.platform}.{mapping.name}"
    accepted_words = say("map.confirmed", name=path.name, path=where, kind=kind)
    click.echo(printable(accepted_words if mapping.confirmed else say("map.proposal", name=path.name, path=where)))
    for line in _then(mapping, path, given):
        click.echo(printable(here(line)))
    return 0


def _tell_where(workspace: Workspace, where: Path) -> None:
    """Say where the mapping lies, if that is no workspace yet: somebody may be in another folder than they think."""
    from smmetrics.cli.output import printable
    from smmetrics.words import say

    if not workspace.exists:
        click.echo(printable(say("map.no_workspace", folder=workspace.root, path=where)), err=True)


def _then(mapping: Mapping, path: Path, given: Given) -> list[str]:
    from shlex import quote

    from smmetrics.words import say

    if mapping.confirmed:
        return [say("map.import_hint", file=quote(str(path)))]
    again = [
        quote(str(path)),
        *(f"--{key} {quote(value)}" for key in ("part", "name") if (value := getattr(given, key))),
    ]
    lines = [say("map.open_head"), *(f"  {each}" for each in mapping.open)] if mapping.open else []
    return [*lines, say("map.accept_hint", file=" ".join(again))]


def _tell(mapping: Mapping, tried: Trial | None) -> None:
    """The columns and what they are taken for; then the first rows."""
    from smmetrics.cli.output import print_table, printable
    from smmetrics.intake.records import REASONS
    from smmetrics.words import say
    from smmetrics.workspace.mapping.record import NUMBERED

    click.echo(printable(say("map.row_is", row=_row(mapping.table), table=mapping.table)))
    if mapping.table == "account_counts":
        click.echo(say("map.counts", window=mapping.window))
    if mapping.table == "posts":
        click.echo(say("map.ours") if mapping.ours else say("map.not_ours"))
    if not any(each.to.endswith("_id") for each in mapping.taken) and mapping.table in NUMBERED:
        click.echo(say("map.made_id"))
    print_table(
        {
            "column": each.header[: SHOWN * 2],
            "values": ", ".join(each.seen)[: SHOWN * 2],
            "is": each.to or "-",
            "as": each.parse if each.to else "",
            "remark": each.why,
        }
        for each in mapping.columns
    )
    if tried is None:
        return
    if tried.result.status != "read":
        click.echo(printable(say("map.refused", why=tried.why)))
        return
    for table, rows, first in tried.shown:
        click.echo(say("map.shown", table=table, count=first.height, rows=rows))
        print_table(first)
    if tried.result.quarantine is not None and tried.result.quarantined:
        first_fault = tried.result.quarantine.row(0, named=True)
        why = f"{REASONS[first_fault['reason']]}: {first_fault['excerpt']}"
        why = f"{first_fault['column']}: {why}" if first_fault["column"] else why
        total = tried.result.records_in
        click.echo(printable(say("map.aside", count=tried.result.quarantined, rows=total, why=why)))


def _lists(seen: Seen) -> str:
    """Which of several lists in a JSON file was taken, and how to take another."""
    from smmetrics.words import say

    named = ", ".join(say("map.list", name=name or "-", count=count) for name, count in seen.lists)
    other = next(name for name, _ in seen.lists if name != seen.named)
    return say("map.lists", count=len(seen.lists), lists=named, taken=seen.named, other=other)


def _row(table: str) -> str:
    from smmetrics.words import section

    return section("map.table").get(table, table)


def _asked(mapping: Mapping, catalogue: Catalogue, seen: Seen) -> Mapping:
    """Ask what is open: where it comes from, and each column in doubt."""
    from dataclasses import replace

    from smmetrics.words import say
    from smmetrics.workspace.mapping.making import with_column
    from smmetrics.workspace.mapping.record import ASKED

    if not mapping.platform:
        known = ", ".join(sorted(catalogue.platforms))
        platform = click.prompt(f"{say('map.ask_platform')} ({known})", default="", show_default=False)
        mapping = replace(mapping, platform=platform.strip().lower().replace(" ", "_"))
    for told in mapping.columns:
        values = ", ".join(told.seen)
        if told.to == ASKED:
            which = click.prompt(
                say("map.ask_which", header=told.header, values=values, why=told.why), default="", show_default=False
            )
            mapping = with_column(mapping, f"{told.header}={which.strip()}", catalogue, seen)
        elif told.to and not told.parse:
            parse = click.prompt(
                say("map.ask_parse", header=told.header, values=values), default="", show_default=False
            )
            mapping = with_column(
                mapping, f"{told.header}={told.to if parse else ''} {parse}".rstrip(), catalogue, seen
            )
    return mapping


def _corrected(mapping: Mapping, catalogue: Catalogue, seen: Seen) -> Mapping:
    """Ask for changes, one after the other, until nothing more is said."""
    from smmetrics.api.errors import UserMistake
    from smmetrics.words import say
    from smmetrics.workspace.mapping.files import checked
    from smmetrics.workspace.mapping.making import with_column
    from smmetrics.workspace.mapping.targets import is_asked

    while said := click.prompt(say("map.ask_change"), default="", show_default=False).strip():
        if is_asked(said):
            _list_targets(mapping, catalogue, said)
            continue
        try:
            changed = with_column(mapping, said, catalogue, seen)
            checked(changed, catalogue)
        except UserMistake as mistake:
            click.echo(str(mistake), err=True)
            continue
        mapping = changed
    return mapping


def _list_targets(mapping: Mapping, catalogue: Catalogue, asked: str) -> None:
    from smmetrics.cli.output import print_table, printable
    from smmetrics.words import say
    from smmetrics.workspace.mapping.targets import others, targets

    rows = targets(mapping, catalogue, asked)
    if rows:
        print_table(rows)
    click.echo(printable(say("map.targets", table=mapping.table, tables=others(catalogue))))


def _record(mapping: Mapping, where: Path, tried: Trial | None) -> dict[str, object]:
    """The mapping as plain values, for programs."""
    from dataclasses import asdict

    return {
        **asdict(mapping),
        "path": str(where),
        "open": list(mapping.open),
        "records": tried.result.records_in if tried else None,
        "kept": tried.result.kept if tried else None,
        "quarantined": tried.result.quarantined if tried else None,
        "refused": tried.refused if tried else "",
    }

"""`smmetrics demo`: a sample workspace, measured and reported."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples
from smmetrics.cli.output import print_table, printable
from smmetrics.words import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.strategy import Finding
    from smmetrics.workspace import Workspace
    from smmetrics.workspace.importing import Outcome
    from smmetrics.workspace.measuring import Readings

LONGEST_TITLE, LONGEST_BETWEEN, LONGEST_WORD = 44, 24, 44
LEVELS = ("error", "warning", "note")
FINDINGS = 4
"""How many findings are shown; the others are counted."""


@click.command(
    name="demo",
    short_help="Make a sample folder, measure it and write its report.",
    epilog=examples("smmetrics demo", "smmetrics demo /tmp/sample"),
)
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> int:
    """Fill the folder DIR (./demo) with invented people in real export formats. The report's path comes last.

    Running it again changes nothing; a strategy.toml you changed there is kept.
    """
    from smmetrics.workspace.demo import make_demo

    demo = make_demo(folder)
    workspace = demo.workspace
    _say_what(workspace)
    _say_files(demo.outcomes, folder)
    _say_findings(workspace.review())
    readings = workspace.export()
    _say_numbers(workspace, readings)
    _say_further(folder)
    click.echo(_reports(workspace, readings))
    return 0


def _say_what(workspace: Workspace) -> None:
    strategy = workspace.need_strategy()
    click.echo(printable(f"{strategy.title}: {strategy.purpose}."))
    click.echo("Nobody in it exists. The files are in the formats that the platforms export.")


def _say_files(outcomes: Sequence[Outcome], folder: Path) -> None:
    """One line for each kind of file, and what was refused or set aside."""
    click.echo(f"\n1. Files taken in, from {printable(str(folder / 'inbox'))}\n")
    kinds: dict[str, list[Outcome]] = {}
    taken = [outcome for outcome in outcomes if not outcome.beside]
    for outcome in taken:
        kinds.setdefault(outcome.kind or "not known", []).append(outcome)
    rows = [
        {
            "taken for": kind,
            "files": len(of),
            "records": sum(each.records_in for each in of),
            "kept": sum(each.kept for each in of),
            "set aside": sum(each.quarantined for each in of),
            "known": sum(each.duplicate for each in of),
        }
        for kind, of in sorted(kinds.items())
    ]
    if rows:
        print_table(rows)
    else:
        click.echo("None: no plugin is there that brings samples.")
    for outcome in taken:
        if outcome.status == "refused":
            click.echo(printable(f"{Path(outcome.file).name} was not taken: {outcome.reason}"))
    if taken and all(outcome.status == "duplicate" for outcome in taken):
        click.echo("All of them came in before: nothing changed.")


def _say_findings(findings: Sequence[Finding]) -> None:
    """The first findings, a line each."""
    click.echo("\n2. What the strategy lacks, before any number is looked at\n")
    open_ones = sorted((each for each in findings if not each.accepted), key=lambda each: LEVELS.index(each.level))
    for finding in open_ones[:FINDINGS]:
        click.echo(printable(f"{finding.level}: {finding.message.replace('`', '')}"))
    left = len(open_ones) - FINDINGS
    if left > 0:
        click.echo(f"… and {left} more")
    if not open_ones:
        click.echo("Nothing.")


def _say_numbers(workspace: Workspace, readings: Readings) -> None:
    """Each goal's questions with the numbers that answer them."""
    from smmetrics.export.readings import period
    from smmetrics.workspace.covering import questions

    rows = {(row["goal"], row["question"], row["metric"]): row for row in readings.frame.iter_rows(named=True)}
    if not rows:
        click.echo("\n3. What the numbers say\n\nNothing: no plugin is there that measures anything.")
        return
    when = period(next(iter(rows.values())))
    click.echo(f"\n3. What the numbers say, {when}: value, 95 % interval, and how the aim stands or why there is none")
    for question in questions(workspace):
        asked = dict.fromkeys((*question.lead, *question.guard))
        found = [row for metric in asked if (row := rows.get((question.goal, question.ask, metric)))]
        if found:
            click.echo(f"\n{printable(f'{question.goal}: {question.ask}')}")
        for row in found:
            click.echo(_line(workspace.catalogue.metrics[row["metric"]].metric.title, row))


def _line(title: str, row: dict[str, Any]) -> str:
    """A number in a line; or why there is none."""
    from smmetrics.export import readings, values
    from smmetrics.panels.telling import aim_told

    aim = aim_told(row["target"], row["status"], readings.unit_of(row))
    between = values.interval(row["low"], row["high"], readings.unit_of(row))
    words = aim if row["value"] is not None else _why(row)
    name = cut(printable(title), LONGEST_TITLE)
    line = f"  {name:<{LONGEST_TITLE}} {readings.value(row):>10}  {between:<{LONGEST_BETWEEN}}"
    return f"{line}  {cut(printable(words), LONGEST_WORD)}".rstrip()


def _why(row: dict[str, Any]) -> str:
    """Why there is no number, without what stands in brackets; reasons that differ by platform are left to coverage."""
    from smmetrics.export.words import state_words

    if "; " in row["reason"]:
        return f"{state_words(row['state'])}: no file here reports it"
    return state_words(row["state"], row["reason"]).partition(" (")[0]


def _say_further(folder: Path) -> None:
    where = shlex.quote(printable(str(folder)))
    click.echo("\n4. Look for yourself\n")
    for words, what in (
        ("coverage", "what can be answered where, and why not"),
        ("quarantine", "what could not be read"),
        ("measure 'count(posts)' --by platform", "a number of your own"),
        ("lab", "the dashboard, in JupyterLab"),
    ):
        click.echo(f"smmetrics -w {where} {words:<40}{what}")


def _reports(workspace: Workspace, readings: Readings) -> str:
    """Write the table and the report; give the report's path."""
    from smmetrics.export import write

    folder = workspace.root / "reports"
    folder.mkdir(exist_ok=True)
    table = folder / "kpis.csv"
    write(readings.frame, "csv", table, provenance=readings.provenance)
    click.echo(f"\nThe same as a table, with everything that stands behind it: {printable(str(table))}")
    click.echo("And as a page to open in a browser:")
    return printable(str(workspace.report(folder / "demo.html")))

"""`smmetrics review`: what the strategy lacks, before any data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.strategy import Finding

LEVELS = ("error", "warning", "note", "accepted")


@click.command(
    name="review",
    short_help="Say what the strategy lacks; needs no data.",
    epilog=examples("smmetrics -w acme review", "smmetrics -w acme review --strict --json"),
)
@click.option("--strict", is_flag=True, help="Exit 1 on warnings and notes too.")
@json_option
def command(*, strict: bool, as_json: bool) -> int:
    """Review strategy.toml. Exit 2 on errors; 0 on warnings and notes, 1 under --strict."""
    from dataclasses import asdict

    findings = open_here().review()
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        print_findings(findings)
    levels = {finding.level for finding in findings}
    if "error" in levels:
        return 2
    return 1 if strict and levels & {"warning", "note"} else 0


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the findings, errors first, each with its place and what to do, and how many there are."""
    for finding in sorted(findings, key=lambda finding: LEVELS.index(finding.level)):
        place = f"line {finding.line}" if finding.line else finding.where
        click.echo(f"{finding.level:<8} {finding.code}  {finding.message}  ({place})")
        if finding.hint:
            click.echo(f"         {finding.hint}")
    counts = [(level, sum(finding.level == level for finding in findings)) for level in LEVELS]
    said = ", ".join(
        f"{count} {level}{'s' if count != 1 and level != 'accepted' else ''}" for level, count in counts if count
    )
    click.echo(said or "Nothing to mend.")

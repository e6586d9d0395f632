"""`smmetrics review`: what the strategy lacks, and with ``--data`` what the files say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.strategy import Finding
    from smmetrics.strategy.faults import Level

LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@click.command(
    name="review",
    short_help="Say what the strategy lacks; needs no data.",
    epilog=examples("smmetrics -w acme review", "smmetrics -w acme review --data --strict --json"),
)
@click.option("--data", is_flag=True, help="Look at what came in, too: names, late files, rules come true.")
@click.option("--strict", is_flag=True, help="Exit 1 on warnings and notes too.")
@json_option
def command(*, data: bool, strict: bool, as_json: bool) -> int:
    """Review strategy.toml, and with --data what came in. Exit 2 on errors; 0 on warnings and notes, 1 with --strict.

    What a code means, how to mend it and how to accept it: smmetrics explain CODE.
    """
    from dataclasses import asdict

    findings = open_here().review(data=data)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        print_findings(findings)
    levels = {finding.level for finding in findings if not finding.accepted}
    if "error" in levels:
        return 2
    return 1 if strict and levels & {"warning", "note"} else 0


def print_findings(findings: Sequence[Finding]) -> None:
    """Print the findings, errors first, each with its place and what to do, and how many there are."""
    from smmetrics.words import say, section

    one, several = section("levels.one"), section("levels.several")
    for finding in sorted(findings, key=lambda finding: LEVELS.index(finding.level)):
        place = f"line {finding.line}" if finding.line else finding.where
        level = one["accepted" if finding.accepted else finding.level]
        click.echo(f"{level:<8} {finding.code}  {here(finding.message)}{f'  ({place})' if place else ''}")
        if finding.accepted or finding.hint:
            for line in (finding.accepted or here(finding.hint)).splitlines():
                click.echo(f"         {line}")
    open_ones = [finding.level for finding in findings if not finding.accepted]
    counts = [(level, open_ones.count(level)) for level in LEVELS]
    said = ", ".join(f"{count} {(one if count == 1 else several)[level]}" for level, count in counts if count)
    only_notes = set(open_ones) == {"note"}
    click.echo(say("levels.only_notes", said=said) if only_notes else said or "Nothing to mend.")
    if open_ones:
        first = next(each.code for each in findings if not each.accepted).removeprefix("SMM-")
        click.echo(here(say("levels.explain", code=first)))

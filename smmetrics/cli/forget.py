"""`smmetrics forget`: take people, or what is older than agreed, out of everything that is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from smmetrics.api.errors import UserMistake
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_here, read_day
from smmetrics.cli.output import print_json, printable
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from smmetrics.workspace.forgetting import Report


@click.command(
    name="forget",
    short_help="Delete a person, or what is older than agreed.",
    epilog=examples(
        "smmetrics -w acme forget @mira --dry-run",
        "smmetrics -w acme forget @mira --yes",
        "smmetrics -w acme forget --due --dry-run",
    ),
)
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@click.option("--due", "is_due", is_flag=True, help="What is older than keep_months of [privacy] in the strategy.")
@click.option("--before", callback=read_day, metavar="DAY", help="With --due: what is older than this day.")
@click.option("--all", "everyone", is_flag=True, help="Everybody who answers to a name, where several do.")
@click.option("--all-names", is_flag=True, help="Under every name that they agreed is theirs, on all platforms.")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; delete nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(
    people: tuple[str, ...],
    *,
    is_due: bool,
    before: date | None,
    everyone: bool,
    all_names: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Delete a PERSON from every table and its past, from private copies, set-aside records, caches and reports.

    PERSON is a handle, an id or a name, best with its platform in front: PLATFORM:HANDLE. What others wrote stays,
    with the name masked. Files that are imported later are kept without them. This cannot be undone.
    """
    from smmetrics.workspace.forgetting import forget, forget_due

    _check(people, is_due=is_due, before=before)
    workspace = open_here()
    if not workspace.has_store:
        raise UserMistake(say("forget.who.nobody", word=", ".join(people) or "--due"), code="who.nobody")

    def agree(report: Report) -> bool:
        return yes or _asked(report, as_json=as_json)

    more = {"dry_run": dry_run, "tell": _progress(), "agree": agree}
    if is_due:
        report = forget_due(workspace, before=before, **more)  # type: ignore[arg-type]
    else:
        report = forget(workspace, people, everyone=everyone, all_names=all_names, **more)  # type: ignore[arg-type]
    if as_json:
        print_json([report.record()])
        return 0
    if dry_run or yes or not report.anything:
        _say(report)
    if dry_run:
        click.echo(say("forget.plan.dry"))
    elif report.done:
        click.echo(say("forget.plan.done_due") if is_due else say("forget.plan.done"))
        click.echo(say("forget.plan.backups"))
    return 0


def _check(people: tuple[str, ...], *, is_due: bool, before: date | None) -> None:
    if people and is_due:
        raise UserMistake(say("forget.due.both"), code="forget.both")
    if before is not None and not is_due:
        raise UserMistake(say("forget.due.before_alone"), code="forget.before")
    if not people and not is_due:
        raise UserMistake(say("forget.due.neither"), hint=say("forget.due.neither_hint"), code="forget.nobody")


def _asked(report: Report, *, as_json: bool) -> bool:
    """Ask a person at a terminal; nobody else can be asked."""
    if as_json or not sys.stdin.isatty():
        hint = say("forget.plan.unasked_hint")
        raise UserMistake(say("forget.plan.unasked"), hint=hint, code="forget.unasked")
    _say(report)
    return click.confirm(say("forget.plan.ask"))


def _say(report: Report) -> None:
    """What goes, in counts, and what is left to the user."""
    if report.before is not None and not report.anything:
        click.echo(say("forget.plan.nothing", before=report.before))
    if report.people:
        click.echo(say("forget.plan.people", count=report.people))
    if report.linked:
        click.echo(say("forget.plan.linked", count=report.linked))
    for table, count in sorted(report.rows.items()):
        click.echo("  " + say("forget.plan.rows", table=table, count=f"{count:,}"))
    for table, count in sorted(report.changed.items()):
        click.echo("  " + say("forget.plan.changed", table=table, count=f"{count:,}"))
    if report.copies:
        click.echo("  " + say("forget.plan.copies", count=report.copies))
    if report.files:
        click.echo("  " + say("forget.plan.files", names=printable(", ".join(report.files))))
    for name in report.left:
        click.echo(here(say("forget.plan.left", file=printable(name))))


def _progress() -> Callable[[str, int, int], None]:
    """A line that follows the work, on a terminal only."""

    def show(what: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{f'{what}: {done + 1} of {total}':<60}", nl=done + 1 >= total, err=True)

    return show

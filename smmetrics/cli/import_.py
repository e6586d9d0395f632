"""`smmetrics import`: take in what a platform exported."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.api.errors import UserMistake
from smmetrics.cli.after import print_found
from smmetrics.cli.here import here
from smmetrics.cli.options import examples, json_option, open_or_new, read_day
from smmetrics.cli.output import print_json, print_table, printable
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smmetrics.intake import Progress
    from smmetrics.workspace.importing import Outcome

QUARANTINED = 3
INBOX = "inbox"
SHOWN = 6
MANY = 4
"""So many files that are refused for one reason are told in one line."""
WIDEST = 80
STATUSES = {"dry_run": "dry run", "refused": "not taken", "duplicate": "known before"}
"""What became of a file, in words, where its code is none."""


@click.command(
    name="import",
    short_help="Take in files that a platform exported.",
    epilog=examples(
        "smmetrics -w acme import ~/Downloads/tweet_activity_metrics_acme_20261001_20261101_en.csv",
        "smmetrics -w acme import",
        "smmetrics -w acme import hours.csv --as offline.effort",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--as", "as_", metavar="KIND", default="", help="Read it as this kind, such as PLATFORM.KIND.")
@click.option("--account", default="", help="The account a file is about, where it names none.")
@click.option("--timezone", "zone", default="", metavar="ZONE", help="The zone of times that carry none.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The year of dates that carry none.")
@click.option("--locale", default="", help="How numbers are written: en (1,234.5) or de (1.234,5).")
@click.option(
    "--observed-at", metavar="TIME", default="", help="When the file was exported, such as 2026-11-01T09:30Z."
)
@click.option("--since", callback=read_day, metavar="DAY", help="Leave out records before this day.")
@click.option("--until", callback=read_day, metavar="DAY", help="Leave out records of this day and later.")
@click.option("--accept-quarantine", is_flag=True, help="Take a file even if many of its records fail.")
@click.option("--strict", is_flag=True, help="Exit 3 if a record was set aside.")
@click.option("--dry-run", is_flag=True, help="Read and report; keep nothing.")
@json_option
def command(paths: tuple[Path, ...], *, strict: bool, dry_run: bool, as_json: bool, **said: Any) -> int:  # noqa: ANN401
    """Import files and folders; without PATH, the folder inbox of your own.

    Nothing is lost: what cannot be read is set aside and listed by `quarantine`.

    Importing a file twice changes nothing, and so does another order. Exit code 2: a file is not there. 3: something
    was set aside, under --strict. 4: a file was refused. 5: a plugin failed. The other files come in all the same.
    Pictures, scripts, pages and parts that say nothing to measure are no fault in a folder or archive that comes in.
    """
    workspace = open_or_new()
    begun = not workspace.exists
    chosen = paths or _inbox(workspace.root)
    outcomes = workspace.import_(
        *chosen, answers=_answers(said), dry_run=dry_run, progress=None if as_json else progress_line()
    )
    if begun and workspace.exists:
        where = printable(str(workspace.root))
        click.echo(
            f"There was no workspace in {where}: one was made. Give it a strategy: smmetrics init {where}", err=True
        )
    if as_json:
        print_json([outcome.record() for outcome in outcomes])
    else:
        print_outcomes(outcomes, dry_run=dry_run)
        _print_passed_over(chosen)
        print_found(workspace, () if dry_run else outcomes)
    codes = [outcome.exit_code for outcome in outcomes]
    if strict and any(outcome.quarantined for outcome in outcomes):
        codes.append(QUARANTINED)
    return max(codes, default=0)


def _print_passed_over(chosen: Sequence[Path]) -> None:
    """Name what lay in the folders and is nobody's export."""
    from smmetrics.intake import walk

    names = Counter(path.name for folder in chosen if folder.is_dir() for path in walk([folder]).skipped)
    if names:
        shown = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(names.items())[:SHOWN])
        more = " …" if len(names) > SHOWN else ""
        click.echo(printable(say("files.passed_over", names=shown + more)))


def _inbox(root: Path) -> tuple[Path, ...]:
    """The folder for what comes in, if there is anything in it."""
    folder = root / INBOX
    if folder.is_dir() and any(folder.iterdir()):
        return (folder,)
    raise UserMistake(say("start.inbox.empty", folder=folder), hint=say("start.inbox.hint"), code="import.nothing")


def _answers(said: dict[str, Any]) -> Any:  # noqa: ANN401 (Answers, imported only when a command runs)
    from smmetrics.intake import Answers

    return Answers(**said | {"observed_at": _instant(said["observed_at"])})


def _instant(text: str) -> Any:  # noqa: ANN401 (datetime or None)
    """An ISO time as an instant; without an offset it is UTC."""
    from datetime import UTC, datetime

    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no time; write it like 2026-11-01T09:30Z"
        raise click.BadParameter(message, param_hint="--observed-at") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def progress_line() -> Callable[[Progress], None] | None:
    """A line that follows a long file, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def show(progress: Progress) -> None:
        text = f"\r{progress.file}: {progress.records:,} records, {progress.quarantined:,} set aside"
        click.echo(f"{text:<80}", nl=progress.bytes_done >= progress.bytes_total, err=True)

    return show


def print_outcomes(outcomes: Sequence[Outcome], *, dry_run: bool = False) -> None:
    """Print one line a file, then what was refused, left out or set aside, and why."""
    names = _names(outcomes)
    alike = _alike(outcomes, names)
    rows = [
        {
            "file": name if len(name) <= WIDEST else f"{name[: WIDEST // 2]}…{name[-WIDEST // 3 :]}",
            "taken for": outcome.kind or "-",
            "records": outcome.records_in,
            "kept": outcome.kept,
            "set aside": outcome.quarantined,
            "known before": outcome.duplicate,
            "blank or total": outcome.blank + outcome.footer,
            "status": STATUSES.get(outcome.status, outcome.status),
        }
        for name, outcome in zip(names, outcomes, strict=True)
        if not outcome.beside and (outcome.reason, outcome.hint) not in alike
    ]
    print_table(rows)
    for (reason, hint), several in alike.items():
        said = f"{len(several)} files not taken ({_listed(several)}). {reason} {hint}"
        click.echo(here(printable(said.rstrip())))
    for name, outcome in zip(names, outcomes, strict=True):
        if outcome.beside or (outcome.reason, outcome.hint) in alike:
            continue
        for text in _said(name, outcome):
            click.echo(here(printable(text)))
    for text in _beside(outcomes, names):
        click.echo(here(printable(text)))
    if len(outcomes) > 1:
        click.echo(_together(outcomes))
    if dry_run:
        click.echo("Dry run: nothing was kept.")


def _alike(outcomes: Sequence[Outcome], names: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """The files that are not taken for one and the same reason, where they are many: they share a line."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, outcome in zip(names, outcomes, strict=True):
        if outcome.status == "refused" and not outcome.messages and not outcome.beside:
            found.setdefault((outcome.reason, outcome.hint), []).append(name)
    return {why: several for why, several in found.items() if len(several) >= MANY}


def _beside(outcomes: Sequence[Outcome], names: Sequence[str]) -> list[str]:
    """What lies beside the exports of a folder: parts left out by name, with their reason, and what shows them."""
    found: dict[str, list[str]] = {}
    for name, outcome in zip(names, outcomes, strict=True):
        if outcome.beside:
            found.setdefault(say("files.for_show") if outcome.no_loss == "for_show" else outcome.reason, []).append(
                name
            )
    return [say("intake.container.left", names=_listed(several), why=why) for why, several in found.items()]


def _listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return say("intake.container.and_more", names=shown, count=more) if more > 0 else shown


def _names(outcomes: Sequence[Outcome]) -> list[str]:
    """A name a file; where several in different folders bear one, with as many folders as tell them apart."""
    files = {outcome.file for outcome in outcomes}
    shown = {file: Path(file).name for file in files}
    for depth in range(2, max((len(Path(file).parts) for file in files), default=0) + 1):
        often = Counter(shown.values())
        shown |= {file: str(Path(*Path(file).parts[-depth:])) for file in files if often[shown[file]] > 1}
    return [f"{shown[outcome.file]}: {outcome.part}" if outcome.part else shown[outcome.file] for outcome in outcomes]


def _together(outcomes: Sequence[Outcome]) -> str:
    """All files in one line."""
    refused = sum(outcome.status == "refused" for outcome in outcomes)
    kept, known, aside = (
        sum(getattr(outcome, name) for outcome in outcomes) for name in ("kept", "duplicate", "quarantined")
    )
    files = f"{len(outcomes)} files" + (f", {refused} of them not taken" if refused else "")
    records = "1 record" if kept == 1 else f"{kept:,} records"
    return f"{files}: {records} kept, {known:,} known before, {aside:,} set aside."


def _said(name: str, outcome: Outcome) -> list[str]:
    lines = []
    if outcome.status == "refused":
        lines.append(f"{name}: not taken. {outcome.reason} {outcome.hint}".rstrip())
    elif outcome.status == "duplicate":
        lines.append(f"{name}: came in before as {outcome.id}; nothing changed.")
    from smmetrics.intake.finishing import OUTSIDE

    others = {kind: count for kind, count in outcome.not_taken.items() if kind != OUTSIDE}
    if others:
        what = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        lines.append(f"{name}: left out because no metric speaks of them: {what}.")
    if OUTSIDE in outcome.not_taken:
        lines.append(f"{name}: left out as you asked: {outcome.not_taken[OUTSIDE]} {OUTSIDE}.")
    lines.extend(f"{name}: {message}" for message in outcome.messages)
    if outcome.quarantined:
        what = "1 record" if outcome.quarantined == 1 else f"{outcome.quarantined} records"
        lines.append(f"{name}: {what} set aside and not counted. See why: smmetrics quarantine")
    return lines

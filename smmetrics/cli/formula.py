"""`smmetrics formula`: formulas looked at, and tried on the folder's data."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option, open_here, read_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula, FormulaError

STDIN = "-"
FAULT = 2
_PAIRING = re.compile(r"\s#\s*pairing:\s*(?P<why>\S.*)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One formula of a file: where it stands (line from 1, its first column from 0) and why it may be unpaired."""

    number: int
    column: int
    text: str
    pairing: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A line and what became of it: a formula or a fault."""

    line: Line
    formula: Formula | None = None
    fault: FormulaError | None = None


@click.group(
    name="formula",
    short_help="Check formulas, or try one on the folder's data.",
    epilog=examples("smmetrics formula check formulas.txt", "smmetrics -w acme formula try 'count(posts, ours)'"),
)
def command() -> None:
    """Check formulas, or try one on the folder's data."""


@command.command(
    name="check",
    short_help="Parse and type formulas, one a line.",
    epilog=examples(
        "smmetrics formula check formulas.txt", "echo 'share(posts, is_reply, of=ours)' | smmetrics formula check"
    ),
)
@click.argument("file", required=False, default=STDIN, metavar="[FILE]")
@json_option
def check(file: str, *, as_json: bool) -> int:
    """Parse and type the formulas of FILE, one a line; without FILE, or with -, those of standard input.

    Blank lines and lines that begin with # are passed over. A quotient of two sums of one table may say on its line
    why it is meant: # pairing: every entry states both. Prints each fault with line and column; exit code 2 if there
    is one.
    """
    from smmetrics.cli.catalogue import catalogue_here

    _, catalogue, _ = catalogue_here()
    checked = [_checked(line, catalogue) for line in _lines(_read(file))]
    if as_json:
        from smmetrics.cli.output import print_json

        print_json([_record(each) for each in checked])
    else:
        _print(checked, "standard input" if file == STDIN else file)
    return FAULT if any(each.fault for each in checked) else 0


@command.command(
    name="try",
    short_help="Compute one formula and show what each part of it comes to.",
    epilog=examples(
        "smmetrics -w acme formula try 'share(posts, is_question, of=ours)'",
        "smmetrics -w acme formula try communicating.reply_share --since 2026-07-01",
    ),
)
@click.argument("what", metavar="FORMULA")
@click.option(
    "--since", callback=read_day, metavar="DAY", help="First day that counts; else the first that is covered."
)
@click.option("--until", callback=read_day, metavar="DAY", help="The day after the last one that counts.")
@json_option
def try_(what: str, *, since: date | None, until: date | None, as_json: bool) -> int:
    """Compute FORMULA, or that of a metric's id, over the folder's data, and show what it is made of.

    Under the number stand the rows of each table it reads, and how many of them each condition keeps, drops or says
    nothing of: a condition that keeps none is why a number is missing.
    """
    from dataclasses import asdict

    from smmetrics.cli.tried import lines
    from smmetrics.workspace.trying import attempt

    workspace = open_here()
    found = attempt(workspace, what, since=since, until=until)
    if as_json:
        from smmetrics.cli.output import to_json

        click.echo(to_json(asdict(found)))
    else:
        for line in lines(found, workspace.strategy.currency if workspace.strategy else ""):
            click.echo(line)
    return 0


def _read(file: str) -> str:
    from smmetrics.api.errors import UserMistake

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if file == STDIN else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        message = f"Cannot read {file}: {why}."
        raise UserMistake(message, hint="FILE holds one formula a line.", code="file.unreadable") from error


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.splitlines(), start=1):
        words = raw.strip()
        if not words or words.startswith("#"):
            continue
        reason = _PAIRING.search(raw)
        said = raw[: reason.start()] if reason else raw
        column = len(said) - len(said.lstrip())
        yield Line(number=number, column=column, text=said.strip(), pairing=reason["why"] if reason else "")


def _checked(line: Line, catalogue: Catalogue) -> Checked:
    from smmetrics.contracts.formula import FormulaError, parse

    try:
        formula = parse(
            line.text,
            views=catalogue.views,
            metrics=catalogue.metrics,
            adhoc=True,
            pairing=line.pairing,
            refer=catalogue.formula,
        )
    except FormulaError as fault:
        return Checked(line=line, fault=fault)
    return Checked(line=line, formula=formula)


def _print(checked: Sequence[Checked], name: str) -> None:
    for each in checked:
        if each.fault is not None:
            _print_fault(each.line, each.fault, name)
        elif each.formula is not None:
            _print_notes(each.line, each.formula, name)
    faults = sum(each.fault is not None for each in checked)
    noun = "formula" if len(checked) == 1 else "formulas"
    click.echo(f"{len(checked)} {noun}: {len(checked) - faults} good, {faults} with faults")


def _print_fault(line: Line, fault: FormulaError, name: str) -> None:
    from smmetrics.cli.output import printable, width

    click.echo(f"{_place(line, fault.position, name)}: {printable(_message(fault))}")
    click.echo(f"  {printable(line.text)}")
    click.echo("  " + " " * width(printable(line.text[: fault.position])) + "^")
    if fault.hint:
        click.echo(f"  {printable(fault.hint)}")


def _message(fault: FormulaError) -> str:
    """What is wrong, without the place: line and column say it already."""
    return fault.message.removesuffix(f" (character {fault.position + 1})")


def _print_notes(line: Line, formula: Formula, name: str) -> None:
    for note in formula.notes:
        click.echo(f"{_place(line, note.position, name)}: note: {note.message}")
    for message in formula.not_computed:
        click.echo(f"{_place(line, 0, name)}: note: {message}")


def _place(line: Line, position: int, name: str) -> str:
    return f"{name}:{line.number}:{line.column + position + 1}"


def _record(each: Checked) -> dict[str, Any]:
    line, formula, fault = each.line, each.formula, each.fault
    return {
        "line": line.number,
        "formula": line.text,
        "good": fault is None,
        "type": formula.type if formula else "",
        "unit": formula.unit if formula else "",
        "tables": formula.tables if formula else (),
        "parameters": formula.assumed if formula else (),
        "notes": [note.message for note in formula.notes] if formula else (),
        "not_computed": formula.not_computed if formula else (),
        "column": line.column + fault.position + 1 if fault else None,
        "message": _message(fault) if fault else "",
        "hint": fault.hint if fault else "",
    }

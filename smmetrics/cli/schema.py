"""`smmetrics schema`: the columns of what other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import examples, json_option, out_option
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from smmetrics.export.described import Described

FORMATS = ("table", "json", "sql")


@click.command(
    name="schema",
    short_help="Show the columns of what other programs read.",
    epilog=examples(
        "smmetrics schema readings",
        "smmetrics schema readings --format sql",
        "smmetrics schema readings --json --out readings.schema.json",
        "smmetrics schema posts",
    ),
)
@click.argument("what", default="readings", metavar="[WHAT]")
@click.option("--format", type=click.Choice(FORMATS), default="table", help="A table, JSON Schema, or SQL of a table.")
@json_option
@out_option
def command(what: str, format: str, out: Path | None, *, as_json: bool) -> int:  # noqa: A002
    """Show the columns of WHAT: `readings` (what `export` writes), `strategy`, or a table of `smmetrics table`.

    For each column: its type, its unit, the closed list of what may stand there, and what it means. They do not change
    with what is asked.
    """
    from smmetrics.cli.output import show, to_json

    chosen = "json" if as_json else format
    if what == "strategy":
        from smmetrics.strategy.schema import schema

        _write(to_json(schema()), out)
    elif what == "readings":
        from smmetrics.export import described

        if chosen == "table" and out is None:
            _show(described.columns())
        else:
            _write(described.sql() if chosen == "sql" else to_json(described.json_schema()), out)
    else:
        rows = _table(what)
        if chosen == "table" and out is None:
            show(rows)
        else:
            _write(to_json(rows), out)
    return 0


def _show(columns: Sequence[Described]) -> None:
    """The columns as a table, the closed lists below it."""
    from smmetrics.cli.explained.layout import plain
    from smmetrics.cli.output import show

    show([{"column": each.column, "type": _type(each), "meaning": each.meaning} for each in columns])
    click.echo()
    for each in columns:
        if each.values:
            values = ", ".join(value or '""' for value in each.values)
            click.echo(plain(say("exporting.one_of", column=each.column, values=values)))
    units = {each.unit: None for each in columns if each.unit}
    for unit in units:
        names = ", ".join(each.column for each in columns if each.unit == unit)
        click.echo(plain(say("exporting.in_unit", columns=names, unit=unit)))


def _type(each: Described) -> str:
    return each.type + (say("exporting.or_null") if each.null else "")


def _table(name: str) -> list[dict[str, Any]]:
    """The columns of a table as formulas see it."""
    from smmetrics.cli.catalogue import catalogue_here
    from smmetrics.workspace.asking import refuse_unknown

    _, catalogue, _ = catalogue_here()
    view = catalogue.views.get(name)
    if view is None:
        refuse_unknown(name, ("readings", "strategy", *catalogue.views), kind="schema")
    return [
        {"column": each.name, "type": each.type, "unit": each.unit, "meaning": each.meaning}
        for each in view.columns
        if each.computed
    ]


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text)
        return
    from smmetrics.panels.files import save

    save(f"{text}\n".encode(), out)
    click.echo(say("start.schema.wrote", file=out), err=True)

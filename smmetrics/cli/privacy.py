"""`smmetrics privacy`: a page for those an agreement about people's data is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from smmetrics.api.errors import UserMistake
from smmetrics.cli.flow import hanging, room
from smmetrics.cli.options import examples, json_option, open_here, out_option
from smmetrics.cli.output import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.workspace.council import Page


@click.command(
    name="privacy",
    short_help="Say what is read, kept and shown of people.",
    epilog=examples(
        "smmetrics -w acme privacy", "smmetrics -w acme privacy --out for-the-council.html", "smmetrics privacy --json"
    ),
)
@json_option
@out_option
def command(*, as_json: bool, out: Path | None) -> int:
    """Print one page for a works council or parents: what is read, kept, measured, shown and held back, who agreed.

    It needs strategy.toml and no data. --out writes it as a web page, or as text.
    """
    from smmetrics.workspace.council import page

    made = page(open_here())
    if out is not None:
        _write(made, out)
        click.echo(f"Wrote {out}.")
    elif as_json:
        click.echo(to_json(made.record()))
    else:
        click.echo(_text(made, room()))
    return 0


def _text(made: Page, space: int) -> str:
    from smmetrics.workspace.council import text_lines

    lines = hanging(made.title, space)
    for first, text in text_lines(made):
        lines += hanging(text, space, first=first) if text else [""]
    return "\n".join(lines)


def _write(made: Page, out: Path) -> None:
    from smmetrics.report.council import html

    told = [(each.title, each.lines, each.rows) for each in made.sections]
    text = html(made.title, told) if out.suffix.lower() in {".html", ".htm"} else f"{_text(made, 100)}\n"
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"Cannot write {out}: {error.strerror}."
        raise UserMistake(message, hint="Name a file in a folder that is there.") from error

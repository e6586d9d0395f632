"""`smmetrics report`: the goals' numbers as one file for people."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from smmetrics.cli.options import GRAINS, examples, open_here, out_option, since_option, until_option
from smmetrics.cli.writing import said_broken

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.workspace import Workspace

EDITIONS = ("team", "board", "public")
LONGEST = 60


@click.command(
    name="report",
    short_help="Write the goals' numbers as one file to read and mail.",
    epilog=examples(
        "smmetrics -w acme report",
        "smmetrics -w acme report answer-people --for board --out november.pdf",
        "smmetrics -w acme report --static --grain week --since 2026-09-01 --out autumn.html",
    ),
)
@click.argument("goals", nargs=-1, metavar="[GOAL...]")
@click.option(
    "--for", "edition", type=click.Choice(EDITIONS), default="team", show_default=True, help="Who is to read it."
)
@click.option("--static", is_flag=True, help="Charts as pictures and no script in the file.")
@click.option("--grain", type=click.Choice(GRAINS), default="month", show_default=True, help="The steps of charts.")
@since_option
@until_option
@out_option
def command(goals: tuple[str, ...], edition: str, static: bool, out: Path | None, **how: Any) -> int:  # noqa: ANN401
    """Write the numbers of GOAL..., or of every goal, as FILE.html, FILE.md or FILE.pdf; the path comes last.

    Without --since and --until all days are looked at, or the latest twelve months where data go back further.

    team: everything. board: one page without names. public: no persons, no quotes, nothing about fewer than ten.
    """
    from smmetrics.panels.painting import painting
    from smmetrics.report import has_pictures, write

    workspace = open_here()
    with painting(wanted=has_pictures(out, static=static)):
        source, view = seen(workspace, goals, **how)
        out = out or default_out(workspace.root, source.title, source.zone)
        path = write(source, view, out, edition=edition, static=static)
    code = said_broken(source.broken)
    click.echo(str(path))
    return code


def seen(workspace: Workspace, goals: tuple[str, ...], **how: Any) -> tuple[Any, Any]:  # noqa: ANN401 (a source and a view)
    """What a report looks at.

    Raises `UserMistake` for a goal the strategy does not have.
    """
    from smmetrics.api.errors import UserMistake
    from smmetrics.panels.source import View
    from smmetrics.workspace.showing import dated

    source = workspace.source()
    known = [goal.name for goal in source.goals]
    unknown = [goal for goal in goals if goal not in known]
    if unknown:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known) or 'none yet'}."
        message = f"There is no goal {unknown[0]!r}."
        raise UserMistake(message, hint=hint, code="goal.unknown")
    return source, dated(View(goals=goals, **how), source)


def default_out(root: Path, title: str, zone: str) -> Path:
    """``reports/<title>-<day>.html`` in the workspace, its folder made."""
    folder = root / "reports"
    folder.mkdir(exist_ok=True)
    return folder / f"{slug(title)}-{_today(zone).isoformat()}.html"


def slug(title: str) -> str:
    """A title as a file's name on any system: *Sample: a garden shop* is ``sample-a-garden-shop``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "report"


def _today(zone: str) -> date:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return datetime.now(tz=ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(tz=UTC).date()

"""`smmetrics coverage`: which channel can answer which question."""

from __future__ import annotations

from dataclasses import asdict

import click

from smmetrics.cli.options import examples, json_option, open_here
from smmetrics.cli.output import print_json, print_table


@click.command(
    name="coverage",
    short_help="Show which questions your channels can answer.",
    epilog=examples("smmetrics -w acme coverage", "smmetrics -w acme coverage start-conversations --json"),
)
@click.argument("goal", required=False, default="")
@json_option
def command(goal: str, *, as_json: bool) -> int:
    """Show for each question and channel: measurable or not, from which files, why not, and what would do."""
    cells = open_here().coverage(goal)
    if as_json:
        print_json([asdict(cell) for cell in cells])
        return 0
    if not cells:
        click.echo("No question is bound to any channel yet: state goals with questions, then channels or imports.")
        return 0
    from smmetrics.export.words import reason_words

    last = ""
    rows: list[dict[str, str]] = []
    for cell in cells:
        head = f"{cell.goal} · {cell.question}"
        if head != last and rows:
            _flush(last, rows)
            rows = []
        last = head
        rows.append(
            {
                "metric": cell.metric + (" (beside)" if cell.role == "guard" else ""),
                "channel": cell.channel,
                "status": cell.status.replace("_", " "),
                "why": cell.note or (reason_words(cell.reason) if cell.reason else ""),
                "what you have": cell.have,
                "what would do": ", ".join(cell.would_do),
            }
        )
    _flush(last, rows)
    return 0


def _flush(head: str, rows: list[dict[str, str]]) -> None:
    click.echo(head)
    print_table(rows)
    click.echo("")

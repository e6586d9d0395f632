"""The table of commands: what `smmetrics --help` shows, and where each command lives."""

from __future__ import annotations

import click

from smmetrics import __version__
from smmetrics.cli.lazy import Entry, LazyGroup
from smmetrics.cli.options import examples

SECTIONS = {
    "Begin": {
        "init": Entry("smmetrics.cli.init:command", "Begin a folder: a strategy to fill in."),
        "demo": Entry("smmetrics.cli.demo:command", "Make a sample folder and measure it."),
        "review": Entry("smmetrics.cli.review:command", "Say what the strategy lacks; needs no data."),
        "next": Entry("smmetrics.cli.next:command", "Say what to do now, in at most three steps."),
        "strategy": Entry("smmetrics.cli.strategy:command", "The strategy file: its schema, its versions, undo."),
        "coverage": Entry("smmetrics.cli.coverage:command", "Show which questions your channels can answer."),
        "channels": Entry("smmetrics.cli.channels:command", "See which places could answer your questions."),
    },
    "Data": {
        "import": Entry("smmetrics.cli.import_:command", "Take in files that a platform exported."),
        "map": Entry("smmetrics.cli.map_:command", "Say what the columns of any table mean."),
        "forms": Entry("smmetrics.cli.forms:command", "Write an empty sheet to keep by hand."),
        "sniff": Entry("smmetrics.cli.sniff:command", "Say what a file is and what would read it; keep nothing."),
        "imports": Entry("smmetrics.cli.imports:command", "List what came in; undo an import."),
        "quarantine": Entry("smmetrics.cli.quarantine:command", "List records of imported files that were set aside."),
        "forget": Entry("smmetrics.cli.forget:command", "Delete a person, or what is older than agreed."),
        "table": Entry("smmetrics.cli.table:command", "Print a table as formulas see it."),
        "sql": Entry("smmetrics.cli.sql:command", "Find rows of one table by SQL."),
    },
    "Numbers": {
        "baseline": Entry("smmetrics.cli.baseline:command", "Measure where a goal starts from, and write it down."),
        "decisions": Entry("smmetrics.cli.decisions:command", "List what you said you would do, and what came of it."),
        "decide": Entry("smmetrics.cli.decisions:decide", "Write down what was decided, and what came of it."),
        "promises": Entry("smmetrics.cli.promises:command", "Say which promises are kept."),
        "measure": Entry("smmetrics.cli.measure:command", "Compute metrics or formulas."),
        "export": Entry("smmetrics.cli.export:command", "Write the readings of goals to a file."),
        "schema": Entry("smmetrics.cli.schema:command", "Show the columns of what other programs read."),
        "metrics": Entry("smmetrics.cli.metrics:command", "List metrics, and kinds of goals."),
        "explain": Entry("smmetrics.cli.explain:command", "Explain a metric, a goal, a kind of goal or a code."),
        "formula": Entry("smmetrics.cli.formula:command", "Check formulas, or try one on the folder's data."),
    },
    "Folder": {
        "doctor": Entry("smmetrics.cli.health:command", "Examine this folder: damage, leftovers, what is due."),
        "privacy": Entry("smmetrics.cli.privacy:command", "Say what is read, kept and shown of people."),
        "vacuum": Entry("smmetrics.cli.health:vacuum", "Clear away files that nothing needs any more."),
    },
    "See": {
        "report": Entry("smmetrics.cli.report:command", "Write the goals' numbers as one file to read and mail."),
        "lab": Entry("smmetrics.cli.lab:command", "Open JupyterLab on your dashboard."),
    },
    "Plugins": {
        "plugins": Entry("smmetrics.cli.plugins:command", "List, show and examine plugins."),
    },
}

app = LazyGroup(
    name="smmetrics",
    sections=SECTIONS,
    help="Goals first, platforms last: are our conversations serving the goals we set, and how sure are we?",
    epilog=examples("smmetrics demo", "smmetrics init acme", "smmetrics -w acme import ~/Downloads/export.csv"),
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help="Print the version.",
            callback=lambda ctx, _, wanted: _print_version(ctx) if wanted else None,
        )
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(ctx: click.Context) -> None:
    click.echo(f"smmetrics {__version__}")
    ctx.exit()

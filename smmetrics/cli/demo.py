"""`smmetrics demo`: a sample workspace, measured."""

from __future__ import annotations

from pathlib import Path

import click

from smmetrics.cli.options import examples
from smmetrics.cli.writing import write_out


@click.command(
    name="demo",
    short_help="Make a sample workspace and measure it.",
    epilog=examples("smmetrics demo", "smmetrics demo /tmp/sample"),
)
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> int:
    """Make a workspace in DIR (./demo) of invented data in real export formats; import, review, measure it."""
    from smmetrics.cli.import_ import print_outcomes
    from smmetrics.cli.review import print_findings
    from smmetrics.workspace.demo import make_demo

    click.echo(f"Files that the platforms' plugins made up, in {folder / 'inbox'}, and what came of them:")
    demo = make_demo(folder)
    print_outcomes(demo.outcomes)
    workspace = demo.workspace
    click.echo("\nWhat the strategy lacks (smmetrics review):")
    print_findings(workspace.review())
    click.echo("\nThe goals' numbers (smmetrics export):")
    readings = workspace.export()
    write_out(readings.frame, "table", None)
    out = workspace.root / "reports" / "kpis.csv"
    out.parent.mkdir(exist_ok=True)
    write_out(readings.frame, "csv", out, provenance=readings.provenance)
    click.echo(
        f"\nLook around: smmetrics -w {folder} coverage   smmetrics -w {folder} measure 'count(posts)' --by platform"
    )
    click.echo(f"The workspace is in {folder.resolve()}")
    return 0

"""The last line of an import: what the review finds in what is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.workspace import Workspace
    from smmetrics.workspace.importing import Outcome


def print_found(workspace: Workspace, outcomes: Sequence[Outcome]) -> None:
    """Say how much the review finds, where something came in and a strategy is there to be reviewed."""
    from smmetrics.cli.here import here
    from smmetrics.panels.found import found_words

    if workspace.strategy is None or not any(outcome.status == "imported" for outcome in outcomes):
        return
    said = found_words(finding.level for finding in workspace.review(data=True) if not finding.accepted)
    if said:
        click.echo(here(said))

"""The last line of an import: what the review finds in what is there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.workspace import Workspace
    from smmetrics.workspace.importing import Outcome


MANY = 250_000
"""Records after which an import ends at once: to review them takes memory that reading a large file must not need."""


def print_found(workspace: Workspace, outcomes: Sequence[Outcome]) -> None:
    """Say how much the review finds, where something came in and a strategy is there to be reviewed."""
    from smmetrics.cli.here import here
    from smmetrics.panels.found import found_words
    from smmetrics.words import say

    if workspace.strategy is None or not any(outcome.status == "imported" for outcome in outcomes):
        return
    if sum(outcome.kept for outcome in outcomes if outcome.status == "imported") > MANY:
        click.echo(here(say("goals.found_later")))
        return
    said = found_words(finding.level for finding in workspace.review(data=True) if not finding.accepted)
    if said:
        click.echo(here(said))

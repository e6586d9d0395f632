"""The last line of an import: short, and for a large one at no cost of memory."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smmetrics.cli.after import MANY, print_found
from smmetrics.workspace.importing import Outcome


class Workspace:
    strategy = object()

    def __init__(self):
        self.reviewed = 0

    def review(self, *, data):
        assert data
        self.reviewed += 1
        return [SimpleNamespace(level="error", accepted=False)]


@pytest.mark.parametrize(
    ("kept", "status", "reviewed", "words"),
    [
        (MANY, "imported", 1, "The review finds 1 error"),
        (MANY + 1, "imported", 0, "smmetrics review --data"),
        (MANY + 1, "duplicate", 0, ""),
    ],
)
def test_a_large_import_ends_without_reviewing_what_came_in(kept, status, reviewed, words, capsys):
    workspace = Workspace()
    print_found(workspace, [Outcome(id="i", file="a.csv", kept=kept, status=status)])
    said = capsys.readouterr().out
    assert workspace.reviewed == reviewed
    assert words in said if words else not said

"""The last line of a review: whether anything must be mended."""

from __future__ import annotations

import pytest

from smmetrics.cli.review import print_findings
from smmetrics.strategy import Finding


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((), "Nothing to mend."),
        (("note",), "Nothing that must be mended: 1 note."),
        (("note", "note"), "Nothing that must be mended: 2 notes."),
        (("warning", "note"), "1 warning, 1 note"),
    ],
)
def test_a_review_with_notes_alone_says_that_nothing_must_be_mended(levels, said, capsys):
    print_findings([Finding(code="SMM-S070", level=level, message="m.", where="", line=1) for level in levels])
    told = capsys.readouterr().out.splitlines()
    assert said in told
    assert ("Nothing" in told[-1 if not levels else -2]) == (set(levels) <= {"note"})

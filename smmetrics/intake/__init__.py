"""From a file's bytes to canonical records, nothing lost.

A file is copied first, recognised by its content, split into records that know their byte ranges, and read by the
source that describes it. What cannot be read is set aside with a reason; a count made another way must agree.
"""

from __future__ import annotations

from smmetrics.intake.looking import Look, look
from smmetrics.intake.rank import Match, rank
from smmetrics.intake.reader import Reader, release
from smmetrics.intake.records import NOT_NAMED, REASONS, Answers, FileResult, Progress
from smmetrics.intake.sniff import sniff
from smmetrics.intake.walk import Walk, files_below, walk

__all__ = [
    "NOT_NAMED", "REASONS", "Answers", "FileResult", "Look", "Match", "Progress", "Reader", "Walk", "files_below",
    "look", "rank", "release", "sniff", "walk",
]  # fmt: skip

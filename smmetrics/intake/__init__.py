"""From a file's bytes to canonical records, nothing lost.

A file is copied first, recognised by its content, split into records that know their byte ranges, and read by the
source that describes it. What cannot be read is set aside with a reason; a count made another way must agree.
"""

from __future__ import annotations

from smmetrics.intake.records import NOT_NAMED, REASONS, Answers, FileResult, Progress

__all__ = ["NOT_NAMED", "REASONS", "Answers", "FileResult", "Progress"]

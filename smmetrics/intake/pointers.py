"""Notes that stand where a large file should: what programs leave that keep large files apart from the small ones."""

from __future__ import annotations

import re

from smmetrics.api.errors import BadData
from smmetrics.words import say

LFS = re.compile(rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v\d+\s")
ANNEX = re.compile(rb"(?:/|(?:\.\.?/)*(?:\.git/)?)annex/objects/\S+\s*\Z")
TWO = b"<<<<<<< "
"""How git begins what it could not join."""
LONGEST = 1024
"""Bytes of such a note at most, as both programs promise."""


def check_no_pointer(head: bytes) -> None:
    """Raise `BadData` for a file that only says which file should be there, or is two of which git asks which is."""
    if head.startswith(TWO):
        raise BadData(say("files.joined"), hint=say("files.joined_hint"), code="pointer")
    if len(head) > LONGEST:
        return
    if LFS.match(head):
        raise BadData(say("files.lfs"), hint=say("files.lfs_hint"), code="pointer")
    if ANNEX.match(head):
        raise BadData(say("files.annex"), hint=say("files.annex_hint"), code="pointer")

"""How the time of an observation is known. The words stand in every stored row; their order decides ties."""

from __future__ import annotations

BOUND = "not before the newest record"
GIVEN = "given with --observed-at"
NAMED = "end of the range in the file's name"
STATED = "stated in the file"
BASES = (BOUND, GIVEN, NAMED, STATED)
"""The surest last."""

"""Columns that tell whose a row is: nothing is cut, kept or shown by them where people are to stay unnamed."""

from __future__ import annotations

NAMING = frozenset(
    {"person", "other", "display", "handle", "assignee", "voice_by", "by", "to", "told_to", "permalink", "title"}
    | {"text", "note", "idea", "learned"}
)
"""Columns whose values are one person's, or one person's words; as are all that end with ``_id``."""


def is_naming(name: str) -> bool:
    """Whether each value of a column is one person's, or a thing of one person."""
    return name in NAMING or name.endswith("_id")

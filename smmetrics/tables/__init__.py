"""Canonical tables as Polars sees them: schemas built at run time from facts, and who counts as ours.

Import from the module that holds the idea: `schema` for columns and types, `scope` for identities and zones.
"""

from __future__ import annotations

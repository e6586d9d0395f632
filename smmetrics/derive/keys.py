"""What tells posts apart, and short names for all that something follows from."""

from __future__ import annotations

import hashlib
import json

KEY = ("platform", "post_id")


def digest(told: object) -> str:
    """A name that changes with anything in what is told."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]

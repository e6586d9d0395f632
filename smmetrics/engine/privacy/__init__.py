"""What may leave a workspace, and what is held back: numbers about few people, and all that an agreement forbids."""

from __future__ import annotations

from smmetrics.engine.privacy.gate import OPEN, measure

__all__ = ["OPEN", "measure"]

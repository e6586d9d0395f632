"""States and reason codes in plain words, as panels say them (`smmetrics.panels.words`)."""

from __future__ import annotations

from smmetrics.panels.words import FACTS, REASONS, STATES, STATUSES, fact_words, reason_words, state_words

__all__ = ["FACTS", "REASONS", "STATES", "STATUSES", "fact_words", "reason_words", "state_words"]

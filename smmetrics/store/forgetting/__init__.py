"""Forgetting people, and what is older than agreed: out of every table, its history, copies and derived files."""

from __future__ import annotations

from smmetrics.store.forgetting.digests import Forgotten
from smmetrics.store.forgetting.rewriting import Removed, rewrite
from smmetrics.store.forgetting.traces import Traces

__all__ = ["Forgotten", "Removed", "Traces", "rewrite"]

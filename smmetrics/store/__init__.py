"""One workspace's tables on disk: commit, snapshot, fold, undo. Many tables change together or not at all."""

from __future__ import annotations

from smmetrics.store.head import Head
from smmetrics.store.ledger import ImportBatch, ImportRow
from smmetrics.store.snapshot import Snapshot
from smmetrics.store.store import Store, coming_key
from smmetrics.store.writer import Writer

__all__ = ["Head", "ImportBatch", "ImportRow", "Snapshot", "Store", "Writer", "coming_key"]

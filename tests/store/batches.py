"""Small batches, made by hand; without pytest, since processes of their own make them too."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import polars as pl

from smmetrics.store import ImportBatch
from smmetrics.tables.basis import NAMED

WHEN = datetime(2024, 3, 1, tzinfo=UTC)


def make_batch(name, posts=(), measured=(), *, observed=WHEN, basis=NAMED, kind="m.posts", people=(), **more):
    """A file called ``name``: posts and counts are rows as dictionaries; the records are numbered from 1."""
    sha = hashlib.sha256(name.encode()).hexdigest()
    stamp = {
        "source_kind": kind,
        "adapter": "test",
        "adapter_version": "1",
        "observed_at": observed,
        "observed_basis": basis,
    }
    frames = {}
    for table, rows in {"posts": posts, "post_counts": measured, "people": people}.items():
        if rows:
            full = [{"platform": "m", "record": n, **stamp, **row} for n, row in enumerate(rows, start=1)]
            times = {c: pl.Datetime("us", "UTC") for c in ("observed_at", "created_at") if any(c in r for r in full)}
            frames[table] = pl.DataFrame(full, schema_overrides=times)
    n = max(len(posts), len(measured), len(people))
    given = {"kind": kind, "counts": {"records_in": n, "kept": n}, "adapter_version": "1", "observed_at": observed}
    return ImportBatch(source_id=sha, file=name, frames=frames, **{**given, **more})

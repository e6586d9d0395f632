"""Where passes are run: in this process, or by any executor of `concurrent.futures`, platform by platform.

    with executing.on(ProcessPoolExecutor(4, mp_context=get_context("spawn"))):
        workspace.measure("engagement_rate", grain="month")

Readings are the same wherever they were made: pieces are merged from the same mergeable states.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

Engine = Literal["streaming", "in-memory"]
_CHOSEN: ContextVar[Executor | None] = ContextVar("executor", default=None)


@contextmanager
def on(executor: Executor) -> Iterator[None]:
    """Run what is measured inside by an executor; the caller shuts it down.

    Plans and frames are handed over as bytes, so that workers may be processes. These must be *spawned*: Polars does
    not survive a fork.
    """
    before = _CHOSEN.set(executor)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def elsewhere() -> bool:
    """Whether an executor is to run the passes."""
    return _CHOSEN.get() is not None


def collected(queries: Sequence[pl.LazyFrame], engine: Engine) -> list[pl.DataFrame]:
    """The results of queries, in their order; what a worker raises is raised here."""
    executor = _CHOSEN.get()
    if executor is None:
        return pl.collect_all(queries, engine=engine)
    jobs = [executor.submit(_collected, query.serialize(), engine) for query in queries]
    return [job.result() for job in jobs]


def _collected(plan: bytes, engine: Engine) -> pl.DataFrame:
    return pl.LazyFrame.deserialize(BytesIO(plan)).collect(engine=engine)

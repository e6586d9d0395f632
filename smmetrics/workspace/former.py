"""Former states of the store: today's strategy and plugins on the data that stood there then."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.store import Head, Snapshot
from smmetrics.words import say
from smmetrics.workspace.core import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHARED = ("settings", "registry", "installed", "strategy", "catalogue", "scope", "store")
_KINDS = "status", "kind"


class Former(Workspace):
    """A workspace whose data are those of a former head. Nothing can be written through it."""

    def __init__(self, now: Workspace, head: Head) -> None:
        """``now``: the workspace as it is."""
        super().__init__(now.root, registry=now.registry, tell=now.tell)
        vars(self).update({name: getattr(now, name) for name in _SHARED})
        self._snapshot = Snapshot(now.root, head, now.store.tables)

    def snapshot(self) -> Snapshot:
        """The store as it stood then."""
        return self._snapshot

    def imported_kinds(self) -> frozenset[str]:
        """The kinds of source that had come in by then."""
        rows = self._snapshot.imports().select(*_KINDS).iter_rows()
        return frozenset(str(kind) for status, kind in rows if status == "imported")


def formers(workspace: Workspace) -> Iterator[Former]:
    """The states before this one whose files are all there, newest first."""
    if workspace.has_store:
        store = workspace.store
        yield from (Former(workspace, head) for head in store.former() if store.is_whole(head))


def at_head(workspace: Workspace, number: int) -> Former:
    """The state of a head by its number. Raises `UserMistake` where no such state is kept whole."""
    store = workspace.store
    kept = {head.number: head for head in (store.head, *store.former())}
    head = kept.get(number)
    if head is None or not store.is_whole(head):
        raise UserMistake(
            say("exporting.head_gone", head=number),
            hint=say("exporting.heads_kept", oldest=min(kept), newest=store.head.number),
            code="head.unknown",
        )
    return Former(workspace, head)


def before_day(workspace: Workspace, day: date) -> Former:
    """The newest state that surely stood before a day began, in the strategy's zone.

    A change that no import made bears no time; it counts as later, so that too much is told rather than too little.
    Raises `UserMistake` where the state of then is not kept any more.
    """
    zone = ZoneInfo(workspace.scope.zone)
    start = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    store = workspace.store
    came = _came_in(store.snapshot())
    after = min((number for number, at in came.items() if at >= start), default=store.head.number + 1)
    wanted = max((number for number, at in came.items() if at < start and number < after), default=0)
    known = {head.number: head for head in (Head(), store.head, *store.former())}
    if wanted not in known or not store.is_whole(known[wanted]):
        raise UserMistake(
            say("exporting.day_gone", day=day, head=wanted),
            hint=say("exporting.heads_kept", oldest=min({*known} - {0}), newest=store.head.number),
            code="head.unknown",
        )
    return Former(workspace, known[wanted])


def _came_in(snapshot: Snapshot) -> dict[int, datetime]:
    """When each change that brought a file was made, by its head's number."""
    rows = snapshot.imports().select("batch_id", "imported_at").group_by("batch_id").agg(pl.col("imported_at").max())
    return {int(batch[1:]): at for batch, at in rows.iter_rows() if batch[1:].isdigit()}

"""The other names of somebody who is to be forgotten, by the lines of a sheet in which they agreed these are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.linking import BY_HAND, SHEET
from smmetrics.tables.scope import bare
from smmetrics.workspace.forgetting.hearing import heard

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.store import Snapshot
    from smmetrics.store.forgetting.traces import Pair, Traces
    from smmetrics.workspace.core import Workspace


def owners(snapshot: Snapshot, found: Traces) -> frozenset[str]:
    """The people, as the sheet has them, one of whose names leads to ``found``; lines taken back count too."""
    told = _told(found)
    words = {bare(word) for word in found.words}
    persons = {person for _, person in found.persons}
    return frozenset(
        person
        for platform, handle, person in _lines(snapshot)
        if person in persons or bare(handle) in words or (platform, bare(handle)) in told
    )


def owners_of(snapshot: Snapshot, active: Collection[str]) -> frozenset[str]:
    """The people, as the sheet has them, one of whose names is that of somebody who is there."""
    lines = _lines(snapshot)
    if not lines:
        return frozenset()
    seen = snapshot.observations("people").select("platform", "person", "handle", "platform_author_id").unique()
    there = seen.filter(pl.col("person").is_in(sorted(active))).collect()
    borne = {(platform, bare(name)) for platform, *each in there.iter_rows() for name in each if name}
    return frozenset(person for platform, handle, person in lines if (platform, bare(handle)) in borne)


def names(snapshot: Snapshot, of: frozenset[str]) -> frozenset[Pair]:
    """Every name of theirs: platform and handle."""
    return frozenset((platform, bare(handle)) for platform, handle, person in _lines(snapshot) if person in of)


def staying(snapshot: Snapshot, found: Traces) -> frozenset[Pair]:
    """Other names of theirs, to which ``found`` does not lead."""
    return names(snapshot, owners(snapshot, found)) - _told(found)


def called(workspace: Workspace, snapshot: Snapshot, of: frozenset[str], handle: str) -> frozenset[str]:
    """What they are called in sheets, as far as a kept copy that holds one of their handles tells."""
    found = heard(workspace, snapshot, handle, of)
    return frozenset(part for made, parts in found.items() if made in of for part in parts)


def by_hand(of: frozenset[str]) -> frozenset[Pair]:
    """Their keys in sheets."""
    return frozenset((BY_HAND, person) for person in of)


def _told(found: Traces) -> frozenset[Pair]:
    """The names that traces tell themselves, as they are compared."""
    return frozenset((platform, bare(name)) for platform, name in (*found.names, *found.authors, *found.persons))


def _lines(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    if SHEET not in snapshot.tables:
        return []
    rows = snapshot.observations(SHEET).select("platform", "handle", "person").drop_nulls().unique().collect()
    return rows.sort("platform", "handle", "person").rows()

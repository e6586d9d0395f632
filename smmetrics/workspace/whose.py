"""Accounts in the files that count as ours, although no channel of the strategy names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.identity import NOT_NAMED
from smmetrics.strategy.facts import Undeclared
from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.capability import ChannelRef
    from smmetrics.derive import Derived
    from smmetrics.workspace.core import Workspace

BY_HAND = "offline"
"""The strategy's word for what is written down by hand: its channels name a sheet instead of an account."""
_AROUND = re.compile(r"^https?://(?:www\.)?|/+$")


def undeclared(workspace: Workspace, derived: Derived, places: Sequence[ChannelRef]) -> tuple[Undeclared, ...]:
    """The accounts of a platform's files that no channel names: where all its channels name theirs, or it has none.

    Before there is any channel, and of what is written down by hand, nothing is said.
    """
    ours = derived.frame("accounts", frozenset({"handle", "name", "ours"})).filter(pl.col("ours")).collect()
    there = ours.select("platform", "account", "handle", "name")
    return tuple(_found(workspace, list(there.iter_rows()), places)) if places else ()


def _found(
    workspace: Workspace, ours: Sequence[tuple[str, str, str | None, str | None]], places: Sequence[ChannelRef]
) -> Iterator[Undeclared]:
    titles = {id_: platform.title for id_, platform in workspace.catalogue.platforms.items()}
    for platform in dict.fromkeys(row[0] for row in ours):
        mine = [place for place in places if place.platform == platform]
        if not mine and platform != BY_HAND:
            yield _nowhere(titles.get(platform, platform), [row[1] for row in ours if row[0] == platform])
        if not mine or not all(place.account for place in mine):
            continue
        declared = {alike(place.account) for place in mine}
        rows = [row for row in ours if row[0] == platform and row[1] != NOT_NAMED]
        known = [declared & {alike(name) for name in row[1:] if name} for row in rows]
        others = [row[1] for row, met in zip(rows, known, strict=True) if not met]
        if others:
            yield Undeclared(
                platform=titles.get(platform, platform),
                channel=mine[0].name,
                declared=", ".join(f"`{place.account}`" for place in mine),
                accounts=tuple(others),
                matched=len(others) < len(known),
            )


def _nowhere(platform: str, accounts: Sequence[str]) -> Undeclared:
    """A platform that no channel is on."""
    named = tuple(name for name in accounts if name != NOT_NAMED)
    return Undeclared(platform=platform, channel="", declared="", accounts=named, matched=False)


def alike(account: str) -> str:
    """An account as it is compared: an address without its scheme, ``www.`` and last slash, a handle without its @."""
    return bare(_AROUND.sub("", account.strip()))

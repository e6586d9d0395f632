"""Readings where a plugin's code fails: those that need the table it makes say so, all others are what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from smmetrics.api.errors import PluginFault
from smmetrics.derive.added import BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.derive import Derived
    from smmetrics.engine import Request

T = TypeVar("T")
REASON = "plugin.failed"


def spared(
    requests: Sequence[Request], source: Derived, catalogue: Catalogue, compute: Callable[[Sequence[Request]], T]
) -> tuple[Sequence[Request], T, tuple[str, ...]]:
    """The requests as they could be computed, what ``compute`` makes of them, and what is wrong with which tables.

    Raises:
        PluginFault: a plugin is at fault, and not by the table it makes.

    """
    try:
        return requests, compute(requests), ()
    except PluginFault as fault:
        if fault.code != BROKEN:
            raise
        broken = _broken(requests, source, catalogue)
        if not broken:
            raise
    kept = [_withheld(each, broken, catalogue) for each in requests]
    return kept, compute(kept), tuple(broken.values())


def _broken(requests: Sequence[Request], source: Derived, catalogue: Catalogue) -> dict[str, str]:
    """By table that code of a plugin makes and cannot make: what it says."""
    found: dict[str, str] = {}
    for table in sorted({name for each in requests for name in _made(each.formula.tables, catalogue)}):
        try:
            source.frame(table, frozenset(catalogue.views[table].key)).collect()
        except PluginFault as fault:
            if fault.code != BROKEN:
                raise
            found[table] = fault.message
    return found


def _made(tables: Collection[str], catalogue: Catalogue) -> frozenset[str]:
    """Those of some tables, and of all they are made of, that a plugin's code makes."""
    left, seen = list(tables), set[str]()
    while left:
        table = left.pop()
        if table in seen:
            continue
        seen.add(table)
        left += catalogue.views[table].made_of if table in catalogue.views else ()
    return frozenset(seen & catalogue.filled.keys())


def _withheld(request: Request, broken: Mapping[str, str], catalogue: Catalogue) -> Request:
    """The request, or, where it needs a broken table, one that no platform can feed."""
    needed = sorted(_made(request.formula.tables, catalogue) & broken.keys())
    if not needed:
        return request
    said = ("not_measurable", f"{REASON}: {broken[needed[0]]}")
    return replace(request, verdicts=dict.fromkeys(request.verdicts or ("",), said))

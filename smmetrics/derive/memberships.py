"""Who belonged, when: stays in places and networks, of everybody whose name is known to be the member's."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.derive.linking import Links
    from smmetrics.store import Snapshot

TABLE = "memberships"
Stay = tuple[date, date | None]
"""The first day of a stay, and the first day after it (none: it lasts)."""
_SCHEMA = {
    "platform": pl.String(), "person": pl.String(), "stays_from": pl.List(pl.Date()), "stays_to": pl.List(pl.Date()),
    "_unit": pl.String(),
}  # fmt: skip
COLUMNS = ("stays_from", "stays_to")


def held(people: pl.DataFrame, snapshot: Snapshot, links: Links) -> pl.DataFrame:
    """People with their stays, and with their unit where only a membership tells it.

    Those who stand in no file but that of their membership come along, with ``listed`` false: they are members where a
    sheet names them, and nobody on a platform.
    """
    stays = _stays(snapshot, links)
    listed = people.with_columns(listed=pl.lit(value=True))
    if not stays.height:
        empty = [pl.lit(None, dtype=_SCHEMA[name]).alias(name) for name in COLUMNS]
        return listed.with_columns(empty)
    joined = listed.join(stays, on=["platform", "person"], how="left", maintain_order="left")
    missing = stays.join(people, on=["platform", "person"], how="anti").with_columns(
        *(pl.lit(value=False).alias(name) for name in ("staff", "member", "bot", "rival", "own", "listed")),
        *(pl.lit([], dtype=pl.List(pl.String())).alias(name) for name in ("roles", "handles", "author_ids")),
    )
    both = pl.concat([joined, missing], how="diagonal_relaxed") if missing.height else joined
    return both.with_columns(unit=pl.coalesce("unit", "_unit")).drop("_unit")


def most(people: pl.DataFrame) -> int:
    """The most stays that anybody has."""
    return int(people.get_column("stays_from").list.len().max() or 0)  # type: ignore[arg-type]


def _stays(snapshot: Snapshot, links: Links) -> pl.DataFrame:
    """By platform and person: stays of the person behind that name, apart from each other, the earliest first."""
    if TABLE not in snapshot.tables or TABLE not in snapshot.head.tables:
        return pl.DataFrame(schema=_SCHEMA)
    rows = snapshot.current(TABLE).filter(pl.col("person").is_not_null())
    read = rows.select("platform", "person", pl.col("from"), pl.col("to"), "unit").sort("from").collect()
    stays: dict[str, list[Stay]] = defaultdict(list)
    units: dict[str, str] = {}
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for platform, person, since, until, unit in read.iter_rows():
        whose = links.keys.get((platform, person), f"{platform}\x1f{person}")
        stays[whose].append((since or date.min, until))
        names[whose].add((platform, person))
        if unit:
            units[whose] = unit
    for name, key in links.keys.items():
        if key in stays:
            names[key].add(name)
    told = [
        (platform, person, [since for since, _ in apart], [until for _, until in apart], units.get(whose))
        for whose, each in stays.items()
        for apart in [_apart(each)]
        for platform, person in sorted(names[whose])
    ]
    return pl.DataFrame(told, schema=_SCHEMA, orient="row").sort("platform", "person")


def _apart(stays: Iterable[Stay]) -> list[Stay]:
    """The same days as stays that neither touch nor overlap."""
    found: list[Stay] = []
    for since, until in sorted(stays, key=lambda stay: (stay[0], stay[1] or date.max)):
        if found and (found[-1][1] is None or since <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or until is None else max(last, until))
        else:
            found.append((since, until))
    return found

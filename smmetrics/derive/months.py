"""Posts as formulas see them, kept by month: after an import only posts that may differ are made anew.

A state begins with a former one that was made of the same strategy, rules and declarations, and of no import that does
not count now. In all other cases (an import was taken back or read anew, somebody was forgotten, our names changed,
people sign on an account they share) everything is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import follows, order
from smmetrics.derive.follows import MONTH, Changed, Months
from smmetrics.derive.keys import KEY, digest
from smmetrics.store.parts import SHAPE, Kept, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from smmetrics.derive.base import Base

TABLE = "view_posts"
VERSION = 2
"""Of how they are kept: parts of another version are not used."""
AT_ONCE = 1_000_000
"""Posts that are made in one go: more would take more memory than all else that is done to them."""
MOST = 0.5
"""Of all posts, the part that may have to be made anew: with more, everything is."""
_PEOPLE, _ACCOUNTS = "people", "accounts"
_ALWAYS: Mapping[str, pl.DataType] = {
    **dict.fromkeys((*KEY, "account_id", "person", "created_precision"), pl.String()),
    "created_at": pl.Datetime("us", "UTC"),
    "created_on": pl.Date(),
}
"""Columns that a former state is asked for."""
Make = Callable[[pl.LazyFrame | None], pl.LazyFrame]
"""Makes posts of some stored ones, or of all."""
Quarter = tuple[int, int]
_Made = tuple[date | None, Part, pl.DataFrame]
"""A month, the part that holds it, and its columns."""


def kept(base: Base, make: Make) -> Kept:
    """All posts by month, as they were kept, or made now."""
    shelf = base.snapshot.shelf
    found = shelf.read(TABLE, base.named)
    if found is None:
        found = _grown(base, make) or _state(base, _anew(base, make))
        shelf.write(base.named, found)
    return found


def quarters(found: Kept) -> dict[Quarter, list[Part]]:
    """The parts in groups that are counted together, so that few have to be counted anew."""
    grouped: dict[Quarter, list[Part]] = {}
    for part, first in zip(found.parts, _months(found), strict=True):
        grouped.setdefault(quarter(first), []).append(part)
    return grouped


def _anew(base: Base, make: Make) -> Iterator[_Made]:
    groups = list(_groups(_sizes(base)))
    for group in groups:
        yield from _written(base, make(None if len(groups) == 1 else base.stored(group)))


def _grown(base: Base, make: Make) -> Kept | None:
    """A former state with what imports brought since; None where everything has to be made anew."""
    before = _before(base)
    if before is None or before.told["names"] != _names(base) or base.signed_by_people:
        return None
    shelf = base.snapshot.shelf
    touched = _changed(base, before).rows(base, shelf.scan(before, before.parts))
    keys, gone = touched.select(KEY).unique(), frozenset(touched.get_column(MONTH))
    if keys.height > MOST * before.rows:
        return None
    old = list(zip(_months(before), before.parts, strict=True))
    stay = [(first, part, before.frames[SHAPE]) for first, part in old if first not in gone]
    if not gone:
        return _state(base, stay)
    left = [shelf.load(before, part).join(keys, on=KEY, how="anti") for first, part in old if first in gone]
    made = make(base.some(keys)).collect()
    return _state(base, [*stay, *_written(base, pl.concat([made, *left], how="diagonal").sort(KEY).lazy())])


def _before(base: Base) -> Kept | None:
    """The former state that has most of today's imports and no other, if all its columns say what they follow from."""
    found = base.snapshot.shelf.former(TABLE, _of(base), base.snapshot.origins.keys())
    return found if found is not None and follows.stated(base, found.frames[SHAPE].columns) else None


def _changed(base: Base, before: Kept) -> Changed:
    """What came in since a former state."""
    new = base.snapshot.origins.keys() - set(before.told["imports"])
    posts, counts = (base.snapshot.brought(name, new).select(KEY).unique() for name in ("posts", "post_counts"))
    found = counts.collect()
    return Changed(
        posts=posts.collect(),
        counts=found if base.settled_counts else found.clear(),
        accounts=follows.differing(before.frames[_ACCOUNTS], base.accounts, follows.ACCOUNT),
        people=follows.differing(before.frames[_PEOPLE], base.people, follows.PERSON),
    )


def _written(base: Base, rows: pl.LazyFrame) -> Iterator[_Made]:
    """Rows in parts, one a month, each in the order in which posts are counted; an empty one where there are none."""
    made = rows.collect()
    numbers = {fact.name for fact in base.snapshot.tables["post_counts"].columns if fact.type in {"int", "number"}}
    there = [name for name in made.columns if name not in numbers or made.get_column(name).null_count() < made.height]
    shape = made.clear().select(there)
    ordered = order.side_by_side(made.select(shape.columns))
    del made
    if not ordered.height:
        yield None, base.snapshot.shelf.put(TABLE, ordered), shape
    begins = 0
    for size, first in ordered.get_column("created_on").dt.month_start().rle().struct.unnest().iter_rows():
        yield first, base.snapshot.shelf.put(TABLE, ordered.slice(begins, size)), shape
        begins += size


def _state(base: Base, made: Iterable[_Made]) -> Kept:
    ordered = sorted(made, key=lambda each: each[0] or date.min)
    told = {
        "of": _of(base),
        "imports": sorted(base.snapshot.origins),
        "months": [first.isoformat() if first else "" for first, *_ in ordered],
        "names": _names(base),
    }
    shapes = {id(shape): shape for *_, shape in ordered}.values()
    shape = pl.concat([pl.DataFrame(schema=_ALWAYS), *shapes], how="diagonal")
    frames = {SHAPE: shape, _PEOPLE: base.people, _ACCOUNTS: base.accounts}
    return Kept(TABLE, tuple(part for _, part, _ in ordered), told, frames)


def _months(found: Kept) -> list[date | None]:
    return [date.fromisoformat(each) if each else None for each in found.told["months"]]


def _sizes(base: Base) -> dict[date | None, int]:
    """How many posts each month has, as stored."""
    stored = base.snapshot.current("posts").select(created_on=base.day())
    counted = stored.group_by(follows.month().alias(MONTH)).len().sort(MONTH).collect()
    return dict(counted.iter_rows())


def _groups(sizes: Mapping[date | None, int]) -> Iterator[Months]:
    """Months that are made together, the earliest first."""
    group: list[date | None] = []
    for month, size in sizes.items():
        if group and sum(sizes[each] for each in group) + size > AT_ONCE:
            yield frozenset(group)
            group = []
        group.append(month)
    yield frozenset(group)


def _of(base: Base) -> str:
    """A name for all that posts follow from but for what came in: strategy, rules, declarations, rewritten rows.

    And whether their counts are among them, which an import may change.
    """
    counted = [] if base.settled_counts else ["without counts"]
    return digest([VERSION, base.rules, dict(base.snapshot.head.folders), *counted])


def _names(base: Base) -> str:
    urls = base.accounts.filter("ours").get_column("url").drop_nulls()
    return digest([sorted({(platform, name) for platform, name in base.our_names}), sorted(set(urls))])


def quarter(month: date | None) -> Quarter:
    """The quarter of a year that a month lies in; posts without a day have one of their own."""
    return (month.year, (month.month - 1) // 3) if month else (0, 0)

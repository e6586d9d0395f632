"""What follows from conversations, kept by month: after an import only those that it touched are made anew.

Each kept table has its own rows and says of every post in a conversation of several which one that was; so it goes on
from any former state of its own. A state begins with a former one under the same terms as posts do (`months`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import follows, months, nodes
from smmetrics.derive.follows import MONTH
from smmetrics.derive.keys import KEY, digest
from smmetrics.derive.touched import ACT, RING, ROOT, Since, Touched
from smmetrics.store.parts import SHAPE, Kept, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from smmetrics.derive.base import Base
    from smmetrics.derive.months import Quarter

VERSION = 1
"""Of how they are kept: parts of another version are not used."""
MEMBERS, SAID, DID, FIRST = "members", "said", "did", "first"
"""Sorts of rows: who stood in which conversation; what follows from posts; from stored acts; from all of a person's."""
PERSON = ("platform", "person")
_PEOPLE, _ACCOUNTS = "people", "accounts"
_KEYS: Mapping[str, tuple[str, ...]] = {MEMBERS: KEY, SAID: KEY, DID: ACT, FIRST: PERSON}
Nodes = pl.DataFrame
Held = tuple[str, date | None, Part]


@dataclass(frozen=True, slots=True)
class Told:
    """A table that follows from conversations. Rows bear what tells them apart (`_KEYS`) and ``created_on``.

    ``said``: makes rows of nodes. ``did``: of stored acts, some or all, and the nodes they are directed at.
    ``first``: of all rows of people one row a person.
    """

    table: str
    said: Callable[[Base, Nodes], pl.DataFrame]
    did: Callable[[Base, Nodes, pl.DataFrame | None], pl.DataFrame] | None = None
    first: Callable[[Base, pl.LazyFrame], pl.LazyFrame] | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One state of such a table."""

    base: Base
    kept: Kept

    @property
    def held(self) -> list[Held]:
        """Its parts, each with its sort and month."""
        told = zip(self.kept.told["held"], self.kept.parts, strict=True)
        return [(sort, date.fromisoformat(month) if month else None, part) for (sort, month), part in told]

    def rows(self, quarter: Quarter | None = None, sorts: Collection[str] = (SAID, DID)) -> pl.LazyFrame:
        """Its rows: of one quarter of a year, or all."""
        shapes = [self.kept.frames[sort] for sort in sorts if sort in self.kept.frames]
        shape = pl.concat(shapes, how="diagonal")
        whole = Kept(self.kept.table, self.kept.parts, self.kept.told, {SHAPE: shape})
        return self.base.snapshot.shelf.scan(whole, self.parts(quarter, sorts))

    def parts(self, quarter: Quarter | None = None, sorts: Collection[str] = (SAID, DID)) -> list[Part]:
        """The parts that these rows stand in."""
        return [part for sort, month, part in self.held if sort in sorts and _is_in(sort, month, quarter)]

    def names(self, quarter: Quarter, *, first: bool) -> list[str]:
        """Names for its rows of one quarter, and (``first``) for what follows from all of a person's."""
        sorts = (SAID, DID, FIRST) if first else (SAID, DID)
        return [part.name for part in self.parts(quarter, sorts)]

    def quarters(self) -> list[Quarter]:
        """The quarters that have rows."""
        return sorted({months.quarter(month) for sort, month, _ in self.held if sort in {SAID, DID}})


class Talks:
    """The kept tables of one state, each made when first asked for, with what several need made once."""

    def __init__(self, base: Base) -> None:
        """Nothing is made yet."""
        self._base = base
        self._made: dict[str, Talk] = {}
        self._again: dict[frozenset[str], tuple[Touched, Nodes]] = {}

    def of(self, told: Told) -> Talk:
        """A table, as it was kept, or made now."""
        if told.table not in self._made:
            shelf = self._base.snapshot.shelf
            found = shelf.read(told.table, self._base.named)
            if found is None:
                found = self._grown(told) or self._anew(told)
                shelf.write(self._base.named, found)
            self._made[told.table] = Talk(self._base, found)
        return self._made[told.table]

    def _anew(self, told: Told) -> Kept:
        base = self._base
        made = {MEMBERS: _members(base.nodes), SAID: told.said(base, base.nodes)}
        if told.did:
            made[DID] = told.did(base, base.nodes, None)
        parts = [each for sort, rows in made.items() for each in self._written(told, sort, rows)]
        frames = {sort: rows.clear() for sort, rows in made.items()}
        if told.first:
            everyone = told.first(base, self._state(told, parts, frames).rows()).collect()
            parts += self._written(told, FIRST, everyone)
            frames[FIRST] = everyone.clear()
        return self._state(told, parts, frames).kept

    def _grown(self, told: Told) -> Kept | None:
        """A former state with what imports brought since; None where everything has to be made anew."""
        base = self._base
        found = base.snapshot.shelf.former(told.table, self._of(), base.snapshot.origins.keys())
        if found is None or base.signed_by_people or base.links:
            return None
        before = Talk(base, found)
        touched, around = self._touched(before)
        if touched.posts.height > months.MOST * base.snapshot.current("posts").select(pl.len()).collect().item():
            return None
        made = {
            sort: rows.join(touched.posts, on=KEY, how="semi")
            for sort, rows in ((MEMBERS, _members(around)), (SAID, told.said(base, around)))
        }
        if told.did:
            made[DID] = told.did(base, around, touched.acts)
        parts: list[Held] = []
        gone_of, new = [], []
        for sort, rows in made.items():
            keys = touched.acts if sort == DID else touched.posts
            gone = _gone(before, sort, keys)
            parts += self._replaced(told, before, sort, (rows, keys, gone))
            if told.first and sort != MEMBERS:
                gone_of.append(gone)
                new.append(rows)
        frames = {sort: rows.clear() for sort, rows in made.items()}
        if told.first:
            everyone = _firsts(told, before, self._state(told, parts, frames), pl.concat(gone_of), new)
            parts += self._written(told, FIRST, everyone)
            frames[FIRST] = everyone.clear()
        return self._state(told, parts, frames).kept

    def _touched(self, before: Talk) -> tuple[Touched, Nodes]:
        """What may differ from a former state, and the nodes it is made of."""
        imports = frozenset(before.kept.told["imports"])
        if imports not in self._again:
            base, frames = self._base, before.kept.frames
            since = Since(
                base.snapshot.origins.keys() - imports,
                follows.differing(frames[_ACCOUNTS], base.accounts, follows.ACCOUNT),
                follows.differing(frames[_PEOPLE], base.people, follows.PERSON),
            )
            touched = since.touched(base, before.rows(sorts=(MEMBERS,)))
            around = base.some(pl.concat([touched.posts, touched.beside]).unique())
            self._again[imports] = touched, nodes.nodes(base, around)
        return self._again[imports]

    def _replaced(
        self, told: Told, before: Talk, sort: str, made: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
    ) -> Iterator[Held]:
        """The months of a sort; those with rows that are new or gone are written anew. ``made``: new, keys, gone."""
        rows, keys, gone = made
        touched = {*gone.get_column(MONTH), *rows.select(follows.month()).to_series()}
        left = [rows]
        for each, month, part in before.held:
            if each == sort and month in touched:
                former = self._base.snapshot.shelf.load(before.kept, part)
                left.append(former.join(keys, on=keys.columns, how="anti", nulls_equal=True))
            elif each == sort:
                yield each, month, part
        yield from self._written(told, sort, pl.concat(left))

    def _written(self, told: Told, sort: str, rows: pl.DataFrame) -> Iterator[Held]:
        """Rows in parts, one a month."""
        shelf = self._base.snapshot.shelf
        if "created_on" not in rows.columns:
            yield sort, None, shelf.put(told.table, rows.sort(_KEYS[sort]))
            return
        ordered = rows.with_columns(follows.month().alias(MONTH)).sort(MONTH, *_KEYS[sort], maintain_order=True)
        begins = 0
        for size, month in ordered.get_column(MONTH).rle().struct.unnest().iter_rows():
            yield sort, month, shelf.put(told.table, ordered.slice(begins, size).drop(MONTH))
            begins += size

    def _state(self, told: Told, parts: Iterable[Held], frames: Mapping[str, pl.DataFrame]) -> Talk:
        base, ordered = self._base, sorted(parts, key=lambda each: (each[0], each[1] or date.min))
        said = {
            "of": self._of(),
            "imports": sorted(base.snapshot.origins),
            "held": [[sort, month.isoformat() if month else ""] for sort, month, _ in ordered],
        }
        beside = {_PEOPLE: base.people, _ACCOUNTS: base.accounts}
        return Talk(base, Kept(told.table, tuple(part for *_, part in ordered), said, {**frames, **beside}))

    def _of(self) -> str:
        """A name for all that conversations follow from but for what came in."""
        base = self._base
        return digest([VERSION, base.rules, dict(base.snapshot.head.folders), sorted(base.unchained)])


def _is_in(sort: str, month: date | None, quarter: Quarter | None) -> bool:
    """Whether rows are of a quarter; what is told of people without a day is of every one."""
    return quarter in {None, months.quarter(month)} or (sort == FIRST and month is None)


def _members(made: Nodes) -> pl.DataFrame:
    """Who stands in a conversation of several, or in a ring: all others are a conversation by themselves."""
    several = made.filter(nodes.answered(made) | pl.col(RING))
    root = made.get_column("post_id").gather(several.get_column("root"))
    return several.select(*KEY, "created_on", root.alias(ROOT), RING)


def _gone(before: Talk, sort: str, keys: pl.DataFrame) -> pl.DataFrame:
    """The former rows that may differ: `MONTH`, and whose they are."""
    rows = before.rows(sorts=(sort,))
    there = [name for name in PERSON if name in before.kept.frames[sort].columns]
    if "post_id" in keys.columns:
        rows = rows.filter(follows.among("post_id", keys.get_column("post_id")))
    found = rows.join(keys.lazy(), on=keys.columns, how="semi", nulls_equal=True)
    return found.select(follows.month().alias(MONTH), *there).collect()


def _firsts(told: Told, before: Talk, now: Talk, gone: pl.DataFrame, new: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Of every person one row: whose rows are only more by now, it is that of before or one of the new ones."""
    assert told.first is not None, "asked before"
    old = before.rows(sorts=(FIRST,)).collect()
    less = gone.select(PERSON).drop_nulls().unique()
    theirs = now.rows().filter(follows.among("person", less.get_column("person")))
    again = told.first(now.base, theirs.join(less.lazy(), on=PERSON, how="semi")).collect()
    stay = old.join(less, on=PERSON, how="anti")
    more = pl.concat([rows.select(old.columns) for rows in new]).join(less, on=PERSON, how="anti")
    met = more.select(PERSON).unique()
    both = pl.concat([stay.join(met, on=PERSON, how="semi"), more])
    return pl.concat([stay.join(met, on=PERSON, how="anti"), again, told.first(now.base, both.lazy()).collect()])

"""Who is one person under several names: our own by the strategy, others because they agreed, and nobody by likeness.

A link is looked up when rows are read and changes no row that is kept: take it back, and everything reads as before.
It joins names only where it is certain. A name that two authors bear, or that two people say is theirs, joins nobody.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.store import Snapshot

SHEET = "same_person"
BY_HAND = "offline"
"""Where a person is who stands in a sheet by name."""
Name = tuple[str, str]
"""A platform, and the key of somebody there."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """``keys``: by name, the key of the person behind it, for those with several names.

    Of the lines of the sheet: how many hold (``met``), name somebody no file has (``unmet``), are not clear
    (``unclear``) or were taken back (``withdrawn``); ``agreed``: people of whom at least one line holds.
    """

    keys: Mapping[Name, str] = field(default_factory=dict)
    met: int = 0
    unmet: int = 0
    unclear: int = 0
    withdrawn: int = 0
    agreed: int = 0

    def __bool__(self) -> bool:
        """Whether anybody has several names."""
        return bool(self.keys)

    def of(self, column: str) -> pl.Expr:
        """The person behind each name in a column of a table with ``platform``: under one name, the name itself."""
        found = pl.lit(None, dtype=pl.String())
        for platform, keys in self._by_platform().items():
            here = pl.when(pl.col("platform") == platform)
            known = pl.col(column).replace_strict(keys, default=None, return_dtype=pl.String())
            found = pl.coalesce(found, here.then(known))
        return pl.coalesce(found, column)

    def behind(self, column: str) -> pl.Expr:
        """The same, told apart by platform where somebody has one name: equal ids may be two people."""
        person = self.of(column)
        alone = pl.concat_str("platform", pl.lit("\x1f"), column)
        return pl.when(person == pl.col(column)).then(alone).otherwise(person)

    def _by_platform(self) -> dict[str, dict[str, str]]:
        told: dict[str, dict[str, str]] = defaultdict(dict)
        for (platform, person), key in self.keys.items():
            told[platform][person] = key
        return told


def links(snapshot: Snapshot, people: pl.DataFrame, *, agreed: bool = True) -> Links:
    """The links of a snapshot. ``people``: everybody known (`identity.people`); ``agreed``: with those of the sheet."""
    ours = {(platform, person): word for platform, person, word in _ours(people)}
    groups: dict[str, set[Name]] = defaultdict(set)
    for name, word in ours.items():
        groups[word].add(name)
    told = _told(snapshot, people) if agreed else _Told()
    for owner, names in told.names.items():
        words = sorted({ours[name] for name in names if name in ours})
        groups[words[0] if words else _key(owner)] |= {*names, (BY_HAND, owner)}
    keys = {name: key for key, names in groups.items() if len(names) > 1 for name in names}
    return Links(
        keys=keys, met=told.met, unmet=told.unmet, unclear=told.unclear, withdrawn=told.withdrawn,
        agreed=len(told.names),
    )  # fmt: skip


@dataclass
class _Told:
    """What the sheet says: by its pseudonym, the names of each person that were met."""

    names: dict[str, set[Name]] = field(default_factory=lambda: defaultdict(set))
    met: int = 0
    unmet: int = 0
    unclear: int = 0
    withdrawn: int = 0


def _told(snapshot: Snapshot, people: pl.DataFrame) -> _Told:
    found = _Told()
    if SHEET not in snapshot.tables or SHEET not in snapshot.head.tables:
        return found
    rows = snapshot.current(SHEET).select("platform", "handle", "person", "agreed_on", "withdrawn_on").collect()
    lines = [row for row in rows.iter_rows(named=True) if row["person"] and row["agreed_on"]]
    standing = [row for row in lines if row["withdrawn_on"] is None]
    found.withdrawn = len(lines) - len(standing)
    bearers = _bearers(people)
    placed = [(row["person"], bearers.get((row["platform"], bare(row["handle"])), ())) for row in standing]
    claims = Counter(name for name, _ in {(each[0], owner) for owner, each in placed if len(each) == 1})
    for owner, met in placed:
        if not met:
            found.unmet += 1
        elif len(met) > 1 or claims[met[0]] > 1:
            found.unclear += 1
        else:
            found.met += 1
            found.names[owner].add(met[0])
    return found


def _bearers(people: pl.DataFrame) -> dict[Name, tuple[Name, ...]]:
    """By platform and name as compared, those who ever bore it; accounts and programs are nobody."""
    persons = people.filter(~pl.col("bot") & ~pl.col("own"))
    found: dict[Name, dict[Name, None]] = defaultdict(dict)
    for platform, person, handles, ids in persons.select("platform", "person", "handles", "author_ids").iter_rows():
        for name in (person, *handles, *ids):
            found[platform, bare(name)][platform, person] = None
    return {name: tuple(each) for name, each in found.items()}


def _ours(people: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Our people by the names the strategy gives them; an account is nobody's own name."""
    named = people.filter(pl.col("speaks_as").is_not_null() & ~pl.col("own").fill_null(value=False))
    yield from named.select("platform", "person", "speaks_as").iter_rows()


def _key(owner: str) -> str:
    """A key that stands in no table, so that no row leads from one name to another."""
    return hashlib.sha256(f"{SHEET}\x1f{owner}".encode()).hexdigest()[:16]

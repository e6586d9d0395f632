"""Who wrote it: the names that a table holds become keyed pseudonyms, and stand beside these in people alone.

Code of a source makes its own (`Context.pseudonym`); here it is done for columns that are data.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.stamping import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.api.sources import Source
    from smmetrics.intake.context import Heard

PEOPLE, PERSON, AUTHOR, HANDLE = "people", "person", "platform_author_id", "handle"
OF_OURS = frozenset({"effort", "roster", "same_person"})
"""Tables in which our own people stand by the strategy's word for them, or a name beside the one it belongs to."""
MENTIONED = ("posts", "mentions")
"""The one column that names several people."""
SCHEMA = {"platform": pl.String(), AUTHOR: pl.String(), PERSON: pl.String(), HANDLE: pl.String(), RECORD: pl.Int64()}


def pseudonym(key: bytes, parts: tuple[str, ...], heard: Heard | None = None) -> str:
    """A keyed pseudonym (64 bits, hexadecimal); ``heard`` is told what it was made of."""
    keyed = _keyed(key).copy()
    keyed.update("\x1f".join(parts).encode())
    made = keyed.hexdigest()[:16]
    if heard is not None:
        heard(parts, made)
    return made


@lru_cache(maxsize=1)
def _keyed(key: bytes) -> hmac.HMAC:
    """The beginning that all pseudonyms of a key have in common; it is half of what one takes to make."""
    return hmac.new(key, digestmod="sha256")


def bare(name: str) -> str:
    """A name as it is compared: without case, outer spaces and a leading @."""
    return " ".join(name.strip().removeprefix("@").casefold().split())


class Persons:
    """Takes names out of a file's rows, window by window, and gives each person a row of people once.

    A name that is read with ``parse="id"`` is a number or id, in which letters count as they are written; any other is
    a handle, and ``@Ada`` is ``ada``.
    """

    def __init__(self, source: Source, key: bytes, heard: Heard | None) -> None:
        """``key`` is the workspace's."""
        self._source = source
        self._key, self._heard = key, heard
        self._exact = frozenset(each.fact for each in source.columns if each.parse == "id")
        self._met: dict[str, str] = {}
        self._told: set[str] = set()

    def hidden(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """The rows with pseudonyms for names, and the people among them who are new."""
        found, named, authors = dict(frames), [], None
        for table, frame in frames.items():
            if PERSON in frame.columns and table not in {PEOPLE, *OF_OURS}:
                of = self._of(f"{table}.{PERSON}")
                met = self._people(frame.select(RECORD, name=PERSON), of)
                authors = met if authors is None else authors
                named.append(met)
                found[table] = frame.with_columns(self._keys(frame.get_column(PERSON), of))
        table, column = MENTIONED
        if table in found and column in found[table].columns:
            found[table], mentioned = self._mentioned(found[table], column)
            named.append(mentioned)
        said = found.pop(PEOPLE, None)
        if said is not None:
            named.insert(0, self._said(said, authors))
        if not named:
            return found
        rows = pl.concat(named, how="diagonal_relaxed")
        if self._source.table != PEOPLE:
            rows = self._new(rows.filter(pl.col(AUTHOR).is_not_null()))
        return {**found, PEOPLE: rows} if rows.height else found

    def _of(self, fact: str) -> Callable[[str], str]:
        """What makes a name one person."""
        return str.strip if fact in self._exact else bare

    def _key_of(self, own: str) -> str:
        known = self._met.get(own)
        if known is None:
            known = self._met[own] = pseudonym(self._key, (self._source.platform, own), self._heard)
        return known

    def _keys(self, names: pl.Series, of: Callable[[str], str]) -> pl.Series:
        each = names.unique().drop_nulls()
        keys = [self._key_of(own) if (own := of(name)) else None for name in each]
        return names.replace_strict(each, pl.Series(keys, dtype=pl.String), default=None, return_dtype=pl.String)

    def _people(self, named: pl.DataFrame, of: Callable[[str], str]) -> pl.DataFrame:
        """A row for each that is named, by record; ids are no handles."""
        each = named.get_column("name").unique().drop_nulls()
        rows = [
            (name, self._source.platform, own, self._key_of(own), None if of is str.strip else name.strip().lstrip("@"))
            for name in each
            if (own := of(name))
        ]
        schema = {"name": pl.String(), **{name: SCHEMA[name] for name in ("platform", AUTHOR, PERSON, HANDLE)}}
        known = pl.DataFrame(rows, schema=schema, orient="row")
        return named.join(known, on="name", maintain_order="left").drop("name").select(*SCHEMA)

    def _mentioned(self, frame: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Posts with pseudonyms of whom they mention, and who that is."""
        of = self._of(".".join(MENTIONED))
        apart = frame.select(RECORD, name=column).explode("name", empty_as_null=True, keep_nulls=True)
        each = apart.get_column("name").unique().drop_nulls()
        keys = pl.Series([self._key_of(own) if (own := of(name)) else None for name in each], dtype=pl.String)
        named = pl.element().replace_strict(each, keys, default=None, return_dtype=pl.String).drop_nulls()
        hidden = frame.with_columns(pl.col(column).list.eval(named)) if len(each) else frame
        return hidden, self._people(apart.drop_nulls("name"), of)

    def _said(self, said: pl.DataFrame, authors: pl.DataFrame | None) -> pl.DataFrame:
        """What the file itself says of people: of whoever wrote the record, where it does not say of whom."""
        if authors is not None and not {AUTHOR, PERSON} & set(said.columns):
            bare_ = authors.drop(*(name for name in said.columns if name != RECORD), strict=False)
            return said.join(bare_, on=RECORD, how="left", maintain_order="left")
        name = next((each for each in (PERSON, AUTHOR, HANDLE) if each in said.columns), "")
        if not name:
            return said
        of = self._of(f"{PEOPLE}.{name}")
        author = said.get_column(AUTHOR if AUTHOR in said.columns else name)
        return said.with_columns(author.alias(AUTHOR), self._keys(said.get_column(name), of).alias(PERSON))

    def _new(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Each person once, and once in a file."""
        fresh = rows.unique(AUTHOR, keep="first", maintain_order=True)
        fresh = fresh.filter(~pl.col(AUTHOR).is_in(sorted(self._told)))
        self._told |= set(fresh.get_column(AUTHOR))
        return fresh

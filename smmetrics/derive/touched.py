"""Which conversations an import touched: those of the posts it brought or says more of, whole, as they were and are.

A link between two posts changes with one of them only. So whoever is brought or otherwise known now, who names them and
whom they name, with all that stood in a conversation with any of these before, hold every conversation that may differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import follows
from smmetrics.derive.keys import KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from smmetrics.derive.base import Base

ROOT, RING = "root_id", "ring"
"""Of a member of a conversation of several: the root it stood below, and whether it stood in a ring."""
ACT = ("platform", "person", "act", "target_id", "at")
"""What tells stored acts apart."""
_UP = ("in_reply_to", "root_id")


@dataclass(frozen=True, slots=True)
class Touched:
    """``posts``: keys of all posts whose conversation is made anew. ``beside``: of those they are directed at.

    ``acts``: stored acts that may differ.
    """

    posts: pl.DataFrame
    beside: pl.DataFrame
    acts: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Since:
    """What came in since a state: the names of its imports, and who and which accounts are known otherwise now."""

    imports: Collection[str]
    accounts: pl.DataFrame
    people: pl.DataFrame

    def touched(self, base: Base, members: pl.LazyFrame) -> Touched:
        """All that may differ from that state. ``members``: of its conversations of several, `KEY`, `ROOT`, `RING`."""
        stored = base.snapshot.current("posts").select(*KEY, "account_id", "person", "kind", *_UP)
        brought = base.snapshot.brought("posts", self.imports).select(KEY)
        theirs = (_of(stored, self.accounts, follows.ACCOUNT), _of(stored, self.people, follows.PERSON))
        changed = _keys(brought, *theirs)
        there = members.collect()
        inside = _with_theirs(pl.concat([changed, _near(stored, changed)]).unique(), there)
        # A mention stands by itself: it follows from what it is directed at, in whichever conversation that stands.
        mentions = stored.filter((pl.col("kind") == "mention") & pl.col(_UP[0]).is_not_null()).select(*KEY, _UP[0])
        directed = mentions.collect()
        named = inside.rename({"post_id": _UP[0]})
        posts = _with_theirs(
            pl.concat([inside, directed.join(named, on=["platform", _UP[0]], how="semi").select(KEY)]).unique(), there
        )
        acts = _acts(base, self, posts)
        told = directed.join(posts, on=KEY, how="semi").select("platform", post_id=_UP[0])
        return Touched(posts, pl.concat([told, acts.select(KEY).drop_nulls()]).unique(), acts.select(ACT))


def _near(stored: pl.LazyFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """The posts that name changed ones, and those that changed ones name, in one look at all that are stored."""
    ids = changed.get_column("post_id")
    near = stored.filter(pl.any_horizontal(follows.among(name, ids) for name in ("post_id", *_UP)))
    rows = near.select(*KEY, *_UP).collect()
    own = rows.join(changed, on=KEY, how="semi")
    named = [own.select("platform", post_id=up).drop_nulls() for up in _UP]
    naming = [rows.join(changed, left_on=["platform", up], right_on=list(KEY), how="semi").select(KEY) for up in _UP]
    return pl.concat([*named, *naming])


def _acts(base: Base, since: Since, posts: pl.DataFrame) -> pl.DataFrame:
    """Stored acts that are new, or whose ends may be known otherwise: `ACT` and post_id."""
    stored = base.snapshot.current("acts").select({*ACT, "post_id", "other", "account_id"})
    whom = since.people.rename({"person": "other"})
    parts = [
        _of(stored, since.accounts, follows.ACCOUNT),
        _of(stored, since.people, follows.PERSON),
        _of(stored, whom, ("platform", "other")),
        _of(stored, posts, KEY),
        base.snapshot.brought("acts", since.imports),
    ]
    return pl.concat(pl.collect_all([part.select(*ACT, "post_id") for part in parts])).unique()


def _with_theirs(keys: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Posts with all that stood in a conversation with them; and with all that ever stood in a ring."""
    roots = members.join(keys, on=KEY, how="semi").select("platform", ROOT).unique()
    found = members.join(roots, on=["platform", ROOT], how="semi")
    return pl.concat([keys, found.select(KEY), members.filter(RING).select(KEY)]).unique()


def _keys(*parts: pl.LazyFrame) -> pl.DataFrame:
    return pl.concat(pl.collect_all([part.select(KEY) for part in parts])).unique()


def _of(rows: pl.LazyFrame, known: pl.DataFrame, on: Sequence[str]) -> pl.LazyFrame:
    """The rows that have one of some keys."""
    column = on[-1]
    return rows.filter(follows.among(column, known.get_column(column).drop_nulls())).join(
        known.lazy().select(on), on=list(on), how="semi"
    )

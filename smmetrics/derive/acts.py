"""What people did, posts included: a reply is one act, not two. And the same acts seen from both ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import who
from smmetrics.derive.talk import FIRST, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from smmetrics.derive.base import Base
    from smmetrics.derive.months import Quarter

WORDS = {name: name for name in ("post", "reply", "share", "quote", "mention")}
"""Kinds of post that are acts of that name; anything else said is a post."""
DAYS_A_MONTH = 30
OF_FIRST = frozenset({"first_at", "tenure_days", "tenure_months"})
"""Columns that follow from all that a person ever did."""
_SIDES = ("ours", "staff", "member", "roles", "unit")
_SAME = (
    "platform", "account", "brand", "act", "post_id", "target_id", "visibility", "place_id", "at", "weight",
)  # fmt: skip


def acts(base: Base, asked: Collection[str], quarter: Quarter | None = None) -> pl.LazyFrame:
    """One row an act: who (person, roles), to whom (other, other_*), when, first_at, tenure.

    ``other`` is the author of what was answered, shared or liked; null: to nobody, or to somebody unknown. Acts on
    one's own posts and acts of programs are left out.
    """
    rows = base.talks.of(TOLD).rows(quarter)
    return _with_tenure(rows, base) if OF_FIRST & set(asked) else rows


def ends(base: Base, asked: Collection[str], quarter: Quarter | None = None) -> pl.LazyFrame:
    """Acts with a known person at both ends, each twice: ``out`` for who acted, ``in`` for whom it met.

    Everything that is said of ``person`` is true of that end: in an ``in`` row it is the one who was met.
    """
    met = base.talks.of(TOLD).rows(quarter).filter(pl.col("person").is_not_null() & pl.col("other").is_not_null())
    swapped = {"person": "other", "other": "person"}
    swapped |= {side: f"other_{side}" for side in _SIDES} | {f"other_{side}": side for side in _SIDES}
    back = met.with_columns(**{name: pl.col(source) for name, source in swapped.items()})
    began = back.with_columns(theirs=~pl.col("ours"), rival=pl.lit(None, dtype=pl.Boolean()))
    both = pl.concat([rows.with_columns(direction=pl.lit(name)) for name, rows in (("out", met), ("in", began))])
    return _with_tenure(both, base) if OF_FIRST & set(asked) else both


def by_quarter(base: Base, asked: frozenset[str]) -> dict[str, Callable[[], pl.LazyFrame]]:
    """Acts by quarter of a year, under a name that follows from nothing but their rows."""
    return _quarters(base, asked, acts)


def ends_by_quarter(base: Base, asked: frozenset[str]) -> dict[str, Callable[[], pl.LazyFrame]]:
    """The same of both ends of acts."""
    return _quarters(base, asked, ends)


def _quarters(
    base: Base, asked: frozenset[str], read: Callable[[Base, Collection[str], Quarter], pl.LazyFrame]
) -> dict[str, Callable[[], pl.LazyFrame]]:
    talk, first = base.talks.of(TOLD), bool(OF_FIRST & asked)
    return {" ".join(talk.names(each, first=first)): partial(read, base, asked, each) for each in talk.quarters()}


def since(base: Base) -> pl.LazyFrame:
    """When each person first acted, under whichever of their names: platform, person, first_at."""
    return base.talks.of(TOLD).rows(sorts=(FIRST,)).rename({"at": "first_at"})


def _first(base: Base, rows: pl.LazyFrame) -> pl.LazyFrame:
    known = rows.filter(pl.col("person").is_not_null()).select("platform", "person", "at")
    if base.links:
        known = known.with_columns(at=pl.col("at").min().over(base.links.behind("person")))
    return known.group_by("platform", "person").agg(pl.col("at").min())


def _with_tenure(rows: pl.LazyFrame, base: Base) -> pl.LazyFrame:
    """When a person first acted, and how long before an act that was; null for somebody who had not acted yet."""
    joined = rows.join(since(base), on=["platform", "person"], how="left", maintain_order="left")
    days = pl.when(pl.col("first_at") <= pl.col("at")).then((pl.col("at") - pl.col("first_at")).dt.total_days())
    return joined.with_columns(tenure_days=days, tenure_months=days // DAYS_A_MONTH)


def _with_somebody_else(rows: pl.DataFrame, base: Base) -> pl.DataFrame:
    """Acts that are not directed at oneself, with their day."""
    links, same = base.links, pl.col("person") == pl.col("other")
    if links:
        same = links.of("person") == links.of("other")
    dated = rows.filter(~same.fill_null(value=False) & ~pl.col("_self")).drop("_self")
    return dated.with_columns(created_on=pl.col("at").dt.convert_time_zone(base.scope.zone).dt.date())


def _said(base: Base, nodes: pl.DataFrame) -> pl.DataFrame:
    """Posts as acts, with the author of what they answer."""
    up = nodes.get_column("parent").cast(pl.Int64)
    other = {f"other_{side}": nodes.get_column(side).gather(up) for side in _SIDES}
    act = pl.col("kind").replace_strict(WORDS, default="post", return_dtype=pl.String())
    rows = nodes.with_columns(other=nodes.get_column("person").gather(up), **other).select(
        "platform", "account", "brand", "post_id", "visibility", "place_id", "person", "ours", "theirs", "staff",
        "member", "rival", "roles", "unit", "other", *other, act.alias("act"), pl.col("in_reply_to").alias("target_id"),
        pl.col("created_at").alias("at"), pl.lit(1.0).alias("weight"), pl.col("self_reply").alias("_self"),
    ).with_columns(bot=pl.when(pl.col("person").is_not_null()).then(pl.lit(value=False)))  # fmt: skip
    return _with_somebody_else(rows, base)


def _did(base: Base, nodes: pl.DataFrame, some: pl.DataFrame | None) -> pl.DataFrame:
    """Acts that are no posts: likes, follows, readings. Their post tells to whom, where the source does not."""
    stored = base.snapshot.current("acts")
    if some is not None:
        stored = stored.join(some.lazy(), on=some.columns, how="semi", nulls_equal=True)
    rows = who.with_person(who.with_account(base.without_bots(stored), base.accounts), base.people)
    day = pl.col("at").dt.convert_time_zone(base.scope.zone).dt.date()
    known = rows.with_columns(**who.judged(day, pl.lit(value=False), base.stays))
    acted = known.select(*_SAME[:6], "place_id", "at", "weight", "other", "person", *who.COLUMNS - {"brand"}).collect()
    authors = nodes.select("platform", "post_id", "visibility", pl.col("person").alias("_person"), *(
        pl.col(side).alias(f"_{side}") for side in _SIDES
    ))  # fmt: skip
    joined = acted.join(authors, on=["platform", "post_id"], how="left", maintain_order="left")
    met = joined.with_columns(other=pl.coalesce("other", "_person"))
    sides = _other_sides(met, base)
    kept = [name for name in met.columns if not name.startswith("_")]
    others = sides.select(*kept, *(f"other_{side}" for side in _SIDES))
    return _with_somebody_else(
        others.with_columns(weight=pl.col("weight").fill_null(1.0), _self=pl.lit(value=False)), base
    )


def _other_sides(met: pl.DataFrame, base: Base) -> pl.DataFrame:
    """What the other end was when it was met: somebody who left is no staff any more. ``_ours``: as its post says."""
    names = ("staff", "member", "roles", "unit", "staff_since", "staff_until", "role_from", "role_to", "stays_from",
             "stays_to")  # fmt: skip
    others = base.people.select(
        "platform", pl.col("person").alias("other"), *(pl.col(name).alias(f"_p_{name}") for name in names)
    )
    day = pl.col("at").dt.convert_time_zone(base.scope.zone).dt.date()
    held = who.within(day, pl.col("_p_role_from"), pl.col("_p_role_to"))
    since = pl.col("_p_staff_since")
    spoke = since.is_not_null() & who.within(day, since, pl.col("_p_staff_until"))
    staff = (pl.col("_p_staff").fill_null(value=False) & held) | spoke
    none = pl.lit([], dtype=pl.List(pl.String()))
    roles = pl.when(held).then(pl.col("_p_roles").fill_null(none)).otherwise(none)
    member = pl.col("_p_member").fill_null(value=False) & held
    if base.stays:
        belonged = who.belongs(day, base.stays, "_p_")
        member, roles = member | belonged, who.with_role(roles, who.MEMBER, belonged)
    named = pl.col("other").is_not_null()
    return met.join(others, on=["platform", "other"], how="left", maintain_order="left").with_columns(
        other_ours=pl.coalesce("_ours", pl.when(named).then(staff)),
        other_staff=pl.when(named).then(staff),
        other_member=pl.when(named).then(member),
        other_roles=pl.when(named).then(who.with_role(roles, "staff", staff)),
        other_unit=pl.when(held).then("_p_unit"),
    )


TOLD = Told("view_acts", _said, _did, _first)

"""What people did, posts included: a reply is one act, not two. And the same acts seen from both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import who

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

WORDS = {name: name for name in ("post", "reply", "share", "quote", "mention")}
"""Kinds of post that are acts of that name; anything else said is a post."""
DAYS_A_MONTH = 30
_SIDES = ("ours", "staff", "member", "roles", "unit")
_SAME = (
    "platform", "account", "brand", "act", "post_id", "target_id", "visibility", "place_id", "at", "weight",
)  # fmt: skip


def acts(base: Base) -> pl.DataFrame:
    """One row an act: who (person, roles), to whom (other, other_*), when, first_at, tenure.

    ``other`` is the author of what was answered, shared or liked; null: to nobody, or to somebody unknown. Acts on
    one's own posts and acts of programs are left out.
    """
    said, did = _said(base), _did(base)
    both = pl.concat([said, did], how="diagonal_relaxed")
    links, same = base.links, pl.col("person") == pl.col("other")
    if links:
        same = links.of("person") == links.of("other")
    kept = both.filter(~same.fill_null(value=False) & ~pl.col("_self"))
    first = pl.col("at").min().over(links.behind("person") if links else ["platform", "person"])
    dated = kept.with_columns(first_at=pl.when(pl.col("person").is_not_null()).then(first))
    return _with_tenure(dated).drop("_self").sort("platform", "person", "act", "target_id", "post_id", "at")


def ends(base: Base) -> pl.DataFrame:
    """Acts with a known person at both ends, each twice: ``out`` for who acted, ``in`` for whom it met.

    Everything that is said of ``person`` is true of that end: in an ``in`` row it is the one who was met.
    """
    met = base.acts.filter(pl.col("person").is_not_null() & pl.col("other").is_not_null())
    swapped = {"person": "other", "other": "person"}
    swapped |= {side: f"other_{side}" for side in _SIDES} | {f"other_{side}": side for side in _SIDES}
    back = met.with_columns(**{name: pl.col(source) for name, source in swapped.items()})
    first = since(base)
    seen = back.drop("first_at").join(first, on=["platform", "person"], how="left", maintain_order="left")
    began = seen.with_columns(theirs=~pl.col("ours"), rival=pl.lit(None, dtype=pl.Boolean()))
    both = {"out": met, "in": _with_tenure(began)}
    return pl.concat([rows.select(met.columns).with_columns(direction=pl.lit(name)) for name, rows in both.items()])


def since(base: Base) -> pl.DataFrame:
    """When each person first acted, under whichever of their names: platform, person, first_at."""
    known = base.acts.filter(pl.col("person").is_not_null())
    return known.group_by("platform", "person").agg(pl.col("first_at").min())


def _with_tenure(rows: pl.DataFrame) -> pl.DataFrame:
    """How long before an act a person's first act was; null for somebody who had not acted yet."""
    days = pl.when(pl.col("first_at") <= pl.col("at")).then((pl.col("at") - pl.col("first_at")).dt.total_days())
    return rows.with_columns(tenure_days=days, tenure_months=days // DAYS_A_MONTH)


def _said(base: Base) -> pl.DataFrame:
    """Posts as acts, with the author of what they answer."""
    nodes = base.nodes
    up = nodes.get_column("parent").cast(pl.Int64)
    other = {f"other_{side}": nodes.get_column(side).gather(up) for side in _SIDES}
    act = pl.col("kind").replace_strict(WORDS, default="post", return_dtype=pl.String())
    return nodes.with_columns(other=nodes.get_column("person").gather(up), **other).select(
        "platform", "account", "brand", "post_id", "visibility", "place_id", "person", "ours", "theirs", "staff",
        "member", "rival", "roles", "unit", "other", *other, act.alias("act"), pl.col("in_reply_to").alias("target_id"),
        pl.col("created_at").alias("at"), pl.lit(1.0).alias("weight"), pl.col("self_reply").alias("_self"),
    ).with_columns(bot=pl.when(pl.col("person").is_not_null()).then(pl.lit(value=False)))  # fmt: skip


def _did(base: Base) -> pl.DataFrame:
    """Acts that are no posts: likes, follows, readings. Their post tells to whom, where the source does not."""
    stored = base.without_bots(base.snapshot.current("acts"))
    rows = who.with_person(who.with_account(stored, base.accounts), base.people)
    day = pl.col("at").dt.convert_time_zone(base.scope.zone).dt.date()
    known = rows.with_columns(**who.judged(day, pl.lit(value=False), base.stays))
    acted = known.select(*_SAME[:6], "place_id", "at", "weight", "other", "person", *who.COLUMNS - {"brand"}).collect()
    authors = base.nodes.select("platform", "post_id", "visibility", "author", pl.col("person").alias("_person"), *(
        pl.col(side).alias(f"_{side}") for side in _SIDES
    ))  # fmt: skip
    joined = acted.join(authors, on=["platform", "post_id"], how="left", maintain_order="left")
    met = joined.with_columns(other=pl.coalesce("other", "_person"))
    sides = _other_sides(met, base)
    kept = [name for name in met.columns if not name.startswith("_") and name != "author"]
    return sides.select(*kept, *(f"other_{side}" for side in _SIDES)).with_columns(
        weight=pl.col("weight").fill_null(1.0), _self=pl.lit(value=False)
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

"""People and accounts as they stand, and what was reported of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import acts, counts, who

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.derive.base import Base

SOMEBODY = "a member"
"""What everybody is called whose name we have no business to show."""


def people(base: Base) -> pl.LazyFrame:
    """One row a person, programs left out. Names are shown of our staff and of rivals; others are `SOMEBODY`."""
    names = base.scope.people
    staff = pl.col("staff") | pl.col("staff_since").is_not_null()
    called = pl.col("speaks_as").replace_strict(dict(names), default=pl.col("speaks_as"), return_dtype=pl.String())
    shown = pl.coalesce(called, "display_name", pl.col("handles").list.first(), pl.lit(SOMEBODY))
    roles = (
        pl.when(staff & ~pl.col("staff"))
        .then(pl.concat_list("roles", pl.lit(["staff"])).list.sort())
        .otherwise("roles")
    )
    frame = base.people.filter(~pl.col("bot") & pl.col("listed")).with_columns(
        display=pl.when(staff | pl.col("rival")).then(shown).otherwise(pl.lit(SOMEBODY)),
        staff=staff, ours=staff, theirs=~staff, roles=roles,
    )  # fmt: skip
    dated = frame.lazy().join(acts.since(base), on=["platform", "person"], how="left", maintain_order="left").collect()
    return _together(_with_members(dated, base), base).lazy()


def _with_members(people: pl.DataFrame, base: Base) -> pl.DataFrame:
    """Those who are members by a membership that lasts, on the day the newest file was made."""
    if not base.stays:
        return people
    seen = base.snapshot.imports().filter(pl.col("status") == "imported").get_column("observed_at").max()
    today = pl.lit(seen).dt.convert_time_zone(base.scope.zone).dt.date()
    belongs = who.belongs(today, base.stays)
    return people.with_columns(
        member=pl.col("member") | belongs, roles=who.with_role(pl.col("roles"), who.MEMBER, belongs).list.sort()
    )


def _together(people: pl.DataFrame, base: Base) -> pl.DataFrame:
    """Whoever has several names is under each what they are under any: as one person they are counted once."""
    if not base.links:
        return people
    named = people.with_columns(_whose=base.links.behind("person"))
    told = named.group_by("_whose").agg(
        pl.col("staff", "ours", "member", "rival").any(),
        pl.col("roles").explode(empty_as_null=False, keep_nulls=False).unique().sort(),
        pl.col("unit").drop_nulls().first(),
        pl.col("first_at").min(),
    )
    kept = named.drop("staff", "ours", "theirs", "member", "rival", "roles", "unit", "first_at")
    joined = kept.join(told, on="_whose", how="left", maintain_order="left")
    return joined.with_columns(theirs=~pl.col("ours")).drop("_whose")


def accounts(base: Base) -> pl.LazyFrame:
    """One row an account as read: where a file named none, it is the row of the account it was read as."""
    frame = base.accounts.sort(
        "platform", "account", (pl.col("account_id") == pl.col("account")), descending=[False, False, True]
    )
    merged = frame.group_by("platform", "account", maintain_order=True).agg(
        pl.col("ours").any(), pl.col("rival").any(),
        *(pl.col(name).drop_nulls().first() for name in ("brand", "kind", "handle", "name")),
    )  # fmt: skip
    return merged.lazy()


def account_counts(base: Base, columns: Collection[str]) -> pl.LazyFrame:
    """What was reported of accounts: one window an account, the finest that reports what is asked for.

    Of several kinds of file that report the same days, the newest that reports all of it counts, never both.
    """
    table = base.snapshot.tables["account_counts"]
    reported = [fact.name for fact in table.columns if fact.type in {"int", "number"}]
    asked = sorted(set(reported) & set(columns))
    placed = who.with_account(base.snapshot.current("account_counts"), base.accounts)
    key = ["platform", "account", "window", "window_start"]
    rows = placed.drop("account_id").pipe(_finest, asked)
    of_one = [*key, "window_end", "brand", "_account_ours", "_account_rival"]
    added = counts.added_up(rows, of_one, reported, base.adds)
    kinds = base.accounts.lazy().select("platform", "account", "kind").unique(["platform", "account"], keep="any")
    chosen = counts.chosen(added, key, asked=asked)
    named = chosen.rename({"_account_ours": "ours", "_account_rival": "rival"}, strict=False)
    return named.join(kinds, on=["platform", "account"], how="left", maintain_order="left").sort(*key)


def _finest(rows: pl.LazyFrame, asked: Collection[str]) -> pl.LazyFrame:
    """Only the rows of one window an account: windows that report all that is asked first, then the finest."""
    finer = pl.col("window").replace_strict(
        {name: rank for rank, name in enumerate(counts.WINDOWS)}, default=-1, return_dtype=pl.Int16()
    )
    whole = pl.all_horizontal([pl.lit(value=True), *(pl.col(name).is_not_null() for name in asked)])
    some = pl.any_horizontal([pl.lit(value=not asked), *(pl.col(name).is_not_null() for name in asked)])
    best = (whole.cast(pl.Int16) + some.cast(pl.Int16)) * 10 + finer
    ranked = rows.with_columns(_best=best.max().over("platform", "account", "window"))
    return ranked.filter(pl.col("_best") == pl.col("_best").max().over("platform", "account")).drop("_best")

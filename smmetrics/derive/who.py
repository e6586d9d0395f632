"""Ours, theirs or unknown: what is known of the author of each row, at the time it was written.

A known author decides: staff and the person behind an account of ours are ours, wherever they speak; everybody else
is theirs, even under our own account (a reader's comment on our blog). Where no author is named, the account speaks: a
file of an account's own posts names nobody. Two things are never the account's: what a program left (mentions),
reviews, and a reply that stands under the account's own post (an anonymous comment). Their author is unknown, neither
ours nor theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = frozenset({"ours", "theirs", "staff", "member", "bot", "rival", "roles", "unit", "brand"})
"""What this module adds; a row is asked only for what is needed."""
MEMBER = "member"
NEVER_THE_ACCOUNT = ("mention", "review")
_PEOPLE = ("roles", "unit", "staff", "member", "bot", "rival", "own", "author_ids", "handles",
           "staff_since", "staff_until", "role_from", "role_to", "stays_from", "stays_to")  # fmt: skip


def with_account(rows: pl.LazyFrame, accounts: pl.DataFrame) -> pl.LazyFrame:
    """Add ``account`` (as read) and what is known of it: _account_ours, _account_rival, brand, _account_handle."""
    known = accounts.lazy().select(
        "platform", "account_id", "account", "brand",
        pl.col("ours").alias("_account_ours"), pl.col("rival").alias("_account_rival"),
        pl.col("handle").alias("_account_handle"),
    )  # fmt: skip
    return rows.join(known, on=["platform", "account_id"], how="left", maintain_order="left")


def with_person(rows: pl.LazyFrame, people: pl.DataFrame) -> pl.LazyFrame:
    """Add what is known of each row's ``person``: columns with a leading underscore."""
    known = people.lazy().select("platform", "person", *(pl.col(name).alias(f"_{name}") for name in _PEOPLE))
    return rows.join(known, on=["platform", "person"], how="left", maintain_order="left")


def judged(day: pl.Expr, unknown: pl.Expr, stays: int = 0) -> dict[str, pl.Expr]:
    """Expressions for each of `COLUMNS`, over rows with account and person.

    ``day``: when it was said; ``unknown``: rows whose unnamed author is not the account; ``stays``: the most
    memberships that anybody has.
    """
    named = pl.col("person").is_not_null()
    since = pl.col("_staff_since")
    spoke = since.is_not_null() & within(day, since, pl.col("_staff_until"))
    held = within(day, pl.col("_role_from"), pl.col("_role_to"))
    staff = (pl.col("_staff").fill_null(value=False) & held) | spoke
    itself = _is_account()
    itself_ours = (itself & pl.col("_account_ours")).fill_null(value=False) | pl.col("_own").fill_null(value=False)
    ours = pl.when(named).then(staff | itself_ours).when(~unknown).then("_account_ours")
    none = pl.lit([], dtype=pl.List(pl.String()))
    roles = pl.when(held).then(pl.col("_roles").fill_null(none)).otherwise(none)
    rival = pl.col("_account_rival")
    member = pl.col("_member").fill_null(value=False) & held
    told = with_role(roles, "staff", staff)
    if stays:
        belonged = belongs(day, stays, "_")
        member, told = member | belonged, with_role(told, MEMBER, belonged)
    return {
        "ours": ours,
        "theirs": ~ours,
        "staff": pl.when(named).then(staff),
        "member": pl.when(named).then(member),
        "bot": pl.when(named).then(pl.col("_bot").fill_null(value=False)),
        "rival": pl.when(named)
        .then((pl.col("_rival").fill_null(value=False) & held) | (itself & rival))
        .when(~unknown)
        .then(rival),
        "roles": pl.when(named).then(told),
        "unit": pl.when(held).then("_unit"),
    }


def within(day: pl.Expr, since: pl.Expr, until: pl.Expr) -> pl.Expr:
    """Whether a day lies in ``[since, until)``; without a day or a bound there is nothing against it."""
    begun = (day >= since).fill_null(value=True)
    return begun & (day < until).fill_null(value=True)


def belongs(day: pl.Expr, stays: int, prefix: str = "") -> pl.Expr:
    """Whether a day lies in a membership; ``stays``: the most that anybody has."""
    found = pl.lit(value=False)
    for place in range(stays):
        since = pl.col(f"{prefix}stays_from").list.get(place, null_on_oob=True)
        until = pl.col(f"{prefix}stays_to").list.get(place, null_on_oob=True)
        found = found | (since.is_not_null() & within(day, since, until))
    return found


def with_role(roles: pl.Expr, role: str, holds: pl.Expr) -> pl.Expr:
    """Roles, and one more where it holds."""
    added = pl.concat_list(roles, pl.lit([role], dtype=pl.List(pl.String())))
    return pl.when(holds & ~roles.list.contains(role)).then(added).otherwise(roles)


def _is_account() -> pl.Expr:
    """Whether the author is the account itself, as in an archive that names its owner in every row."""
    by_id = pl.col("_author_ids").list.contains(pl.col("account_id"))
    handle = pl.col("_account_handle").str.strip_chars().str.strip_prefix("@").str.to_lowercase()
    by_handle = (
        pl.col("_handles").list.eval(pl.element().str.strip_prefix("@").str.to_lowercase()).list.contains(handle)
    )
    return by_id.fill_null(value=False) | by_handle.fill_null(value=False)


def wanted(columns: Iterable[str]) -> bool:
    """Whether any of these columns needs to know who is speaking."""
    return bool(COLUMNS & set(columns))

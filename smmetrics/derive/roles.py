"""Which roles anybody on a platform is known to have: what a question about a role rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

AUTHOR, OURS, STAFF, MEMBER, RIVAL = "author", "ours", "staff", "member", "rival"


def at_a_glance(base: Base, platform: str) -> frozenset[str]:
    """Of ``author`` and ``ours`` those that a look at accounts and at one row of people tells: nobody is looked up."""
    ours = base.accounts.filter((pl.col("platform") == platform) & pl.col("ours")).height
    people = base.snapshot.current("people").filter((pl.col("platform") == platform) & pl.col("person").is_not_null())
    return frozenset({*([OURS] if ours else []), *([AUTHOR] if people.head(1).collect().height else [])})


def known(base: Base, platform: str) -> frozenset[str]:
    """``author`` where anybody is known, ``ours`` where an account or a person of ours is, and each role that occurs.

    Roles of people stand here whenever they held them: on a day on which nobody did, the answer is a true zero.
    """
    here = base.people.filter(pl.col("platform") == platform)
    accounts = base.accounts.filter(pl.col("platform") == platform)
    staff = here.filter(pl.col("staff") | pl.col("staff_since").is_not_null()).height
    found = set(here.select(pl.col("roles").explode(empty_as_null=False, keep_nulls=False).unique()).to_series())
    told = {
        AUTHOR: here.filter("listed").height or base.told_apart(platform),
        STAFF: staff or base.on_duty(platform),
        OURS: staff or here.get_column("own").any() or accounts.get_column("ours").any(),
        RIVAL: here.get_column("rival").any() or accounts.get_column("rival").any(),
        MEMBER: here.get_column("member").any() or here.get_column("stays_from").list.len().sum(),
    }
    return frozenset(name for name, there in told.items() if there) | (found - set(told))

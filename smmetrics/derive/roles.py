"""Which roles anybody on a platform is known to have: what a question about a role rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.roles import AUTHOR, STAFF, VIA

if TYPE_CHECKING:
    from smmetrics.derive.base import Base

OURS, MEMBER, RIVAL = "ours", "member", "rival"


class Roles:
    """What is known of the platforms of one state, each looked at once."""

    def __init__(self, base: Base) -> None:
        """Nothing is looked at yet."""
        self._base = base
        self._glances: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}

    def on(self, platform: str) -> frozenset[str]:
        """The roles that anybody on a platform is known to have, see `known`."""
        if platform not in self._known:
            self._known[platform] = known(self._base, platform)
        return self._known[platform]

    def knows(self, platform: str, role: str) -> bool:
        """Whether anybody on a platform is known to have a role, or a mark of theirs (``VIA``) is."""
        if role.startswith(VIA):
            return role.removeprefix(VIA) in {whose for _, whose in self._base.scope.marks}
        if platform not in self._glances:
            self._glances[platform] = at_a_glance(self._base, platform)
        return role in self._glances[platform] or role in self.on(platform)


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

"""Whose account, whose words: looked up when rows are read, because people correct roles and handles afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.store import Snapshot
    from smmetrics.tables.scope import AccountRef, Handle, Scope

NOT_NAMED = "(not named)"
"""The account of a file that names none; it reads as the platform's only own account where there is exactly one."""
WITH_ACCOUNTS = ("accounts", "posts", "post_counts", "account_counts", "spans")


def accounts(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Every account that occurs: platform, account_id as stored, account as read, kind, names, ours, rival, brand.

    Ours: of the kind *ours*, or named by the strategy by id or handle. Looked at as somebody else's (`Scope.subject`),
    ours are that one's accounts, and what we imported as our own is another's.
    """
    stored = snapshot.current("accounts").select("platform", "account_id", "handle", "name", "url", "kind")
    there = pl.concat([snapshot.current(name).select("platform", "account_id").unique() for name in WITH_ACCOUNTS])
    known = there.filter(pl.col("account_id").is_not_null()).unique()
    frame = known.join(stored, on=["platform", "account_id"], how="left").sort("platform", "account_id").collect()
    refs = _refs(scope.ours)
    named = [
        bare(account) in refs.get(platform, {}) or bare(handle or account) in refs.get(platform, {})
        for platform, account, handle in frame.select("platform", "account_id", "handle").iter_rows()
    ]
    by_kind = pl.lit(value=not scope.subject) & (pl.col("kind") == "ours").fill_null(value=False)
    ours = frame.with_columns(ours=by_kind | pl.Series(named, dtype=pl.Boolean))
    return _with_brand(_resolved(ours, refs), scope)


def _refs(refs: Iterable[AccountRef]) -> dict[str, dict[str, str]]:
    """By platform: the strategy's own accounts, as compared and as written."""
    found: dict[str, dict[str, str]] = {}
    for ref in refs:
        if ref.account.strip():
            found.setdefault(ref.platform, {})[bare(ref.account)] = ref.account.strip().removeprefix("@")
    return found


def _resolved(frame: pl.DataFrame, refs: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Read `NOT_NAMED` as the platform's only own account, whether a file or only the strategy names that."""
    only: dict[str, str] = {}
    for platform in frame.filter(pl.col("account_id") == NOT_NAMED).get_column("platform").unique():
        own = frame.filter((pl.col("platform") == platform) & pl.col("ours") & (pl.col("account_id") != NOT_NAMED))
        ids = set(own.get_column("account_id"))
        seen = {bare(name) for name in (*ids, *own.get_column("handle").drop_nulls())}
        ids |= {written for compared, written in refs.get(platform, {}).items() if compared not in seen}
        if len(ids) == 1:
            only[platform] = ids.pop()
    account = pl.col("platform").replace_strict(only, default=NOT_NAMED, return_dtype=pl.String())
    nameless = pl.col("account_id") == NOT_NAMED
    return frame.with_columns(
        pl.when(nameless).then(account).otherwise("account_id").alias("account"),
        # It is the own account, so it is ours: else its rows would stand beside the account's own as another's.
        (pl.col("ours") | (nameless & pl.col("platform").is_in(list(only)))).alias("ours"),
    )


def _with_brand(frame: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Whose each account is: ours, a rival's by the strategy's name for it, or by its own."""
    names = {(each.platform, bare(each.account)): each for each in scope.others if each.account.strip()}
    found = [
        names.get((platform, bare(account))) or names.get((platform, bare(handle or account)))
        for platform, account, handle in frame.select("platform", "account_id", "handle").iter_rows()
    ]
    told = frame.with_columns(
        pl.Series("_other", [each and each.name for each in found], dtype=pl.String),
        pl.Series("_kind", [each and each.kind for each in found], dtype=pl.String),
    )
    kind = pl.coalesce("_kind", pl.when(pl.col("kind") != "ours").then("kind"))
    rival = ~pl.col("ours") & (kind == "rival").fill_null(value=False)
    called = pl.coalesce("_other", "name", "handle", "account")
    return told.with_columns(
        rival=rival,
        brand=pl.when("ours").then(pl.lit(scope.subject or "us")).when(rival).then(called),
        kind=pl.when("ours").then(pl.lit("ours")).otherwise(kind),
    ).drop("_other", "_kind")


def people(snapshot: Snapshot, scope: Scope, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """Everybody known: platform, person, roles, unit, names, and since when they speak for us.

    ``own``: whether they are one of our accounts itself, by handle or id, in whichever file it speaks (``known``: all
    `accounts`, where the caller has them).
    ``staff``: by role, always; ``staff_since``: by a handle of the strategy, from that day (the first day there is
    where the strategy names none) until ``staff_until``. ``speaks_as``: the strategy's name for them. ``handles`` are
    all they ever bore, the newest first. ``role_from``, ``role_to``: when their roles hold, where a file says so.
    """
    stored = snapshot.current("people").filter(pl.col("person").is_not_null())
    grouped = stored.group_by("platform", "person").agg(
        pl.col("roles").explode(empty_as_null=False, keep_nulls=False).unique().sort(),
        pl.col("platform_author_id").unique().sort().alias("author_ids"),
        pl.col("role_from").min(),
        pl.when(pl.col("role_to").null_count() == 0).then(pl.col("role_to").max()).alias("role_to"),
        pl.col("display_name").drop_nulls().sort().first(),
        pl.col("unit").drop_nulls().sort().first(),
    )
    frame = grouped.sort("platform", "person").collect()
    frame = frame.join(_handles_borne(snapshot), on=["platform", "person"], how="left", maintain_order="left")
    frame = frame.with_columns(pl.col("handles").fill_null(pl.lit([], dtype=pl.List(pl.String()))))
    return frame.join(_speakers(frame, scope), on=["platform", "person"], how="left").with_columns(
        staff=pl.lit(value=not scope.subject) & pl.col("roles").list.contains("staff"),
        member=pl.col("roles").list.contains("member"),
        bot=pl.col("roles").list.contains("bot"),
        rival=pl.col("roles").list.contains("rival") | _rivals(frame, scope),
        own=_own(frame, accounts(snapshot, scope) if known is None else known, scope),
    )


def _rivals(people: pl.DataFrame, scope: Scope) -> pl.Series:
    """Whether each person bears a name that the strategy calls a rival's."""
    names = {(each.platform, bare(each.account)) for each in scope.others if each.kind == "rival"}
    rows = people.select("platform", "handles", "author_ids").iter_rows() if names else ()
    found = [any((platform, bare(name)) in names for name in (*handles, *ids)) for platform, handles, ids in rows]
    return pl.Series("rival", found or [False] * people.height, dtype=pl.Boolean())


def _handles_borne(snapshot: Snapshot) -> pl.DataFrame:
    """Every handle a person was ever seen with, the newest first: people rename themselves, and files are old."""
    seen = snapshot.observations("people").filter(pl.col("handle").is_not_null() & pl.col("person").is_not_null())
    last = seen.group_by("platform", "person", "handle").agg(pl.col("observed_at").max())
    ordered = last.sort("observed_at", "handle", descending=[True, False], nulls_last=True)
    return ordered.group_by("platform", "person").agg(pl.col("handle").alias("handles")).collect()


def with_signers(people: pl.DataFrame, signers: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """People, and those of ours who are known by how they sign alone: (platform, the strategy's word)."""
    rows = [(platform, word, word, ["staff"], True) for platform, word in signers]
    schema = {"platform": pl.String(), "person": pl.String(), "speaks_as": pl.String(),
              "roles": pl.List(pl.String()), "staff": pl.Boolean()}  # fmt: skip
    fresh = pl.DataFrame(rows, schema=schema, orient="row")
    if not fresh.height:
        return people
    no, none = pl.lit(value=False), pl.lit([], dtype=pl.List(pl.String()))
    filled = fresh.with_columns(member=no, bot=no, rival=no, own=no, handles=none, author_ids=none)
    return pl.concat([people, filled], how="diagonal").sort("platform", "person")


def _own(people: pl.DataFrame, known: pl.DataFrame, scope: Scope) -> pl.Series:
    """Whether each person is one of our accounts: of those that occur, or of those the strategy names."""
    ours = known.filter("ours").select("platform", "account", "account_id", "handle")
    names = {(platform, bare(name)) for platform, *each in ours.iter_rows() for name in each if name}
    names |= {(ref.platform, bare(ref.account)) for ref in scope.ours if ref.account.strip()}
    rows = people.select("platform", "handles", "author_ids").iter_rows()
    is_own = [any((platform, bare(name)) in names for name in (*handles, *ids)) for platform, handles, ids in rows]
    return pl.Series("own", is_own, dtype=pl.Boolean())


def _speakers(people: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """The people whose handle, id or key the strategy names as one of ours, each once, from the earliest day on."""
    names = pl.concat_list("handles", "author_ids", pl.concat_list("person")).alias("name")
    words = people.select("platform", "person", names).explode("name", empty_as_null=False, keep_nulls=False)
    plain = pl.col("name").str.strip_chars().str.to_lowercase().str.replace(r"^https?://(?:www\.)?", "")
    compared = words.with_columns(plain.str.strip_prefix("@").str.strip_chars_end("/"))
    matched = compared.join(_handles(scope.staff), on=["platform", "name"], how="inner")
    return matched.sort("staff_since", "speaks_as").unique(["platform", "person"], keep="first").drop("name")


def _handles(staff: Iterable[Handle]) -> pl.DataFrame:
    rows = [(each.platform, bare(each.handle), each.person, each.since or date.min, each.until) for each in staff]
    schema = {"platform": pl.String(), "name": pl.String(), "speaks_as": pl.String(), "staff_since": pl.Date(),
              "staff_until": pl.Date()}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")

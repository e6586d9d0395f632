"""Who wrote a post on an account that several share: told by how people sign, nothing else.

A post is somebody's if its last line ends with one of their signs, or holds one by itself. Case counts. What two
people's signs fit is nobody's, and what nobody signed was said by the account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.tables.scope import Handle, Scope

SCHEMA = {"platform": pl.String(), "post_id": pl.String(), "signed": pl.String()}
Shared = dict[tuple[str, str], tuple["Handle", ...]]
"""By platform and handle as compared: those who sign there."""


def shared(scope: Scope, accounts: pl.DataFrame) -> Shared:
    """The accounts whose posts are told apart by signs: ours, or such as two people speak from."""
    ours = {(platform, bare(name)) for platform, *names in
            accounts.filter("ours").select("platform", "account", "account_id", "handle").iter_rows()
            for name in names if name}  # fmt: skip
    ours |= {(ref.platform, bare(ref.account)) for ref in scope.ours if ref.account.strip()}
    found: dict[tuple[str, str], list[Handle]] = {}
    for handle in scope.staff:
        found.setdefault((handle.platform, bare(handle.handle)), []).append(handle)
    return {
        place: signing
        for place, there in found.items()
        if (signing := tuple(each for each in there if any(sign.strip() for sign in each.signs)))
        and (place in ours or len({each.person for each in there}) > 1)
    }


def signed(posts: pl.LazyFrame, accounts: pl.DataFrame, people: pl.DataFrame, places: Shared) -> pl.DataFrame:
    """Posts of shared accounts: ``signed`` is the strategy's word for who wrote it; null where nobody signed.

    ``posts`` have platform, post_id, account_id, person, created_on and text.
    """
    parts = [
        _of_account(posts.filter(_on(place, accounts, people)), handles) for place, handles in sorted(places.items())
    ]
    frames = pl.collect_all(parts)
    return pl.concat([pl.DataFrame(schema=SCHEMA), *frames]).unique(["platform", "post_id"], keep="first")


def _on(place: tuple[str, str], accounts: pl.DataFrame, people: pl.DataFrame) -> pl.Expr:
    """Whether a post was said by the account itself: under it and by nobody else, or by its own name."""
    platform, name = place
    here = accounts.filter(pl.col("platform") == platform)
    ids = [
        account_id
        for account_id, *names in here.select("account_id", "account", "handle").iter_rows()
        if name in {bare(each) for each in (account_id, *names) if each}
    ]
    known = people.filter(pl.col("platform") == platform).select("person", "handles", "author_ids").iter_rows()
    itself = [
        person for person, handles, author_ids in known
        if name in {bare(each) for each in (*handles, *author_ids)} or set(ids) & set(author_ids)
    ]  # fmt: skip
    by = pl.col("person").is_in(itself) if itself else pl.lit(value=False)
    alone = pl.col("person").is_null() & pl.col("account_id").is_in(ids)
    return (pl.col("platform") == platform) & (by.fill_null(value=False) | alone.fill_null(value=False))


def _of_account(posts: pl.LazyFrame, handles: Iterable[Handle]) -> pl.LazyFrame:
    last = pl.col("text").str.strip_chars_end().str.split("\n").list.last().str.strip_chars()
    marks: dict[str, pl.Expr] = {}
    for handle in handles:
        fits = pl.any_horizontal(_fits(last, sign.strip()) for sign in handle.signs if sign.strip())
        then = _then(handle)
        marks[handle.person] = marks.get(handle.person, pl.lit(value=False)) | (fits & then).fill_null(value=False)
    count = pl.sum_horizontal(mark.cast(pl.Int8) for mark in marks.values())
    who = pl.coalesce(pl.when(mark).then(pl.lit(person)) for person, mark in marks.items())
    return posts.select("platform", "post_id", pl.when(count == 1).then(who).alias("signed"))


def _fits(line: pl.Expr, sign: str) -> pl.Expr:
    """The line ends with the sign, or holds it by itself; a sign of letters is no end of a longer word."""
    ends = line.str.ends_with(sign)
    if sign[0].isalnum():
        before = line.str.head(line.str.len_chars().cast(pl.Int64) - len(sign)).str.tail(1)
        ends = ends & ~before.str.contains(r"[\p{L}\p{N}_]")
    return ends | line.str.split(" ").list.contains(sign)


def _then(handle: Handle) -> pl.Expr:
    """Whether the person spoke for us on that day."""
    day, held = pl.col("created_on"), pl.lit(value=True)
    if handle.since is not None:
        held = held & (day.is_null() | (day >= handle.since))
    if handle.until is not None:
        held = held & (day.is_null() | (day < handle.until))
    return held


def keys(people: pl.DataFrame, places: Shared) -> Mapping[tuple[str, str], str]:
    """For each platform and signer the key they go by: their own author's, where they speak as one too."""
    own = people.filter(pl.col("speaks_as").is_not_null() & ~pl.col("own"))
    rows = own.select("platform", "speaks_as", "person").sort("platform", "person", descending=True).iter_rows()
    known = {(platform, word): person for platform, word, person in rows}
    signers = {(platform, each.person) for (platform, _), handles in places.items() for each in handles}
    return {signer: known.get(signer, signer[1]) for signer in signers}

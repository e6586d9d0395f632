"""Whom a word means: by handle, id, name or pseudonym, in everything that ever came in and still counts."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.derive import identity
from smmetrics.store.forgetting.traces import SHORTEST_NAME, Traces
from smmetrics.tables.scope import bare
from smmetrics.words import say
from smmetrics.workspace.forgetting import linked
from smmetrics.workspace.forgetting.hearing import heard, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.store import Snapshot
    from smmetrics.workspace.core import Workspace

COLUMNS = ("platform", "platform_author_id", "person", "handle", "display_name")
CHOICES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What a word says: its platform, if any, and the rest as compared."""

    word: str
    platform: str
    rest: str


def traces(
    workspace: Workspace, snapshot: Snapshot, words: Sequence[str], *, everyone: bool = False, all_names: bool = False
) -> Traces:
    """All that leads to the people named; with ``all_names``, to all that they agreed are theirs.

    Raises `UserMistake` for a word that means several, or ourselves.
    """
    people = snapshot.observations("people").select(COLUMNS).unique().collect()
    accounts = identity.accounts(snapshot, workspace.scope)
    platforms = sorted({*people.get_column("platform").drop_nulls(), *workspace.installed.platforms})
    found, queue = Traces(), list(words)
    for word in queue:
        named = _named(word, platforms)
        if word in words:
            _refuse(named, accounts)
        told = _of(workspace, snapshot, named, (people, accounts), platforms, everyone=everyone)
        if not told.accounts and all(bare(name) == named.rest for _, name in told.names):
            told = _heard(workspace, snapshot, named, told, everyone=everyone)
        if all_names and (of := linked.owners(snapshot, told)):
            sheets = Traces(persons=linked.by_hand(of), words=linked.called(workspace, snapshot, of, named.rest))
            told = _joined(told, sheets)
            more = (f"{platform}:{handle}" for platform, handle in sorted(linked.names(snapshot, of)))
            queue += [name for name in more if name not in queue]
        found = _joined(found, told)
    return _with_posts(snapshot, found)


def near(snapshot: Snapshot, word: str) -> str:
    """Names like a word that nobody bears."""
    people = snapshot.observations("people").select("handle", "display_name").unique().collect()
    names = {bare(name): name for column in people.columns for name in people.get_column(column).drop_nulls()}
    return ", ".join(names[each] for each in get_close_matches(bare(word.partition(":")[2] or word), names, n=3))


def _named(word: str, platforms: Sequence[str]) -> Named:
    platform, _, rest = word.partition(":")
    known = rest and platform.strip().lower() in platforms
    return Named(word=word, platform=platform.strip().lower() if known else "", rest=bare(rest if known else word))


def _refuse(named: Named, accounts: pl.DataFrame) -> None:
    if len(named.rest) < SHORTEST_NAME and not named.platform:
        raise UserMistake(say("forget.who.short", word=named.word), hint=say("forget.who.short_hint"), code="who.short")
    ours = accounts.filter("ours")
    for platform, *names in ours.select("platform", "account_id", "handle", "account").iter_rows():
        if named.platform in {"", platform} and named.rest in {bare(name) for name in names if name}:
            message = say("forget.who.ours", word=named.word)
            raise UserMistake(message, hint=say("forget.who.ours_hint"), code="who.ours")


def _of(
    workspace: Workspace,
    snapshot: Snapshot,
    named: Named,
    tables: tuple[pl.DataFrame, pl.DataFrame],
    platforms: Sequence[str],
    *,
    everyone: bool,
) -> Traces:
    people, accounts = tables
    hits = _matching(people, named)
    if hits.select("platform", "person", "platform_author_id").unique("person").height > 1 and not everyone:
        _say_which(named, hits)
    same = people.join(hits.select("platform", "person").drop_nulls().unique(), on=["platform", "person"], how="semi")
    same = pl.concat([same, hits]).unique()
    theirs = _matching_accounts(accounts, named, same)
    keys = frozenset(_pseudonyms(workspace, snapshot, named, platforms))
    words = {named.rest} if not named.platform else set()
    names = {(platform, name) for platform, *pair in same.select("platform", "handle", "display_name").iter_rows()
             for name in pair if name}  # fmt: skip
    names |= {(platform, name) for platform, _, *pair in theirs for name in pair if name}
    if named.platform:
        names.add((named.platform, named.rest))
    return Traces(
        persons=frozenset(same.select("platform", "person").drop_nulls().iter_rows()) | keys,
        authors=frozenset(same.select("platform", "platform_author_id").drop_nulls().iter_rows()),
        accounts=frozenset((platform, account) for platform, account, *_ in theirs),
        names=frozenset(names),
        words=frozenset(words),
    )


def _matching(people: pl.DataFrame, named: Named) -> pl.DataFrame:
    here = people.filter(pl.col("platform") == named.platform) if named.platform else people
    plain = (pl.col(name).str.strip_chars().str.strip_prefix("@").str.to_lowercase() for name in COLUMNS[1:])
    return here.filter(pl.any_horizontal(each == named.rest for each in plain))


def _say_which(named: Named, hits: pl.DataFrame) -> None:
    rows = hits.unique("person").sort("platform", "platform_author_id").head(CHOICES)
    choices = ", ".join(
        f"{platform}:{id_}" + (f" ({handle})" if handle else "")
        for platform, id_, handle in rows.select("platform", "platform_author_id", "handle").iter_rows()
    )
    count = hits.get_column("person").n_unique()
    message = say("forget.who.several", word=named.word, count=count)
    raise UserMistake(message, hint=say("forget.who.several_hint", choices=choices), code="who.several")


def _matching_accounts(
    accounts: pl.DataFrame, named: Named, people: pl.DataFrame
) -> list[tuple[str, str, str | None, str | None]]:
    """Accounts that are the person: others' accounts of that name or id."""
    ids = set(people.select("platform", "platform_author_id").drop_nulls().iter_rows())
    handles = {
        (platform, bare(name)) for platform, name in people.select("platform", "handle").drop_nulls().iter_rows()
    }
    rows = accounts.filter(~pl.col("ours")).select("platform", "account_id", "handle", "name").iter_rows()
    found = []
    for platform, account, handle, name in rows:
        said = {bare(each) for each in (account, handle, name) if each}
        mine = named.platform in {"", platform} and named.rest in said
        if mine or (platform, account) in ids or any((platform, each) in handles for each in said):
            found.append((platform, account, handle, name))
    return found


def _pseudonyms(
    workspace: Workspace, snapshot: Snapshot, named: Named, platforms: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Pseudonyms of a name that stands only in sheets kept by hand: made again, and kept where a table has them."""
    key = workspace.store.key()
    said = {" ".join(named.rest.casefold().split()), named.word.strip(), named.rest}
    asked = [named.platform] if named.platform else platforms
    made = {
        hmac.new(key, f"{platform}\x1f{text}".encode(), hashlib.sha256).hexdigest()[:16]: platform
        for platform in asked
        for text in said
    }
    yield from standing(snapshot, made)


def _heard(workspace: Workspace, snapshot: Snapshot, named: Named, known: Traces, *, everyone: bool) -> Traces:
    """Who stands in the tables by pseudonym alone: the kept copies say what that was made of."""
    found = heard(workspace, snapshot, named.rest, {person for _, person in known.persons})
    if len(found) > 1 and not known.persons and not everyone:
        choices = ", ".join(f"{named.platform or '?'}:{made} ({', '.join(parts)})" for made, parts in found.items())
        message = say("forget.who.several", word=named.word, count=len(found))
        raise UserMistake(message, hint=say("forget.who.several_hint", choices=choices), code="who.several")
    names = {part for parts in found.values() for part in parts}
    persons = frozenset((named.platform, made) for made in found)
    return replace(known, persons=known.persons | persons, words=known.words | names)


def _joined(one: Traces, other: Traces) -> Traces:
    names = ("persons", "authors", "accounts", "names", "posts", "words")
    return Traces(**{name: getattr(one, name) | getattr(other, name) for name in names})


def _with_posts(snapshot: Snapshot, found: Traces) -> Traces:
    """Their posts, by every observation: ids and texts."""
    said = snapshot.observations("posts").select("platform", "post_id", "person", "account_id", "title", "text")
    rows = said.filter(
        pl.col("person").is_in(sorted({person for _, person in found.persons}))
        | pl.col("account_id").is_in(sorted({account for _, account in found.accounts}))
    ).collect()
    mine = found.matches("person", rows.get_column("platform"), rows.get_column("person"))
    mine = mine | found.matches("account", rows.get_column("platform"), rows.get_column("account_id"))
    rows = rows.filter(mine)
    texts = {text.strip() for name in ("title", "text") for text in rows.get_column(name).drop_nulls()}
    posts = frozenset(rows.select("platform", "post_id").drop_nulls().unique().iter_rows())
    return replace(found, posts=posts, texts=frozenset(texts))

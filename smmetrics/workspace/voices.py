"""Whose names are in the files: those of ours that nobody bears, and the authors they may stand for."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import identity
from smmetrics.strategy.facts import Stranger
from smmetrics.strategy.lookup import platform_id
from smmetrics.tables.scope import bare
from smmetrics.workspace.covering import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.derive import Derived
    from smmetrics.strategy import Strategy
    from smmetrics.workspace.core import Workspace

LIKELY = 5_000
"""Authors a name is compared with: those with most posts."""
Handle = tuple[str, int, str, str, str]
"""Person, place in ``speaks_as``, as written, platform, as compared."""


def strangers(workspace: Workspace, derived: Derived) -> tuple[tuple[Stranger, ...], tuple[str, ...]]:
    """Names of ours that nobody bears on a platform that came in; and platforms whose files name no author at all."""
    strategy, snapshot = workspace.need_strategy(), workspace.snapshot()
    if snapshot is None:
        return (), ()
    people = identity.people(snapshot, workspace.scope)
    known = _known(people, derived)
    came_in = set(derived.frame("posts", frozenset()).select("platform").unique().collect().to_series())
    authors = set(people.get_column("platform"))
    unmatched = [
        each for each in _handles(workspace, strategy) if each[3] in came_in and each[4] not in known.get(each[3], ())
    ]
    nameless = dict.fromkeys(_title(workspace, each[3]) for each in unmatched if each[3] not in authors)
    named = [each for each in unmatched if each[3] in authors]
    shown = _may_be_shown(strategy)
    return tuple(_stranger(each, people, derived, shown=shown) for each in named), tuple(nameless)


def _handles(workspace: Workspace, strategy: Strategy) -> Iterator[Handle]:
    for name, person in strategy.people.items():
        for n, text in enumerate(person.speaks_as):
            platform, _, handle = text.partition(":")
            yield name, n, text, platform_id(workspace.catalogue, platform.strip()), bare(handle)


def _known(people: pl.DataFrame, derived: Derived) -> Mapping[str, set[str]]:
    """Every name that occurs, as compared, by platform: authors' names and ids, and accounts'."""
    found: dict[str, set[str]] = {}
    rows = people.select("platform", "person", "handles", "author_ids").iter_rows()
    for platform, person, handles, ids in rows:
        found.setdefault(platform, set()).update(map(bare, _named(person, *handles, *ids)))
    accounts = derived.frame("accounts", frozenset({"handle"})).select("platform", "account", "handle").collect()
    for platform, account, handle in accounts.iter_rows():
        found.setdefault(platform, set()).update(map(bare, _named(account, handle)))
    return found


def _named(*names: str | None) -> Iterable[str]:
    return (name for name in names if name)


def _title(workspace: Workspace, platform: str) -> str:
    known = workspace.catalogue.platforms.get(platform)
    return known.title if known else platform


def _may_be_shown(strategy: Strategy) -> bool:
    """Whether a name of somebody else may be said: not where the agreement keeps people out of sight."""
    privacy = strategy.privacy
    closed = privacy is not None and (privacy.people == "never" or privacy.minors)
    return not closed and not any(each.inside or each.minors for each in strategy.audiences.values())


def _stranger(found: Handle, people: pl.DataFrame, derived: Derived, *, shown: bool) -> Stranger:
    person, place, text, platform, compared = found
    near, posts = _nearest(compared, platform, people, derived) if shown else ("", 0)
    near = f"{text.partition(':')[0]}:{near}" if near else ""
    return Stranger(person=person, place=place, handle=text, near=near, posts=posts)


def _nearest(compared: str, platform: str, people: pl.DataFrame, derived: Derived) -> tuple[str, int]:
    """The author whose name is likest, and how many posts there are of theirs."""
    said = derived.frame("posts", frozenset({"person"})).filter(pl.col("platform") == platform)
    counted = said.group_by("person").len("posts").collect()
    here = people.filter(pl.col("platform") == platform).join(counted, on="person").sort("posts", descending=True)
    names = {
        bare(handle): (handle, posts)
        for handles, posts in reversed(here.head(LIKELY).select("handles", "posts").rows())
        for handle in handles
    }
    likest = get_close_matches(compared, names, n=1)
    return names[likest[0]] if likest else ("", 0)


def withheld(workspace: Workspace, derived: Derived, found: Sequence[Stranger]) -> int:
    """How many numbers of goals wait for a known name, on platforms where none of ours is known."""
    platforms = {platform_id(workspace.catalogue, each.handle.partition(":")[0].strip()) for each in found}
    if not any(not derived.roles_known(platform)[1] for platform in platforms):
        return 0
    metrics = workspace.catalogue.metrics
    asked = {id_ for question in questions(workspace) for id_ in (*question.lead, *question.guard)}
    return sum(metrics[id_].metric.needs_roles for id_ in asked if id_ in metrics)

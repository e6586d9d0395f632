"""What came in, gathered for the review: plain records that rules judge without knowing tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.strategy import channels
from smmetrics.strategy.facts import Facts
from smmetrics.tables.scope import bare
from smmetrics.workspace import heard, judging, voices, whose
from smmetrics.workspace.measuring import tables
from smmetrics.workspace.misnamed import HOURS, PARTS, misnamed
from smmetrics.workspace.whose import BY_HAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from smmetrics.api.capability import ChannelRef
    from smmetrics.derive import Derived
    from smmetrics.workspace.core import Workspace


def gather(workspace: Workspace, today: date) -> Facts:
    """Everything the rules about data ask for; of a workspace without data nothing but that."""
    strategy, derived = workspace.need_strategy(), tables(workspace)
    first = _first(workspace)
    if derived is None or first is None:
        return Facts()
    places = channels(strategy, workspace.catalogue)
    spans = derived.spans()
    until = spans.select(pl.col("end").max()).item() or today
    ask = judging.Ask(workspace=workspace, derived=derived, until=min(until, today))
    strangers, nameless = voices.strangers(workspace, derived)
    posts, stories = heard.stories(derived, strategy.stories)
    return Facts(
        strangers=strangers,
        nameless=nameless,
        withheld=voices.withheld(workspace, derived, strangers),
        undeclared=whose.undeclared(workspace, derived, places),
        misnamed=misnamed([derived.frame(HOURS, frozenset(PARTS)).collect()], strategy),
        unmet=derived.links.unmet,
        unclear=derived.links.unclear,
        last=_last(workspace, places, spans, derived),
        how=_how(workspace, places),
        posts=posts,
        stories=stories,
        weeks=judging.weeks(strategy, places, spans, workspace.scope.week_starts),
        decided=judging.decided(ask),
        first=first,
        logged=_logged(derived),
        logging=_logging(workspace),
        promo=judging.promo(ask, places),
        quiet=heard.quiet(derived, strategy.calendar, today),
        baselines=judging.baselines(ask),
    )


def _first(workspace: Workspace) -> date | None:
    """The day on which the first file that is in came in."""
    snapshot = workspace.snapshot()
    if snapshot is None:
        return None
    came = snapshot.imports().filter(pl.col("status") == "imported").get_column("imported_at")
    return _day(came.dt.convert_time_zone(workspace.scope.zone).dt.date().min())


def _last(
    workspace: Workspace, places: Sequence[ChannelRef], spans: pl.DataFrame, derived: Derived
) -> Mapping[str, date | None]:
    """The last day of data of each channel that a reader is installed for."""
    read = {source.platform for source in workspace.catalogue.sources.values()}
    names = _accounts(derived)
    return {each.name: _last_of(each, spans, names) for each in places if each.platform in read}


def _last_of(channel: ChannelRef, spans: pl.DataFrame, names: Mapping[tuple[str, str], str]) -> date | None:
    """Of a channel's own account where files tell accounts apart, of its sheet where it is one, else of its platform.

    An end is the first day that is not covered any more.
    """
    here = spans.filter(pl.col("platform") == channel.platform)
    if channel.platform == BY_HAND and channel.account:
        here = here.filter(pl.col("source_kind").str.split(".").list.last() == channel.account)
    else:
        account = names.get((channel.platform, bare(channel.account)), channel.account)
        own = here.filter(pl.col("account_id") == account)
        here = own if own.height else here
    return _day(here.select(pl.col("end").max().dt.offset_by("-1d")).item())


def _accounts(derived: Derived) -> Mapping[tuple[str, str], str]:
    """Accounts by platform and by each name they have, as compared."""
    rows = derived.frame("accounts", frozenset({"handle", "name"})).collect().iter_rows(named=True)
    return {
        (row["platform"], bare(name)): row["account"]
        for row in rows
        for name in (row["account"], row["handle"], row["name"])
        if name
    }


def _how(workspace: Workspace, places: Iterable[ChannelRef]) -> Mapping[str, str]:
    """How the next file of a channel is had: as the kinds that came in are, else as its platform's first.

    A kind that nobody can fetch any more is not named; of a platform that has no other, nothing is.
    """
    came_in = workspace.imported_kinds()
    found: dict[str, str] = {}
    for place in places:
        every = workspace.catalogue.sources.values()
        sources = [each for each in every if each.platform == place.platform and not each.closed]
        for source in sorted(sources, key=lambda each: each.id not in came_in)[:1]:
            found[place.name] = source.how_to_get
    return found


def _logging(workspace: Workspace) -> str:
    """How hours are written down: the first source that is nothing but a sheet of them."""
    sheets = (each for each in workspace.catalogue.sources.values() if each.table == HOURS)
    return next((f"{each.title}: {each.how_to_get} {each.takes}" for each in sheets), "")


def _logged(derived: Derived) -> date | None:
    return _day(derived.frame(HOURS, frozenset()).select(pl.col("day").max()).collect().item())


def _day(found: object) -> date | None:
    """A day that a table gave, or none."""
    return found if isinstance(found, date) else None

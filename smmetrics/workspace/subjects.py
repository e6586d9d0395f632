"""The same formulas asked of somebody else: ours are then a rival's accounts, as far as public files show them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.api.errors import UserMistake
from smmetrics.tables.scope import AccountRef
from smmetrics.words import say
from smmetrics.workspace.asking import refuse_unknown
from smmetrics.workspace.core import Workspace
from smmetrics.workspace.measuring import Readings, measure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from smmetrics.tables.scope import Scope

US = "us"
OTHERS = "others."
_DIGITS = 32


class Seen(Workspace):
    """A workspace in which somebody else's accounts are ours; files of our own accounts say nothing of them."""

    def __init__(self, workspace: Workspace, scope: Scope) -> None:
        """All else is as it is in the workspace."""
        self.__dict__.update(workspace.__dict__)
        self.__dict__["scope"] = scope

    def imported_kinds(self) -> frozenset[str]:
        """The kinds of files that came in and may speak of others; of a kind that nobody knows, nobody knows."""
        sources = self.catalogue.sources
        return frozenset(kind for kind in super().imported_kinds() if kind not in sources or not sources[kind].own)


def measured(
    workspace: Workspace,
    subjects: Sequence[str],
    what: Sequence[str],
    *,
    by: Sequence[str] = (),
    grain: str = "total",
    since: date | None = None,
    until: date | None = None,
) -> Readings:
    """Readings of each subject, one after the other: `US`, or somebody of the strategy's others who has accounts."""
    frames: list[pl.DataFrame] = []
    told: dict[str, Any] = {}
    notes: dict[str, None] = {}
    for word in dict.fromkeys(subjects):
        seen, name = _seen(workspace, word)
        found = measure(seen, what, by=by, grain=grain, since=since, until=until)
        frames.append(found.frame if name == US else _named(found.frame, name))
        told |= found.provenance.get("readings", {})
        notes |= dict.fromkeys(found.notes)
    return Readings(frame=pl.concat(frames), provenance={"readings": told} if told else {}, notes=tuple(notes))


def _seen(workspace: Workspace, word: str) -> tuple[Workspace, str]:
    name = word.strip().removeprefix(OTHERS)
    if name in {"", US}:
        return workspace, US
    known = workspace.need_strategy().others
    if name not in known:
        refuse_unknown(name, (US, *known), kind="subject")
    scope = workspace.scope
    theirs = tuple(AccountRef(platform=o.platform, account=o.account) for o in scope.others if o.name == name)
    if not theirs:
        hint = say("subjects.name_accounts", name=name)
        raise UserMistake(say("subjects.no_accounts", name=name), hint=hint, code="subject.accounts")
    return Seen(workspace, replace(scope, ours=theirs, staff=(), plan=(), people={}, subject=name)), name


def _named(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Readings that say whose they are, under ids of their own."""
    ids = [sha256(f"{name}\x1f{one}".encode()).hexdigest()[:_DIGITS] for one in frame.get_column("reading_id")]
    return frame.with_columns(
        subject=pl.lit(f"{OTHERS}{name}"), reading_id=pl.Series("reading_id", ids, dtype=pl.String)
    )

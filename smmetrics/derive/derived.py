"""The tables as formulas see them, made from one snapshot and the strategy's scope, each part when first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import PluginFault
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.roles import AUTHOR, STAFF
from smmetrics.derive import (
    acts,
    added,
    ahead,
    by_label,
    cases,
    hours,
    kept,
    network,
    posts,
    replies,
    roles,
    stocks,
    windows,
)
from smmetrics.derive.at_age import AtAge
from smmetrics.derive.base import Base
from smmetrics.derive.pieces import Piece
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from smmetrics.api.facts import View
    from smmetrics.derive.added import Filling
    from smmetrics.derive.ages import Age
    from smmetrics.derive.labelling import Chosen
    from smmetrics.derive.linking import Links
    from smmetrics.store import Snapshot
    from smmetrics.store.parts import Shelf
    from smmetrics.tables.agreement import Agreement
    from smmetrics.tables.scope import Scope

NAMES = ("person", "other")
"""Columns that say who: read as the person behind a name."""
CORE: Mapping[str, View] = {view.name: view for view in CORE_VIEWS}


class Derived:
    """Views of a snapshot. Nothing is read before it is asked for; what several views need is read once.

    ``chains``: for kinds of source (``platform.kind``), whether they say which post a reply answers. Kinds that are
    not named are judged by their rows. ``adds``: kinds whose organic and paid counts may be added up. ``labelling``: by
    kind of label, who labels posts. ``filling``: by table of a plugin, the code that makes it.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        scope: Scope,
        views: Mapping[str, View] = CORE,
        *,
        chains: Mapping[str, bool] | None = None,
        adds: Collection[str] = (),
        labelling: Mapping[str, Chosen] | None = None,
        filling: Mapping[str, Filling] | None = None,
        as_one: Base | None = None,
    ) -> None:
        """Nothing is read yet. ``as_one``: read by it already, and names are to be kept apart."""
        self.views = views
        self._ages: dict[float, pl.DataFrame] = {}
        self._made: dict[str, pl.DataFrame] = {}
        self._base = as_one or Base(
            snapshot=snapshot,
            scope=scope,
            chains=chains or {},
            adds=frozenset(adds),
            labelling=labelling or {},
            filling=filling or {},
        )
        self._as_one = as_one is None
        self.roles = roles.Roles(self._base)

    @property
    def linked(self) -> bool:
        """Whether several names are read as one person's."""
        return self._as_one and bool(self._base.links)

    @property
    def links(self) -> Links:
        """Who has several names."""
        return self._base.links

    @cached_property
    def apart(self) -> Derived:
        """The same tables with each name by itself: what is shown of rows, and of people one by one.

        Nothing in them leads from one name of a person to another, or to a membership that only a link tells.
        """
        if not self.linked:
            return self
        base = replace(self._base, agreed=False) if self._base.links.met else self._base
        return Derived(base.snapshot, base.scope, self.views, as_one=base)

    @property
    def head(self) -> str:
        """Name of the state read: store, strategy's scope and rules. Equal heads give equal readings."""
        return self._base.state

    @property
    def as_of(self) -> datetime | None:
        """When the newest file was seen, as far as files say; None where nothing came in."""
        imports = self._base.snapshot.imports().filter(pl.col("status") == "imported")
        newest: datetime | None = imports.select(pl.col("observed_at").max()).item()
        return newest

    @property
    def agreement(self) -> Agreement:
        """What may be told of the people in it."""
        return self._base.scope.agreement

    @property
    def whole(self) -> Derived:
        """All rows: none was left out."""
        return self

    @property
    def keep(self) -> Mapping[str, tuple[str, ...]]:
        """Nothing was narrowed."""
        return {}

    def frame(self, view: str, columns: Collection[str], age: Age | None = None) -> pl.LazyFrame:
        """A view with ``columns``, its key, its event time, platform and account (where it has them), in its order.

        ``created_on`` comes along with the event time: the day in the strategy's zone, or the source's own date where
        it gives no time of day (the event time is null then). Columns and views that no release fills yet are null
        and empty. ``age``: posts at that age only. Raises `PluginFault` for a view or column that is not declared.
        """
        declared = self._declared(view)
        wanted = self._wanted(declared, columns)
        schema = view_schema(declared)
        if not declared.computed:
            return pl.LazyFrame(schema={name: schema[name] for name in wanted})
        asked = frozenset(wanted)
        rows = self._makers()[view](asked) if age is None else self._aged(view, asked, age)
        return self._shaped(rows, declared, wanted)

    def _read(self, rows: Callable[[], pl.LazyFrame], declared: View, wanted: Collection[str]) -> pl.LazyFrame:
        return self._shaped(rows(), declared, wanted)

    def _shaped(self, rows: pl.LazyFrame, declared: View, wanted: Collection[str]) -> pl.LazyFrame:
        """The columns wanted in their types, names read as the people behind them."""
        schema, there = view_schema(declared), rows.collect_schema()
        names = [name for name in NAMES if name in wanted and name in there and "platform" in there]
        if names and self.linked:
            rows = rows.with_columns(self._base.links.of(name).alias(name) for name in names)
        return rows.select(
            pl.col(name).cast(schema[name]) if name in there else pl.lit(None, dtype=schema[name]).alias(name)
            for name in wanted
        )

    def spans(self) -> pl.DataFrame:
        """What sources cover: platform, account_id, source_kind, grain, start, end (excluded), facts, ours."""
        return self._spans

    @cached_property
    def _spans(self) -> pl.DataFrame:
        spans = ahead.clipped(self._base.snapshot.current("spans"), self._base).collect()
        read = self._base.accounts.select("platform", "account_id", "account", "ours")
        joined = spans.join(read, on=["platform", "account_id"], how="left", maintain_order="left")
        named = joined.with_columns(account_id=pl.coalesce("account", "account_id"))
        return named.select(
            "platform", "account_id", "source_kind", "grain", "start", "end", "facts", "complete", "basis", "ours"
        )

    def single(self, view: str) -> bool:
        """Whether a view's rows are the same whatever columns are asked for together."""
        if view in {"posts", "threads"}:
            return self._base.settled_counts
        return view not in {"account_counts", "post_counts"}

    def dated(self, view: str, zone: str) -> bool:
        """Whether a view's ``created_on`` is the day of each row in a zone (`Base.day`)."""
        return view == "posts" and zone == self._base.scope.zone

    def side_by_side(self, view: str, columns: Collection[str]) -> frozenset[str]:
        """The columns whose equal values stand together in a view's rows, within a platform and a day."""
        return posts.beside(self._base, columns) if view == "posts" else frozenset()

    def pieces(self, view: str, columns: Collection[str]) -> tuple[Piece, ...]:
        """A view's rows with ``columns``, in pieces that bear names (`pieces.Piece`)."""
        asked, declared = "|".join(sorted(columns)), self._declared(view)
        wanted = self._wanted(declared, columns)
        by_quarter = _BY_QUARTER.get(view) if not self.linked else None
        if by_quarter and (kept := by_quarter(self._base, frozenset(wanted))):
            read = {name: partial(self._read, rows, declared, wanted) for name, rows in kept.items()}
            told = _written(declared)
            return tuple(Piece(f"{name}|{told}|{asked}", how) for name, how in read.items())
        told = f"{self._base.named}|{self.linked}|{view}|{asked}"
        if view in self._base.filling:
            told = f"{told}|{added.named(self._rows_made(declared))}"
        return (Piece(told, partial(self.frame, view, columns)),)

    @property
    def shelf(self) -> Shelf:
        """Where numbers made of these tables may be kept, as long as nobody in them was forgotten."""
        return self._base.snapshot.shelf

    def at_age(self, age: Age) -> AtAge:
        """The same tables with posts at one age: those that are younger are not there."""
        return AtAge(self, age)

    def ages(self, days: float) -> pl.DataFrame:
        """How many posts have counts at an age of ``days``, by account and day, see `ages.counted`."""
        if days not in self._ages:
            self._ages[days] = posts.by_age(self._base, days)
        return self._ages[days]

    def roles_known(self, platform: str) -> tuple[bool, bool]:
        """Whether any author is known on a platform, and whether any of them is known to be ours.

        (False, False): roles are unknown there. (True, False): no handle of the strategy matched anybody.
        """
        return self.roles.knows(platform, AUTHOR), self.roles.knows(platform, STAFF)

    def left_out(self) -> Mapping[str, int]:
        """What is in no table or leaves the waits, counted: ``draft``, ``scheduled``, ``bot``, ``self_reply``,
        ``time.negative`` (replies dated before their root), ``time.too_coarse`` (posts without a time of day).
        """  # noqa: D205
        nodes = self._base.nodes
        exact = nodes.get_column("created_at").null_count()
        said = {"self_reply": int(nodes.get_column("self_reply").sum()), "time.negative": replies.negative(nodes)}
        return {**self._base.left_out, **said, "time.too_coarse": exact}

    def _aged(self, view: str, asked: frozenset[str], age: Age) -> pl.LazyFrame:
        """A table whose rows are posts, at an age."""
        if label := self.views[view].label:
            return by_label.by_label(self._base, label, asked, age)
        return (posts.posts if view == "posts" else posts.conversations)(self._base, asked, age)

    def _makers(self) -> Mapping[str, Callable[[frozenset[str]], pl.LazyFrame]]:
        base = self._base
        return {
            "posts": lambda asked: posts.posts(base, asked),
            "threads": lambda asked: posts.conversations(base, asked),
            "acts": lambda asked: acts.acts(base, asked),
            "ends": lambda asked: acts.ends(base, asked),
            "people": lambda _: stocks.people(base),
            "accounts": lambda _: stocks.accounts(base),
            "account_counts": lambda asked: stocks.account_counts(base, asked),
            "post_counts": lambda asked: windows.post_counts(base, asked),
            "breakdowns": lambda _: windows.breakdowns(base),
            "effort": lambda _: hours.effort(base),
            "plan": lambda _: hours.plan(base),
            "person_scores": partial(network.person_scores, base),
            **{name: partial(_whole, make, base) for name, make in kept.MAKERS.items()},
            "cases": partial(cases.cases, base),
            **{view.name: partial(by_label.by_label, base, view.label) for view in CORE_VIEWS if view.label},
            **{name: partial(self._added, view) for name, view in self.views.items() if name not in CORE},
        }

    def _added(self, view: View, _: frozenset[str]) -> pl.LazyFrame:
        """A plugin's table: as it came in, or made once by the plugin's code."""
        return self._rows_made(view).lazy() if view.name in self._base.filling else added.stored(self._base, view)

    def _rows_made(self, view: View) -> pl.DataFrame:
        """The rows of a table that a plugin's code makes, made once."""
        if view.name not in self._made:
            self._made[view.name] = added.made(self._base.filling[view.name], view, self.views, self, self._base)
        return self._made[view.name]

    def _declared(self, view: str) -> View:
        if view not in self.views:
            message = f"there is no table {view!r} for formulas; there are {', '.join(self.views)}"
            raise PluginFault(message, code="view.undeclared")
        declared = self.views[view]
        if declared.computed and view not in self._makers():
            message = f"nothing fills the table {view!r}"
            raise PluginFault(message, hint="Is its plugin installed?", code="view.unfilled")
        return declared

    def _wanted(self, view: View, columns: Collection[str]) -> list[str]:
        known = [column.name for column in view.columns]
        unknown = sorted(set(columns) - set(known))
        if unknown:
            message = f"the table {view.name} has no column {', '.join(map(repr, unknown))}"
            raise PluginFault(message, code="column.undeclared")
        always = {*view.key, "platform", "account", *([view.event_time] if view.event_time else [])}
        if view.event_time and view.column("created_on"):
            always.add("created_on")
        return [name for name in known if name in always or name in columns]


@lru_cache(maxsize=64)
def _written(view: View) -> str:
    """A declaration in words: making them takes longer than all else that a piece's name is made of."""
    return repr(view)


def _whole(make: Callable[[Base], pl.LazyFrame], base: Base, _: frozenset[str]) -> pl.LazyFrame:
    """A table that is small enough to be made whole, whatever columns are asked for."""
    return make(base)


_BY_QUARTER: Mapping[str, Callable[[Base, frozenset[str]], dict[str, Callable[[], pl.LazyFrame]]]] = {
    "posts": posts.by_quarter,
    "threads": posts.conversations_by_quarter,
    "acts": acts.by_quarter,
    "ends": acts.ends_by_quarter,
}
"""Tables whose rows are kept by month: pieces that bear names."""

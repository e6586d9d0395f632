"""The workspace itself: what is there, opened when it is first asked for."""

from __future__ import annotations

import tomllib
from collections import deque
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmetrics.api.errors import UserMistake
from smmetrics.contracts import catalogue as catalogues
from smmetrics.registry.installed import installed
from smmetrics.workspace.absent import named_as_unicode, nothing_here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import polars as pl

    from smmetrics.contracts.binding import Cell
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.steps import Step
    from smmetrics.dashboard import Dashboard
    from smmetrics.dashboard.planner import Planner
    from smmetrics.derive import Derived
    from smmetrics.intake import Answers, Progress
    from smmetrics.registry import Registry
    from smmetrics.store import ImportRow, Snapshot, Store
    from smmetrics.strategy import Finding, Strategy
    from smmetrics.tables.scope import Scope
    from smmetrics.workspace.baselines import Baseline
    from smmetrics.workspace.decisions import Rule
    from smmetrics.workspace.importing import Outcome
    from smmetrics.workspace.measuring import Readings
    from smmetrics.workspace.promises import Kept
    from smmetrics.workspace.seeing import Seeing

STRATEGY = "strategy.toml"
SETTINGS = "workspace.toml"
MAPS = "maps"
_BUILT: deque[tuple[object, Catalogue]] = deque(maxlen=4)
"""The catalogues built lately, and the plugins' answers they were built of."""


def open_workspace(
    root: str | Path = ".", *, registry: Registry | None = None, tell: Callable[[str], None] | None = None
) -> Workspace:
    """Open the workspace in ``root``; a folder that holds none is the user's mistake, said with what to do."""
    workspace = Workspace(root, registry=registry, tell=tell)
    if not workspace.exists:
        raise nothing_here(workspace.root)
    return workspace


def _built(registry: Registry) -> Catalogue:
    """What plugins define; compiling their formulas takes longer than reading a small file, so it is done once."""
    known = next((built for answered, built in list(_BUILT) if answered is registry.answered), None)
    if known is None:
        known = catalogues.build(registry)
        _BUILT.append((registry.answered, known))
    return known


def _quietly(message: str) -> None:
    """What nobody asked to hear."""
    del message


class Workspace:
    """A folder with a strategy and the data that came in. Each part is read when it is first needed."""

    def __init__(
        self, root: str | Path, *, registry: Registry | None = None, tell: Callable[[str], None] | None = None
    ) -> None:
        """Nothing is read yet.

        ``registry`` replaces the installed plugins; ``tell`` hears what the store has to say: whom a writer waits for,
        which batch was found damaged.
        """
        self.root = named_as_unicode(Path(root))
        self.tell = tell or _quietly
        self._registry = registry
        self.held: tuple[tuple[Snapshot, Scope, Catalogue], Derived] | None = None
        """The tables as formulas see them, and what they were made of (`measuring.tables`)."""

    @property
    def exists(self) -> bool:
        """Whether the folder holds a strategy or a store."""
        return (self.root / STRATEGY).is_file() or self.has_store

    @property
    def has_store(self) -> bool:
        """Whether anything can have been imported."""
        return (self.root / SETTINGS).is_file()

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What ``workspace.toml`` says."""
        if not self.has_store:
            return {}
        try:
            return tomllib.loads((self.root / SETTINGS).read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise UserMistake(str(error), where=str(self.root / SETTINGS), hint="Mend that line.") from error

    @cached_property
    def registry(self) -> Registry:
        """The plugins, loaded; where ``workspace.toml`` lists ``plugins``, only those."""
        allowed = self.settings.get("plugins")
        if self._registry is None:
            return installed(allowed)
        self._registry.load()
        return self._registry

    @cached_property
    def installed(self) -> Catalogue:
        """What the plugins define, and the sources of the folder's own mappings."""
        built = _built(self.registry)
        if not (self.root / MAPS).is_dir():
            return built
        from smmetrics.workspace.mapping import with_maps  # noqa: PLC0415 (polars is heavy)

        return with_maps(built, self.root)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What the plugins define and the strategy's own metrics."""
        if self.strategy is None:
            return self.installed
        from smmetrics.strategy import own_metrics, worded  # noqa: PLC0415 (pydantic is heavy)

        labelled = self.installed.with_pins(self.strategy.labels).with_words(worded(self.strategy))
        return labelled.with_own(own_metrics(self.strategy))

    @cached_property
    def strategy(self) -> Strategy | None:
        """The strategy file, or None where there is none yet. All its faults come at once."""
        path = self.root / STRATEGY
        if not path.is_file():
            return None
        from smmetrics.strategy import read  # noqa: PLC0415 (pydantic is heavy)

        return read(path)

    def need_strategy(self) -> Strategy:
        """The strategy, or the user's mistake of not having one."""
        if self.strategy is None:
            raise nothing_here(self.root, strategy=True)
        return self.strategy

    @cached_property
    def scope(self) -> Scope:
        """Zone, week, own accounts, staff and planned hours, as the strategy states them."""
        from smmetrics.tables.scope import Scope  # noqa: PLC0415 (loaded with the first data)

        if self.strategy is None:
            return Scope()
        from smmetrics.strategy import scope  # noqa: PLC0415 (pydantic is heavy)

        return scope(self.strategy, self.installed)

    @cached_property
    def store(self) -> Store:
        """What came in."""
        from smmetrics.store import Store  # noqa: PLC0415 (deltalake is heavy)

        store = Store.open(self.root, tables=self.installed.tables, waiting=self.tell)
        for message in store.messages:
            self.tell(message)
        return store

    def make_store(self) -> Store:
        """The store, made if the folder has none."""
        from smmetrics.store import Store  # noqa: PLC0415 (deltalake is heavy)

        if not self.has_store:
            Store.create(self.root, tables=self.installed.tables)
            vars(self).pop("settings", None)
        return self.store

    def snapshot(self) -> Snapshot | None:
        """The store as it stands now, or None where nothing can have come in."""
        return self.store.snapshot() if self.has_store else None

    def tables(self) -> Derived | None:
        """The tables as formulas see them, or None where nothing came in; refused where nobody may be shown.

        Each name stands for itself: which of them are one person's is shown nowhere.
        """
        from smmetrics.workspace.agreed import refuse_rows  # noqa: PLC0415 (with the strategy)
        from smmetrics.workspace.measuring import tables  # noqa: PLC0415 (polars is heavy)

        refuse_rows(self)
        found = tables(self)
        return found.apart if found is not None else None

    def import_(
        self,
        *paths: str | Path,
        answers: Answers | None = None,
        dry_run: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """Take in files and folders; one outcome a file, refused ones included. Safe to interrupt and repeat."""
        from smmetrics.workspace.importing import import_files  # noqa: PLC0415 (polars is heavy)

        return import_files(self, paths, answers=answers, dry_run=dry_run, progress=progress)

    def undo(self, import_id: str) -> ImportRow:
        """Take one import back; what else came in stays as if it had never been."""
        return self.store.undo(import_id)

    def review(self, *, data: bool = False) -> tuple[Finding, ...]:
        """What the strategy lacks, from declarations alone; with ``data``, also what the files say of it."""
        from smmetrics.workspace.reviewing import reviewed  # noqa: PLC0415 (pydantic is heavy)

        return reviewed(self, data=data)

    def coverage(
        self,
        goal: str = "",
        *,
        sources: bool = False,
        files: bool = False,
        without: Sequence[str] = (),
        with_: Sequence[str] = (),
    ) -> tuple[Cell, ...]:
        """Which channel can answer which question, why not, what you have, and what would do.

        ``sources``: a cell for each source instead of the best one; ``files``: of what came in alone. ``without``
        channels or platforms and ``with_`` platforms (or ``PLATFORM:SOURCE``): how it would be then.
        """
        from smmetrics.workspace.covering import coverage  # noqa: PLC0415 (with the strategy)

        return coverage(self, goal, sources=sources, files=files, without=without, with_=with_)

    def baseline(self, *goals: str, weeks: int = 8, before: date | None = None) -> tuple[Baseline, ...]:
        """Where the goals named, or all, start from: their targets' numbers over the last whole weeks before a day."""
        from smmetrics.workspace.baselines import baselines  # noqa: PLC0415 (polars is heavy)

        return baselines(self, goals, weeks=weeks, before=before)

    def decisions(self, *goals: str) -> tuple[Rule, ...]:
        """What the goals named, or all, said they would do, whether it came to that, and what came of it."""
        from smmetrics.workspace.decisions import decisions  # noqa: PLC0415 (polars is heavy)

        return decisions(self, goals)

    def promises(self) -> tuple[Kept, ...]:
        """Every promise of the strategy, held against its number."""
        from smmetrics.workspace.promises import promises  # noqa: PLC0415 (polars is heavy)

        return promises(self)

    def next(self) -> tuple[Step, ...]:
        """What to do now: at most three steps, each with its command and how long it takes."""
        from smmetrics.workspace.stepping import steps  # noqa: PLC0415 (with the strategy)

        return steps(self)

    def explain(
        self, word: str, *, at: str = "", goal: str = "", slices: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """All there is to know of a reading (its id, or the beginning of it), a metric, a formula, a goal, a code.

        With ``at`` (``2026-03``, ``2026-Q1``, a day, ``all``), ``goal`` or ``slices`` (``{"platform": "x"}``): the
        reading of a metric or formula there.
        """
        from smmetrics.workspace.explaining import explain, explain_at  # noqa: PLC0415 (with the plugins)

        if at or goal or slices:
            return explain_at(self, word, at=at, goal=goal, slices=slices or {})
        return explain(self, word)

    def table(self, name: str, *, columns: Sequence[str] = (), limit: int | None = None) -> pl.DataFrame:
        """A table as formulas see it, newest counts; empty with its columns where nothing came in."""
        from smmetrics.workspace.measuring import table  # noqa: PLC0415 (polars is heavy)

        return table(self, name, columns=columns, limit=limit)

    def sql(self, query: str) -> pl.DataFrame:
        """The rows of one table that a query finds; what puts rows together is refused: that is what formulas do."""
        from smmetrics.workspace.finding_rows import sql  # noqa: PLC0415 (polars is heavy)

        return sql(self, query)

    def measure(
        self,
        *what: str,
        by: Sequence[str] = (),
        grain: str = "total",
        since: date | None = None,
        until: date | None = None,
        subject: Sequence[str] = (),
    ) -> Readings:
        """Readings of metrics (ids) and formulas, cut ``by`` dimensions, per ``grain``, in ``[since, until)``.

        ``subject``: whose, ``us`` or names of the strategy's others (none: ours).
        """
        if subject:
            from smmetrics.workspace.subjects import measured  # noqa: PLC0415 (polars is heavy)

            return measured(self, subject, what, by=by, grain=grain, since=since, until=until)
        from smmetrics.workspace.measuring import measure  # noqa: PLC0415 (polars is heavy)

        return measure(self, what, by=by, grain=grain, since=since, until=until)

    def export(
        self,
        *goals: str,
        by: Sequence[str] = (),
        grain: str = "total",
        since: date | None = None,
        until: date | None = None,
        changed_since: str | date | int | Path = "",
    ) -> Readings:
        """Readings of all metrics of the goals named, or of every goal, as other programs take them (`EXPORTED`).

        ``changed_since``: a day, the number of a head, or a file of a former export: then only the readings that are
        new or differ since, and those that are gone, marked so. ``restated``: it was final then, or before the last
        change of the store, and is another now.
        """
        from smmetrics.workspace.exporting import Asked, export  # noqa: PLC0415 (polars is heavy)

        asked = Asked(goals=goals, by=tuple(by), grain=grain, since=since, until=until)
        return export(self, asked, changed_since=str(changed_since))

    def source(self) -> Seeing:
        """What panels, dashboards and reports are shown of this workspace: always the same, which keeps its answers."""
        return self._seeing

    @cached_property
    def _seeing(self) -> Seeing:
        from smmetrics.workspace.seeing import Seeing  # noqa: PLC0415 (polars is heavy)

        return Seeing(self)

    def dashboard(self, *goals: str, **view: Any) -> Dashboard:  # noqa: ANN401 (the fields of a view)
        """A dashboard for notebooks, of the goals named or of all; ``view``: what to look at, as `View` has it."""
        from smmetrics.workspace.showing import dashboard  # noqa: PLC0415 (ipywidgets is for notebooks only)

        return dashboard(self, goals, view)

    def planner(self) -> Planner:
        """The strategy to fill in, for notebooks: from purpose to channels, with what is missing beside each field."""
        from smmetrics.workspace.planning import planner  # noqa: PLC0415 (ipywidgets is for notebooks only)

        return planner(self)

    def report(
        self,
        out: str | Path,
        *,
        goals: Sequence[str] = (),
        edition: str = "team",
        static: bool = False,
        **view: Any,  # noqa: ANN401 (the fields of a view)
    ) -> Path:
        """Write a report (``.html``, ``.md``, ``.pdf``) for a team, a board or the public."""
        from smmetrics.workspace.showing import report  # noqa: PLC0415 (charts are heavy)

        return report(self, out, goals=goals, edition=edition, static=static, given=view)

    def imported_kinds(self) -> frozenset[str]:
        """The kinds of source (``platform.kind``) that have come in."""
        from smmetrics.workspace.kinds import imported_kinds  # noqa: PLC0415 (where a store is)

        return imported_kinds(self)

"""Partials kept by day and piece of a table: another period, or a few new rows, and the rest is not counted again.

A partial is kept under a name for all it follows from: what is computed (the very queries, with zone, labels' pins and
parameters in them) and the pieces of rows it was computed from. Pieces that are gone fall out, new ones are counted;
any period is put together from days. What needs too many cells, or is kept in order to be looked at row by row, is
computed anew each time (docs/decisions/0010-numbers-are-kept-by-day.md).
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import polars as pl

from smmetrics.contracts.formula.nodes import Row, walk
from smmetrics.engine import executing, rolling
from smmetrics.engine.calendar import CODE
from smmetrics.engine.compile import ROW_DAY
from smmetrics.engine.kinds import kind_of
from smmetrics.engine.lens import days_of
from smmetrics.engine.measures import clock_of, family, mentions
from smmetrics.engine.naming import is_naming
from smmetrics.engine.partials import FALLBACK, Partial
from smmetrics.engine.passes import BOUNDS, day_told, day_whenever
from smmetrics.store import sealed
from smmetrics.store.files import oldest_first
from smmetrics.tables.schema import view_schema

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from smmetrics.contracts.formula.nodes import Aggregate
    from smmetrics.derive.pieces import Piece
    from smmetrics.engine.partials import Pass
    from smmetrics.engine.passes import Plan, Setting
    from smmetrics.store.parts import Shelf

VERSION = 2
"""Of what is kept: a changed meaning of kept columns is another name."""
MOST_CELLS, MOST_LONG = 200_000, 500_000
"""Rows of moments, and of one long table, that are kept."""
FILES, HELD = 96, 24
"""Kept partials on disk, and in memory."""
_NAMES, _MOMENTS = "cells-*.kept", "moments"
_EPOCH = date(1970, 1, 1)
_PIECE = "__piece"
_UNDATED = -(2**22)
"""The day of rows without any: far from every other, and small enough to be packed."""


@runtime_checkable
class Keeping(Protocol):
    """Tables that can name the pieces their rows stand in."""

    def pieces(self, view: str, columns: Collection[str]) -> Sequence[Piece]:
        """A table's rows with at least ``columns``, in pieces; none where pieces have no names."""
        ...

    @property
    def shelf(self) -> Shelf:
        """Where partials of this state are kept."""
        ...


@dataclass(frozen=True, slots=True)
class Days:
    """A partial by day and piece. ``long``: tables of some of its measures, by their place among all.

    ``large``: the places of those that are too long to be kept; ``full``: so many cells that nothing is.
    """

    pieces: tuple[str, ...]
    moments: pl.DataFrame
    long: Mapping[int, pl.DataFrame]
    large: frozenset[int] = frozenset()
    full: bool = False


_HELD: OrderedDict[tuple[str, str], Days] = OrderedDict()
_NAMED: dict[object, str] = {}
_MOST_NAMED = 1_000
_LOCK = Lock()


def forget_all() -> None:
    """Drop what is held in memory, as a new process begins."""
    with _LOCK:
        _HELD.clear()
        _NAMED.clear()


def partial(plan: Plan, done: Pass, setting: Setting) -> Partial | None:
    """The partial of a pass, put together from what is kept by day; None where it has to be read from rows."""
    tables = setting.tables
    if not isinstance(tables, Keeping) or not _may_be_kept(plan, setting):
        return None
    pieces = tables.pieces(done.view.name, plan.read(setting))
    if not pieces:
        return None
    name = _name(plan, done, setting)
    days = _days(name, pieces, plan, done, setting)
    if days.full:
        return None
    long = {done.long[place]: _put_together(table, setting) for place, table in days.long.items()}
    whole = done.merge([Partial(done.keys, _put_together(days.moments, setting), long)])
    others = [a for a in done.long if a not in long]
    if not others:
        return whole
    rows = plan.rows(setting)
    fitted = done.fitted(rows)
    anew = executing.collected([fitted.listed(rows, a) for a in others], "streaming")
    return replace(whole, long={**whole.long, **dict(zip(others, anew, strict=True))}, coarse=fitted.coarse)


def _may_be_kept(plan: Plan, setting: Setting) -> bool:
    view = setting.views[plan.source.table]
    single = set(view.key) - {"platform"}
    if plan.held is not None or plan.source.on is None or any(is_naming(name) or name in single for name in setting.by):
        return False
    return not any(mentions(measure, BOUNDS) or _by_the_clock(measure) for measure in plan.measures)


def _by_the_clock(measure: Aggregate) -> bool:
    """Whether office hours are counted: their table of days ends with the period asked for."""
    waits = family(measure) == "wait" and clock_of(measure) != "all"
    return waits or any(isinstance(part, Row) and part.name == "business_hours" for part in walk(measure))


def _name(plan: Plan, done: Pass, setting: Setting) -> str:
    """A name for what is computed; making it takes longer than looking up what was asked before."""
    of_pass = (done.keys, done.long_keys, done.runs, done.layout.shared, done.view)
    campaigns = tuple((name, tuple(days)) for name, days in sorted(setting.campaigns.items()))
    asked = (tuple(plan.measures), plan.source, of_pass, setting.by, setting.zone, setting.as_of, campaigns)
    if asked not in _NAMED:
        if len(_NAMED) > _MOST_NAMED:
            _NAMED.clear()
        _NAMED[asked] = _made_name(plan, done, setting)
    return _NAMED[asked]


def _made_name(plan: Plan, done: Pass, setting: Setting) -> str:
    """The hash of the queries themselves, and of how rows get their day."""
    schema = {**view_schema(done.view), ROW_DAY: pl.Date(), CODE: pl.Int32()}
    none = plan.grouped(pl.LazyFrame(schema=schema), setting)
    queries = [done.moments(none), *(done.listed(none, a) for a in done.long)]
    said = [
        VERSION,
        pl.__version__,
        setting.zone,
        done.view.name,
        plan.source.on,
        sorted(plan.source.counts),
        done.keys,
    ]
    told = hashlib.sha256(json.dumps(said).encode())
    for query in queries:
        told.update(hashlib.sha256(query.serialize()).digest())
    return told.hexdigest()[:40]


def _days(name: str, pieces: Sequence[Piece], plan: Plan, done: Pass, setting: Setting) -> Days:
    """The partial of just these pieces, by day: what is kept of them, and the rest counted now and kept."""
    assert isinstance(setting.tables, Keeping), "asked before"
    shelf = setting.tables.shelf
    wanted = tuple(piece.name for piece in pieces)
    held = _held(shelf.folder, name)
    known = held or _read(shelf.folder, name, done)
    if known is not None and (known.full or set(known.pieces) == set(wanted)):
        _hold(shelf.folder, name, known)
        return known
    old = known or Days((), pl.DataFrame(), {})
    new = [piece for piece in pieces if piece.name not in old.pieces]
    days = _joined(old, frozenset(wanted), _counted(new, _may_last(done) - old.large, plan, done, setting))
    _hold(shelf.folder, name, days)
    _write(shelf, name, days)
    return days


def _counted(
    pieces: Sequence[Piece], places: Collection[int], plan: Plan, done: Pass, setting: Setting
) -> list[tuple[str, pl.DataFrame, dict[int, pl.DataFrame]]]:
    """The moments of pieces, by day, and the long tables at some places."""
    rows = [plan.grouped(_by_day(piece.read(), plan, done, setting), setting) for piece in pieces]
    kept = sorted(places)
    long = [done.listed(each, done.long[place]) for each in rows for place in kept]
    found = executing.collected([*(done.moments(each) for each in rows), *long], "streaming")
    guarded = [pl.col(state.name).cast(pl.Int128) for state in done.layout.sums.values() if state.guard]
    made = []
    for number, (piece, each) in enumerate(zip(pieces, rows, strict=True)):
        first = len(rows) + number * len(kept)
        own = dict(zip(kept, found[first : first + len(kept)], strict=True))
        moments, *_ = done.checked(each, [found[number], *([pl.DataFrame()] if done.long else [])])
        made.append((piece.name, moments.with_columns(guarded), own))
    return made


def _by_day(rows: pl.LazyFrame, plan: Plan, done: Pass, setting: Setting) -> pl.LazyFrame:
    """All rows with the number of their day; those without any have a number of their own."""
    on = plan.source.on
    day = pl.col(FALLBACK) if day_told(done.view, on, setting) else day_whenever(done.view, on, setting.zone)
    return rows.with_columns(day.alias(ROW_DAY)).with_columns(
        pl.col(ROW_DAY).to_physical().cast(pl.Int32).fill_null(_UNDATED).alias(CODE)
    )


def _may_last(done: Pass) -> frozenset[int]:
    """The places of measures whose long tables may be kept; numbers that may have to be rounded together are not."""
    views, several = done.layout.scope.views, {"values", "spread"}
    return frozenset(
        place for place, a in enumerate(done.long) if family(a) not in several or kind_of(a.args[0], views) == "int"
    )


def _joined(
    old: Days, wanted: Collection[str], new: Sequence[tuple[str, pl.DataFrame, dict[int, pl.DataFrame]]]
) -> Days:
    """What is kept of the wanted pieces and what was counted now; nothing where that is too much."""
    stay = [number for number, name in enumerate(old.pieces) if name in wanted]
    names = (*(old.pieces[number] for number in stay), *(name for name, _, _ in new))

    def all_(before: pl.DataFrame | None, now: Sequence[pl.DataFrame]) -> pl.DataFrame:
        again = pl.col(_PIECE).replace_strict(stay, range(len(stay)), return_dtype=pl.UInt32)
        kept = [before.filter(pl.col(_PIECE).is_in(stay)).with_columns(again)] if stay and before is not None else []
        numbered = (
            each.with_columns(pl.lit(n, dtype=pl.UInt32).alias(_PIECE)) for n, each in enumerate(now, len(stay))
        )
        return pl.concat([*kept, *numbered])

    moments = all_(old.moments, [each for _, each, _ in new])
    if moments.height > MOST_CELLS:
        return Days(names, pl.DataFrame(), {}, full=True)
    places = {place for _, _, own in new for place in own} or set(old.long)
    long = {place: all_(old.long.get(place), [own[place] for _, _, own in new]) for place in sorted(places)}
    large = frozenset(place for place, table in long.items() if table.height > MOST_LONG)
    return Days(names, moments, {p: t for p, t in long.items() if p not in large}, old.large | large)


def _put_together(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Days of all pieces as the periods they belong to; those of no period fall away."""
    frame = frame.drop(_PIECE)
    if setting.moved:
        return rolling.placed(frame, days_of(setting.periods))
    first, last = ((each - _EPOCH).days for each in setting.bounds)
    inside = pl.col(CODE).is_between(first, last, closed="left")
    kept = frame.filter(inside | (pl.col(CODE) == _UNDATED) if setting.undated else inside)
    return kept.with_columns(setting.calendar.code(pl.col(CODE).cast(pl.Date)).cast(pl.Int32).alias(CODE))


def _held(folder: Path, name: str) -> Days | None:
    with _LOCK:
        return _HELD.get((str(folder), name))


def _hold(folder: Path, name: str, days: Days) -> None:
    with _LOCK:
        _HELD[str(folder), name] = days
        _HELD.move_to_end((str(folder), name))
        while len(_HELD) > HELD:
            _HELD.popitem(last=False)


def _path(folder: Path, name: str) -> Path:
    return folder / f"cells-{name}.kept"


def _read(folder: Path, name: str, done: Pass) -> Days | None:
    """What is kept on disk, if it is what this release writes."""
    found = sealed.read(_path(folder, name), name)
    if found is None:
        return None
    told, frames = found
    pieces, large = tuple(told["pieces"]), frozenset(told["large"])
    if told["full"]:
        return Days(pieces, pl.DataFrame(), {}, full=True)
    moments = frames.pop(_MOMENTS)
    long = {int(place): frame for place, frame in frames.items()}
    return Days(pieces, moments, long, large) if long.keys() | large == _may_last(done) else None


def _write(shelf: Shelf, name: str, days: Days) -> None:
    frames = {} if days.full else {_MOMENTS: days.moments} | {str(place): each for place, each in days.long.items()}
    told = {"pieces": list(days.pieces), "large": sorted(days.large), "full": days.full}
    sealed.write(_path(shelf.folder, name), name, told, frames, shelf.still)
    for each in oldest_first(shelf.folder, _NAMES)[:-FILES]:
        each.unlink(missing_ok=True)

"""The columns of the contract around what was found: who asked, which slice and period, and a name for each reading.

Every row knows the numbers of its request, its group and its period; words are fetched by these, not made row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from smmetrics.engine.beside import taken
from smmetrics.engine.identity import dated, measured, sliced, together
from smmetrics.engine.provenance import canonical, digest, document
from smmetrics.engine.schema import FIXED, SCHEMA
from smmetrics.engine.told import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.engine.asking import Ask
    from smmetrics.engine.grid import Context
    from smmetrics.engine.places import Ints
    from smmetrics.engine.told import Answer, Silent

_EMPTY = ("subject", "age_basis", "status")
"""Texts that others fill."""
_FIRST = "__first"
_DAYS = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class _Rows:
    """The place of each row's request, the number of its group, and the place of its period (-1: none)."""

    ask: Ints
    group: Ints
    period: Ints

    def sorted(self, order: Ints) -> _Rows:
        return _Rows(self.ask[order], self.group[order], self.period[order])


def shaped(answers: Sequence[Answer | Silent], context: Context) -> pl.DataFrame:
    """The columns of the contract, in their order; sorted by metric, slices, period, and what else was asked."""
    rows = _rows(answers, context)
    asked, slices = [_asked(answer.one, context) for answer in answers], _slices(context)
    order = _order(rows, asked, slices)
    rows = rows.sorted(order)
    columns = {name: _words([one[name] for one in asked], rows.ask) for name in asked[0]}
    columns |= {name: _words(words, rows.group) for name, words in slices.items()}
    columns |= {name: taken(context.setting.periods.get_column(name), rows.period) for name in _DAYS}
    columns |= told(answers, order)
    columns |= dict.fromkeys(_EMPTY, _all("", pl.String(), len(order)))
    columns["reading_id"] = columns.pop(_FIRST) + _second_halves(rows, slices, context)
    absent = {name: _all(None, dtype, len(order)) for name, dtype in SCHEMA.items() if name not in columns}
    return pl.DataFrame([(columns | absent)[name].alias(name) for name in SCHEMA])


def _rows(answers: Sequence[Answer | Silent], context: Context) -> _Rows:
    places = context.places
    nowhere = places.numbered([("",) * len(places.by)])
    periods = np.arange(len(places.codes)) if len(places.codes) else np.array([-1])
    group = [nowhere.repeat(len(periods)) if answer.grid is None else answer.grid.group for answer in answers]
    period = [periods if answer.grid is None else answer.grid.period for answer in answers]
    ask = np.repeat(np.arange(len(answers)), [len(each) for each in group])
    return _Rows(ask, np.concatenate(group), np.concatenate(period))


def _words(known: Sequence[str], numbers: Ints) -> pl.Series:
    """The words with some numbers; where there is one only, it need not be looked up."""
    if len(set(known)) == 1:
        return _all(known[0], pl.String(), len(numbers))
    return pl.Series(known, dtype=pl.String)[numbers]


def _all(value: str | None, dtype: pl.DataType, rows: int) -> pl.Series:
    return pl.Series([value], dtype=dtype).new_from_index(0, rows)


def _asked(one: Ask, context: Context) -> dict[str, str]:
    """What is the same in all readings of a request, by column."""
    request, grain = one.request, context.window.grain
    first = measured(
        request.metric,
        goal=request.goal,
        question=request.question,
        version=request.version,
        parameters=one.parameters,
        grain=grain,
        scope=request.scope,
    )
    return {
        "goal": request.goal,
        "question": request.question,
        "metric": request.metric,
        "version": request.version,
        "parameters": canonical(one.parameters),
        "unit": request.unit,
        "grain": grain,
        "target": request.target,
        "provenance": digest(document(request, head=context.setting.tables.head, window=context.window)),
        _FIRST: first,
    }


def _slices(context: Context) -> dict[str, list[str]]:
    """The words of every group: a column for each fixed dimension, and the others as JSON."""
    by, groups = context.places.by, context.places.groups
    values = dict(zip(by, map(list, zip(*groups, strict=True)), strict=True)) if by else {}
    others = {name: values[name] for name in by if name not in FIXED}
    none = [""] * len(groups)
    json = none
    if others:
        json = (
            pl.DataFrame(others, schema=dict.fromkeys(others, pl.String))
            .select(pl.struct(pl.all()).struct.json_encode())
            .to_series()
            .to_list()
        )
    return {**{name: values.get(name, none) for name in FIXED}, "slice": json}


def _order(rows: _Rows, asked: Sequence[Mapping[str, str]], slices: Mapping[str, Sequence[str]]) -> Ints:
    """The order of `schema.SORTED`; what is equal in it stays in the order of the requests."""
    metric = _ranks([(one["metric"],) for one in asked])[rows.ask]
    group = _ranks(list(zip(*slices.values(), strict=True)))[rows.group]
    other = _ranks([(one["goal"], one["question"], one["parameters"]) for one in asked])[rows.ask]
    return np.lexsort((other, rows.period, group, metric))


def _ranks(words: Sequence[tuple[str, ...]]) -> Ints:
    places = {each: place for place, each in enumerate(sorted(set(words)))}
    return np.array([places[each] for each in words], dtype=np.int64)


def _second_halves(rows: _Rows, slices: Mapping[str, Sequence[str]], context: Context) -> pl.Series:
    """The half of an id that names slice and period; many metrics have the same, and each is hashed once."""
    days = [context.setting.periods.get_column(name).to_list() for name in _DAYS]
    periods = [*(dated(start, end) for start, end in zip(*days, strict=True)), dated(None, None)]
    groups = [sliced(dict(zip(slices, words, strict=True))) for words in zip(*slices.values(), strict=True)]
    pairs, place = np.unique(rows.group * len(periods) + rows.period % len(periods), return_inverse=True)
    halves = (divmod(pair, len(periods)) for pair in pairs.tolist())
    names = [together(groups[group], periods[period]) for group, period in halves]
    return _words(names, place)

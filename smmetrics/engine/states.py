"""States and reasons of readings: the first that applies, in the order of the contract (`schema.STATES`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.contracts.formula.nodes import Column, walk
from smmetrics.engine.grid import moved_by
from smmetrics.engine.lens import aggregate_of, lens_of
from smmetrics.engine.measures import SAMPLED, aggregates, family
from smmetrics.engine.passes import UNKNOWN, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.engine.asking import Ask
    from smmetrics.engine.lens import Leaf
    from smmetrics.engine.passes import Setting

_UNITS = frozenset({"count", "distinct"})
_NEED_ROWS = frozenset({"last"})
_FALSE = pl.lit(value=False)
PARTS = 2
"""So many a whole must have at least before a part of it is told."""
LEVEL_HOLDS = "35d"
"""How long a level, such as followers, stands for what came after it."""


def named(place: int, name: str) -> pl.Expr:
    """A column of the aggregate at ``place`` among those joined to the grid."""
    return pl.col(f"{place}.{name}")


def states(one: Ask, setting: Setting) -> list[tuple[str, pl.Expr, pl.Expr]]:
    """State, when it applies, and its reason, in the order they are looked at."""
    by = setting.by
    unable = [(status, *_verdict(one, status)) for status in ("not_permitted", "not_measurable") if "platform" in by]
    empty = [_empty(place, part) for place, part in enumerate(one.aggregates)]
    silent = [_silent(place, part) for place, part in enumerate(one.aggregates)]
    few = [_few(one, place, part) for place, part in enumerate(one.aggregates)] + _few_below(one)
    unreached = [_unreached(place, part) for place, part in enumerate(one.aggregates)]
    endless = pl.col("value").is_infinite() | pl.col("value").is_nan() | pl.any_horizontal(*_infinite(one), _FALSE)
    return [
        *unable,
        *_added(one, setting),
        *_alone(one),
        ("not_covered", ~pl.col("covered"), pl.lit("span.absent")),
        ("failed", endless.fill_null(value=False), pl.lit("time.open")),
        ("not_reported", pl.any_horizontal(*silent, _FALSE), pl.lit("report.absent")),
        *_old(one, setting),
        ("too_few", pl.any_horizontal(*few, _FALSE) & ~pl.any_horizontal(*empty, _FALSE), pl.lit("sample.small")),
        ("immature", pl.any_horizontal(*unreached, _FALSE), pl.lit("wait.not_reached")),
        ("zero_activity", pl.col("value").is_null(), pl.lit("denominator.zero")),
    ]


def _added(one: Ask, setting: Setting) -> list[tuple[str, pl.Expr, pl.Expr]]:
    """Different people of several platforms: nobody knows how many are the same."""
    found = []
    for place, leaf in enumerate(one.aggregates):
        part = aggregate_of(leaf)
        if family(leaf) == "last" and not part.by and any(_of_people(each, setting) for each in walk(part.args[0])):
            several = (named(place, "platforms") > 1).fill_null(value=False)
            found.append(("refused", several, pl.format("people.added: {}", named(place, "platforms"))))
    return found


def _alone(one: Ask) -> list[tuple[str, pl.Expr, pl.Expr]]:
    """A part of a whole that has no other part is always all of it, and says nothing: no rival, no share of voice."""
    over = sorted({name for leaf in one.aggregates for name in lens_of(leaf).over})
    parts = ((name, pl.col(key(name))) for name in over)
    return [
        ("refused", part.filter(part != UNKNOWN).n_unique() < PARTS, pl.lit(f"part.alone: {name}"))
        for name, part in parts
    ]


def _of_people(node: Node, setting: Setting) -> bool:
    known = setting.views[node.table].column(node.name) if isinstance(node, Column) else None
    return known is not None and known.additivity == "non_additive"


def _old(one: Ask, setting: Setting) -> list[tuple[str, pl.Expr, pl.Expr]]:
    """The newest level of all was seen too long before the days it is to stand for end."""
    lenses, found = moved_by(one), []
    for place, leaf in enumerate(one.aggregates):
        if family(leaf) != "last" or aggregate_of(leaf).by:
            continue
        lens = replace(lens_of(leaf), over=frozenset())
        end = pl.col(f"l{lenses.index(lens)}.to") if lens.moved else pl.col("__to")
        newest = named(place, "newest")
        until = pl.min_horizontal(end, setting.now).dt.convert_time_zone(setting.zone).dt.date()
        found.append(
            (
                "stale",
                (newest.dt.offset_by(LEVEL_HOLDS) < until).fill_null(value=False),
                pl.format("level.old: {}", newest),
            )
        )
    return found


def _verdict(one: Ask, status: str) -> tuple[pl.Expr, pl.Expr]:
    reasons = {name: why for name, (state, why) in one.request.verdicts.items() if state == status}
    platform = pl.col(key("platform"))
    return platform.is_in(list(reasons)), platform.replace_strict(reasons, default="", return_dtype=pl.String)


def _infinite(one: Ask) -> list[pl.Expr]:
    return [
        named(place, "value").cast(pl.Float64, strict=False).is_infinite() for place, _ in enumerate(one.aggregates)
    ]


def _empty(place: int, part: Leaf) -> pl.Expr:
    """Nothing to divide by: no row, or a sum of zero below the line."""
    if family(part) not in SAMPLED:
        return _FALSE
    nothing = named(place, "n") == 0
    return nothing | (named(place, "denominator") == 0) if family(part) == "ratio" else nothing


def _silent(place: int, part: Leaf) -> pl.Expr:
    """Rows are there, and none reports what is asked."""
    if family(part) == "count":
        return _FALSE
    rows = pl.lit(value=True) if family(part) in _NEED_ROWS else named(place, "rows") > 0
    return rows & (named(place, "n") == 0)


def _few(one: Ask, place: int, part: Leaf) -> pl.Expr:
    if family(part) not in SAMPLED:
        return _FALSE
    few = named(place, "n") < one.request.min_units
    if family(part) in {"share", "ratio"}:
        few = few | (named(place, "denominator") < one.request.min_denominator)
    return few


def _few_below(one: Ask) -> list[pl.Expr]:
    """A quotient of two aggregates over a small number of units says little either."""
    if one.form.quotient is None:
        return []
    units = [part for part in aggregates(one.form.quotient[1]) if family(part) in _UNITS]
    if not units:
        return []
    below = pl.col("denominator")
    return [(below < one.request.min_denominator) & (below != 0)]


def _unreached(place: int, part: Leaf) -> pl.Expr:
    """Fewer than the part asked for have ended so far."""
    if family(part) != "wait":
        return _FALSE
    return (named(place, "n") > 0) & named(place, "value").is_null()


def remarks(one: Ask, by: Sequence[str]) -> pl.Expr:
    """What stands beside a value: platforms left out, partly fed, unpaid counts only, times that run backwards."""
    verdicts = one.request.verdicts
    parts = [pl.lit(f"without {name} ({verdicts[name][1]})") for name in one.without]
    partly = {name: why for name, (status, why) in sorted(verdicts.items()) if status == "partly"}
    for name, why in partly.items():
        text = pl.lit(f"{why}: {name}")
        if "platform" in by:
            parts.append(pl.when(pl.col(key("platform")) == name).then(text))
        elif not _of_all(one, why):
            parts.append(text)
    parts += [pl.lit(why) for why in dict.fromkeys(partly.values()) if "platform" not in by and _of_all(one, why)]
    parts.append(pl.when(pl.col("scope") == "organic").then(pl.lit("scope.organic_only")))
    for place, part in enumerate(one.aggregates):
        if family(part) == "wait":
            backwards = named(place, "negative")
            parts.append(pl.when(backwards > 0).then(pl.format("time.negative: {}", backwards)))
    return pl.concat_str(parts, separator="; ", ignore_nulls=True)


def _of_all(one: Ask, why: str) -> bool:
    """Whether several platforms feed a metric and the same stands beside each: then it is said once, of all."""
    feeding = [verdict for verdict in one.request.verdicts.values() if verdict[0] in {"measurable", "partly"}]
    return len(feeding) > 1 and set(feeding) == {("partly", why)}

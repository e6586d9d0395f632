"""Our posts by what the goal wants: ranked by its first per-post number, held to the account's own history."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.panels.asked import about_us, asked, listens
from smmetrics.panels.perpost import PerPost, per_post
from smmetrics.panels.results import PanelResult, Table
from smmetrics.panels.shrink import ENOUGH, Prior, priors
from smmetrics.panels.telling import value_text
from smmetrics.panels.texts import begin, midnight, moment, on_day, where_words
from smmetrics.panels.values import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.asked import Asked
    from smmetrics.panels.source import GoalInfo, Source, View

LISTED = 15
MOST = 5_000
"""Posts looked at, newest first; beyond that the panel says so."""
MATURE = 7
"""Days until a post's counts can be compared with those of others."""
_SHOWN = (
    "platform", "account", "brand", "ours", "title", "text", "format", "kind", "created_at", "created_on",
    "age_days",
)  # fmt: skip
_TABLES = frozenset({"posts", "threads"})


def posts(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """The posts that did most for the goal; the newest ones where no number of the goal is one of single posts."""
    every = asked(source, view, goal)
    result = PanelResult(panel="posts", title="Posts by what this goal wants", goal=goal.name)
    ours = [one for one in every if one.role == "lead" and one.info and about_us(one.info)]
    if listens(goal) or not any(one.info and _TABLES & set(one.info.tables) for one in ours):
        return result
    found = per_post([one for one in ours if not one.is_gap])
    made = _newest(source, view) if found is None else _ranked(*found, source, view)
    if made is None:
        return result
    table, words, notes = made
    return PanelResult(panel="posts", title=result.title, goal=goal.name, words=words, tables=(table,), notes=notes)


Made = tuple[Table, tuple[str, ...], tuple[str, ...]]


def _newest(source: Source, view: View) -> Made | None:
    rows = source.table("posts", view, columns=(*_SHOWN, "is_reply"), limit=MOST)
    ours = rows.filter(pl.col("ours") & ~pl.col("is_reply").fill_null(value=False))
    if ours.is_empty():
        return None
    cells = tuple(_cells(row, source) for row in ours.head(LISTED).iter_rows(named=True))
    words = ("No first number of this goal is one of single posts: these are the newest, not the best.",)
    table = Table(name="posts", title="Our newest posts", columns=_heads(), rows=cells, total=ours.height)
    return table, words, ()


def _ranked(one: Asked, wanted: PerPost, source: Source, view: View) -> Made | None:
    """Posts of the view, old enough, with a number; ordered by the number held to all that came before."""
    columns = tuple(dict.fromkeys((*_SHOWN, *wanted.columns)))
    history = _numbered(source.table(wanted.table, view.with_(since=None), columns=columns, limit=MOST), wanted, source)
    old = history.filter(pl.col("age") >= MATURE)
    known = priors(old)
    inside = old if view.since is None else old.filter(pl.col("when") >= midnight(view.since, source))
    young = history.height - old.height
    ranked = [(_held(row, wanted, known), row) for row in inside.iter_rows(named=True) if row["platform"] in known]
    if not ranked:
        return None
    down = one.info is None or one.info.better != "lower"
    ranked.sort(key=lambda pair: -pair[0] if down else pair[0])
    cells = tuple((*_cells(row, source), *_number(row, held, one, wanted, source)) for held, row in ranked[:LISTED])
    heads = (*_heads(), one.title) + (("Held to our history",) if wanted.below is not None else ())
    title = "Our posts, the best for this goal first"
    table = Table(name="posts", title=title, columns=heads, rows=cells, total=len(ranked), note=_note(one))
    return table, (), tuple(_notes(one, wanted, known, young=young, skipped=inside.height - len(ranked), source=source))


def _numbered(rows: pl.DataFrame, wanted: PerPost, source: Source) -> pl.DataFrame:
    """Our posts with their number: ``top``, ``below`` (1 for a plain number), and ``age`` in days."""
    below = pl.lit(1.0) if wanted.below is None else wanted.below.cast(pl.Float64)
    covered = source.days()
    end = pl.lit(None, dtype=pl.Datetime("us", "UTC")) if covered is None else pl.lit(midnight(covered[1], source))
    dated = rows.with_columns(moment(source).alias("when"))
    since = (end - pl.col("when")).dt.total_days()
    numbered = dated.filter(wanted.where).with_columns(
        wanted.top.cast(pl.Float64).alias("top"),
        below.alias("below"),
        pl.coalesce("age_days", since).cast(pl.Float64).alias("age"),
    )
    return numbered.filter(pl.col("top").is_not_null() & (pl.col("below") > 0))


def _held(row: Mapping[str, Any], wanted: PerPost, known: Mapping[str, Prior]) -> float:
    """What a post is ranked by. Plain numbers all weigh the same: nothing is held."""
    if wanted.below is None:
        return float(row["top"])
    return known[row["platform"]].held(row["top"], row["below"])


def _heads() -> tuple[str, ...]:
    return ("Day", "Begins", "Where", "Kind")


def _cells(row: Mapping[str, Any], source: Source) -> tuple[str, ...]:
    return (
        on_day(row["created_at"] or row["created_on"], source),
        begin(row["title"] or row["text"]),
        where_words(row, source),
        row["format"] or row["kind"] or "",
    )


def _number(row: Mapping[str, Any], held: float, one: Asked, wanted: PerPost, source: Source) -> tuple[str, ...]:
    top, below = row["top"], row["below"]
    if wanted.below is None:
        return (value_text(top, one.unit, source.currency),)
    raw = value_text(top / below, one.unit, source.currency)
    return f"{raw} ({number(top)} of {number(below)})", value_text(held, one.unit, source.currency)


def _note(one: Asked) -> str:
    return f"Posts of {MATURE} days and older, by: {one.title}."


def _notes(
    one: Asked, wanted: PerPost, known: Mapping[str, Prior], *, young: int, skipped: int, source: Source
) -> Sequence[str]:
    notes = [f"Younger than {MATURE} days: {young:,}, not ranked."] if young else []
    if skipped:
        notes.append(f"On platforms with fewer than {ENOUGH} posts: {skipped:,}, not ranked.")
    if wanted.below is not None:
        notes += [_weight(source.platforms.get(name, name), prior, one) for name, prior in known.items()]
    return notes


def _weight(platform: str, prior: Prior, one: Asked) -> str:
    """The history a platform's posts are held to, with the weight it has."""
    mean = value_text(prior.mean, one.unit)
    if not math.isfinite(prior.weight):
        return f"{platform}: the {prior.posts:,} posts differ by no more than chance; all are held to {mean}."
    return (
        f"{platform}: held to our own {mean} ({prior.posts:,} posts) with the weight of {number(round(prior.weight))}."
    )

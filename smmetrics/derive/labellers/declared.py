"""Stories, topics and subjects by the words a strategy gives them: the same query for everybody, and no guess.

A story is what its words find. A post is about us or a rival where it names them, answers them or stands under their
account. What nobody's words find has none; without a text nothing is known.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.labellers import ADDRESSED, SEPARATOR
from smmetrics.derive import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from smmetrics.derive.labelling import Rule

US = "us"
_SAID = "__said"


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A text is found where it holds one of ``any``, each of ``all`` and none of ``none``, as whole words.

    ``languages``: only in these, where a text's language is known.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Somebody a post may be about: names in texts, and handles by platform."""

    names: tuple[str, ...] = ()
    handles: tuple[tuple[str, str], ...] = ()


def digest(what: Mapping[str, Query] | Mapping[str, Named]) -> str:
    """A short name for these words: other words are another labeller, and break the series."""
    told = json.dumps([(name, asdict(what[name])) for name in sorted(what)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def finds(query: Query, said: pl.Expr) -> pl.Expr:
    """Whether a text is found."""
    found = pl.lit(value=bool(_words(query.any) or _words(query.all)))
    if _words(query.any):
        found &= said.str.contains(one_of(query.any))
    for word in _words(query.all):
        found &= said.str.contains(one_of((word,)))
    if _words(query.none):
        found &= ~said.str.contains(one_of(query.none))
    if query.languages:
        found &= pl.col("language").is_in(list(query.languages)).fill_null(value=True)
    return found.fill_null(value=False)


def _words(words: Iterable[str]) -> list[str]:
    return [word.strip() for word in words if word.strip()]


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of these as whole words, capitals aside."""
    return rf"(?i)(?:^|\W)(?:{'|'.join(map(re.escape, _words(words)))})(?:\W|$)"


def said() -> pl.Expr:
    """Title and text of a post as one."""
    return pl.concat_str("title", "text", separator="\n", ignore_nulls=True)


def by_words(queries: Mapping[str, Query]) -> Rule:
    """A labeller that gives the names of all queries that find a post."""

    def label(posts: pl.DataFrame, /) -> pl.DataFrame:
        return _labelled(posts, {name: finds(query, pl.col(_SAID)) for name, query in queries.items()})

    return label


def by_subject(subjects: Mapping[str, Named]) -> Rule:
    """A labeller that gives whom a post is about, by `US` and the names of rivals."""

    def label(posts: pl.DataFrame, /) -> pl.DataFrame:
        return _labelled(posts, {name: _about(name, subject) for name, subject in subjects.items()})

    return label


def _about(name: str, subject: Named) -> pl.Expr:
    found = (pl.col("brand") == name).fill_null(value=False)
    if name == US:
        found = pl.col(ADDRESSED).fill_null(value=False)
    if _words(subject.names):
        found |= pl.col(_SAID).str.contains(one_of(subject.names)).fill_null(value=False)
    if subject.handles:
        found |= texts.names_us(subject.handles).fill_null(value=False)
    return found


def _labelled(posts: pl.DataFrame, found: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The names found, joined; an empty text where none is, nothing where there is no text."""
    each = [pl.when(expr).then(pl.lit(name)) for name, expr in sorted(found.items())]
    value = pl.concat_str(each, separator=SEPARATOR, ignore_nulls=True) if each else pl.lit("")
    whole = posts.with_columns(said().alias(_SAID))
    return whole.select(value=pl.when(pl.col(_SAID).is_not_null()).then(value), confidence=pl.lit(1.0))

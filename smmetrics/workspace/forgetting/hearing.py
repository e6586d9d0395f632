"""Whom a pseudonym stands for: the kept copies are read again, and what pseudonyms are made of is listened to.

A reader of a blog is nobody by name in the tables: only the file that brought them can tell.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.intake import release
from smmetrics.store.forgetting.bytesearch import holds
from smmetrics.store.forgetting.traces import byte_pattern
from smmetrics.store.ledger import rows_of
from smmetrics.tables.scope import bare
from smmetrics.workspace.rereading import kept_results

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from smmetrics.store import ImportRow, Snapshot
    from smmetrics.workspace.core import Workspace

Made = dict[str, tuple[str, ...]]
"""Pseudonyms, and what each was made of."""
KINDS = 2
"""The parts that come first name a platform and a kind of person, where there are more than two."""


def heard(workspace: Workspace, snapshot: Snapshot, word: str, persons: Collection[str]) -> Made:
    """Pseudonyms of which a part is ``word``, or that are among ``persons``, by the copies that may tell."""
    found: Made = {}
    shared: dict[str, set[str]] = {}

    def listen(parts: tuple[str, ...], made: str) -> None:
        for part in parts:
            shared.setdefault(part, set()).add(made)
        if made in persons or any(word in {bare(part), " ".join(part.casefold().split())} for part in parts):
            found[made] = parts

    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        for row in _telling(workspace, snapshot, word, persons):
            for result in kept_results(workspace, row, Path(folder), heard=listen):
                release(result)
    return {made: _names(parts, shared) for made, parts in found.items() if made in _there(snapshot, found)}


def _names(parts: tuple[str, ...], shared: dict[str, set[str]]) -> tuple[str, ...]:
    """Of the parts those that are the person's own: not the platform's, not a word for a kind, not many people's."""
    own = parts[KINDS:] if len(parts) > KINDS else parts[1:]
    return tuple(part for part in own if part and len(shared.get(part, ())) == 1) or own[-1:]


def _telling(workspace: Workspace, snapshot: Snapshot, word: str, persons: Collection[str]) -> Iterator[ImportRow]:
    """Imports, each file once, whose copy holds the word or whose rows name these persons."""
    pattern = byte_pattern((word,), ())
    sources = set()
    if persons:
        posts = snapshot.observations("posts").filter(pl.col("person").is_in(sorted(persons)))
        sources = set(posts.select("source_id").unique().collect().to_series())
    seen: set[str] = set()
    for row in rows_of(snapshot.imports()):
        copy = workspace.root / "sources" / f"{row.sha256}.zst"
        if row.sha256 in seen or not copy.is_file():
            continue
        if row.source_id in sources or (pattern is not None and holds(copy, pattern)):
            seen.add(row.sha256)
            yield row


def _there(snapshot: Snapshot, found: Collection[str]) -> set[str]:
    """Those that stand in a table."""
    return {person for _, person in standing(snapshot, dict.fromkeys(found, ""))}


def standing(snapshot: Snapshot, persons: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Of pseudonyms (and their platforms), those that some table names."""
    for name in snapshot.head.tables:
        if name in snapshot.tables and any(fact.name == "person" for fact in snapshot.tables[name].columns):
            rows = snapshot.observations(name).filter(pl.col("person").is_in(sorted(persons)))
            yield from ((persons[each], each) for each in rows.select("person").unique().collect().to_series())

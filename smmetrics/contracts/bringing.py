"""What a source can never bring: where every row says the same, a share of those rows is no finding.

A condition is read with what is known of a source's rows beforehand (all are posts, none is a reply). Where that alone
decides it, a count would always be nothing and a share always nothing or all: the source cannot answer.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, walk
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from smmetrics.api.sources import Source
    from smmetrics.contracts.formula.nodes import Node, Scalar

KIND = "posts.kind"
REPLY = "reply"
_ACTS = frozenset({"post", "reply", "share", "quote", "mention"})
"""Kinds of post that are acts of that name; anything else said is a post."""
_SIGNS: Mapping[str, Callable[[object, object], bool]] = {"==": operator.eq, "!=": operator.ne}


@dataclass(frozen=True, slots=True)
class Brought:
    """What can stand in a column of every row of a source; ``apart``: a file holds one of them, never several."""

    values: tuple[str, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """A part of a formula that a source decides beforehand: which column does, and what its rows can say there.

    ``whole``: every file does; else only some of its files. ``apart``: each file says one thing, though not the same.
    """

    column: str
    values: tuple[str, ...]
    whole: bool
    apart: bool

    def words(self, source: Source) -> str:
        """Why the source cannot answer, or not alone."""
        how = ("each" if self.whole else "apart") if self.apart else "never"
        kinds = say("bringing.or").join(self.values)
        return say(f"bringing.{how}", column=self.column, source=source.title, kinds=kinds)


def together(source: Source, others: Iterable[Source], table: str) -> tuple[Mapping[str, Brought], tuple[str, ...]]:
    """What rows of a source say, those that other sources of its platform add laid beside them; and which these are.

    A list of videos and the comments under them are two files of one place: together they hold posts and replies.
    """
    known = dict(brought(source, table))
    beside: dict[str, None] = {}
    for other in others:
        if other.platform != source.platform or other.id == source.id:
            continue
        for name, added in brought(other, table).items():
            if name in known and not set(added.values) <= set(known[name].values):
                known[name] = Brought((*known[name].values, *added.values), known[name].apart and added.apart)
                beside[other.id] = None
    return known, tuple(beside)


def brought(source: Source, table: str) -> Mapping[str, Brought]:
    """By column of a table as formulas see it: what every row of the source says there."""
    found = {
        capability.fact: Brought(capability.values, capability.apart) for capability in source.can if capability.values
    }
    found |= {fact: Brought(values) for fact, values in _fixed(source).items()}
    kinds = found.get(KIND)
    if table in {"acts", "ends"}:
        acts = any(capability.fact.startswith("acts.") for capability in source.can)
        return {"act": _as_acts(kinds)} if kinds and not acts else {}
    of_posts = {fact.partition(".")[2]: each for fact, each in found.items() if fact.startswith("posts.")}
    return of_posts if table in {"posts", "threads"} or table.startswith("posts_by_") else {}


def _fixed(source: Source) -> Mapping[str, tuple[str, ...]]:
    """By fact that no cell fills: its constant, and what columns set in some rows instead of it."""
    filled = {column.fact for column in source.columns}
    stated = ((f"{source.table}.{name}", value) for name, value in source.constants)
    found = {fact: [value] for fact, value in stated if fact not in filled}
    for column in source.columns:
        table = column.fact.partition(".")[0]
        for name, value in column.sets:
            if f"{table}.{name}" in found:
                found[f"{table}.{name}"].append(value)
    return {fact: tuple(dict.fromkeys(values)) for fact, values in found.items()}


def _as_acts(kinds: Brought) -> Brought:
    return Brought(tuple(dict.fromkeys(kind if kind in _ACTS else "post" for kind in kinds.values)), kinds.apart)


def never(root: Node, table: str, brings: Mapping[str, Brought]) -> Never | None:
    """The first part of a formula that these rows decide beforehand; None where they leave it open."""
    found = [each for node in walk(root) if isinstance(node, Aggregate) for each in _of(node, table, brings)]
    return next((each for each in found if each.whole), found[0] if found else None)


def _of(node: Aggregate, table: str, brings: Mapping[str, Brought]) -> Iterator[Never]:
    if node.table != table or node.by:
        return
    for name, said in brings.items():
        columns = [part.name for part in _columns(node) if part.name in _reads(name)]
        if not columns:
            continue
        decided = [_decided(node, name, value) for value in said.values]
        same = len(set(decided)) == 1 and decided[0] is not None
        if same or (said.apart and all(each is not None for each in decided)):
            yield Never(columns[0], said.values, whole=True, apart=not same)
        elif said.apart and any(each is not None for each in decided):
            yield Never(columns[0], said.values, whole=False, apart=True)


def _reads(name: str) -> frozenset[str]:
    """The columns that are decided by one."""
    return frozenset({name, "is_reply"}) if name == "kind" else frozenset({name})


def _columns(node: Aggregate) -> Iterable[Column]:
    return (part for part in walk(node) if isinstance(part, Column) and part.table == node.table)


def _decided(node: Aggregate, name: str, value: str) -> bool | None:
    """Whether rows that say ``value`` leave nothing (False) or nothing to tell apart (True); None: it is open."""
    kept = [_read(part, name, value) for part in (node.where, node.of) if part is not None]
    if False in kept:
        return False
    return _read(node.args[0], name, value) if node.name == "share" else None


def _read(node: Node, name: str, value: str) -> bool | None:
    """A condition on rows of which one column is known: true, false, or open."""
    match node:
        case Column(name="is_reply") if name == "kind":
            return value == REPLY
        case Op(kind="not", args=(inner,)):
            said = _read(inner, name, value)
            return None if said is None else not said
        case Op(kind="and" | "or" as kind, args=args):
            sides = [_read(arg, name, value) for arg in args]
            stops = kind == "or"
            if stops in sides:
                return stops
            return None if None in sides else not stops
        case Op(kind="==" | "!=" as sign, args=(Column(name=column), Const(value=str() as said))) if column == name:
            return _SIGNS[sign](value, said)
        case Op(kind="in" | "not_in" as sign, args=(Column(name=column), Const(value=tuple() as among))) if (
            column == name
        ):
            return _among(value, among) is (sign == "in")
        case _:
            return None


def _among(value: str, among: tuple[Scalar, ...]) -> bool:
    return value in among

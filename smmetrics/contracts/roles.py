"""Which roles a formula asks about: with nobody known to have one, its answer would be a believable, false zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.contracts.formula.nodes import Aggregate, Column, Const, Op, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smmetrics.contracts.compiled import CompiledMetric
    from smmetrics.contracts.formula.nodes import Node

AUTHOR, STAFF, VIA = "author", "staff", "via "
"""``VIA`` and a role: whose links those are that people come by."""
_OF_COLUMN = {
    "staff": STAFF, "other_staff": STAFF, "member": "member", "other_member": "member", "ours": "ours",
    "other_ours": "ours", "rival": "rival", "theirs": AUTHOR,
}  # fmt: skip
_OF_SIDES = frozenset({"ours", AUTHOR, "rival"})
"""What a row of a file of posts is told by its account and its author. Sheets name people otherwise."""
_SPOKEN = frozenset({"posts", "threads", "acts", "ends"})


def roles_asked(metric: CompiledMetric) -> tuple[str, ...]:
    """The roles that somebody must be known to have, each once; ``author``: that anybody is known at all.

    A metric that says it needs roles, and whose formula names none, asks for our staff (``threads.staff_replies``).
    """
    found = dict.fromkeys(_of(metric.formula.root))
    if metric.needs_roles and not found.keys() - _OF_SIDES:
        found[STAFF] = None
    return tuple(found)


def all_ours(root: Node) -> bool:
    """Whether every post that a formula counts is of our accounts, and it counts some."""
    parts = [node for node in walk(root) if isinstance(node, Aggregate) and not node.by and node.table in _SPOKEN]
    return bool(parts) and all(_says_ours(node.where) for node in parts)


def _says_ours(node: Node | None) -> bool:
    match node:
        case Column(name="ours"):
            return True
        case Op(kind="and", args=args):
            return any(_says_ours(each) for each in args)
        case _:
            return False


def _of(root: Node) -> Iterator[str]:
    for part in walk(root):
        match part:
            case Column(table=table, name=name) if name in _OF_COLUMN:
                role = _OF_COLUMN[name]
                if role not in _OF_SIDES or table in _SPOKEN or table.startswith("posts_by_"):
                    yield role
            case Op(kind="in" | "not_in", args=(Const(value=str(role)), Column(name="via_roles"))):
                yield VIA + role
            case Op(kind="in" | "not_in", args=(Const(value=str(role)), Column(name=name))) if name.endswith("roles"):
                yield role

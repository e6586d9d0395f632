"""Which number of a goal is one of single posts, and that number of each post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.errors import SmmetricsError
from smmetrics.api.views import CORE_VIEWS
from smmetrics.contracts.formula import parse
from smmetrics.contracts.formula.nodes import Aggregate, Column, walk
from smmetrics.engine.compile import Scope, expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.contracts.formula.nodes import Node
    from smmetrics.panels.asked import Asked

VIEWS = {view.name: view for view in CORE_VIEWS}
_POSTS = frozenset({"posts", "threads"})


@dataclass(frozen=True, kw_only=True, slots=True)
class PerPost:
    """A number of single posts: its table, its numerator and, for a rate, its denominator, and which posts count."""

    metric: str
    table: str
    top: pl.Expr
    below: pl.Expr | None
    where: pl.Expr
    columns: tuple[str, ...]


def per_post(asked: Sequence[Asked]) -> tuple[Asked, PerPost] | None:
    """The first of the metrics that is a mean or a ratio over our posts, or None."""
    found = ((one, _of(one)) for one in asked)
    return next(((one, number) for one, number in found if number is not None), None)


def _of(one: Asked) -> PerPost | None:
    """The number of one post, if the metric is one aggregate of such numbers.

    None too where the formula has words of a plugin's own or parameters: a post has no such number without them.
    """
    try:
        root = parse(one.info.formula if one.info else "", views=VIEWS, adhoc=True).root
        return _split(one.metric, root) if isinstance(root, Aggregate) and _fits(root) else None
    except SmmetricsError:
        return None


def _fits(root: Aggregate) -> bool:
    of_posts = root.name in {"mean", "ratio"} and root.table in _POSTS and not root.by
    return of_posts and any(_is_ours(node) for node in walk(root))


def _split(metric: str, root: Aggregate) -> PerPost:
    scope = Scope(VIEWS)
    top = expression(root.args[0], scope)
    below = expression(root.args[1], scope) if root.name == "ratio" else None
    where = expression(root.where, scope) if root.where is not None else pl.lit(value=True)
    names = dict.fromkeys(node.name for node in walk(root) if isinstance(node, Column))
    return PerPost(metric=metric, table=root.table, top=top, below=below, where=where, columns=tuple(names))


def _is_ours(node: Node) -> bool:
    return isinstance(node, Column) and node.name in {"ours", "staff"}

"""A formula on the workspace's data: its number, and what each of its parts comes to on the way."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from smmetrics.contracts.formula.words import AGGREGATES
from smmetrics.contracts.spoken import in_words
from smmetrics.workspace.asking import metric_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from smmetrics.workspace.core import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What a piece of the formula comes to: its reading; of a condition, how many rows say yes, no or nothing.

    ``kind``: *rows* of a table, a *condition* on them, or an *aggregate*.
    """

    kind: str
    text: str
    table: str
    reading: Mapping[str, Any]
    yes: int = 0
    no: int = 0
    unknown: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """A formula's meaning and number, and its parts in the order of the text."""

    formula: str
    in_words: str
    reading: Mapping[str, Any]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """``asked``: the formula that counts it; ``rows``: all rows it is among; ``no``: those that say no."""

    kind: str
    text: str
    table: str
    asked: str
    rows: str
    no: str = ""


class _Filled(ast.NodeTransformer):
    """Parameters replaced by their values, so that each piece stands alone."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name with a value is that value."""
        return ast.parse(repr(self.values[node.id]), mode="eval").body if node.id in self.values else node


def attempt(workspace: Workspace, what: str, *, since: date | None = None, until: date | None = None) -> Trial:
    """Compute a formula, or that of a metric's id, and all its parts over the whole of ``[since, until)``.

    Raises `FormulaError` where the formula cannot be read. Conditions are counted alone, over all rows of their
    table, so that it is seen which of them leaves nothing.
    """
    what = what.strip()
    metric = metric_of(workspace.catalogue, what)
    what = metric.id
    values = {each.name: each.default for each in metric.formula.parameters if each.default is not None}
    root = _Filled(values).visit(ast.parse(metric.formula.text, mode="eval").body)
    pieces = tuple(dict.fromkeys(piece for piece in _pieces(root) if piece.text != what))
    asked = list(
        dict.fromkeys((what, *(text for piece in pieces for text in (piece.rows, piece.asked, piece.no) if text)))
    )
    frame = workspace.measure(*asked, since=since, until=until).frame
    found = {row["metric"]: row for row in frame.iter_rows(named=True)}
    return Trial(
        formula=metric.formula.text,
        in_words=in_words(metric.formula),
        reading=found[what],
        parts=tuple(_part(piece, found) for piece in pieces),
    )


def _part(piece: _Piece, found: Mapping[str, Mapping[str, Any]]) -> Part:
    reading = found[piece.asked]
    part = Part(kind=piece.kind, text=piece.text, table=piece.table, reading=reading)
    if piece.kind == "aggregate":
        return part
    rows, yes, no = (int(found[text]["value"] or 0) if text else 0 for text in (piece.rows, piece.asked, piece.no))
    return replace(part, yes=yes, no=no, unknown=rows - yes - no)


def _pieces(root: ast.expr) -> Iterator[_Piece]:
    """The aggregates of a formula that read rows, each after its table and its conditions."""
    for call in _calls(root):
        table = _table(call)
        dated = "".join(f", on={ast.unparse(each.value)}" for each in call.keywords if each.arg == "on")
        rows = f"count({table}{dated})"
        yield _Piece("rows", table, table, rows, rows)
        for condition in _conditions(call):
            said = ast.unparse(condition)
            counted, not_ = f"count({table}, {said}{dated})", f"count({table}, not ({said}){dated})"
            yield _Piece("condition", said, table, counted, rows, not_)
        if call is not root:
            said = ast.unparse(call)
            yield _Piece("aggregate", said, table, said, rows)


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    """Aggregates over rows; one over entities (``by=``) is passed over, its inside does not stand alone."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATES:
        if not any(keyword.arg == "by" for keyword in node.keywords):
            yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from _calls(child)


def _table(call: ast.Call) -> str:
    """The table an aggregate names: before the dot of its column, or alone."""
    columns = (node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute))
    return next((node.id for node in (*columns, call.args[0]) if isinstance(node, ast.Name)), "")


def _conditions(call: ast.Call) -> Iterator[ast.expr]:
    """What rows must meet: the positional condition, that of a share and its whole, taken apart at *and*."""
    assert isinstance(call.func, ast.Name)
    word = AGGREGATES[call.func.id]
    first = 1 if word.names_table else 0
    own = word.args.index("bool") if "bool" in word.args else len(word.args)
    given = [*call.args[first + own :], *(each.value for each in call.keywords if each.arg in {"of", "where"})]
    for each in given:
        yield from each.values if isinstance(each, ast.BoolOp) and isinstance(each.op, ast.And) else (each,)

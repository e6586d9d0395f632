"""Which sums a pass over one table keeps, for all measures at once.

Filters that several measures share become one small whole number a row (``__w``, a digit in base three for each
filter: false, true, unknown) that is part of the key, so that their sums are plain sums. Other filters go into the
sums. Equal sums are kept once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import polars as pl

from smmetrics.contracts.formula.nodes import Aggregate, Column, Constant, Node
from smmetrics.engine import compile as compiling
from smmetrics.engine import exact
from smmetrics.engine.kinds import kind_of
from smmetrics.engine.measures import COUNTING, clock_of, columns, condition, family, parts_of, signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WHERE = "__w"
"""The column that holds the digits of the shared filters."""
ROWS = "__rows"
_SAFE = 2.0**104
"""Below it, √(n Σx²) is below 2⁵², and a float holds every sum of whole numbers on the way exactly."""
MOST_SHARED = 3
DIGITS = 3**MOST_SHARED
"""Values of `WHERE`: more would make the cells too small to pay."""

Merge = Literal["sum", "min", "max"]


@dataclass(frozen=True, slots=True)
class Sum:
    """One state column: how it is made from a group's rows, and how two of them become one.

    ``guard`` names the columns n and Σx² of a sum of counts that is made in floats, two or three times as fast as in
    128 bits: |Σx| ≤ √(n Σx²) tells whether every digit is right. ``wide`` is then the sum that always is.
    """

    name: str
    made: pl.Expr
    merge: Merge = "sum"
    wide: pl.Expr | None = None
    guard: tuple[str, str] | None = None

    def expression(self, *, wide: bool) -> pl.Expr:
        """The state of a group's rows."""
        return self.wide if wide and self.wide is not None else self.made

    def merged(self) -> pl.Expr:
        """Several states as one."""
        column = pl.col(self.name)
        if self.merge == "sum":
            return column.sum()
        return column.min() if self.merge == "min" else column.max()


@lru_cache(maxsize=256)
def byte(number: int) -> pl.Expr:
    """A number as one byte; Polars takes longer to make it than to use it."""
    return pl.lit(number, dtype=pl.UInt8)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a measure finds its state: the digit of its filter (or none), and a column for each role."""

    aggregate: Aggregate
    digit: int | None
    roles: Mapping[str, str]

    def rows(self) -> pl.Expr:
        """How many rows a group's filter is true for."""
        if self.digit is None:
            return pl.col(self.roles.get("rows", ROWS)).sum()
        return pl.col(ROWS).filter(self._is(1)).sum()

    def unknown(self) -> pl.Expr:
        """How many rows a group's filter is unknown for."""
        if self.digit is None:
            return pl.col(self.roles["unknown"]).sum() if "unknown" in self.roles else pl.lit(0)
        return pl.col(ROWS).filter(self._is(2)).sum()

    def state(self, role: str, merge: Merge = "sum") -> pl.Expr:
        """A group's state of one role, over the rows that the filter keeps."""
        column = pl.col(self.roles[role])
        kept = column if self.digit is None else column.filter(self._is(1))
        if merge == "sum":
            return kept.sum()
        return kept.min() if merge == "min" else kept.max()

    def total(self, role: str) -> pl.Expr:
        """A group's sum, put together where it is held in parts."""
        names = [role + mark for mark in exact.MARKS if role + mark in self.roles]
        return self.state(role) if len(names) == 1 else exact.together(*map(self.state, names))

    def keeps(self) -> pl.Expr:
        """Whether a cell's rows are the measure's at all."""
        if self.digit is not None:
            return self._is(1)
        return pl.col(self.roles.get("rows", ROWS)) > 0

    def _is(self, value: int) -> pl.Expr:
        assert self.digit is not None
        digit: pl.Expr = pl.col(WHERE) // 3**self.digit % 3
        return digit == value


@dataclass(slots=True)
class Layout:
    """The sums of one table's measures: columns made a row (``inputs``), a group (``sums``), and who uses which.

    ``exact``: more columns a row, for the second try of sums whose guard does not hold. ``kept``: the column a row
    that each measure of single values keeps.
    """

    scope: compiling.Scope
    shared: tuple[Node, ...] = ()
    inputs: dict[str, pl.Expr] = field(default_factory=dict)
    sums: dict[str, Sum] = field(default_factory=dict)
    exact: dict[str, pl.Expr] = field(default_factory=dict)
    slots: dict[Aggregate, Slot] = field(default_factory=dict)
    wheres: tuple[Node | None, ...] = ()
    kept: dict[Aggregate, str] = field(default_factory=dict)
    _made: dict[object, str] = field(default_factory=dict)

    def code(self) -> pl.Expr:
        """The digits of the shared filters of a row, as one byte."""
        code = byte(0)
        for place, node in enumerate(self.shared):
            digit = compiling.expression(node, self.scope).cast(pl.UInt8).fill_null(byte(2))
            code = digit * byte(3**place) + code
        return code

    def rounded(self, moments: pl.DataFrame) -> bool:
        """Whether a sum of counts made in floats may have lost digits."""
        guards = [state.guard for state in self.sums.values() if state.guard]
        if not guards:
            return False
        reach = [pl.col(n).cast(pl.Float64) * pl.col(square) >= _SAFE for n, square in guards]
        return bool(moments.select(pl.any_horizontal(reach).any()).item())

    def touches(self) -> pl.Expr | None:
        """Whether any measure looks at a row: some filter is true or unknown; None if some measure has no filter."""
        parts = {where: parts_of(where) for where in self.wheres if where is not None}
        if not parts or None in self.wheres:
            return None
        # Where *a and b* is not false, *a* is not.
        widest = [where for where, own in parts.items() if not any(other < own for other in parts.values())]
        return pl.any_horizontal([compiling.expression(where, self.scope).fill_null(value=True) for where in widest])


def layout(aggregates: Iterable[Aggregate], scope: compiling.Scope, alike: frozenset[str] | None = None) -> Layout:
    """Plan the sums of measures that read the same rows.

    ``alike``: where runs of rows are added up, the columns in which the rows of a run are equal. A shared filter on
    another column would cut every run into pieces.
    """
    measures = tuple(dict.fromkeys(aggregates))
    wheres = [where for aggregate in measures if (where := condition(aggregate)) is not None]
    counted = Counter(where for where in wheres if alike is None or columns(where) <= alike)
    # Without sums there is little to share, and a cell in one piece counts its distinct values at once.
    most = 0 if all(family(aggregate) in COUNTING | {"values"} for aggregate in measures) else MOST_SHARED
    shared = tuple(where for where, _ in counted.most_common(most))
    made = Layout(scope, shared, wheres=tuple(dict.fromkeys(condition(aggregate) for aggregate in measures)))
    for aggregate in measures:
        made.slots[aggregate] = _slot(made, aggregate)
    return made


def _slot(made: Layout, aggregate: Aggregate) -> Slot:
    where = condition(aggregate)
    digit = made.shared.index(where) if where in made.shared else None
    inline = None if where is None or digit is not None else where
    roles: dict[str, str] = {}
    if inline is not None:
        mask = _input(made, ("where", inline), compiling.expression(inline, made.scope))
        roles["rows"] = _sum(made, ("rows", inline), mask.sum())
        roles["unknown"] = _sum(made, ("unknown", inline), mask.is_null().sum())
    _FILL[family(aggregate)](made, aggregate, inline, roles)
    return Slot(aggregate, digit, roles)


def _sum(made: Layout, key: object, expr: pl.Expr, merge: Merge = "sum") -> str:
    if key not in made._made:  # noqa: SLF001 (the layout's own builder)
        name = f"__s{len(made.sums)}"
        made.sums[name] = Sum(name, expr.alias(name), merge)
        made._made[key] = name  # noqa: SLF001
    return made._made[key]  # noqa: SLF001


def _input(made: Layout, key: object, expr: pl.Expr) -> pl.Expr:
    if key not in made._made:  # noqa: SLF001
        name = f"__x{len(made.inputs)}"
        made.inputs[name] = expr.alias(name)
        made._made[key] = name  # noqa: SLF001
    return pl.col(made._made[key])  # noqa: SLF001


def value(node: Node, scope: compiling.Scope) -> pl.Expr:
    """A row's number as the wide type sums are safe in."""
    expr = compiling.expression(node, scope)
    return expr if made_of_whole(node, scope) else expr.cast(pl.Float64, strict=False)


def _masked(made: Layout, expr: pl.Expr, inline: Node | None) -> pl.Expr:
    return expr if inline is None else pl.when(compiling.expression(inline, made.scope)).then(expr)


def _is_int(node: Node, scope: compiling.Scope) -> bool:
    return kind_of(node, scope.views) == "int"


def made_of_whole(node: Node, scope: compiling.Scope) -> bool:
    """Whether a row's number is a whole one, or a truth: sums of these lose nothing in whatever order."""
    return kind_of(node, scope.views) in {"int", "bool"}


def _count(_made: Layout, _aggregate: Aggregate, _inline: Node | None, _roles: dict[str, str]) -> None:
    """Rows are counted for every measure."""


def _reported(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> pl.Expr:
    node = aggregate.args[0]
    key = (node, inline)
    ordered = kind_of(node, made.scope.views) in {"int", "number", "bool"}
    row = value(node, made.scope) if ordered else compiling.expression(node, made.scope)
    expr = _input(made, ("x", key), _masked(made, row, inline))
    roles["n"] = _sum(made, ("n", key), expr.count())
    return expr


def _total(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    """Sums of counts are 128 bits wide: 64 bits wrap without a word."""
    node = aggregate.args[0]
    expr = _reported(made, aggregate, inline, roles)
    number = expr.cast(pl.Int128) if _is_int(node, made.scope) else expr
    _added(made, "a", ("a", node, inline), number, roles, whole=made_of_whole(node, made.scope))


def _added(made: Layout, role: str, key: object, number: pl.Expr, roles: dict[str, str], *, whole: bool) -> None:
    """A sum of whole numbers, or of each part of numbers with fractions."""
    if whole:
        roles[role] = _sum(made, key, number.sum())
        return
    for mark, part in zip(exact.MARKS, exact.parts(number), strict=True):
        roles[role + mark] = _sum(made, (key, mark), part.sum())


def _guarded(made: Layout, key: object, row: pl.Expr, number: pl.Expr, guard: tuple[str, str]) -> str:
    """A sum of whole numbers as floats, exact as long as ``guard`` holds; ``row`` gives the numbers themselves."""
    new = key not in made._made  # noqa: SLF001
    name = _sum(made, key, number.sum())
    if new:
        made.exact[name] = row.cast(pl.Int128).alias(f"__i{name}")
        made.sums[name] = Sum(name, number.sum().alias(name), wide=pl.col(f"__i{name}").sum().alias(name), guard=guard)
    return name


def _mean(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    node = aggregate.args[0]
    key = (node, inline)
    row = _masked(made, value(node, made.scope), inline)
    number = _input(made, ("float", key), row.cast(pl.Float64))
    roles["n"] = _sum(made, ("n", key), number.count())
    if signed(aggregate):
        roles["below"] = _sum(made, ("below", key), (number < 0).any(), "max")
    whole = made_of_whole(node, made.scope)
    _added(made, "aa", ("aa", key), number * number, roles, whole=whole)
    if _is_int(node, made.scope):
        roles["a"] = _guarded(made, ("a", node, inline), row, number, (roles["n"], roles["aa"]))
    else:
        _added(made, "a", ("a", node, inline), number, roles, whole=whole)


def _ratio(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    first, second = aggregate.args
    over, under = value(first, made.scope), value(second, made.scope)
    key = (first, second, inline)
    rows = {
        "a": _masked(made, pl.when(under.is_not_null()).then(over), inline),
        "b": _masked(made, pl.when(over.is_not_null()).then(under), inline),
    }
    numbers = {role: _input(made, ("float", role, key), row.cast(pl.Float64)) for role, row in rows.items()}
    a, b = numbers["a"], numbers["b"]
    roles["n"] = _sum(made, ("n", key), a.count())
    whole = {role: made_of_whole(node, made.scope) for role, node in (("a", first), ("b", second))}
    for role, node in (("a", first), ("b", second)):
        number = numbers[role]
        _added(made, role * 2, (role * 2, key), number * number, roles, whole=whole[role])
        if _is_int(node, made.scope):
            roles[role] = _guarded(made, (role, key), rows[role], number, (roles["n"], roles[role * 2]))
        else:
            _added(made, role, (role, key), number, roles, whole=whole[role])
    _added(made, "ab", ("ab", key), a * b, roles, whole=all(whole.values()))
    roles["over"] = _sum(made, ("over", key), (a > b).any(), "max")
    if signed(aggregate):
        roles["below"] = _sum(made, ("below", key), ((a < 0) | (b < 0)).any(), "max")


def _extreme(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    expr = _reported(made, aggregate, inline, roles)
    lowest = aggregate.name == "min"
    made_by = expr.min() if lowest else expr.max()
    roles["extreme"] = _sum(made, (aggregate.name, aggregate.args[0], inline), made_by, "min" if lowest else "max")


def hashed(value: pl.Expr) -> pl.Expr:
    """64 bits instead of a text: of a million in one cell two are taken for one once in thirty million times."""
    return value.hash()


def _distinct(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    node = aggregate.args[0]
    row = compiling.expression(node, made.scope)
    known = row.is_not_null()
    kept = known if inline is None else known & compiling.expression(inline, made.scope)
    expr = _input(made, ("hash", node, inline), pl.when(kept).then(hashed(row)))
    made.kept[aggregate] = expr.meta.output_name()
    roles["n"] = _sum(made, ("n", node, inline), expr.count())


def waited(aggregate: Aggregate, scope: compiling.Scope) -> tuple[pl.Expr, pl.Expr]:
    """Hours waited, up to now where the end is still open; and whether it ended."""
    start, end = aggregate.args
    clock = clock_of(aggregate)
    over = compiling.hours(start, end, scope, clock=clock)
    if not compiling.is_open(end, scope):
        return over, over.is_not_null()
    assert isinstance(end, Column)
    until_now = compiling.hours(start, Constant("as_of"), scope, clock=clock)
    return pl.when(over.is_infinite()).then(until_now).otherwise(over), over.is_finite()


def _wait(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    key = (*aggregate.args, inline)
    hours, done = waited(aggregate, made.scope)
    x = _input(made, ("hours", key), _masked(made, hours, inline))
    ended = _input(made, ("done", key), _masked(made, done & (hours >= 0), inline))
    roles["n"] = _sum(made, ("n", key), (x >= 0).sum())
    roles["a"] = _sum(made, ("a", key), ended.sum())
    roles["negative"] = _sum(made, ("negative", key), (x < 0).sum())


def _listed(made: Layout, aggregate: Aggregate, inline: Node | None, roles: dict[str, str]) -> None:
    made.kept[aggregate] = _reported(made, aggregate, inline, roles).meta.output_name()


_FILL = {
    "count": _count,
    "sum": _total,
    "mean": _mean,
    "ratio": _ratio,
    "share": _total,
    "extreme": _extreme,
    "wait": _wait,
    "distinct": _distinct,
    "values": _listed,
    "spread": _listed,
    "last": _listed,
}


def long_aggregates(measures: Sequence[Aggregate]) -> tuple[Aggregate, ...]:
    """The measures whose state is a long table beside the moments."""
    return tuple(a for a in measures if family(a) in {"distinct", "values", "spread", "wait", "last"})

"""Rows by SQL: one table, its columns, conditions, an order. Numbers are made by formulas alone.

What a sum may be made of cannot be told from rows: counts of one observation, days that are covered, people who must
not be told apart (docs/decisions/0013-sql-finds-rows.md). So a query may choose, filter, compute row by row and sort,
and whatever puts rows together is refused by name: only words known to leave rows as they are get through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from smmetrics.api.errors import UserMistake
from smmetrics.words import say
from smmetrics.workspace.measuring import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smmetrics.workspace.core import Workspace

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<text>'(?:[^']|'')*')|(?P<quoted>"[^"]+")|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<sign><>|!=|<=|>=|\|\||[-(),*=<>+/%.;])"""
)
FUNCTIONS = frozenset({
    "abs", "cast", "ceil", "coalesce", "concat", "date_part", "ends_with", "floor", "greatest", "least", "left",
    "length", "lower", "nullif", "replace", "right", "round", "starts_with", "strftime", "substr", "trim", "try_cast",
    "upper",
})  # fmt: skip
"""What computes something of one row."""
_BEFORE_BRACKETS = frozenset({
    "and", "between", "by", "case", "else", "ilike", "in", "like", "not", "on", "or", "select", "then", "when", "where",
})  # fmt: skip
_PUT_TOGETHER = frozenset({
    "all", "any", "cross", "except", "full", "group", "having", "inner", "intersect", "join", "lateral", "natural",
    "outer", "over", "partition", "pivot", "qualify", "union", "unnest", "unpivot", "using", "with",
})  # fmt: skip
_AFTER_TABLE = frozenset({"where", "order", "limit", "offset"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    @property
    def plain(self) -> str:
        """A bare word in small letters; anything else is none."""
        return self.text.lower() if self.kind == "word" else ""


def sql(workspace: Workspace, query: str) -> pl.DataFrame:
    """The rows a query finds.

    Raises:
        UserMistake: the query does more than find rows, or cannot be read.
    """
    tokens = _tokens(query)
    name = _table(tokens)
    _refuse_sums(tokens)
    rows = table(workspace, name, columns=_columns(workspace, name, tokens))
    try:
        return pl.SQLContext({name: rows}).execute(query, eager=True)
    except PolarsError as error:
        raise UserMistake(
            say("sql.unread", why=str(error).splitlines()[0].partition("; valid columns")[0]),
            hint=say("sql.columns", table=name),
            code="sql.unread",
        ) from error


def columns_read(workspace: Workspace, query: str) -> tuple[str, Sequence[str]]:
    """The table a query reads, and which of its columns."""
    tokens = _tokens(query)
    name = _table(tokens)
    return name, _columns(workspace, name, tokens)


def _tokens(query: str) -> list[_Token]:
    found, place = [], 0
    while place < len(query):
        match = _TOKEN.match(query, place)
        if match is None or query[place : place + 2] in {"--", "/*"}:
            raise UserMistake(
                say("sql.sign", sign=query[place : place + 2].strip(), place=place + 1), code="sql.unread"
            )
        if match.lastgroup != "space":
            found.append(_Token(str(match.lastgroup), match.group()))
        place = match.end()
    return found[:-1] if found and found[-1].text == ";" else found


def _table(tokens: Sequence[_Token]) -> str:
    """The one table it reads."""
    words = [token.plain for token in tokens]
    shaped = words[:1] == ["select"] and words.count("select") == words.count("from") == 1
    at = words.index("from") + 1 if shaped else len(tokens)
    if at >= len(tokens) or tokens[at].kind not in {"word", "quoted"}:
        raise UserMistake(say("sql.one_table"), hint=say("sql.shape"), code="sql.shape")
    behind = at + 1
    if words[behind : behind + 1] == ["as"]:
        behind += 1
    if behind < len(tokens) and words[behind] not in _AFTER_TABLE and tokens[behind].kind in {"word", "quoted"}:
        behind += 1
    if behind < len(tokens) and words[behind] not in _AFTER_TABLE:
        raise UserMistake(say("sql.one_table"), hint=say("sql.shape"), code="sql.shape")
    return tokens[at].text.strip('"')


def _refuse_sums(tokens: Sequence[_Token]) -> None:
    """Refuse whatever puts rows together, and every word whose work is not known."""
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        called = behind is not None and behind.text == "(" and token.kind in {"word", "quoted"}
        known = token.plain in FUNCTIONS | _BEFORE_BRACKETS
        if token.plain in _PUT_TOGETHER or (called and not known) or token.text == ";":
            message = say("sql.puts_together", word=token.text)
            raise UserMistake(message, hint=say("sql.ask_formula", known=", ".join(sorted(FUNCTIONS))), code="sql.sum")


def _columns(workspace: Workspace, name: str, tokens: Sequence[_Token]) -> list[str]:
    """The columns it names, or all where it takes all."""
    view = workspace.catalogue.views.get(name)
    if view is None:
        return []
    named = {token.text.strip('"') for token in tokens if token.kind in {"word", "quoted"}}
    stars = [before for before, token in zip([None, *tokens], tokens, strict=False) if token.text == "*"]
    every = any(
        before is None or before.plain in {"select", "distinct"} or before.text in {",", "."} for before in stars
    )
    return [] if every else [column.name for column in view.columns if column.computed and column.name in named]

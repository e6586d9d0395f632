"""From text to Python's own syntax tree, within limits, and from its places to characters of the text."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.contracts.formula import foreign
from smmetrics.contracts.formula.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NODES = 120
MAX_DEPTH = 14
MAX_CHARACTERS = 4000
_SPACES = str.maketrans("\n\r\t\f\v", "     ")


@dataclass(frozen=True, slots=True)
class Script:
    """A formula's text, with the tree and where things stand in it."""

    text: str
    where: str = ""
    line: str = field(default="", init=False)
    offset: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Put the text on one line: formulas may be broken, and places must still be found."""
        line = self.text.translate(_SPACES)
        object.__setattr__(self, "offset", len(line) - len(line.lstrip()))
        object.__setattr__(self, "line", line.strip())

    def error(
        self, message: str, *, at: ast.AST | int | None = None, hint: str = "", code: str = "formula"
    ) -> FormulaError:
        """An error at a node, or at a character of the text."""
        position = at if isinstance(at, int) else 0 if at is None else self.position(at)
        return FormulaError(message, text=self.text, position=position, hint=hint, where=self.where, code=code)

    def position(self, node: ast.AST) -> int:
        """The character of the text at which a node begins (Python counts bytes)."""
        return self.offset + _characters(self.line, getattr(node, "col_offset", 0))

    def tree(self) -> ast.expr:
        """Read the text as one expression within the limits."""
        if not self.line:
            message = "The formula is empty"
            raise self.error(message, hint="Say for instance count(posts, ours).")
        if len(self.line) > MAX_CHARACTERS:
            message = f"The formula has more than {MAX_CHARACTERS} characters"
            raise self.error(message, code="formula.limit")
        tree = self._parsed()
        self._check_limits(tree)
        return tree

    def _parsed(self) -> ast.expr:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return ast.parse(self.line, mode="eval").body
        except SyntaxError as error:
            at = error.offset - 1 if error.offset else len(self.line)
            message, hint, place = foreign.syntax(self.line, error.msg, at)
            at = self.offset + (at if place is None else place)
            raise self.error(message, at=at, hint=hint, code="formula.syntax") from error
        except (ValueError, RecursionError, MemoryError, SyntaxWarning, DeprecationWarning) as error:
            message = "This cannot be read"
            raise self.error(message, code="formula.syntax") from error

    def _check_limits(self, tree: ast.expr) -> None:
        for count, (node, depth) in enumerate(_expressions(tree), start=1):
            if count > MAX_NODES:
                message = f"The formula has more than {MAX_NODES} parts"
                raise self.error(message, at=node, hint=_SPLIT, code="formula.limit")
            if depth > MAX_DEPTH:
                message = f"The formula is nested more than {MAX_DEPTH} deep"
                raise self.error(message, at=node, hint=_SPLIT, code="formula.limit")


_SPLIT = "Split it into two metrics."


def _expressions(tree: ast.expr) -> Iterator[tuple[ast.expr, int]]:
    """Every expression with its depth, without recursion: the tree is not yet known to be shallow."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, ast.expr):
            yield node, depth
            depth += 1
        waiting.extend((child, depth) for child in ast.iter_child_nodes(node))


def _characters(line: str, offset: int) -> int:
    return len(line.encode()[:offset].decode(errors="ignore"))

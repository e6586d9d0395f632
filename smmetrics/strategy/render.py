"""Values written as TOML: short enough for one line, quoted so that any text survives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Keys = tuple[str | int, ...]


def value(found: object) -> str:
    """A value on one line; tables become inline tables."""
    import tomlkit  # noqa: PLC0415 (needed by edits only)

    if isinstance(found, dict):
        pairs = ", ".join(f"{key(name)} = {value(each)}" for name, each in found.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(found, list | tuple):
        return f"[{', '.join(map(value, found))}]"
    return tomlkit.item(found).as_string()


def key(name: str) -> str:
    """A key, in quotes where it needs them."""
    import tomlkit  # noqa: PLC0415 (needed by edits only)

    return tomlkit.key(name).as_string()


def dotted(keys: Sequence[str | int]) -> str:
    """A place as a header names it: numbers of list items are not said."""
    return ".".join(key(part) for part in keys if isinstance(part, str))


def pair(name: str, found: object) -> str:
    """``name = value``, with its line end."""
    return f"{key(name)} = {value(found)}\n"


def header(keys: Sequence[str | int], *, many: bool = False) -> str:
    """``[a.b]``, or ``[[a.b]]`` for one of several tables."""
    return f"[[{dotted(keys)}]]" if many else f"[{dotted(keys)}]"


def block(keys: Sequence[str | int], table: Mapping[str, object], *, many: bool = False) -> str:
    """A table with its header; lists of tables follow it under headers of their own."""
    head = header(keys, many=many)
    plain = "".join(pair(name, found) for name, found in table.items() if not is_tables(found))
    return f"{head}\n{plain}" + "".join(f"\n{each}" for each in _below(keys, table))


def _below(keys: Sequence[str | int], table: Mapping[str, object]) -> Iterator[str]:
    for name, found in table.items():
        if is_tables(found):
            assert isinstance(found, list | tuple), "only lists hold several tables"
            yield from (block((*keys, name), each, many=True) for each in found)


def is_tables(found: object) -> bool:
    """Whether a value is a list of tables, which reads best under headers."""
    return isinstance(found, list | tuple) and bool(found) and all(isinstance(each, dict) for each in found)

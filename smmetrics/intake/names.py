"""Names of columns for comparison and for people: without what does not show, as files write them in many ways."""

from __future__ import annotations

from functools import lru_cache

LONGEST = 200
"""Names so long are remembered; longer ones are texts."""


def plain(name: str) -> str:
    """A header name for comparison: without case, outer spaces, signs that do not show, and curls of apostrophes.

    Of what is far too long to be a name the beginning does.
    """
    return _known(name) if len(name) <= LONGEST else _plain(name[: LONGEST + 1])


@lru_cache(maxsize=1 << 14)
def _known(name: str) -> str:
    """The same, worked out once: each source asks for the same names of every file."""
    return _plain(name)


def _plain(name: str) -> str:
    return " ".join(visible(name).strip().strip("\ufeff").replace("\u2019", "'").casefold().split())


def visible(name: str) -> str:
    """A header name as people see it: without hyphens that do not show, which German files have in every word."""
    return name.replace("\u00ad", "")


@lru_cache(maxsize=1 << 9)
def plain_names(row: tuple[str, ...]) -> frozenset[str]:
    """The names in a row for comparison: each source looks at the same first rows of a file."""
    return frozenset(map(plain, row))

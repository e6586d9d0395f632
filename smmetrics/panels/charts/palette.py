"""Colours, dashes and shapes: one of each for a platform, by its place, so that a filter never changes a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C8C8C", "#B8A900")
"""Okabe and Ito's colours for all eyes; its black is grey and its yellow darker, as both must show on any ground."""
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 4], [1, 3], [8, 2, 1, 2, 1, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")

ACCENT = COLOURS[0]
"""The one series of a chart that has only one."""
ALERT = COLOURS[3]
"""What waits for somebody."""
QUIET = "#808080"
"""What one compares with."""


def colour(place: int) -> str:
    """The colour of the platform at a place."""
    return COLOURS[place % len(COLOURS)]


def dash(place: int) -> list[int]:
    """The dash at a place; from the ninth on, colours come again with other dashes."""
    return DASHES[(place + place // len(DASHES)) % len(DASHES)]


def shape(place: int) -> str:
    """The shape at a place, shifted in the same way."""
    return SHAPES[(place + place // len(SHAPES)) % len(SHAPES)]


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id where no two are the same: the second *Forum* is *Forum (id)*."""
    seen: set[str] = set()
    named: dict[str, str] = {}
    for key, title in titles.items():
        words = title or key
        words = words if words not in seen else f"{words} ({key})"
        seen.add(words)
        named[key] = words
    return named


def unlike(labels: Sequence[str]) -> list[str]:
    """Labels where no two are the same: a mark's place on an axis is its label."""
    return list(distinct({str(place + 1): label for place, label in enumerate(labels)}).values())

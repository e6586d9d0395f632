"""Lines with a label, and text that is broken where it is too long."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH = 100
LABEL = 12


def labelled(labels: Mapping[str, str], name: str, text: str) -> Iterator[str]:
    """One line with its label, from a section of labels; nothing where there is nothing to say."""
    if text:
        label = f"{labels[name]:<{LABEL}}"
        yield fill(text, WIDTH, initial_indent=label, subsequent_indent=" " * LABEL, break_on_hyphens=False)


def indented(text: str, by: int = 4) -> str:
    """A text set in, as long as it is."""
    return fill(text, WIDTH, initial_indent=" " * by, subsequent_indent=" " * by, break_on_hyphens=False)


def plain(text: str) -> str:
    """A text from the margin, broken where it is too long."""
    return fill(text, WIDTH, break_on_hyphens=False)

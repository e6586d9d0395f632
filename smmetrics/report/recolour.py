"""Style that changes the ground a chart was drawn for; the colours of its series stay what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.charts.theme import config

if TYPE_CHECKING:
    from collections.abc import Iterator


def at_night() -> str:
    """Pictures drawn for a light ground, on the dark screen of a reader who asks for one."""
    pairs = dict(_changes(config(dark=False), config(dark=True)))
    return f"@media screen and (prefers-color-scheme: dark){{{_rules('.picture', pairs)}}}"


def on_paper() -> str:
    """Charts that a script drew for a dark screen, on paper."""
    pairs = dict(_changes(config(dark=True), config(dark=False)))
    return f"@media print{{{_rules('.view', pairs)}}}"


def _rules(place: str, pairs: dict[str, str]) -> str:
    """One rule a colour and part: ``place`` holds the charts."""
    return "".join(
        f'{place} [{part}="{before}"]{{{part}:{after}}}'
        for before, after in sorted(pairs.items())
        for part in ("fill", "stroke")
    )


def _changes(before: object, after: object) -> Iterator[tuple[str, str]]:
    """Colours that differ between two configurations of the same form."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            yield from _changes(value, after.get(key))
    elif isinstance(before, str) and isinstance(after, str) and before != after:
        yield before, after

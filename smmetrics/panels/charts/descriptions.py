"""What a chart shows, in words: for those who hear it instead of seeing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.panels.telling import value_text as shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from smmetrics.panels.charts.series import Step

MOST_NAMED = 8


def over_time(found: Sequence[Step], *, title: str, unit: str, compare: str = "") -> str:
    """From when to when, for each series first, last, least and most, how many periods are empty; what is shaded."""
    if not found:
        return f"{title}: no period to show."
    lines = [_line(series, [step for step in found if step.series == series], unit=unit) for series in _series(found)]
    before = f" Also what it was {compare}." if compare else ""
    span = found[0].period if found[0].period == found[-1].period else f"{found[0].period} to {found[-1].period}"
    named = list(dict.fromkeys(step.occasion for step in found if step.occasion))
    shaded = f" Shaded for: {'; '.join(named)}." if named else ""
    return f"{title}, {span}. {' '.join(lines)}{before}{shaded}"


def _series(found: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(step.series for step in found))


def _line(series: str, found: Sequence[Step], *, unit: str) -> str:
    several = f"{series}: " if any(step.key for step in found) else ""
    known = [step for step in found if step.value is not None]
    gaps = len(found) - len(known)
    none = f" {gaps} {'period has' if gaps == 1 else 'periods have'} no value." if gaps else ""
    if not known:
        return f"{several}no value in any period."
    if len(known) == 1:
        return f"{several}{known[0].text} in {known[0].period}.{none}"
    least, most = (shown(pick(step.value for step in known if step.value is not None), unit) for pick in (min, max))
    return (
        f"{several}{known[0].text} in {known[0].period}, {known[-1].text} in {known[-1].period}; "
        f"between {least} and {most}.{none}"
    )


def of_names(pairs: Sequence[tuple[str, str]], *, title: str, left: int = 0) -> str:
    """The names with their values, the first few."""
    if not pairs:
        return f"{title}: nothing to show."
    some = ", ".join(f"{name}: {text}" for name, text in pairs[:MOST_NAMED])
    more = len(pairs) - MOST_NAMED + left if len(pairs) > MOST_NAMED else left
    return f"{title}. {some}{f', and {more} more' if more else ''}."


def of_counts(counts: Mapping[str, float], *, title: str, noun: str) -> str:
    """How many of what."""
    told = ", ".join(f"{key}: {shown(value, 'count')}" for key, value in counts.items())
    return f"{title} ({noun}). {told or 'Nothing to show'}."

"""The table of truth: each metric over the whole time and by month, on all platforms and on each, by goal for hours."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from smmetrics_samples.plan import months
from smmetrics_samples.planner import plan
from smmetrics_samples.truth.answer import Answer
from smmetrics_samples.truth.look import BLOGS, Look, X
from smmetrics_samples.truth.table import METRICS, Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from smmetrics_samples.plan import Story

GOALS = ("start-talking", "answer-gardeners", "time-well-spent", "")
UNKNOWN = "(unknown)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """``slice``: empty, ``platform=x`` or ``goal=NAME``; ``period``: *all*, or a month as ``2026-03``.

    ``reason``: the codes that a reading without a value must name.
    """

    metric: str
    slice: str
    period: str
    state: str
    reason: str
    value: float | None
    n: int | None

    def record(self) -> dict[str, object]:
        """The columns of ``truth.csv``."""
        return asdict(self)


def rows(story: Story | None = None) -> tuple[Row, ...]:
    """What every metric must say of a story (none: the demo's)."""
    told = story or plan()
    return tuple(_rows(told))


def _rows(story: Story) -> Iterator[Row]:
    spans: dict[str, tuple[date, date]] = {"all": (story.start, story.end)}
    spans |= {f"{first:%Y-%m}": (first, end) for first, end in months(story.start, story.end)}
    for metric, known in METRICS.items():
        for name, platform, goal in _slices(known):
            for period, (first, end) in spans.items():
                found = _answer(known, Look(story, first, end, platform=platform, goal=goal))
                yield Row(
                    metric=metric,
                    slice=name,
                    period=period,
                    state=found.state,
                    reason=found.reason,
                    value=found.value,
                    n=found.n,
                )


def _slices(known: Known) -> Iterator[tuple[str, str, str | None]]:
    yield "", "", None
    if "platform" in known.split and not known.reason:
        yield from ((f"platform={platform}", platform, None) for platform in (BLOGS, X))
    if "goal" in known.split:
        yield from ((f"goal={goal or UNKNOWN}", "", goal) for goal in GOALS)


def _answer(known: Known, look: Look) -> Answer:
    """What the loop says, unless no file at all can feed the metric; then what is fed by the others."""
    if known.reason:
        return Answer(state="not_measurable", reason=known.reason)
    if look.platform:
        why = known.cannot.get(look.platform)
        return Answer(state="not_measurable", reason=why) if why else known.loop(look)
    able = [platform for platform in (BLOGS, X) if platform not in known.cannot]
    if not able:
        return Answer(state="not_measurable", reason=" ".join(sorted(set(known.cannot.values()))))
    if len(able) == 1:
        return known.loop(Look(look.story, look.first, look.end, platform=able[0], goal=look.goal))
    return known.loop(look)


def as_csv(table: Iterable[Row]) -> str:
    """The table as ``truth.csv`` has it; numbers in full."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [each.name for each in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.record() for row in table)
    return text.getvalue()

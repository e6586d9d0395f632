"""What came in, as far as a review asks: plain records, gathered by the room that holds the data.

The rules that judge them (`smmetrics.strategy.rules`) know neither files nor tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Stranger:
    """A name of our people that nobody in the files bears. ``near``: the likest author seen, if one may be named."""

    person: str
    place: int
    handle: str
    near: str = ""
    posts: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Undeclared:
    """Accounts of a platform's files that no channel names. ``matched``: other files are of an account declared.

    Without ``channel`` none is on that platform; its files may name no account.
    """

    platform: str
    channel: str
    declared: str
    accounts: tuple[str, ...]
    matched: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Misnamed:
    """A word of the hours sheet that a ``part`` of the strategy does not have; ``near`` is probably meant."""

    part: str
    word: str
    near: str = ""
    lines: int = 1

    @property
    def said(self) -> str:
        """The word, and the one that is probably meant."""
        key = "review.D014.near" if self.near else "review.D014.word"
        return say(key, word=self.word, near=self.near)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number with its interval, what it was counted from, and the words for it; or why there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    of: int = 0
    unit: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A whole period and its number. ``name`` is how people call it: *October 2026*."""

    name: str
    number: Number


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known of the data. What a mapping has no entry for was not looked at, because nothing asks for it.

    ``strangers``, ``nameless`` (platforms whose files name no authors), ``withheld`` (numbers that wait for names).
    ``misnamed``: words of the hours that the strategy does not know. ``unmet``, ``unclear``: names of one person that
    no file has, or that are not clearly that person's.
    ``last``: the last day of data by channel (none: nothing came in). ``posts``: posts with a text; ``stories``: how
    many of them each story matches. ``weeks``: whole weeks by goal. ``decided``: the newest whole periods, newest
    first, by goal and place of the decision; none where no plugin knows its number. ``first``: the day the first file
    came in. ``logged``: the last day with hours; ``logging``: how they are written down, as the source that reads them
    says. ``promo``: the share of posts that promote, by goal. ``quiet``: our posts by place of the calendar entry;
    none where no posts of ours came in. ``baselines``: by goal and place of the target, in its plain unit.
    """

    strangers: tuple[Stranger, ...] = ()
    nameless: tuple[str, ...] = ()
    withheld: int = 0
    undeclared: tuple[Undeclared, ...] = ()
    misnamed: tuple[Misnamed, ...] = ()
    unmet: int = 0
    unclear: int = 0
    last: Mapping[str, date | None] = field(default_factory=dict)
    how: Mapping[str, str] = field(default_factory=dict)
    posts: int = 0
    stories: Mapping[str, int] = field(default_factory=dict)
    weeks: Mapping[str, int] = field(default_factory=dict)
    decided: Mapping[tuple[str, int], tuple[Period, ...] | None] = field(default_factory=dict)
    first: date | None = None
    logged: date | None = None
    logging: str = ""
    promo: Mapping[str, Number] = field(default_factory=dict)
    quiet: Mapping[int, int | None] = field(default_factory=dict)
    baselines: Mapping[tuple[str, int], Number] = field(default_factory=dict)

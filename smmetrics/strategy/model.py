"""The strategy file as typed records. Order carries meaning: why, who, what, and only then where.

This module imports pydantic, so it is loaded when a file is read and not before. It checks single values; what the
strategy as a whole lacks is the review's business. Keys of later features are kept and checked for their type only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr, Strict, WithJsonSchema

from smmetrics.api.metrics import Activity, Better  # noqa: TC001 (pydantic reads the annotations)
from smmetrics.strategy.goal import Goal  # noqa: TC001 (as above)
from smmetrics.strategy.values import (
    FORMAT,
    Clock,
    Day,
    Flag,
    Formed,
    Handles,
    Hours,
    MetricId,
    MetricIds,
    Named,
    Params,
    Part,
    Positive,
    Reason,
    TargetText,
    Text,
    Texts,
    Whole,
    known_format,
    known_zone,
    own_names,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.locate import Lines

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FirstDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Often = Literal["hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "once"]


class Backing(Part):
    """Who above the team stands behind it, and what they give."""

    who: Text = ""
    gives: Text = ""
    since: Day | None = None
    it: Text = ""


class Promise(Part):
    """What people are promised, in their words."""

    text: Text
    metric: MetricId = ""
    parameters: Params = Field(default_factory=dict, alias="with")
    value: TargetText | None = None


class Audience(Part):
    """People the strategy is for."""

    who: Text = ""
    kind: Literal["community", "audience", "team"] = "community"
    inside: Flag = False
    minors: Flag = False
    shares: Text = ""
    where: Text = ""
    size: Whole | None = None
    promises: tuple[Promise, ...] = ()


class Person(Part):
    """Somebody who does the work. ``speaks_as`` are ``platform:name``; ``signs`` tell them apart on shared accounts.

    ``marks``: what the links they pass on carry as their campaign.
    """

    role: Text = ""
    hours_per_week: Hours | None = None
    speaks_as: Handles = ()
    signs: Texts = ()
    marks: Texts = ()
    trained_for: Texts = ()
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class OpeningHours(Part):
    """A calendar of working hours, used by waits."""

    days: tuple[Weekday, ...] = ()
    open: Clock = "09:00"
    close: Clock = "17:00"
    closed_on: tuple[Day, ...] = ()


class OwnMetric(Part):
    """An analyst's own number: a formula with a title."""

    title: Text = ""
    formula: Text
    unit: Text = ""
    better: Better = "none"
    pairing: Text = ""
    parameters: Annotated[Params, AfterValidator(own_names)] = Field(default_factory=dict, alias="params")
    caveat: Text = ""


class Story(Part):
    """What is told, by us or about us, and the words that show it."""

    title: Text = ""
    any: Texts = ()
    all: Texts = ()
    none: Texts = ()
    kind: Literal["told_by_us", "told_about_us", "risk", "field"] | None = None
    owner: Text = ""
    languages: Texts = ()
    claim: Text = ""
    proof: Text = ""


class Other(Part):
    """A rival, a voice people trust, an advocate, a partner. ``marks``: what the links given to them carry."""

    title: Text = ""
    kind: Literal["rival", "voice", "advocate", "partner"] = "rival"
    names: Texts = ()
    accounts: Handles = ()
    marks: Texts = ()


class Topic(Part):
    """What posts are about."""

    title: Text = ""
    any: Texts = ()
    all: Texts = ()
    none: Texts = ()


class Campaign(Part):
    """A span of work with posts of its own."""

    title: Text = ""
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    hashtags: Texts = ()
    links: Texts = ()
    posts: Texts = ()
    goals: Texts = ()


class CalendarDay(Part):
    """Something that happened or will, worth seeing on a chart."""

    date: Day
    until: Day | None = None
    title: Text = ""
    kind: Text = ""


class Privacy(Part):
    """What was agreed about people's data, with whom."""

    smallest_group: Positive | None = None
    people: Literal["never", "with consent", "public accounts only"] | None = None
    forbid: MetricIds = ()
    minors: Flag = False
    purpose: Text = ""
    agreed_with: Text = ""
    agreed_on: Day | None = None
    keep_months: Positive | None = None


class Channel(Part):
    """A place, and why it serves a goal."""

    platform: Text
    account: Text = ""
    serves: Texts = ()
    does: tuple[Activity, ...] = ()
    because: Texts = ()
    expect: Often | None = None
    audience: Texts = ()
    whose: Literal["ours", "others"] = "ours"
    automated: Texts = ()
    brand: Text = ""
    files: Params = Field(default_factory=dict)


class NotUsing(Part):
    """A place that is not used, and why: as much a decision as the others."""

    because: Texts = ()


class Accept(Part):
    """A finding answered instead of obeyed."""

    code: Text
    at: Text = ""
    because: Reason
    until: Day | None = None


class Origin:
    """Where a strategy came from: the file, its fingerprint when read, its lines, and all of its keys."""

    def __init__(
        self, *, path: Path | None, digest: str, raw: Mapping[str, Any], lines: Lines, notices: tuple[Finding, ...]
    ) -> None:
        """Keep what the typed records do not hold."""
        self.path, self.digest, self.raw, self.lines, self.notices = path, digest, raw, lines, notices


class Strategy(Part):
    """A whole strategy file."""

    format: Annotated[int, Strict(), AfterValidator(known_format), WithJsonSchema({"const": FORMAT})] = FORMAT
    title: Text = ""
    purpose: Text = ""
    timezone: Annotated[Text, AfterValidator(known_zone)] = "UTC"
    week_starts: FirstDay = "monday"
    language: Annotated[Text, Formed(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "en")] = "en"
    locale: Annotated[Text, Formed(r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*", "de")] = ""
    currency: Annotated[Text, Formed(r"[A-Z]{3}", "EUR")] = ""
    backing: Backing | None = None
    privacy: Privacy | None = None
    audiences: Named[Audience] = Field(default_factory=dict)
    people: Named[Person] = Field(default_factory=dict)
    hours: Named[OpeningHours] = Field(default_factory=dict)
    goals: Named[Goal] = Field(default_factory=dict)
    metrics: Annotated[dict[str, OwnMetric], AfterValidator(own_names)] = Field(default_factory=dict)
    stories: Named[Story] = Field(default_factory=dict)
    others: Named[Other] = Field(default_factory=dict)
    topics: Named[Topic] = Field(default_factory=dict)
    labels: dict[str, Text] = Field(default_factory=dict)
    campaigns: Named[Campaign] = Field(default_factory=dict)
    calendar: tuple[CalendarDay, ...] = ()
    channels: Named[Channel] = Field(default_factory=dict)
    not_using: Named[NotUsing] = Field(default_factory=dict)
    accept: tuple[Accept, ...] = ()
    jobs: dict[str, Any] = Field(default_factory=dict)
    report: dict[str, Any] = Field(default_factory=dict)

    _origin: Origin | None = PrivateAttr(default=None)

    def come_from(self, origin: Origin) -> Strategy:
        """Remember the file this was read from; gives itself back."""
        self._origin = origin
        return self

    @property
    def origin(self) -> Origin:
        """The file it was read from."""
        assert self._origin is not None, "strategies are made by smmetrics.strategy.read"
        return self._origin

    @property
    def raw(self) -> Mapping[str, Any]:
        """Every key of the file as TOML has it, unknown ones too."""
        return self.origin.raw

    def line(self, *path: str | int) -> int:
        """The line on which a place of the file stands."""
        return self.origin.lines.of(*path)

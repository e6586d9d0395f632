"""A goal as typed records: what should be different for whom, what is asked, aimed at, and done about it."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from smmetrics.api.metrics import Activity, Use
from smmetrics.strategy.values import (
    SUPPORT,
    AmountText,
    Day,
    Hours,
    MetricId,
    MetricIds,
    Params,
    Part,
    Share,
    SpanText,
    TargetText,
    Text,
    Texts,
    use_word,
)  # fmt: skip

Every = Literal["week", "month", "quarter", "year"]


class GoalTarget(Part):
    """A number a goal wants to reach."""

    metric: MetricId
    value: TargetText
    parameters: Params = Field(default_factory=dict, alias="with")
    channel: Text = ""
    baseline: AmountText | None = None
    baseline_from: Day | None = None
    baseline_until: Day | None = None
    by: Day | None = None
    because: Text = ""


class GoalQuestion(Part):
    """A question of the goal's own, the numbers that answer it and those to watch beside them."""

    ask: Text
    lead: MetricIds
    beside: MetricIds = ()
    parameters: Params = Field(default_factory=dict, alias="with")


class Decision(Part):
    """What will be done when a number says so; once decided, when, what, and what came of it."""

    when: Text
    then: Text
    lasting: SpanText | None = None
    who: Text = ""
    decided_on: Day | None = None
    decided: Text = ""
    outcome: Text = ""


class CustomerVoice(Part):
    """What people may tell you, and where it goes."""

    may: Texts = ()
    goes_to: Text = ""
    owner: Text = ""


class Voice(Part):
    """Who speaks, and how."""

    speaker: Text = ""
    tone: Text = ""
    role: Text = ""
    never: Texts = ()
    promo_cap: Share | None = None


class Goal(Part):
    """What should be different for whom, and how it will be seen."""

    title: Text = ""
    type: MetricId = ""
    why: Text = ""
    for_them: Text = ""
    part_of: Text = ""
    audience: Texts = ()
    activities: tuple[Activity, ...] = ()
    use: Annotated[Use, BeforeValidator(use_word), WithJsonSchema({"enum": [*SUPPORT, *get_args(Use)]})] | None = None
    people: Texts = ()
    hours: dict[str, Hours] = Field(default_factory=dict)
    consulted: Texts = ()
    customer_voice: CustomerVoice = CustomerVoice()
    voice: Voice = Voice()
    stories: Texts = ()
    posts: Text = ""
    drop: MetricIds = ()
    questions: tuple[GoalQuestion, ...] = ()
    targets: tuple[GoalTarget, ...] = ()
    decisions: tuple[Decision, ...] = ()
    review_every: Every | None = None
    reviewed: Day | None = None
    risk: Text = ""
    decision: Text = ""
    move_from: Text = ""
    brand: Text = ""

"""Kinds of values in a strategy file, each with the check that a reader's typing error needs.

Loaded with the model, since the checks are pydantic's. A failed check says what was found and what is allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic_core.core_schema import no_info_after_validator_function

from smmetrics.api.checks import NAME
from smmetrics.strategy.patterns import AMOUNT, SPAN, TARGET
from smmetrics.strategy.quantities import Amount, Target, parse_amount, parse_span, parse_target
from smmetrics.strategy.zones import is_zone, zone_hint

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Thing = TypeVar("Thing")
FORMAT = 1
LARGEST = 1e15
"""Numbers beyond this are no parameter anybody means (and infinity is none)."""
SHORT_NAME = re.compile(r"[^\W_](?:[\w-]*\w)?")
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
SUPPORT = {"support": "customer_service"}
"""Words people use for a word of the file."""


class NotAllowed(ValueError):
    """A value outside what is allowed; the hint names the nearest word or the form."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the hint apart from the message."""
        self.hint = hint
        super().__init__(message)


def one_or_many(found: object) -> object:
    """``"amira"`` is understood as ``["amira"]``."""
    return (found,) if isinstance(found, str) else found


@dataclass(frozen=True)
class Formed:
    """A text of a fixed form, or empty; an example says which."""

    pattern: str
    like: str

    def check(self, found: str) -> str:
        """Refuse another form."""
        if found and not re.fullmatch(self.pattern, found):
            message = f"{found!r} has the wrong form."
            raise NotAllowed(message, f"Write it like {self.like!r}.")
        return found

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check behind what checks the kind."""
        return no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The same for editors."""
        return {**handler(schema), "pattern": f"^({self.pattern})?$"}


def known_format(found: int) -> int:
    """The file's format; a newer one is for a newer program."""
    if found != FORMAT:
        message = f"the file says format {found}; this smmetrics reads format {FORMAT}."
        raise NotAllowed(message, "Install a newer smmetrics." if found > FORMAT else f"Write format = {FORMAT}.")
    return found


def known_zone(found: str) -> str:
    """A time zone of the IANA database."""
    if is_zone(found):
        return found
    message = f"there is no time zone {found!r}."
    raise NotAllowed(message, zone_hint(found))


def short_names(found: dict[str, Thing]) -> dict[str, Thing]:
    """Names of goals, people and so on are used as ``goals.NAME``: no dots, no spaces."""
    for name in found:
        if not SHORT_NAME.fullmatch(name):
            message = f"the name {name!r} cannot be used."
            raise NotAllowed(message, "Use letters and digits joined by '-' or '_', such as 'answer-people'.")
    return found


def own_names(found: dict[str, Thing]) -> dict[str, Thing]:
    """Names of own metrics and of their parameters stand in formulas; an id without a dot is an own metric's."""
    for name in found:
        if not NAME.fullmatch(name):
            message = f"the name {name!r} cannot be used in formulas."
            raise NotAllowed(message, "Use lower-case words joined by '_', such as 'kind_words'.")
    return found


def metric_id(found: str) -> str:
    """``pack/metric`` is understood as ``pack.metric``."""
    return found.replace("/", ".")


def handle(found: str) -> str:
    """A name on a platform: ``platform:name``."""
    platform, _, name = found.partition(":")
    if not platform.strip() or not name.strip():
        message = f"{found!r} does not say who on which platform."
        raise NotAllowed(message, "Write platform and name, such as 'PLATFORM:NAME'.")
    return found


def use_word(found: object) -> object:
    """``support`` is understood as ``customer_service``."""
    return SUPPORT.get(found, found) if isinstance(found, str) else found


def clock(found: str) -> str:
    """A time of day, ``HH:MM``."""
    if not CLOCK.fullmatch(found):
        message = f"{found!r} is no time of day."
        raise NotAllowed(message, "Write it like '09:00'.")
    return found


def reason(found: str) -> str:
    """Why something is so: without words it is no reason."""
    if not found.strip():
        message = "there is no reason here."
        raise NotAllowed(message, "Say why in a few words, so that others can follow.")
    return found


def params(found: object) -> object:
    """Values that set a parameter: numbers, texts, true or false, lists of texts."""
    for name, value in found.items() if isinstance(found, dict) else ():
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        number = isinstance(value, int | float) and abs(value) < LARGEST
        if not texts and not number and not isinstance(value, str):
            message = f"{name!r} must be a number, a text or a list of texts."
            raise NotAllowed(message)
    return found


def _one_or_many(pattern: str = "") -> dict[str, Any]:
    """For editors: one text or a list of them."""
    text = {"type": "string", "pattern": pattern} if pattern else {"type": "string"}
    return {"anyOf": [text, {"type": "array", "items": text}]}


def _number_or(pattern: str) -> dict[str, Any]:
    """For editors: a plain number, or a text of this form."""
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": pattern}]}


PARAMS = {
    "type": "object",
    "additionalProperties": {"type": ["number", "string", "boolean", "array"], "items": {"type": "string"}},
}

Text = Annotated[str, Strict()]
Reason = Annotated[str, Strict(), AfterValidator(reason), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Flag = Annotated[bool, Strict()]
Day = Annotated[date, Strict()]
Whole = Annotated[int, Strict(), Field(ge=0)]
Positive = Annotated[int, Strict(), Field(ge=1)]
Hours = Annotated[float, Strict(), Field(ge=0, le=168, allow_inf_nan=False)]
Share = Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)]
Clock = Annotated[
    str, Strict(), AfterValidator(clock), WithJsonSchema({"type": "string", "pattern": f"^({CLOCK.pattern})$"})
]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many), WithJsonSchema(_one_or_many())]
Handles = Annotated[
    tuple[Annotated[Text, AfterValidator(handle)], ...],
    BeforeValidator(one_or_many),
    WithJsonSchema(_one_or_many(r"^[^:]*[^:\s][^:]*:.*\S")),
]
MetricId = Annotated[str, Strict(), AfterValidator(metric_id)]
MetricIds = Annotated[tuple[MetricId, ...], BeforeValidator(one_or_many), WithJsonSchema(_one_or_many())]
Params = Annotated[dict[str, Any], BeforeValidator(params), WithJsonSchema(PARAMS)]
Named = Annotated[dict[str, Thing], AfterValidator(short_names)]
TargetText = Annotated[Target, BeforeValidator(parse_target), WithJsonSchema(_number_or(TARGET))]
AmountText = Annotated[Amount, BeforeValidator(parse_amount), WithJsonSchema(_number_or(AMOUNT))]
SpanText = Annotated[tuple[int, str], BeforeValidator(parse_span), WithJsonSchema({"type": "string", "pattern": SPAN})]


class Part(BaseModel):
    """A table of the file. Unknown keys are reported by the reader and kept in ``Strategy.raw``."""

    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True, validate_by_alias=True)

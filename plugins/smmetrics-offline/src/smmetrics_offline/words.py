"""Columns that several forms share, said once."""

from __future__ import annotations

from smmetrics.api import FormColumn

GOAL = FormColumn(name="goal", meaning="the strategy's word for the goal; may stay empty", example="answer-people")
CHANNEL = FormColumn(name="channel", meaning="where it happened, in the strategy's word", example="stand")
NOTE = FormColumn(name="note", meaning="anything; may stay empty", example="first frost", aliases=("comment", "notes"))
DAY = FormColumn(
    name="day", meaning="the date, as 2026-11-03", entry="day", example="2026-11-03", required=True, aliases=("date",)
)
SOMEBODY = FormColumn(
    name="person",
    meaning="their name or a short word of your own; kept as a pseudonym",
    example="M. from Leeds",
    aliases=("who", "name"),
)
OURS = FormColumn(name="person", meaning="who of you, in the strategy's word", example="amira", aliases=("who", "name"))
CURRENCY = FormColumn(name="currency", meaning="three letters", example="EUR")


def identity(name: str) -> FormColumn:
    """The column for an id that a tool gives; people leave it out."""
    return FormColumn(
        name=name,
        meaning="only if your tool has one: unique over all your sheets",
        example="A-7",
        aliases=("id",),
        shown=False,
    )


def time(
    name: str, meaning: str, example: str = "", *, required: bool = False, aliases: tuple[str, ...] = ()
) -> FormColumn:
    """A column for a date, with the time of day if it is known."""
    return FormColumn(name=name, meaning=meaning, entry="time", example=example, required=required, aliases=aliases)

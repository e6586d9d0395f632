"""What the tables that formulas see have in common: short ways to write columns, and who acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.facts import ViewColumn

if TYPE_CHECKING:
    from smmetrics.api.facts import Additivity, FactType, Unit


def columns(type_: FactType, names: str, **more: object) -> tuple[ViewColumn, ...]:
    """Columns of one type by their names, with what else they share."""
    return tuple(ViewColumn(name=name, type=type_, **more) for name in names.split())  # type: ignore[arg-type]


def counts(
    table: str,
    names: str,
    *,
    additivity: Additivity = "additive",
    unit: Unit = "count",
    type_: FactType = "int",
    people: bool = False,
) -> tuple[ViewColumn, ...]:
    """Reported numbers, each fed by the fact of its name; ``people``: numbers of people."""
    return tuple(
        ViewColumn(name=name, type=type_, unit=unit, additivity=additivity, needs=(f"{table}.{name}",), people=people)
        for name in names.split()
    )


AUTHOR = ("posts.person",)
WHO = ("posts.account_id", "posts.person")

WHO_COLUMNS = (
    *columns("text", "platform account brand scope"),
    ViewColumn(name="person", type="text", needs=AUTHOR),
    ViewColumn(name="ours", type="bool", any_of=WHO),
    ViewColumn(name="theirs", type="bool", needs=AUTHOR, meaning="somebody known who is not ours"),
    *columns("bool", "staff member bot", needs=AUTHOR, roles=True),
    *columns("bool", "rival", any_of=WHO),
    ViewColumn(name="roles", type="texts", needs=AUTHOR, roles=True),
    ViewColumn(name="unit", type="text", needs=("people.unit",)),
)
"""Account and author of a row, and what is known of them."""
PERSON_COLUMNS = tuple(c for c in WHO_COLUMNS if c.name not in {"platform", "account", "brand", "scope"})
"""The same of a row that only has a person."""


def who_acted(table: str, whose: tuple[ViewColumn, ...]) -> tuple[ViewColumn, ...]:
    """Who acted, as far as a table's ``person`` tells."""
    person = (f"{table}.person",)
    fed = []
    for column in whose:
        needs = person if column.needs or column.any_of else ()
        fed.append(ViewColumn(name=column.name, type=column.type, needs=needs, roles=column.roles))
    return tuple(fed)

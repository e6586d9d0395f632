"""What a fact, a table and a formula's view of a table are: plain data, no rows.

A *fact* is one column of a stored table. A *view* is a table as a formula sees it; each of its
columns says which facts feed it, and so what must be imported before a formula can have a value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from smmetrics.api.checks import check_choice, check_name

if TYPE_CHECKING:
    from collections.abc import Mapping

FactType = Literal["text", "int", "number", "bool", "instant", "date", "texts"]
Unit = Literal["", "count", "minutes", "seconds", "hours", "days", "money", "ratio"]
Additivity = Literal["none", "additive", "semi_additive", "non_additive"]


PROVENANCE: tuple[tuple[str, FactType], ...] = (
    ("batch_id", "text"),
    ("source_id", "text"),
    ("source_kind", "text"),
    ("adapter", "text"),
    ("adapter_version", "text"),
    ("observed_at", "instant"),
    ("observed_basis", "text"),
)
"""Columns every stored row carries, in order. ``source_id`` is the file's SHA-256 (with its member, if any)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One column of a stored table.

    ``additivity``: *additive* values may be summed over time and accounts, *semi_additive* ones (followers)
    over accounts only, *non_additive* ones (reach: unique people) never. Of *none* nothing is said, and no sum is told.
    """

    table: str
    name: str
    type: FactType = "text"
    unit: Unit = ""
    additivity: Additivity = "none"
    personal: bool = False
    meaning: str = ""

    def __post_init__(self) -> None:
        """Check names and closed lists."""
        check_name(self, "table", self.table)
        check_name(self, "name", self.name)
        check_choice(self, "type", self.type, get_args(FactType))
        check_choice(self, "unit", self.unit, get_args(Unit))
        check_choice(self, "additivity", self.additivity, get_args(Additivity))

    @property
    def id(self) -> str:
        """``table.name``, the word sources and capabilities use."""
        return f"{self.table}.{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension:
    """A column a reading may be cut by, with its title, as ``smmetrics plugins show`` lists it.

    Readings may be cut by every column of texts, named here or not; those that hold several overlap by themselves.
    """

    name: str
    title: str
    overlapping: bool = False

    def __post_init__(self) -> None:
        """Check the name."""
        check_name(self, "name", self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A stored table: what one row is, and which columns tell rows apart.

    ``time``: the column (an instant or a date) that puts a row into a period, for tables that formulas read. ``form``
    is read no more: what a sheet to fill in looks like, `Source.form` says.
    """

    name: str
    title: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Fact, ...]
    form: bool = False
    time: str = ""

    def __post_init__(self) -> None:
        """Check that key and time are the table's own columns."""
        check_name(self, "name", self.name)
        names = {fact.name for fact in self.columns} | {name for name, _ in PROVENANCE}
        for column in self.key:
            check_choice(self, "key", column, sorted(names))
        if self.time:
            timed = [fact.name for fact in self.columns if fact.type in {"instant", "date"}]
            check_choice(self, "time", self.time, sorted(timed))


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewColumn:
    """One column of a table as a formula sees it.

    ``needs``: facts that must all be there; ``any_of``: facts of which one suffices. ``open``: an instant whose
    null means *not yet* and not *unknown*. ``roles``: it has a meaning only where somebody's role is known.
    ``computed``: false where no release fills the column yet; a formula that reads it parses, and says so.
    ``label``: the kind of label that fills it; such a column is computed where something labels posts. ``people``: it
    counts people: a number that is too small could give somebody away.
    """

    name: str
    type: FactType
    unit: Unit = ""
    additivity: Additivity = "none"
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    open: bool = False
    roles: bool = False
    computed: bool = True
    meaning: str = ""
    label: str = ""
    people: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A table as a formula sees it.

    ``event_time`` puts a row in a period (none for a stock such as people, valid at the period's end).
    ``key`` is one row's identity. ``computed`` is false for tables that a later release fills. ``label``: the kind of
    label of which each value makes a row. ``window``: the period each row is of; only by it are numbers told.
    ``made_of``: the tables that a plugin's code makes it of.
    """

    name: str
    one_row_is: str
    key: tuple[str, ...]
    event_time: str | None
    columns: tuple[ViewColumn, ...]
    computed: bool = True
    label: str = ""
    window: Literal["", "month"] = ""
    made_of: tuple[str, ...] = ()
    _named: Mapping[str, ViewColumn] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Number the columns by name: formulas ask for them thousands of times. Of two of one name the first counts."""
        object.__setattr__(self, "_named", {column.name: column for column in reversed(self.columns)})

    def column(self, name: str) -> ViewColumn | None:
        """Find a column by its name."""
        return self._named.get(name)

"""How a source describes itself: signature, layout and columns as data; code only where data does not suffice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from smmetrics.api.checks import (
    VERSION,
    check_choice,
    check_name,
    check_pattern,
    check_reference,
    check_text,
    check_texts,
    said,
)
from smmetrics.api.errors import PluginFault

if TYPE_CHECKING:
    from smmetrics.api.capability import Capability, CapabilityGrain, Gap, Scope
    from smmetrics.api.forms import Form

Access = Literal["live", "export_only", "closed"]
Container = Literal["csv", "json", "xml"]
Answer = Literal["year", "zone", "locale", "account", "period"]
RangeEnd = Literal["exclusive", "inclusive"]


def compile_pattern(record: object, field: str, pattern: str) -> re.Pattern[str]:
    """Compile a regular expression, or say which record holds the faulty one."""
    try:
        return re.compile(pattern)
    except re.error as error:
        message = f"{said(record, field)}: {pattern!r} is no regular expression ({error})"
        raise PluginFault(message, code="record.malformed") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """A platform: its id, title, how its data can be had, and the words people also use for it.

    ``reply_chains`` is read no more: whether replies name what they answer, a source says with `posts.in_reply_to`.
    """

    id: str
    title: str
    access: Access
    aliases: tuple[str, ...] = ()
    reply_chains: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        """Check id, title and access."""
        check_name(self, "id", self.id)
        check_text(self, "title", self.title)
        check_choice(self, "access", self.access, get_args(Access))


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """How a file is recognised.

    For tables: header names, compared without case and outer spaces. ``required`` must all be there;
    each group of ``any_of`` needs one of its names; none of ``forbidden`` may be there. For XML:
    ``root`` is the root element; the other names are elements or namespaces' local names found in the head.
    ``name_pattern`` (a regular expression on the file's name) makes a likely match an exact one. A table whose source
    asks for few names is told by its file's name as well: for no more than two, where a fifth of its columns or more
    are strange, for three, where most are (`date` and `views` are in many a file).
    For JSON: names are paths inside a record, or into the document (``$.kind``); ``path=text`` also asks what stands
    there (``$.kind=list``). ``root`` is the JavaScript name the file assigns its JSON to, if any, without ``.part0``
    (several: `` | `` between them).
    """

    required: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    name_pattern: str = ""
    root: str = ""

    def __post_init__(self) -> None:
        """Check that lists of names are no text."""
        check_texts(self, "required", "forbidden", "any_of")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where the table stands in the file, and which cells mean *missing*.

    ``header_row`` counts from 0, after ``preamble`` lines. ``footer``: regular expressions on a record's
    first cell (``^$``: an empty one); records that match are counted as footer. ``missing``: cells that mean not
    reported, beside the empty one. ``locale``: how numbers are written (``en``: 1,234.5; ``de``: 1.234,5).
    ``find_header``: the header is the first row that names everything the source requires, wherever it stands.
    ``unit_row``: a second row of names, counted like ``header_row``; columns of one name are told apart by it
    (``Views | %``), and an empty name is that of the column to its left.
    ``blocks``: the file holds several tables, below one another (divided by blank rows, perhaps under a title that
    ``title``, a regular expression, must fit) or beside one another (divided by columns without a name).
    ``above``: a regular expression that must fit the lines above a table of ``blocks`` that begin with ``#``.
    ``open_end``: files of this kind end without a line break, so that a last record with all its cells is whole.
    ``daily``: a row is a day; a file whose rows lie a week or a month apart is refused in words.
    ``turned``: the table stands on its side, as people keep them: the first column names what is counted, and each
    further column (a month) is a record, whose first cell is the column's head.
    For JSON: ``records`` leads to the records: the elements of an array (``items[]``, ``[]``, ``pages[].posts[]``) or
    the values of an object (``posts{}``); empty: every value of the file, a line each or one. Several places with
    `` | `` between them: that which fits the file best, the first of equals. ``leaves``: paths inside a record, each
    with what to call records that have a value there: these are known and not taken, counted under that name.
    """

    preamble: int = 0
    header_row: int = 0
    unit_row: int | None = None
    footer: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    locale: str = "en"
    delimiter: str = ""
    encoding: str = ""
    records: str = ""
    find_header: bool = False
    blocks: bool = False
    title: str = ""
    turned: bool = False
    above: str = ""
    open_end: bool = False
    daily: bool = False
    leaves: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Check that the patterns compile."""
        check_texts(self, "footer", "missing", "leaves")
        compile_pattern(self, "title", self.title)
        compile_pattern(self, "above", self.above)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    r"""A native column and the fact it is.

    ``names`` are its aliases, compared without case; for JSON, paths (``user.name``, ``tags[].text``, ``media.#`` for
    how many, ``$.`` and ``^.`` for what stands around the records, ``@key``), of which the first that has a value
    counts in each record. ``parse``: ``text id int number percent bool duration``,
    ``date FMT`` / ``instant FMT`` with strptime codes (``@s``, ``@ms``: seconds, milliseconds since 1970), or
    ``texts`` for lists (of a cell: ``texts ,`` with what stands between). ``extract``: a regular expression with
    named groups, each a column of the fact's table, taken from the text (``r"/(?P<account_id>\w+)/status/"``); of
    several, a line each, the first that matches counts: a narrow one that begins with ``^`` is the quickest.
    ``date @nth``: the number of days since the first day that the file covers. ``scope``: which scope's row a count
    goes to; ``required``: a record without it is quarantined.
    ``sets``: columns of the same row and what this column puts there, in rows in which it has a value
    (``(("kind", "reply"),)`` of what a post answers); elsewhere another column or a constant speaks. Of columns whose
    fact tells rows apart it speaks of the whole file: several may then fill one fact, numbers give a row each
    (``breakdowns.number`` with ``(("fact", "views"),)``), texts are joined.
    A column that fills ``person`` (or ``posts.mentions``) names people: a pseudonym is stored, and the name in
    ``people`` alone; with ``parse="id"`` it is a number, read as it stands, else a handle, compared without case.
    """

    names: tuple[str, ...]
    fact: str
    parse: str = "text"
    scale: float = 1.0
    scope: Scope | Literal[""] = ""
    extract: str = ""
    missing: tuple[str, ...] = ()
    required: bool = False
    negative: bool = False
    sets: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Check that the parse word is known and the pattern compiles."""
        check_texts(self, "names", "missing")
        check_text(self, "names", " ".join(self.names))
        word, _, rest = self.parse.partition(" ")
        check_choice(
            self,
            "parse",
            word,
            ("text", "texts", "id", "int", "number", "percent", "date", "instant", "duration", "bool"),
        )
        if word in {"date", "instant"} and not rest:
            message = f"Column {self.names[0]!r}: parse {word!r} needs a format, such as 'date %Y-%m-%d'"
            raise PluginFault(message, code="record.malformed")
        for pattern in self.extract.splitlines():
            compile_pattern(self, "extract", pattern)


@dataclass(frozen=True, kw_only=True, slots=True)
class NameRange:
    """What a file's name says: the range it covers (groups ``start`` and ``end``) and perhaps ``account``.

    The name of the file counts first, then that of the archive and that of the folder it lies in.
    ``end``: whether the second date is the first day not covered (exclusive) or the last day covered.
    """

    pattern: str
    formats: tuple[str, ...] = ("%Y%m%d", "%Y-%m-%d")
    end: RangeEnd = "exclusive"

    def __post_init__(self) -> None:
        """Check that the pattern compiles."""
        compile_pattern(self, "pattern", self.pattern)


@dataclass(frozen=True, kw_only=True, slots=True)
class IdClock:
    """Ids of posts that tell when these were made: in milliseconds since 1970, ``(id >> bits) + epoch_ms``.

    Ids below ``first`` tell nothing.
    """

    bits: int
    epoch_ms: int
    first: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One kind of file of one platform: how to get it, recognise it, read it, and what it can report.

    ``how_to_get`` is the way through the menus, ``takes`` what getting it takes (access, money, waiting), ``minutes``
    a person's time each time it is fetched or filled in (0: not stated), ``holds`` what then stands in it.
    ``kind`` is unique within the platform (``x.legacy_posts`` is platform and kind). ``table`` is the table whose
    rows its records are. ``constants`` fill columns no cell holds. ``grain`` and ``window`` say what its counts
    mean; ``born_inside``: what a post gathered in the file's range is all it ever gathered (``lifetime``) where the
    post is no older than the range. ``head_range``: the same as ``name_range``, said in lines above the table; the
    last that each group of its pattern fits counts. ``covers`` names the tables its span speaks of; ``own`` marks the
    file's account as ours. ``selection``: the file holds what somebody asked for (a search, some pages of an answer),
    so that its days are never complete. Without ``load`` the columns are all there is; ``load`` names
    ``read(preview, source, context) -> Iterable[Batch]``.
    ``form``: the file is filled in by hand, and this is what it looks like (``smmetrics forms``).
    ``made_id``: the fact (``posts.post_id``) that the file does not hold: it is made of what a record says, counts left
    out, and its number among equal ones. ``window`` may be ``month``: counts of the month in which a date lies.
    ``closed``: nobody can fetch it any more; files saved before are read all the same.
    ``refuses``: files of this kind are known and not taken, for the reason it says; ``takes`` is what to do instead.
    ``id_clock``: the ids of its posts are clocks, and are held against the dates of the file.
    ``advised``: false for files that people have or have not (nobody makes them any more, or somebody else collected
    them): they are read, and never proposed to anybody who looks for data.
    """

    kind: str
    platform: str
    table: str
    title: str
    container: Container
    how_to_get: str
    takes: str
    version: str = "1.0"
    constants: tuple[tuple[str, str], ...] = ()
    signature: Signature = Signature()
    layout: Layout = Layout()
    columns: tuple[Column, ...] = ()
    grain: CapabilityGrain = "lifetime"
    window: str = "lifetime"
    name_range: NameRange | None = None
    head_range: NameRange | None = None
    born_inside: bool = False
    selection: bool = False
    covers: tuple[str, ...] = ()
    own: bool = True
    asks: tuple[Answer, ...] = ()
    can: tuple[Capability, ...] = ()
    cannot: tuple[Gap, ...] = ()
    load: str = ""
    holds: str = ""
    minutes: float = 0
    closed: bool = False
    form: Form | None = None
    made_id: str = ""
    refuses: str = ""
    advised: bool = True
    id_clock: IdClock | None = None

    def __post_init__(self) -> None:
        """Check names, texts and references."""
        check_name(self, "kind", self.kind)
        check_name(self, "platform", self.platform)
        check_choice(self, "container", self.container, get_args(Container))
        check_pattern(self, "version", self.version, VERSION, "1.0")
        for name in ("title", "how_to_get", "takes"):
            check_text(self, name, getattr(self, name))
        check_texts(self, "covers", "asks")
        for answer in self.asks:
            check_choice(self, "asks", answer, get_args(Answer))
        if self.minutes < 0:
            message = f"Source {self.platform}.{self.kind}.minutes is {self.minutes!r}; expected 0 or more"
            raise PluginFault(message, code="record.malformed")
        if self.load:
            check_reference(self, "load", self.load)
            for name in ("columns", "constants"):
                if getattr(self, name):
                    message = (
                        f"Source {self.platform}.{self.kind} has {name} beside load, whose code says all: take one out"
                    )
                    raise PluginFault(message, code="record.malformed")
        elif not self.columns and not self.refuses:
            message = f"Source {self.platform}.{self.kind} has neither columns nor load: it could read nothing"
            raise PluginFault(message, code="record.malformed")

    @property
    def id(self) -> str:
        """``platform.kind``, the word for ``--as``."""
        return f"{self.platform}.{self.kind}"

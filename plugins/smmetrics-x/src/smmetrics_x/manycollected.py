"""Many posts of a collected table at once: those that are plainly written, which are nearly all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics_x.clock import BITS, CLOCK
from smmetrics_x.frames import INSTANT, in_form
from smmetrics_x.said import Who, public_of
from smmetrics_x.tabular import handle_of
from smmetrics_x.tweets2 import VIEWED_SINCE
from smmetrics_x.words import LINK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from smmetrics_x.gathering import Gathering
    from smmetrics_x.owner import Owner

ODD = r"[\r\x1c-\x1f]"
"""Signs that divide cells or count as blanks for Python and not for Polars."""
WHOLE, ASCII = r"^[0-9]+$", r"^[\x00-\x7f]*$"
ID, LINKED = r"^[1-9][0-9]*$", r"^x?[1-9]"
"""How an id begins, whole or rounded: programs write NA, nan or 0 where a post refers to none."""
LANGUAGE = r"^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$"
UNKNOWN = ("und", "nan")
"""What X writes where it does not know a language, and pandas where there is none."""
EXACT = 15
"""Digits a spreadsheet keeps of a number."""
FLOATED = pl.col("said").str.contains(r"[eE]\+")
LONG = (pl.col("said").str.len_bytes() > EXACT + 1) | FLOATED
ZEROS = pl.col("said").str.slice(EXACT).str.contains("^0*$") | FLOATED
"""What a spreadsheet makes of a longer one; of whole ids up to one in sixty ends like that, too."""
SOME = 1 / 10
UNCOUNTED = ("", "none", "nan", "null", "-")
"""What collectors write, in whatever letters, where nothing was counted."""
LARGEST = 18
"""Digits that a count may have here; what has more is looked at by itself."""
FORMS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M:%S", "%a %b %d %H:%M:%S %z %Y",
)  # fmt: skip
"""How most collectors write dates; `readcollected` knows how the others do."""
TRIED = 50
SECOND, MICRO = 1_000, 1_000_000
TICK = timedelta(microseconds=1)
BETWEEN = "\x1f"


@dataclass(slots=True)
class Many:
    """What collectors call the columns of a table, by place; whose posts they are; and how a date is read alone."""

    places: Mapping[str, Sequence[int]]
    own: Owner
    counts: Sequence[str]
    shown: Callable[[str], datetime | None]
    far: timedelta
    faults: Counter[str] = field(default_factory=Counter)
    _ids: Counter[str] = field(default_factory=Counter)

    @property
    def rounded(self) -> bool:
        """Whether a spreadsheet rounded the ids, as far as they were seen: it rounds all of them, or none."""
        return self._ids["ends in zeros"] > SOME * self._ids["long"]

    def take(self, frame: pl.DataFrame, gathering: Gathering) -> list[int]:
        """Take what is plainly written; the numbers of the records that are not."""
        cells = frame.select("record", *(self._said(frame, name) for name in self.places))
        read = cells.with_columns(**self._number()).with_columns(**_times(self.counts))
        ids = read.select(long=LONG.sum(), zeros=(LONG & ZEROS).sum()).row(0)
        self._ids.update({"long": int(ids[0]), "ends in zeros": int(ids[1])})
        read = read.with_columns(plain=pl.all_horizontal(self._plain(frame)).fill_null(value=False))
        plain, others = read.filter(pl.col("plain")), read.filter(~pl.col("plain")).get_column("record").to_list()
        if plain.height:
            self._note(plain)
            posts = self._posts(plain, gathering)
            gathering.take(posts, _counts(posts, plain, self.counts))
        return others

    def _said(self, frame: pl.DataFrame, name: str) -> pl.Series:
        """The first of some columns that says something."""
        found = pl.Series([""]).new_from_index(0, frame.height)
        for place in reversed(self.places[name]):
            cells = frame.get_column(str(place)).str.strip_chars()
            found = cells.zip_with(cells != "", found)
        return found.alias(name)

    def _number(self) -> dict[str, pl.Expr]:
        link, said = pl.col("url").str.extract(LINK, 2), _plain_number("id")
        by = _plain_number("number")
        return {
            "link": link,
            "said": said,
            "post": pl.coalesce(link, said),
            "to": _whole("answers"),
            "first": _whole("root"),
            "by": pl.when(by.str.contains(WHOLE)).then(by).otherwise(pl.lit("")),
            **{name: _count(name) for name in self.counts},
        }

    def _plain(self, frame: pl.DataFrame) -> list[pl.Expr]:
        """What must hold of a record, or it is looked at by itself: what it says is clear, and its id is a clock."""
        used = [pl.lit(frame.get_column(str(each))) for places in self.places.values() for each in places]
        lost = LONG & ZEROS if self.rounded else pl.lit(value=False)
        return [
            *(~cells.str.contains(ODD) for cells in used),
            pl.col("at_ms").is_not_null(),
            pl.col("link").is_not_null() | (pl.col("said").str.contains(WHOLE) & ~lost),
            pl.col("number").str.contains(ASCII),
            *(pl.col(f"{name} is plain") for name in self.counts),
        ]

    def _note(self, plain: pl.DataFrame) -> None:
        """Count what the summary must say of ids and dates."""
        other = plain.filter((pl.col("said") != "") & (pl.col("said") != pl.col("link")))
        same = pl.col("said").str.slice(0, EXACT) == pl.col("link").str.slice(0, EXACT)
        rounded = other.filter(same | pl.col("said").str.to_uppercase().str.contains("E+", literal=True)).height
        self.faults.update({"rounded": rounded, "other link": other.height - rounded})
        shown = _shown(plain.get_column("at"), self.shown)
        apart = (shown.cast(pl.Int64()) - plain.get_column("at_ms") * SECOND).abs()
        self.faults["dates"] += int((apart > self.far // TICK).sum())

    def _posts(self, plain: pl.DataFrame, gathering: Gathering) -> pl.DataFrame:
        """Rows of posts."""
        authors = self._authors(plain, gathering)
        read = plain.select("post", "to", "first", "at_ms", "to_at", "text", "language", "record").hstack(authors)
        kind, basis = _kind(plain)
        given: dict[str, pl.Expr | pl.Series] = {
            "platform": pl.lit("x"),
            "post_id": pl.col("post"),
            "created_at": pl.col("created_at"),
            "created_on": pl.col("created_at").dt.date(),
            "created_precision": pl.lit("instant"),
            "kind": kind,
            "kind_basis": basis,
            "in_reply_to": _or_null(pl.col("to")),
            "in_reply_to_at": (pl.col("to_at") * SECOND).cast(INSTANT),
            "root_id": _or_null(pl.col("first")),
            "text": _or_null(pl.col("text")),
            "language": pl.when(pl.col("language").str.contains(LANGUAGE) & ~pl.col("language").is_in(UNKNOWN)).then(
                pl.col("language")
            ),
            "permalink": pl.lit("https://x.com/") + pl.col("public") + "/status/" + pl.col("post"),
            "status": pl.lit("published"),
            "mentions": pl.lit([], dtype=pl.List(pl.String())),
        }
        read = read.with_columns(created_at=(pl.col("at_ms") // SECOND * MICRO).cast(INSTANT)).with_columns(**given)
        return in_form(read, "posts")

    def _authors(self, plain: pl.DataFrame, gathering: Gathering) -> pl.DataFrame:
        """The person, the account and the word in the address of each post; each different author is asked for once."""
        given = plain.select(pl.concat_str("by", "user", separator=BETWEEN).alias("who"))
        rows = []
        for each in given.get_column("who").unique(maintain_order=True):
            number, _, handle = each.partition(BETWEEN)
            who = Who(number=number, handle=handle_of(handle))
            account = self.own.account_of(who)
            rows.append((each, gathering.people.key(who), account, public_of(account)))
        schema = dict.fromkeys(("who", "person", "account_id", "public"), pl.String())
        known = pl.DataFrame(rows, schema=schema, orient="row")
        return given.join(known, on="who", how="left", maintain_order="left").drop("who")


def _whole(name: str) -> pl.Expr:
    """An id as `_plain_number` has it; empty where it is none, or is rounded."""
    number = _plain_number(name)
    return pl.when(number.str.contains(ID)).then(number).otherwise(pl.lit(""))


def _plain_number(name: str) -> pl.Expr:
    """As `tabular.plain_number`."""
    return pl.col(name).str.strip_suffix(".0").str.replace(r"^x([0-9]+)$", "$1")


def _count(name: str) -> pl.Expr:
    return pl.col(name).str.strip_suffix(".0").str.replace_all(",", "", literal=True)


def _times(counts: Sequence[str]) -> dict[str, pl.Expr]:
    """When posts were made, by their ids; and what the numbers are, with whether they are plainly written."""
    found = {"at_ms": _clock("post"), "to_at": _clock("to")}
    for name in counts:
        nothing = pl.col(name).str.to_lowercase().is_in(UNCOUNTED)
        whole = pl.col(name).str.contains(WHOLE) & (pl.col(name).str.len_bytes() <= LARGEST)
        number = pl.when(whole).then(pl.col(name)).cast(pl.Int64(), strict=False)
        if name == "impressions":
            unseen = (number == 0) & (found["at_ms"] < int(VIEWED_SINCE.timestamp()) * SECOND)
            number = pl.when(unseen).then(None).otherwise(number)
        found |= {name: number, f"{name} is plain": nothing | whole}
    return found


def _clock(name: str) -> pl.Expr:
    """The milliseconds since 1970 that ids tell; null where one is no clock."""
    number = pl.when(pl.col(name).str.contains(WHOLE)).then(pl.col(name)).cast(pl.Int64(), strict=False)
    return pl.when(number >= CLOCK.first).then(number // (1 << BITS) + CLOCK.epoch_ms)


def _kind(plain: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """What sort of post each is, and whether a column of its own says so or only its text."""
    by_text = (
        pl.when(pl.col("text").str.contains(r"^@\w"))
        .then(pl.lit("reply"))
        .when(pl.col("text").str.starts_with("RT @"))
        .then(pl.lit("share"))
        .otherwise(pl.lit("post"))
    )
    by_field = (
        pl.when(pl.col("reposted").str.contains(LINKED))
        .then(pl.lit("share"))
        .when(pl.col("answers").str.contains(LINKED))
        .then(pl.lit("reply"))
        .when(pl.col("quoted").str.contains(LINKED))
        .then(pl.lit("quote"))
    )
    basis = pl.when(by_field.is_null()).then(pl.lit("text")).otherwise(pl.lit("field"))
    found = plain.select(pl.coalesce(by_field, by_text).alias("kind"), basis.alias("basis"))
    return found.get_column("kind"), found.get_column("basis")


def _counts(posts: pl.DataFrame, plain: pl.DataFrame, counts: Sequence[str]) -> pl.DataFrame:
    """Rows of what was counted; a repost has none: the numbers beside it are those of the original."""
    told = posts.select("platform", "post_id", "account_id", "kind", "record").hstack(plain.select(counts))
    told = told.filter((pl.col("kind") != "share") & pl.any_horizontal(pl.col(name).is_not_null() for name in counts))
    return in_form(told.with_columns(scope=pl.lit("total"), window=pl.lit("lifetime")), "post_counts")


def _or_null(cells: pl.Expr) -> pl.Expr:
    return pl.when(cells != "").then(cells)


def _shown(cells: pl.Series, alone: Callable[[str], datetime | None]) -> pl.Series:
    """The dates as written, as if all clocks without a zone showed UTC."""
    found = pl.Series([None], dtype=INSTANT).new_from_index(0, len(cells))
    for form in FORMS:
        left = cells.set(found.is_not_null(), None)
        if left.null_count() == len(left):
            return found
        if left.drop_nulls().head(TRIED).str.to_datetime(form, time_zone="UTC", strict=False).null_count() == 0:
            read = left.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False)
            found = found.zip_with(found.is_not_null(), read)
    distinct = cells.filter(found.is_null()).unique()
    if not len(distinct):
        return found
    each = [alone(cell) for cell in distinct]
    read = pl.Series([None if at is None else at.replace(tzinfo=at.tzinfo or UTC) for at in each], dtype=INSTANT)
    return found.zip_with(found.is_not_null(), cells.replace_strict(distinct, read, default=None, return_dtype=INSTANT))

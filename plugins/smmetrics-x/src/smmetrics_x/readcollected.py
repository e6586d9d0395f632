"""Reads tables of posts that somebody collected: no two collectors agree on names, and each is consistent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmetrics_x.clock import moment
from smmetrics_x.dates import either
from smmetrics_x.gathering import Gathering
from smmetrics_x.headers import AUTHORS, PUBLIC_NAMES
from smmetrics_x.manycollected import EXACT, ID, LANGUAGE, LINKED, UNCOUNTED, UNKNOWN, Many
from smmetrics_x.owner import owner
from smmetrics_x.said import People, Post, Who
from smmetrics_x.tabular import NAME, handle_of, header_of, plain_number, rows, whole
from smmetrics_x.tweets1 import Fault
from smmetrics_x.tweets2 import VIEWED_SINCE
from smmetrics_x.words import LINK

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from smmetrics.api import Batch, Context, Preview, Source
    from smmetrics_x.tabular import Cells

STATUS = re.compile(LINK)
COUNTS = ("comments", "shares", "likes", "quotes", "impressions")
SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}|\d\d)\s+(\d\d?):(\d\d?)")
NUMERAL = re.compile(r"[0-9.,]+(?:[eE][+-]?[0-9]+)?")
"""A number, however a spreadsheet wrote it; an id that is none was no id of X's before either."""
DASHED = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
CENTURY, TURN = 100, 69
"""A year of two digits from 69 on is one of the last century, as in C."""
FAR = timedelta(hours=26)
"""No two clocks on earth differ by more: a date that is further from its id is another one."""
ZEROS = "0"


def public(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Posts that somebody collected. Their ids are clocks, so that no time zone has to be guessed."""
    del source
    own = owner(context, _users(preview, context))
    gathering = Gathering(context, People(context))
    known = _known(preview)
    places = {name: place for place, name in enumerate(header_of(preview))}
    many = Many(
        places={key: [places[name] for name in names] for key, names in known.items()},
        own=own,
        counts=COUNTS,
        shown=_shown,
        far=FAR,
    )
    for given in context.rows():
        others = many.take(given.frame, gathering)
        for record, cells in rows(preview, given.records(sorted([*others, *given.ragged]))):
            try:
                said = whole(cells)
                post = _collected({key: _of(said, names) for key, names in known.items()}, context, many)
            except Fault as fault:
                gathering.reject(record, fault.column, fault.reason)
                continue
            gathering.post(record, post, own.account_of(post.by))
        if gathering.is_full:
            yield gathering.batch()
    gathering.messages += [*own.messages, *_told(many.faults, preview.encoding)]
    yield gathering.end()


def _users(preview: Preview, context: Context) -> Iterator[Who]:
    known = _known(preview)
    for _, cells in rows(preview, context.records()):
        if isinstance(cells, dict) and known["user"]:
            if name := _of(cells, known["user"]):
                yield Who(handle=handle_of(name))
        elif isinstance(cells, dict) and (number := plain_number(_of(cells, known["number"]))).isdigit():
            yield Who(number=number)


def _known(preview: Preview) -> dict[str, tuple[str, ...]]:
    """Of all that collectors call their columns, what this table calls them; beside lists of replies, their count."""
    header = set(header_of(preview))
    known = {key: tuple(name for name in names if name in header) for key, names in PUBLIC_NAMES.items()}
    known |= {key: tuple(sorted(known[key], key=lambda name: not name.endswith("count"))) for key in COUNTS}
    numbers = known["number"] or tuple(name for name in AUTHORS if name in header)
    return known | {"number": known["number"] if known["user"] else numbers}


def _of(cells: Cells, names: Iterable[str]) -> str:
    """The first of some cells that says something."""
    for name in names:
        if found := cells[name].strip():
            return found
    return ""


def _collected(cells: Cells, context: Context, many: Many) -> Post:
    number = _number(cells, many)
    answers = _whole(cells["answers"])
    kind, basis = _kind(cells)
    at = _when(number, cells["at"], context.zone, many.faults)
    counts = {fact: _count(cells[fact], fact) for fact in COUNTS}
    if counts["impressions"] == 0 and at is not None and at < VIEWED_SINCE:
        counts["impressions"] = None
    return Post(
        number=number,
        at=at,
        by=_by(cells),
        kind=kind,
        basis=basis,
        text=cells["text"] or None,
        answers=answers,
        root=_whole(cells["root"]),
        language=cells["language"] if _is_language(cells["language"]) else None,
        counts={"total": counts},
    )


def _whole(cell: str) -> str | None:
    """The id of a post; None where there is none, or a rounded one."""
    number = plain_number(cell)
    return number if re.match(ID, number) else None


def _is_language(word: str) -> bool:
    """Whether a word is the code of a language, and not its name or a mark for none."""
    return re.match(LANGUAGE, word) is not None and word not in UNKNOWN


def _by(cells: Cells) -> Who:
    """The author, by number too where the table has X's own."""
    number = plain_number(cells["number"])
    return Who(number=number if number.isdigit() else "", handle=handle_of(cells["user"]))


def _kind(cells: Cells) -> tuple[str, str]:
    """What sort of post it is, and whether a column of its own says so or only its text."""
    for key, kind in (("reposted", "share"), ("answers", "reply"), ("quoted", "quote")):
        if re.match(LINKED, cells[key]):
            return kind, "field"
    named = cells["text"].startswith("@") and NAME.match(cells["text"]) is not None
    return "reply" if named else "share" if cells["text"].startswith("RT @") else "post", "text"


def _number(cells: Cells, many: Many) -> str:
    """The id: from the link where there is one, as spreadsheets round numbers and leave links alone."""
    link, said = STATUS.search(cells["url"]), plain_number(cells["id"])
    if link:
        whole = link["post_id"]
        if said and said != whole:
            many.faults["rounded" if said[:EXACT] == whole[:EXACT] or "E+" in said.upper() else "other link"] += 1
        return whole
    if not said:
        raise Fault(column="id", reason="missing_key")
    is_whole = cells["id"].strip() == f"x{said}"
    ends = many.rounded and len(said) > EXACT + 1 and not said[EXACT:].strip(ZEROS)
    if not NUMERAL.fullmatch(said):
        raise Fault(column="id", reason="not_an_integer")
    if not said.isdigit() or (ends and not is_whole):
        raise Fault(column="id", reason="id_precision_lost")
    return said


def _when(number: str, stated: str, zone: str, faults: Counter[str]) -> datetime | None:
    by_id, shown = moment(number), _shown(stated)
    if by_id is not None:
        if shown is not None and abs((shown if shown.tzinfo else shown.replace(tzinfo=UTC)) - by_id) > FAR:
            faults["dates"] += 1
        return by_id.replace(microsecond=0)
    if shown is None:
        raise Fault(column="created_at", reason="not_a_date")
    return (shown if shown.tzinfo else shown.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _shown(text: str) -> datetime | None:
    """The date as written, with or without a zone; where day and month are in doubt, the first that fits.

    It does no more than check an id, and never becomes the time of a post that X dates to the day only.
    """
    try:
        return either(text)
    except (ValueError, IndexError):
        pass  # not as X writes dates: the ways of collectors' programs follow
    if "/" in text:
        return _slashed(text)
    for form in DASHED:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (a zone is what it lacks)
        except ValueError:
            continue
    return None


def _slashed(text: str) -> datetime | None:
    """``3/1/26 19:36`` or ``3/1/2026 19:36``: month and day, or, with a whole year, day and month."""
    match = SLASHED.fullmatch(text)
    if match is None:
        return None
    one, two, year, hour, minute = map(int, match.groups())
    is_short = len(match[3]) == len("26")
    year += CENTURY * (19 if year >= TURN else 20) if is_short else 0
    for month, day in ((one, two),) if is_short else ((one, two), (two, one)):
        try:
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 (a zone is what it lacks)
        except ValueError:
            continue
    return None


def _count(cell: str, name: str) -> int | None:
    plain = cell.removesuffix(".0").replace(",", "")
    if plain.lower() in UNCOUNTED:
        return None
    if not plain.isdigit():
        raise Fault(column=name, reason="not_an_integer")
    return int(plain)


def _told(faults: Counter[str], encoding: str) -> Iterator[str]:
    if faults["rounded"]:
        yield f"{faults['rounded']} ids were rounded by a spreadsheet; they were taken from the links, which are whole."
    if faults["other link"]:
        yield f"{faults['other link']} ids differ from those of their links; the links were taken."
    if faults["dates"]:
        yield f"{faults['dates']} dates are over a day from what the ids say; the ids, which are clocks, were taken."
    if encoding not in {"utf-8", "utf-16-le", "utf-16-be"}:
        yield (
            f"The file is no UTF-8; it was read as {encoding}. Emoji and quotation marks in texts may look odd; "
            "numbers and ids are right."
        )

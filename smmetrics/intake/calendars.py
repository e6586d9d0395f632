"""Calendars (iCalendar, `.ics`) to a table of their events, a line each; those asked are counted, never named."""

from __future__ import annotations

import codecs
import csv
import quopri
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smmetrics.intake.officezones import OFFICE
from smmetrics.intake.ownzones import OwnZones, own_zones
from smmetrics.intake.unpacking import fresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

START = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:(?:VCALENDAR|VEVENT)\b", re.IGNORECASE)
"""A single event that somebody cut out of a calendar, or a program sent, stands without what is around it."""
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
COLUMNS = (
    "uid", "instance", "summary", "start", "start_zone", "end", "end_zone", "all_day", "status", "attendees",
    "accepted", "repeats", "sequence",
)  # fmt: skip
PROPERTY = re.compile(
    r'(?P<name>[\w-]+)(?P<parameters>(?:;[\w-]+(?:=(?:"[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:]*))*)?)*):'
)
PARAMETER = re.compile(r';([\w-]+)(?:=("[^"]*"|[^";:]*))?')
QUOTED = re.compile(rb"[^:]*\bQUOTED-PRINTABLE\b[^:]*:", re.IGNORECASE)
"""The first version of the format writes letters as mail does, and goes on in the next line behind an equals sign."""
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?(Z?)")
LENGTH = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
LONGEST = 1 << 20
"""Bytes of one unfolded line; what goes on behind them is left out."""


@dataclass(slots=True)
class _Event:
    """What was read of one event so far; ``zone`` is the one its calendar names for times that name none."""

    zone: str = ""
    cells: dict[str, str] = field(default_factory=lambda: dict.fromkeys(COLUMNS, ""))
    asked: int = 0
    accepted: int = 0
    ended: str = ""
    length: timedelta | None = None


def is_calendar(head: bytes) -> bool:
    """Whether a file begins like a calendar, in UTF-16 too."""
    return START.match(_narrow(head)) is not None


def _narrow(head: bytes) -> bytes:
    """The beginning of a text as UTF-8."""
    return head[: len(head) & ~1].decode("utf-16", "replace").encode() if head.startswith(WIDE) else head


def table(path: Path, folder: Path) -> Path:
    """The events of the calendar at ``path`` as CSV in a private file that the caller deletes.

    An event that the end of the file cuts off becomes a record that is cut off, so that it is set aside like one.
    """
    handle, place = fresh(folder, ".csv")
    with open(handle, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:  # noqa: PTH123 (a handle)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        inside: list[str] = []
        event = _Event()
        zones = own_zones(_properties(path))
        of_all = ""
        for name, parameters, value in _properties(path):
            if name == "BEGIN":
                inside.append(value.strip().upper())
                event = _Event(zone=of_all) if inside[-1] == "VEVENT" else event
                of_all = "" if inside[-1] == "VCALENDAR" else of_all
            elif name == "END":
                if inside and inside.pop() == "VEVENT":
                    writer.writerow(_row(event, zones))
            elif inside and inside[-1] == "VEVENT":
                _take(event, name, parameters, value)
            elif name == "X-WR-TIMEZONE":
                of_all = value.strip()
        if "VEVENT" in inside:
            file.write('"' + event.cells["uid"].replace('"', '""'))
    return place


def _properties(path: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    for line in _lines(path):
        match = PROPERTY.match(line)
        if match:
            found = {key.upper(): text.strip('"') for key, text in PARAMETER.findall(match["parameters"])}
            yield match["name"].upper(), found, line[match.end() :]


def _lines(path: Path) -> Iterator[str]:
    """Lines with what was folded into the next ones."""
    held = b""
    with path.open("rb") as file:
        for raw in _utf8(file):
            line = raw.rstrip(b"\r\n")
            if held.endswith(b"=") and QUOTED.match(held):
                held = held[:-1] + line if len(held) < LONGEST else held[: None if line.endswith(b"=") else -1]
                continue
            if line[:1] in {b" ", b"\t"}:
                held += line[1:] if len(held) < LONGEST else b""
                continue
            if held:
                yield held.decode("utf-8-sig", "surrogateescape")
            held = line
    if held:
        yield held.decode("utf-8-sig", "surrogateescape")


def _utf8(file: BinaryIO) -> Iterable[bytes]:
    """Lines of a file; those of one in UTF-16 as UTF-8."""
    is_wide = file.read(2) in WIDE
    file.seek(0)
    return (line.encode() for line in codecs.getreader("utf-16")(file, "replace")) if is_wide else file


def _take(event: _Event, name: str, parameters: dict[str, str], value: str) -> None:
    """Note one property of an event."""
    cells = event.cells
    if name in {"DTSTART", "DTEND"}:
        column = name.removeprefix("DT").lower()
        cells[column], zoned = _moment(value.strip())
        cells[f"{column}_zone"] = _zone(parameters.get("TZID", "").strip() or event.zone) if zoned else ""
        if name == "DTEND":
            event.ended = value.strip()
        else:
            cells["all_day"] = "TRUE" if DAY.fullmatch(value.strip()) else "FALSE"
    elif name == "DURATION":
        event.length = _length(value.strip())
    elif name == "ATTENDEE":
        event.asked += 1
        event.accepted += parameters.get("PARTSTAT", "").upper() == "ACCEPTED"
    elif name in {"RRULE", "RDATE"}:
        cells["repeats"] = "; ".join(filter(None, (cells["repeats"], value.strip())))
    elif name in {"UID", "STATUS", "SEQUENCE"}:
        cells[name.lower()] = value.strip()
    elif name == "RECURRENCE-ID":
        cells["instance"] = value.strip()
    elif name == "SUMMARY":
        told = re.sub(r"\\[nN]", " ", _as_mail(value, parameters))
        cells["summary"] = re.sub(r"\\([\\;,])", r"\1", told).strip()


def _as_mail(value: str, parameters: dict[str, str]) -> str:
    """A text whose letters are written as numbers, as in mail, in one line; another as it is."""
    if "QUOTED-PRINTABLE" not in {parameters.get("ENCODING", "").upper(), *parameters}:
        return value
    told = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
    try:
        text = told.decode(parameters.get("CHARSET", "utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = told.decode("utf-8", "surrogateescape")
    return " ".join(text.splitlines())


def _row(event: _Event, zones: OwnZones) -> list[str]:
    cells = event.cells | {"attendees": str(event.asked), "accepted": str(event.accepted)}
    if cells["end"] and not cells["end_zone"] and MOMENT.fullmatch(event.ended) and not event.ended.endswith("Z"):
        cells["end_zone"] = cells["start_zone"]
    if not cells["end"] and cells["start"]:
        cells["end"], cells["end_zone"] = _ended(event), cells["start_zone"]
    for name in ("start", "end"):
        zone = cells[f"{name}_zone"]
        if zone in zones.zones and not _is_known(zone) and (offset := _told(cells[name], zone, zones)):
            cells[name], cells[f"{name}_zone"] = cells[name] + offset, ""
    return [cells[name] for name in COLUMNS]


def _ended(event: _Event) -> str:
    """The end of an event that states its length, or of a day that states none."""
    length = event.length or (timedelta(days=1) if event.cells["all_day"] == "TRUE" else None)
    text = event.cells["start"]
    if length is None:
        return ""
    try:
        if event.cells["all_day"] == "TRUE":
            return (date.fromisoformat(text) + length).isoformat()
        return (datetime.fromisoformat(text.removesuffix("Z")) + length).isoformat(" ") + ("Z" if "Z" in text else "")
    except (ValueError, OverflowError):
        return ""


def _moment(text: str) -> tuple[str, bool]:
    """A day or a time as ISO writes it, and whether a zone has a say; what is neither stays as it stands."""
    if match := DAY.fullmatch(text):
        return "-".join(match.groups()), False
    if match := MOMENT.fullmatch(text):
        year, month, day, hour, minute, second, utc = match.groups()
        return f"{year}-{month}-{day} {hour}:{minute}:{second or '00'}{utc}", not utc
    return text, True


def _told(text: str, zone: str, zones: OwnZones) -> str:
    """The offset of a time in a zone that the zone database does not know; empty where the calendar tells none."""
    try:
        return zones.offset(zone, datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return ""


def _length(text: str) -> timedelta | None:
    match = LENGTH.fullmatch(text)
    if match is None or match[1] == "-" or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (min(int(part or 0), 10**6) for part in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _zone(name: str) -> str:
    """A zone's name in the zone database; a name that it does not know stays, and the event is set aside."""
    last = name.strip("/").split("/")
    tried = (OFFICE.get(name, name), "/".join(last[-2:]), "/".join(last[-3:]), name.replace("-", "/", 1))
    return next(filter(_is_known, tried), name)


def _is_known(zone: str) -> bool:
    """Whether the zone database has a zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True

"""Make a mapping: propose one, change it as people say, try it on the file, keep it."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.intake import Answers, Reader, release
from smmetrics.store.files import write_new
from smmetrics.tables.parted import height, parts
from smmetrics.words import say
from smmetrics.workspace.mapping import files
from smmetrics.workspace.mapping.known import platform_of
from smmetrics.workspace.mapping.lengths import SCALES
from smmetrics.workspace.mapping.looking import chosen, tables
from smmetrics.workspace.mapping.proposing import Proposer
from smmetrics.workspace.mapping.record import Told, source_of
from smmetrics.workspace.mapping.times import day_or_clock, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from smmetrics.api import Fact
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.intake import FileResult
    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.record import Mapping

ROWS = 8
TIMES = frozenset({"date", "instant"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What somebody said of a file; empty where nothing was said. ``columns``: ``HEADER=table.column PARSE``."""

    columns: tuple[str, ...] = ()
    platform: str = ""
    platform_title: str = ""
    account: str = ""
    table: str = ""
    window: str = ""
    locale: str = ""
    part: str = ""
    name: str = ""
    year: int | None = None
    zone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a mapping makes of the file: rows by table, the first ones, and what would be set aside."""

    result: FileResult
    shown: tuple[tuple[str, int, pl.DataFrame], ...] = ()
    why: str = ""

    @property
    def refused(self) -> str:
        """Why the file would not be taken; empty where it would."""
        if self.result.status != "read":
            return self.why
        return say("map.all_aside") if self.result.quarantined and not self.result.kept else ""


def propose(path: Path, root: Path, catalogue: Catalogue, given: Given) -> tuple[Mapping, Seen, bool]:
    """A mapping for a file: the one that is kept under its name, else a proposal, changed as it was ``given``.

    The last says whether it was there. Raises `UserMistake` where it is not clear which table, or a word is unknown.
    """
    others = tuple(source for source in catalogue.sources.values() if not source.layout.turned)
    found = tables(path, others)
    seen = chosen(found, given.part, path.name)
    name = given.name or _name(path, seen)
    if seen.read_as and not given.name and not files.path_of(root, name).exists():
        raise UserMistake(say("map.read_already", name=path.name, kind=seen.read_as), code="map.read_already")
    kept = files.path_of(root, name)
    known = kept.is_file()
    if known and not given.table:
        mapping = files.read(kept, catalogue)
        seen = next((each for each in found if each.json and each.records == mapping.records), seen)
        _check_same(mapping, seen, kept)
        mapping = mapping if mapping.confirmed else Proposer.of(catalogue).again(mapping, seen, given.locale)
    else:
        mapping = Proposer.of(catalogue).mapping(
            seen, name, table=given.table, locale=given.locale, window=given.window
        )
    return _changed(mapping, given, catalogue, seen), seen, known


def _name(path: Path, seen: Seen) -> str:
    """A name for the mapping: of the file, and of its table where it has several."""
    words = re.findall(r"[a-z0-9]+", f"{path.stem} {seen.part if seen.part != path.name else ''}".lower())
    name = "_".join(words)[:60].strip("_") or "table"
    return name if name[0].isalpha() else f"file_{name}"


def _check_same(mapping: Mapping, seen: Seen, kept: Path) -> None:
    gone = [each.header for each in mapping.taken if each.header not in seen.header]
    if gone:
        names = ", ".join(repr(name) for name in gone[:4])
        raise UserMistake(
            say("map.other_header", path=kept, names=names), hint=say("map.other_hint"), code="map.other_header"
        )


def _changed(mapping: Mapping, given: Given, catalogue: Catalogue, seen: Seen) -> Mapping:
    """The mapping with what was said put in; what it names must be there."""
    said = {
        key: getattr(given, key)
        for key in ("platform", "platform_title", "account", "window", "locale")
        if getattr(given, key)
    }
    mapping = replace(mapping, **said)
    for each in given.columns:
        mapping = with_column(mapping, each, catalogue, seen)
    files.checked(mapping, catalogue)
    return mapping


def with_column(mapping: Mapping, said: str, catalogue: Catalogue, seen: Seen) -> Mapping:
    """The mapping with one column told: ``HEADER=table.column``, perhaps with how it is written behind it.

    Where neither that nor the proposal says how it is written, the column's values do; a time may stay open.
    """
    header, sign, target = said.rpartition("=")
    if not sign:
        raise UserMistake(say("map.set", said=said), code="map.set")
    wanted = " ".join(header.split()).casefold()
    place = next((n for n, c in enumerate(mapping.columns) if " ".join(c.header.split()).casefold() == wanted), None)
    if place is None:
        names = ", ".join(repr(each.header) for each in mapping.columns)
        raise UserMistake(
            say("map.set_unknown", header=header), hint=say("map.set_hint", names=names), code="map.set_unknown"
        )
    columns = list(mapping.columns)
    to, _, parse = target.strip().partition(" ")
    old = columns[place]
    fact = _fact(to, catalogue)
    kept, why, scale = (parse or old.parse, "", old.scale) if to else ("", "", 1.0)
    if fact and fact.type in TIMES:
        kept, why = _time(fact, parse, old, seen)
        to = day_or_clock(to, kept)
        if kept.startswith("date ") and _fact(to, catalogue) == fact and fact.type == "instant":
            raise UserMistake(say("map.set_days", fact=fact.id), hint=say("map.set_days_hint"), code="map.set_time")
    elif fact and parse in SCALES["minutes"] and fact.unit in SCALES:
        kept, scale = "number", SCALES[fact.unit][parse]
    elif not kept:
        kept = fact.type if fact and fact.type in {"int", "number", "bool"} else "text" if to else ""
    columns[place] = replace(old, to=to, parse=kept, scale=scale, why=why, required=old.required and bool(to))
    return replace(mapping, columns=tuple(columns))


def _fact(name: str, catalogue: Catalogue) -> Fact | None:
    table, _, column = name.partition(".")
    known = catalogue.tables.get(table)
    return next((fact for fact in known.columns if fact.name == column), None) if known else None


def _time(fact: Fact, parse: str, old: Told, seen: Seen) -> tuple[str, str]:
    """How a column that is to be a time is written, as was said or as its values show; or why that is not known."""
    said = parse or (old.parse if old.to else "")
    if said.partition(" ")[0] in TIMES:
        return said, ""
    if parse:
        raise UserMistake(
            say("map.set_time", fact=fact.id, parse=parse),
            hint=say("map.set_time_hint", header=old.header, fact=fact.id),
            code="map.set_time",
        )
    natures = dict(zip(seen.header, seen.natures, strict=True))
    kept, why = moment(natures[old.header], instant=fact.type == "instant")
    return kept, why or ("" if kept else say("map.why.date"))


def keep(mapping: Mapping, root: Path) -> Path:
    """Write a mapping to its place; the old one is replaced whole or not at all."""
    path = files.path_of(root, mapping.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".toml.new")
    fresh.unlink(missing_ok=True)
    write_new(fresh, files.written(mapping).encode())
    fresh.replace(path)
    return path


def accept(mapping: Mapping, root: Path, tried: Trial | None = None) -> Mapping:
    """Confirm a mapping. Raises `UserMistake` where something is still open, or the file it was tried on is refused."""
    if mapping.open:
        options = "--platform, --set"
        raise UserMistake(
            say("map.cannot_accept", what=" ".join(mapping.open)),
            hint=say("map.cannot_accept_hint", options=options),
            code="map.open",
        )
    if tried is not None and tried.refused:
        raise UserMistake(
            say("map.cannot_accept", what=say("map.refused", why=tried.refused)),
            hint=say("map.cannot_accept_refused_hint"),
            code="map.refused",
        )
    confirmed = replace(mapping, confirmed=True)
    keep(confirmed, root)
    return confirmed


def trial(path: Path, mapping: Mapping, catalogue: Catalogue, given: Given) -> Trial | None:
    """Read the file by the mapping and keep nothing; None where too much is open to try."""
    ready = replace(mapping, platform=mapping.platform or "somewhere", columns=_ready(mapping))
    if not ready.taken:
        return None
    platform = platform_of(ready, catalogue)
    source = source_of(replace(ready, platform=platform.id), catalogue.tables)
    answers = Answers(as_=source.id, year=given.year, zone=given.zone or "UTC", accept_quarantine=True)
    with tempfile.TemporaryDirectory(prefix="smmetrics-") as folder:
        reader = Reader((source,), catalogue.tables, copies=Path(folder), key=bytes(32), use=_no_code)
        results = list(reader.read_all(path, answers))
        wanted = [each for each in results if each.status == "read"] or results
        result = wanted[0]
        shown = tuple(_shown(result, mapping)) if result.status == "read" else ()
        for each in results:
            release(each)
    return Trial(result=result, shown=shown, why=f"{result.reason} {result.hint}".strip())


def _ready(mapping: Mapping) -> tuple[Told, ...]:
    return tuple(replace(each, to="") if each.to and not each.parse else each for each in mapping.columns)


def _shown(result: FileResult, mapping: Mapping) -> Sequence[tuple[str, int, pl.DataFrame]]:
    names = dict.fromkeys((mapping.table, *(each.to.partition(".")[0] for each in mapping.taken)))
    shown = []
    for name in names:
        if name not in result.frames:
            continue
        first = next(iter(parts(result.frames, name))).head(ROWS)
        told = [each.to.partition(".")[2] for each in mapping.taken if each.to.startswith(f"{name}.")]
        also = [each for each in ("created_on", "window_start", "window_end", "scope") if each in first.columns]
        wanted = [each for each in dict.fromkeys((*also, *told)) if each in first.columns]
        wanted = [each for each in wanted if first.get_column(each).null_count() < first.height]
        if wanted:
            shown.append((name, height(result.frames, name), first.select(wanted)))
    return shown


def _no_code(reference: str) -> object:
    raise AssertionError(reference)

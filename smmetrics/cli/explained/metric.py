"""The page of a metric."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from smmetrics.cli.explained.layout import indented, labelled, plain
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ENOUGH = frozenset({"measurable", "partly"})
HASH = 16
_line = partial(labelled, section("explain.label"))


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """All of it, top down: what it is, what it means, who feeds it."""
    yield from _head(record)
    yield from _facts(record)
    yield from _care(record)
    yield from _native(record["native"])
    yield from _sources(record)
    yield from _rest(record)


def _head(record: Mapping[str, Any]) -> Iterator[str]:
    if record["adhoc"]:
        return
    yield f"{record['title']} ({record['metric']} {record['version']})"
    if record["question"] and record["question"] != record["title"]:
        yield plain(record["question"])
    yield ""


def _facts(record: Mapping[str, Any]) -> Iterator[str]:
    yield from _line("in_words", record["in_words"])
    yield from _line("formula", record["formula"])
    yield from _line("unit", record["unit_words"])
    if record["noun"] not in record["event_time"]:
        yield from _line("counted", record["noun"])
    yield from _line("better", record["better_words"])
    yield from _line("shows", record["shows"])
    for rows in record["rows"]:
        yield from _line("rows", rows)
    yield from _line("reads", "; ".join(record["reads"]))
    for each in record["parameters_of"]:
        default = f"{each['default']:g}" if isinstance(each["default"], float) else str(each["default"])
        told = say("explain.text.parameter", name=each["name"], default=default)
        yield from _line("parameter", ": ".join(filter(None, (told, each["meaning"]))))
    for name in record["assumed"]:
        yield from _line("parameter", say("explain.text.no_value", name=name))


def _care(record: Mapping[str, Any]) -> Iterator[str]:
    """What to be careful about, and where the definition comes from."""
    if record["maturity"]:
        yield from _line("maturity", say("explain.text.maturity", days=f"{record['maturity']:g}"))
    for least in record["sample"]:
        yield from _line("sample", least)
    if record["needs_roles"]:
        yield from _line("people", say("explain.text.roles"))
    yield from _line("caveat", record["caveat"])
    yield from _line("paired", record["pairing"])
    for each in record["beside"]:
        yield from _line("beside", f"{each['title']} ({each['metric']})")
    yield from _line("citation", record["citation"])


def _native(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield say("explain.text.native")
    for row in rows:
        yield indented(
            say("explain.text.native_row", platform=row["platform"], word=row["word"], formula=row["formula"]), 2
        )
        yield indented(say("explain.text.known_from", evidence=row["evidence"], sources=row["sources"]), 6)


def _sources(record: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    if record["not_computed"]:
        yield say("explain.text.not_computed")
        yield from (indented(message, 2) for message in record["not_computed"])
        return
    rows = sorted(record["sources"], key=_ease)
    yield say("explain.text.feeds") if rows else say("explain.text.no_plugin")
    for row in rows:
        yield from _source(row)


def _ease(row: Mapping[str, str]) -> tuple[int, str]:
    """Those that can first."""
    return list(section("readings.statuses")).index(row["status"]), row["source"]


def _source(row: Mapping[str, str]) -> Iterator[str]:
    from smmetrics.export.words import STATUSES, reason_words

    status = STATUSES[row["status"]]
    if row["with"] and row["status"] in ENOUGH:
        status = say("explain.text.with", status=status, sources=row["with"])
    yield f"  {status:<8}  {row['source']}: {row['title']}"
    why = row["note"] or reason_words(row["reason"])
    if why:
        yield indented(why, 12)
    if row["would_do"] and row["status"] not in ENOUGH:
        yield indented(say("explain.text.would_do", what=row["would_do"]), 12)


def _rest(record: Mapping[str, Any]) -> Iterator[str]:
    if record["instead"]:
        yield ""
        yield say("explain.text.instead")
        yield from (
            indented(f"{each['title'] or each['metric']} ({each['metric']}): {each['why']}", 2)
            for each in record["instead"]
        )
    yield from _notes(record["notes"])
    own = not record["distribution"]
    origin = say("explain.text.yours") if own else f"{record['distribution']} {record['distribution_version']}"
    yield ""
    yield say("explain.text.defined", origin=origin, hash=record["hash"][:HASH])
    yield say("explain.text.language")


def _notes(notes: Iterable[str]) -> Iterator[str]:
    yield from (plain(say("explain.text.note", note=note)) for note in notes)

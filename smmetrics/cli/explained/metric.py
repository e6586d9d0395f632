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
        if row["status"] in ENOUGH:
            yield from _source(row)
    cannot = [row for row in rows if row["status"] not in ENOUGH]
    for same in _alike(row for row in cannot if row["rows"]):
        yield from _source(same[0]) if len(same) == 1 else _together(same)
    yield from _hold_none([row for row in cannot if not row["rows"]])


def _alike(rows: Iterable[Mapping[str, str]]) -> Iterator[Sequence[Mapping[str, str]]]:
    """Kinds of files of which the same is to be said, together; those of most kinds last."""
    groups: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["status"], _why(row, named=False), row["would_do"]), []).append(row)
    yield from sorted(groups.values(), key=lambda group: (_ease(group[0])[0], len(group)))


def _hold_none(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Files of other things altogether: their names are enough."""
    from smmetrics.export.words import STATUSES

    if rows:
        yield f"  {STATUSES[rows[0]['status']]:<8}  {say('explain.text.hold_none', count=len(rows))}"
        yield indented(", ".join(row["source"] for row in rows), 12)


def _together(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    from smmetrics.export.words import STATUSES

    yield f"  {STATUSES[rows[0]['status']]:<8}  {say('explain.text.kinds', count=len(rows))}"
    yield indented(_why(rows[0], named=False), 12)
    if rows[0]["would_do"]:
        yield indented(say("explain.text.would_do", what=rows[0]["would_do"]), 12)
    yield indented(", ".join(row["source"] for row in rows), 12)


def _why(row: Mapping[str, str], *, named: bool) -> str:
    """Why a kind of file cannot feed it; unless ``named``, without its own title in the sentence."""
    from smmetrics.export.words import reason_words

    why = row["note"] or reason_words(row["reason"])
    return why if named else why.replace(row["title"], say("explain.text.such_a_file"))


def _ease(row: Mapping[str, str]) -> tuple[int, str]:
    """Those that can first."""
    return list(section("readings.statuses")).index(row["status"]), row["source"]


def _source(row: Mapping[str, str]) -> Iterator[str]:
    from smmetrics.export.words import STATUSES

    status = STATUSES[row["status"]]
    if row["with"] and row["status"] in ENOUGH:
        status = say("explain.text.with", status=status, sources=row["with"])
    yield f"  {status:<8}  {row['source']}: {row['title']}"
    if why := _why(row, named=True):
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

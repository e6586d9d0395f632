"""The page of a reading: the number first, then what it is made of, how sure it is, and what is not in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from smmetrics.cli.explained.layout import indented, labelled, plain
from smmetrics.words import say, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_line = partial(labelled, section("reading.label"))
HASH = 16
FILES = 6
"""So many files are named; of more, how many there are."""
_WHOLE = 0.9995
"""From this share on everything was reported."""


def lines(record: Mapping[str, Any], currency: str = "") -> Iterator[str]:
    """All of it, top down."""
    if record["gone"]:
        where = record["gone"]
        key = "gone_head" if "head" in where else "gone_file"
        yield plain(say(f"reading.head.{key}", **where))
    yield from _head(record, currency)
    yield ""
    if "parts" in record:  # of a reading that a file alone remembers, nothing else is known
        yield from _formula(record, currency)
        yield from _sample(record)
        yield from _interval(record, currency)
    yield from _change(record, currency)
    if record["target"]:
        yield from _line("target", _aim(record))
    if "parts" in record:
        yield from _native(record, currency)
        yield from _line("caveat", record["caveat"])
        yield from _from(record)
        yield from _instead(record, currency)
    yield from _origin(record)


def _head(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.export import readings

    value = _value(record, currency)
    yield say("reading.head.title", title=record.get("title") or record["metric"], value=value)
    period = readings.period(dict(record))
    parts = [say("reading.head.of", metric=record["metric"], version=record["version"], period=period).strip()]
    slices = record["slice"] if isinstance(record["slice"], dict) else {}
    named = {name: record[name] for name in ("platform", "account") if record[name]} | slices
    parts += [say("reading.head.slice", name=name, value=each) for name, each in named.items()]
    yield plain(", ".join(parts))
    if record["goal"]:
        yield plain(say("reading.head.goal", goal=record["goal"], question=record["question"]))
    yield from _line("id", record["reading_id"])


def _value(record: Mapping[str, Any], currency: str) -> str:
    """The value in its unit, or why there is none."""
    from smmetrics.export.words import state_words
    from smmetrics.panels.telling import value_text

    if record["state"] == "value":
        return value_text(record["value"], record["unit"], currency)
    return state_words(record["state"], record["reason"])


def _formula(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.panels.worked import worked_words
    from smmetrics.workspace.explaining.working import plain

    parts = [(part["words"], plain(part["value"])) for part in record["parts"]]
    value = _value(record, currency)
    for name, text in worked_words(record["computed"], record["numbers"], record["in_words"], parts, value=value):
        yield from _line(name, text)


def _sample(record: Mapping[str, Any]) -> Iterator[str]:
    from smmetrics.export.values import number, percent

    if record["n"] is None:
        return
    told = [say("reading.text.rows", n=f"{record['n']:,}")]
    effective, share = record["n_eff"], record["reported_share"]
    if effective is not None and effective < record["n"] * _WHOLE:
        told.append(say("reading.text.effective", n_eff=number(effective)))
    if share is not None and share < _WHOLE:
        told.append(say("reading.text.reported", share=percent(share)))
    if record["state"] == "too_few":
        told += [say("reading.text.least", least=least) for least in record["least"]]
    yield from _line("sample", "; ".join(told))


def _interval(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.panels.telling import interval_text

    between = interval_text(record["low"], record["high"], record["unit"], currency)
    if between:
        yield from _line("interval", say("reading.text.between", between=between, meaning=record["interval"]))
    elif record["state"] == "value":
        complete = record["unit"] == "count" and record["denominator"] is None
        why = say("reading.text.complete") if complete else say("reading.text.no_interval")
        yield from _line("interval", say("reading.text.none", why=why))


def _change(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.panels.telling import change_text, signed, value_text

    if record["previous"] is not None and record["change"] is not None:
        unit = record["unit"]
        told = change_text(record["change"], record["change_low"], record["change_high"], unit=unit, currency=currency)
        said = told or signed(record["change"], unit, currency)
        before = value_text(record["previous"], unit, currency)
        yield from _line("change", say("reading.text.change", previous=before, change=said))
    elif record["incomplete"] and record["state"] == "value":
        yield from _line("change", say("reading.text.incomplete"))


def _aim(record: Mapping[str, Any]) -> str:
    from smmetrics.panels.telling import aim_told

    return aim_told(record["target"], record["status"], record["unit"])


def _native(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    from smmetrics.panels.telling import value_text

    shown: set[tuple[str, str]] = set()
    for each in record["native"]:
        named = {name: each[name] for name in ("platform", "word", "formula")}
        if each["theirs"] is None or each["ours"] is None:
            told = say("reading.text.word", **named)
        elif (each["platform"], each["word"]) in shown:
            told = say("reading.text.also", **named)
        else:
            figures = {name: value_text(each[name], record["unit"], currency) for name in ("theirs", "ours")}
            times = f"{each['theirs'] / each['ours']:.2g}" if each["ours"] else ""
            more = say("reading.text.more", times=times) if times else ""
            told = say("reading.text.figure", times=more, **figures, **named)
            shown.add((each["platform"], each["word"]))
        yield from _line("theirs", told)
        if each["evidence"]:
            yield indented(say("reading.text.known_from", evidence=each["evidence"]), 12)


def _from(record: Mapping[str, Any]) -> Iterator[str]:
    for each in record["sources"][:FILES]:
        observed = each["observed_at"]
        told = {name: each[name] for name in ("file", "kind", "id")} | {"kept": f"{each['kept']:,}"}
        if observed is None:
            yield from _line("source", say("reading.text.source_undated", **told))
        else:
            told |= {"observed": observed.date(), "basis": each["observed_basis"]}
            yield from _line("source", say("reading.text.source", **told))
    if len(record["sources"]) > FILES:
        yield from _line("source", say("reading.text.files", count=len(record["sources"]) - FILES))
    if not record["sources"]:
        yield from _line("source", say("reading.text.no_source"))
    for each in record["left_out"]:
        yield from _line("left_out", each["why"])


def _instead(record: Mapping[str, Any], currency: str) -> Iterator[str]:
    for each in record["instead"]:
        value = _value(each, currency) if each["state"] else "–"
        told = {name: each[name] for name in ("title", "metric", "why")}
        yield from _line("instead", say("reading.text.instead", value=value, **told))


def _origin(record: Mapping[str, Any]) -> Iterator[str]:
    document = record["document"]
    if not document:
        return
    yield from _line(
        "origin",
        say(
            "reading.text.origin",
            head=document.get("head", ""),
            by=record.get("defined_by") or say("explain.text.yours"),
            hash=str(document.get("hash", ""))[:HASH],
            **{name: document.get(name, "") for name in ("smmetrics", "polars")},
        ),
    )

"""What stands behind one number, as pairs of words: how it is computed, from what, from how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmetrics.panels.values import number, percent
from smmetrics.words import cut

if TYPE_CHECKING:
    from smmetrics.panels.results import Card
    from smmetrics.panels.source import Source, View

WORDS: Mapping[str, str] = {
    "n": "Sample",
    "n_eff": "Effective number of posts",
    "interval_method": "Interval by",
    "confidence": "Confidence",
    "reported_share": "Reported",
    "sources": "Sources",
    "table": "Rows of",
    "quarantined": "Records set aside",
    "immature": "Too young to count",
    "left_out": "Left out",
    "parameters": "With",
}
"""Parts of the evidence that people read, in this order. ``provenance`` has words of its own."""
LONGEST = 400
HASH = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """``formula`` apart, because it is read as code; ``rows``: words and what they say."""

    formula: str
    rows: tuple[tuple[str, str], ...]


def evidence_of(source: Source, view: View, card: Card) -> Evidence:
    """What is behind a card's number."""
    told = source.evidence(card.reading_id, view)
    metric = source.metric(card.metric)
    rows = [
        ("Question", metric.question if metric else ""),
        *((words, _words(name, told[name])) for name, words in WORDS.items() if name in told),
        ("Caveat", metric.caveat if metric else ""),
        ("After", metric.citation if metric else ""),
        ("Metric", _named(card, told)),
    ]
    formula = str(told.get("formula") or (metric.formula if metric else ""))
    return Evidence(formula=formula, rows=tuple((words, value) for words, value in rows if value))


def _named(card: Card, told: Mapping[str, Any]) -> str:
    version = _inside(told.get("provenance"), "version")
    return f"{card.metric} {version}".strip()


def versions_of(source: Source, view: View, reading_ids: Iterable[str]) -> str:
    """What computed the numbers, as the first of the readings that says so tells it."""
    told = (_versions(source.evidence(reading_id, view).get("provenance")) for reading_id in reading_ids)
    return next(filter(None, told), "")


def _versions(provenance: object) -> str:
    """Versions and the store's state, short enough to compare by eye."""
    names = ("smmetrics", "polars", "tzdata")
    told = [f"{name} {_inside(provenance, name)}" for name in names if _inside(provenance, name)]
    plugins = _inside(provenance, "plugins")
    if isinstance(plugins, Mapping):
        told += [f"{name} {version}" for name, version in sorted(plugins.items())]
    head = _inside(provenance, "store_head") or _inside(provenance, "head")
    return ", ".join([*told, *([f"store {str(head)[:HASH]}"] if head else [])])


def _inside(value: object, name: str) -> Any:  # noqa: ANN401 (whatever a document holds)
    return value.get(name, "") if isinstance(value, Mapping) else ""


def _words(name: str, value: object) -> str:
    if value is None:
        return ""
    if name in {"reported_share", "confidence"} and isinstance(value, float):
        return percent(value)
    return cut(number(value) if isinstance(value, int | float) else _plain(value), LONGEST)


def _plain(value: object) -> str:
    """Any value in words: lists with commas, mappings as *name: value*; a hash is cut."""
    if isinstance(value, str):
        return value[:HASH] if _is_hash(value) else value
    if isinstance(value, Mapping):
        return _file(value) if "file" in value else _pairs(value)
    if isinstance(value, Iterable):
        return "; ".join(map(_plain, value))
    return str(value)


def _pairs(value: Mapping[Any, Any]) -> str:
    return ", ".join(f"{key}: {_plain(part)}" for key, part in value.items() if part not in (None, ""))


def _file(value: Mapping[Any, Any]) -> str:
    """A file that came in: its name, what kind of file it is, and what was kept of it."""
    about = [str(value.get("kind", "")), f"{value['kept']:,} records" if isinstance(value.get("kept"), int) else ""]
    known = ", ".join(part for part in about if part)
    return f"{value['file']} ({known})" if known else str(value["file"])


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")  # noqa: PLR2004 (SHA-256)

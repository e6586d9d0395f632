"""Write docs/metrics.md from the packs of this repository: ``.venv/bin/python tools/metrics_page.py``.

A test holds the page against what this gives, so that it never falls behind a definition.
"""  # noqa: INP001 (a script, no package)

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from smmetrics.contracts import catalogue as catalogues
from smmetrics.contracts.references import pack_of
from smmetrics.registry import Registry
from smmetrics.workspace.explaining import explain_metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from smmetrics.api.metrics import GoalType
    from smmetrics.contracts.catalogue import Catalogue

PAGE = Path(__file__).parents[1] / "docs" / "metrics.md"
WIDTH = 118
HEAD = """\
<!-- Written by tools/metrics_page.py from the packs; change a pack, then run it. -->
# Metrics

What the packs of this release define. `smmetrics metrics` lists the same with what you have installed, and
`smmetrics explain METRIC` shows one of them with the files that can feed it. A definition never changes under one
version: its hash is pinned in the pack's tests.

How to read an entry: first the question, then the formula, in words and in [the formula language](formulas.md).
*Better* says which way is good; where it is missing the number is context. *Shows* says how much it means: what was
put in, what was done, what people took from it, what changed (the levels of the Barcelona Principles). *Watch beside
it* keeps a number honest. *If it cannot be measured* names another metric with its own id; none is ever put in
another's place silently.
"""


def page() -> str:
    """The page as it should be."""
    registry = Registry.discover()
    registry.load()
    catalogue = catalogues.build(registry)
    packs = dict.fromkeys(pack_of(id_) for id_ in catalogue.metrics)
    parts = [HEAD, _contents(catalogue, packs)]
    for pack in packs:
        parts.append(f"## {pack.capitalize()}\n")
        goals = [each for each in catalogue.goal_types.values() if pack_of(each.id) == pack]
        parts.extend(_goal_type(each) for each in goals)
        parts.extend(_metric(id_, catalogue) for id_ in catalogue.metrics if pack_of(id_) == pack)
    return "\n".join(parts)


def _contents(catalogue: Catalogue, packs: Mapping[str, None]) -> str:
    """Every entry of the page, by pack."""
    lines = []
    for pack in packs:
        metrics = [id_ for id_ in catalogue.metrics if pack_of(id_) == pack]
        names = ", ".join(f"`{id_.partition('.')[2]}`" for id_ in metrics)
        lines.append(fill(f"**{pack.capitalize()}**: {names}", WIDTH, break_on_hyphens=False))
        lines.append("")
    return "\n".join(lines)


def _goal_type(each: GoalType) -> str:
    lines = [f"### Kind of goal `{each.id}`: {each.title}\n"]
    for question in each.questions:
        first = ", ".join(f"`{metric}`" for metric in question.lead)
        beside = ", ".join(f"`{metric}`" for metric in question.guard)
        told = f"*{question.text}* First {first}" + (f"; beside {beside}." if beside else ".")
        lines.append(fill(told, WIDTH, break_on_hyphens=False, break_long_words=False) + "\n")
    return "\n".join(lines)


def _metric(id_: str, catalogue: Catalogue) -> str:
    record = explain_metric(catalogue.metrics[id_], catalogue)
    formula = record["formula"]
    told = " ".join(_told(record))
    body = fill(told, WIDTH, break_on_hyphens=False, break_long_words=False)
    words = fill(record["in_words"], WIDTH, break_on_hyphens=False)
    return f"### `{id_}`: {record['title']}\n\n{record['question']}\n\n{words}\n\n```python\n{formula}\n```\n\n{body}\n"


def _told(record: Mapping[str, object]) -> Iterator[str]:
    better = "" if record["better"] == "none" else f"; better {record['better']}"
    shows = f"; shows {record['shows']}" if record["shows"] else ""
    given: Sequence[Mapping[str, object]] = record["parameters_of"]  # type: ignore[assignment]
    listed = ", ".join(f"`{each['name']} = {_default(each['default'])}` ({each['meaning']})" for each in given)
    yield f"Unit {record['unit']}{better}{shows}{f'; parameters {listed}' if listed else ''}."
    yield str(record["caveat"])
    if record["pairing"]:
        yield f"Paired: {record['pairing']}."
    beside = ", ".join(f"`{each['metric']}`" for each in record["beside"])  # type: ignore[attr-defined]
    if beside:
        yield f"Watch beside it: {beside}."
    instead = ", ".join(f"`{each['metric']}` ({each['why']})" for each in record["instead"])  # type: ignore[attr-defined]
    if instead:
        yield f"If it cannot be measured: {instead}."
    if record["citation"]:
        yield f"From: {record['citation']}."


def _default(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""What a plugin's code is held to: tables it makes, and files it writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import polars as pl

from smmetrics.api import Exporter
from smmetrics.api.errors import PluginFault
from smmetrics.contracts.catalogue import build
from smmetrics.derive.added import asked
from smmetrics.engine.schema import SCHEMA
from smmetrics.tables.schema import view_schema
from smmetrics.workspace.filling import filling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from smmetrics.api.facts import View
    from smmetrics.contracts.adding import Filled
    from smmetrics.testing.subject import Subject

DAY = date(2026, 3, 2)
TIME = datetime(2026, 3, 2, 9, tzinfo=UTC)


def table_faults(smm: Subject) -> Iterator[str]:
    """What is wrong with the tables that code makes: handed no rows, one bare row, and the same once more."""
    catalogue = build(smm.registry)
    yield from (str(fault.message) for fault in catalogue.faults if fault.code == "derived.malformed")
    for filled in catalogue.filled.values():
        for handed, bare in (("no rows", False), ("a row of which only key and time are known", True)):
            frames = {name: _rows(catalogue.views[name], columns, bare=bare) for name, columns in filled.reads}
            yield from _made_of(frames, handed, filled, catalogue.views[filled.table], smm)


def _made_of(
    frames: Mapping[str, pl.DataFrame], handed: str, filled: Filled, view: View, smm: Subject
) -> Iterator[str]:
    before, again = ({name: frame.clone() for name, frame in frames.items()} for _ in range(2))
    made = filling(filled, smm.registry)
    try:
        first, second = asked(made, view, frames), asked(made, view, again)
    except PluginFault as error:
        yield f"handed {handed}: {error.message}"
        return
    if not first.equals(second):
        yield f"{filled.load}, handed {handed} twice, made other rows the second time"
    if any(not frame.equals(before[name]) for name, frame in frames.items()):
        yield f"{filled.load}, handed {handed}, changed the rows it was handed"
    if not any(frame.height for frame in frames.values()) and first.height:
        yield f"{filled.load}, handed {handed}, made {first.height} of them"


def _rows(view: View, columns: tuple[str, ...], *, bare: bool) -> pl.DataFrame:
    schema = view_schema(view)
    always = {*view.key, "platform", "account", "created_on", *([view.event_time] if view.event_time else [])}
    names = [name for name in schema if not columns or name in columns or name in always]
    known = {name: "a" for name in (*view.key, "platform") if schema.get(name) == pl.String()}
    known |= {"created_on": DAY, view.event_time or "": TIME}  # type: ignore[dict-item]
    row = {name: known.get(name) for name in names}
    return pl.DataFrame([row] if bare else [], schema={name: schema[name] for name in names})


def format_faults(smm: Subject) -> Iterator[str]:
    """What is wrong with the formats that code writes: other bytes for the same readings, or none at all."""
    catalogue = build(smm.registry)
    yield from (str(fault.message) for fault in catalogue.faults if fault.code == "exporter.malformed")
    for exporter in smm.records(Exporter):
        write = cast("Callable[[pl.DataFrame, Path], None]", smm.registry.use(exporter.load))
        for handed, rows in (("no readings", 0), ("two readings", 2)):
            readings = pl.DataFrame([{"metric": f"a.b{n}", "value": n / 3} for n in range(rows)], schema=SCHEMA)
            with TemporaryDirectory() as folder:
                files = [Path(folder, f"{n}{exporter.suffix}") for n in range(2)]
                for file in files:
                    write(readings, file)
                missing = [file for file in files if not file.is_file()]
                if missing:
                    yield f"{exporter.load}, handed {handed}, wrote no file where it was told to"
                elif files[0].read_bytes() != files[1].read_bytes():
                    yield f"{exporter.load}, handed {handed} twice, wrote other bytes the second time"

"""Code of plugins that fails on nothing, remembers, or writes by the clock breaks its promise."""

from __future__ import annotations

import sys

import pytest

from smmetrics.testing.code import format_faults, table_faults
from smmetrics.testing.subject import subject

PLUGIN = """
import itertools
import polars as pl
from smmetrics.api import About, Calculator, Derived, Exporter, Fact, Table, hookimpl

COUNT = itertools.count()

@hookimpl
def smmetrics_about():
    return About(name="herb", title="T", api=1)

@hookimpl
def smmetrics_tables():
    for name in ("herb_days", "herb_busy"):
        yield Table(name=name, title="Days", one_row_is="a day", key=("day",), time="day", columns=(
            Fact(table=name, name="day", type="date"), Fact(table=name, name="posts", type="int"),
        ))

@hookimpl
def smmetrics_derived():
    return [Derived(table="herb_days", from_tables=("posts.text",), load="NAME:days")]

@hookimpl
def smmetrics_calculators():
    return [Calculator(produces="herb_busy", needs=("posts.likes",), load="NAME:busy")]

@hookimpl
def smmetrics_exporters():
    return [Exporter(name="herb", suffix=".herb", load="NAME:write")]

def days(frames):
    return frames["posts"].group_by(pl.col("created_on").alias("day")).agg(pl.len().alias("posts")).sort("day")

def busy(rows):
    return days({"posts": rows.filter(pl.col("likes") > 3)})

def write(readings, out):
    out.write_text(readings.select("metric", "value").write_csv())
"""


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """The plugin with its code, or with other code appended."""
    monkeypatch.syspath_prepend(tmp_path)
    name = f"zz_herb_{abs(hash(tmp_path)) % 10**9}"

    def write(code=""):
        (tmp_path / f"{name}.py").write_text((PLUGIN + code).replace("NAME", name))
        return subject(name)

    yield write
    sys.modules.pop(name, None)


def test_sound_code_keeps_its_promises(plugin):
    smm = plugin()
    assert [*table_faults(smm), *format_faults(smm)] == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def days(frames): return pl.DataFrame([{'day': frames['posts'].item(0, 'created_on')}])", "handed no rows: "),
        ("def days(frames): return pl.DataFrame()", "gave no column 'day'"),
        (
            "def busy(rows): return days({'posts': rows.filter(pl.col('likes').is_null().not_() | (1 / rows['likes'].len() > 0))})",
            "handed no rows: ",
        ),
        (
            "def days(frames): return pl.DataFrame({'day': frames['posts']['created_on'].head(1), 'posts': [next(COUNT)][:len(frames['posts'])]})",
            "made other rows the second time",
        ),
        (
            "import datetime\ndef busy(rows): return pl.DataFrame({'day': [datetime.date(2026, 1, 1)], 'posts': [1]})",
            "made 1 of them",
        ),
        (
            "NONE = pl.DataFrame(schema={'day': pl.Date, 'posts': pl.Int64})\ndef days(frames): return frames['posts'].drop_in_place('text') is None or NONE",
            "changed the rows it was handed",
        ),
    ],
)
def test_code_that_makes_tables_otherwise_is_named(plugin, code, said):
    assert any(said in fault for fault in table_faults(plugin(code)))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def write(readings, out): out.write_text(str(next(COUNT)))", "wrote other bytes the second time"),
        ("def write(readings, out): pass", "wrote no file where it was told to"),
    ],
)
def test_code_that_writes_otherwise_is_named(plugin, code, said):
    assert any(said in fault for fault in format_faults(plugin(code)))

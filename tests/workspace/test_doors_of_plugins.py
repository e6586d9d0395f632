"""Plugins are no way around an agreement: what their code makes of colleagues' rows, what their formats are handed."""

from __future__ import annotations

import csv
import json
import sys
from types import ModuleType

import polars as pl
import pytest

from smmetrics.api import About, Derived, Exporter, Fact, Table, hookimpl
from smmetrics.cli import export, measure
from smmetrics.cli.main import main
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace

STRATEGY = """
title = "Colleagues"
purpose = "People find the colleague who knows"
timezone = "UTC"
{privacy}
[audiences.colleagues]
who = "people of two sites"
{inside}
[people.jonas]
role = "host"
[goals.ask]
audience = "colleagues"
people = ["jonas"]
[[goals.ask.questions]]
ask = "Do people ask?"
lead = ["asks", "tiny"]
[metrics.asks]
formula = "count(cases)"
[metrics.tiny]
formula = "count(cases, topic == 'tiny')"
"""
AGREED = '[privacy]\nsmallest_group = 10\npeople = "never"'
SITES = {"north": (20, 13), "tiny": (3, 37)}
"""People of a site and how often each asks: 260 and 111 cases."""
TINY, ALL = 111, 371
TOPICS, ASKERS = "desk_topics", "desk_askers"


def fact(table, name, type_="text", **more):
    return Fact(table=table, name=name, type=type_, **more)


class Desk:
    """A pack whose code counts cases by topic, and whose format writes whatever it is handed."""

    @hookimpl
    def smmetrics_about(self):
        return About(name="desk", title="Desk", api=1)

    @hookimpl
    def smmetrics_tables(self):
        number = {"unit": "count", "additivity": "additive"}
        yield Table(
            name=TOPICS, title="Topics", one_row_is="a topic", key=("topic",), time="first",
            columns=(fact(TOPICS, "topic"), fact(TOPICS, "first", "date"), fact(TOPICS, "cases", "int", **number)),
        )  # fmt: skip
        yield Table(
            name=ASKERS, title="Askers", one_row_is="somebody", key=("platform", "person"), time="first",
            columns=(
                fact(ASKERS, "platform"), fact(ASKERS, "person", personal=True), fact(ASKERS, "topic"),
                fact(ASKERS, "first", "date"), fact(ASKERS, "cases", "int", **number),
            ),
        )  # fmt: skip

    @hookimpl
    def smmetrics_derived(self):
        columns = tuple(f"cases.{name}" for name in ("platform", "person", "topic", "created_on"))
        yield Derived(table=TOPICS, from_tables=columns, load="desk_code:topics")
        yield Derived(table=ASKERS, from_tables=columns, load="desk_code:askers")

    @hookimpl
    def smmetrics_exporters(self):
        yield Exporter(name="desk", suffix=".desk", load="desk_code:write")


def topics(frames):
    found = frames["cases"].group_by("topic").agg(pl.col("created_on").min().alias("first"), pl.len().alias("cases"))
    return found.sort("topic")


def askers(frames):
    first = [pl.col("created_on").min().alias("first"), pl.len().alias("cases")]
    return frames["cases"].group_by("platform", "person", "topic").agg(first).sort("platform", "person")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk") / "cases.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["case_id", "opened_at", "channel", "topic", "person", "first_response_at"])
        for site, (people, each) in SITES.items():
            for who in range(people):
                for n in range(each):
                    day = f"2026-03-{n % 28 + 1:02} 09:{who:02}"
                    rows.writerow([f"{site}-{who}-{n}", day, "desk", site, f"{site} {who}", ""])
    return path


@pytest.fixture
def handed():
    """Whatever the format is handed."""
    return []


@pytest.fixture
def work(tmp_path, monkeypatch, file, handed):
    """Opens a workspace, with the agreement or without."""

    def write(readings, out):
        handed.append(readings)
        out.write_text("written", encoding="utf-8")

    module = ModuleType("desk_code")
    module.topics, module.askers, module.write = topics, askers, write
    monkeypatch.setitem(sys.modules, "desk_code", module)

    def make(*, agreed):
        folder = tmp_path / f"agreed {agreed}"
        folder.mkdir()
        text = STRATEGY.format(privacy=AGREED if agreed else "", inside="inside = true" if agreed else "")
        (folder / "strategy.toml").write_text(text, encoding="utf-8")
        opened = Workspace(folder, registry=Registry.of("smmetrics_offline", Desk()))
        (outcome,) = opened.import_(file)
        assert outcome.kept == ALL
        for command in (measure, export):
            monkeypatch.setattr(command, "open_here", lambda: opened, raising=False)
        return opened

    return make


def numbers(frame):
    """Every number of readings, whatever it says."""
    columns = [name for name, dtype in frame.schema.items() if dtype.is_numeric()]
    return {number for name in columns for number in frame.get_column(name).drop_nulls().to_list()}


MADE = (f"sum({TOPICS}.cases)", f"max({TOPICS}.cases)", f"sum({TOPICS}.cases, topic == 'tiny')")


def test_without_an_agreement_it_is_all_there(work):
    """What is looked for in vain below is told where nothing was agreed."""
    here = work(agreed=False)
    assert here.measure(*MADE).frame.sort("metric")["value"].to_list() == [ALL - TINY, ALL, TINY]
    assert here.table(TOPICS).height == 2


@pytest.mark.parametrize("by", [(), ("topic",)])
def test_what_code_makes_of_colleagues_rows_without_saying_whose_is_not_told(work, by):
    here = work(agreed=True)
    frame = here.measure(*MADE, by=by).frame
    assert {(row["state"], row["reason"]) for row in frame.to_dicts()} == {
        ("not_permitted", f"people.unseen: {TOPICS}")
    }
    assert numbers(frame) == set()
    assert here.table(TOPICS).height == 0


def test_what_code_says_the_people_of_is_held_to_the_smallest_group(work):
    here = work(agreed=True)
    asked = f"sum({ASKERS}.cases)"
    assert here.measure(asked).frame["value"].to_list() == [ALL]
    cut = here.measure(asked, f"count({ASKERS})", by=("topic",)).frame
    assert {row["state"] for row in cut.to_dicts() if "tiny" in row["slice"]} <= {"suppressed"}
    assert numbers(cut) & {TINY, ALL - TINY, 3, 20} == set()
    assert here.table(ASKERS).height == 0


@pytest.mark.parametrize("command", [("export",), ("export", "--grain", "month"), ("measure", "asks", "tiny"),
                                     ("measure", "asks", "--by", "topic")], ids=" ".join)  # fmt: skip
def test_a_format_of_a_plugin_is_handed_no_number_that_is_held_back(work, handed, tmp_path, command):
    work(agreed=True)
    assert main([*command, "--out", str(tmp_path / "all.desk")]) == 0
    (readings,) = handed
    assert "suppressed" in readings["state"].to_list()
    assert numbers(readings) & {TINY, ALL - TINY} == set()
    assert not {"tiny 0", "north 0"} & set(json.dumps(readings.to_dicts(), default=str).split('"'))


def test_a_format_is_handed_them_where_nothing_was_agreed(work, handed, tmp_path):
    work(agreed=False)
    assert main(["measure", "asks", "tiny", "--out", str(tmp_path / "all.desk")]) == 0
    assert {TINY, ALL} <= numbers(handed[0])

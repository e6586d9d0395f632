"""What a plugin adds is counted like the core's own: a table that files bring, and tables that its code makes."""

from __future__ import annotations

import sys
from datetime import date
from types import ModuleType

import polars as pl
import pytest

from smmetrics.api import (
    About,
    Calculator,
    Capability,
    Column,
    Derived,
    Fact,
    Metric,
    Platform,
    Signature,
    Source,
    Table,
    hookimpl,
)
from smmetrics.api.errors import PluginFault
from smmetrics.contracts.adding import Filled, add_views
from smmetrics.contracts.binding import feed
from smmetrics.derive.added import Filling, asked
from smmetrics.intake.persons import pseudonym
from smmetrics.panels.source import View
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace

STRATEGY = """
title = "T"
purpose = "P"

[people.ann]
hours_per_week = 4
handles = { shelter = "ann" }

[channels.box]
platform = "shelter"
account = "city"
"""
GIFTS = "Gift,Day,Giver,Euro,Box\n1,2026-03-02,bob,10,city\n2,2026-03-02,bob,5,city\n3,2026-03-09,eve,20,city\n4,2026-04-01,ann,1,city\n"


def fact(table, name, type_="text", **more):
    return Fact(table=table, name=name, type=type_, **more)


def table(name, *columns, key, time=""):
    return Table(name=name, title=name, one_row_is=f"a row of {name}", key=key, columns=columns, time=time)


def metric(name, formula, unit="count", **more):
    return Metric(id=f"shelter.{name}", version="1.0.0", title=name, question="?", formula=formula, unit=unit,
                  better="higher", level="outcome", **more)  # fmt: skip


class Shelter:
    """A pack of a home for animals: gifts from its own sheet, givers and rushes that its code finds in them."""

    derived = (Derived(table="shelter_givers", from_tables=("shelter_gifts",), load="shelter_code:givers"),)
    calculators = (
        Calculator(
            produces="shelter_rushes",
            needs=("shelter_gifts.day", "shelter_gifts.amount"),
            load="shelter_code:rushes",
        ),
    )

    @hookimpl
    def smmetrics_about(self):
        return About(name="shelter", title="Shelter", api=1)

    @hookimpl
    def smmetrics_tables(self):
        gifts = "shelter_gifts"
        yield table(
            gifts,
            fact(gifts, "platform"), fact(gifts, "account_id"), fact(gifts, "gift_id"), fact(gifts, "day", "date"),
            fact(gifts, "person", personal=True), fact(gifts, "amount", "number", unit="count", additivity="additive"),
            key=("platform", "gift_id"), time="day",
        )  # fmt: skip
        givers = "shelter_givers"
        yield table(
            givers,
            fact(givers, "platform"), fact(givers, "person", personal=True), fact(givers, "first", "date"),
            fact(givers, "gifts", "int", unit="count", additivity="additive"),
            key=("platform", "person"), time="first",
        )  # fmt: skip
        rushes = "shelter_rushes"
        yield table(
            rushes, fact(rushes, "day", "date"), fact(rushes, "weight", "number", additivity="additive"),
            key=("day",), time="day",
        )  # fmt: skip

    @hookimpl
    def smmetrics_sources(self):
        yield Platform(id="shelter", title="Shelter", access="export_only")
        gifts = "shelter_gifts"
        yield Source(
            kind="gifts", platform="shelter", table=gifts, title="Gifts", container="csv", how_to_get="The book.",
            takes="5 min", version="1.0", constants=(("platform", "shelter"),),
            signature=Signature(required=("Gift", "Giver")),
            columns=(
                Column(names=("Gift",), fact=f"{gifts}.gift_id", parse="id", required=True),
                Column(names=("Day",), fact=f"{gifts}.day", parse="date %Y-%m-%d"),
                Column(names=("Giver",), fact=f"{gifts}.person", parse="text"),
                Column(names=("Euro",), fact=f"{gifts}.amount", parse="number"),
                Column(names=("Box",), fact=f"{gifts}.account_id", parse="text"),
            ),
            covers=(gifts,),
            can=tuple(
                Capability(fact=f"{gifts}.{name}", native=name, grain="event", scope="total", availability="own",
                           exactness="exact", evidence="the book")
                for name in ("gift_id", "day", "person", "amount")
            ),
        )  # fmt: skip

    @hookimpl
    def smmetrics_derived(self):
        return self.derived

    @hookimpl
    def smmetrics_calculators(self):
        return self.calculators

    @hookimpl
    def smmetrics_metrics(self):
        yield metric("given", "sum(shelter_gifts.amount)")
        yield metric("new_givers", "count(shelter_givers)")
        yield metric("rush", "max(shelter_rushes.weight)")
        yield metric("by_box", "count(shelter_gifts)", per="account")


def givers(frames):
    rows = frames["shelter_gifts"]
    found = rows.group_by("platform", "person").agg(pl.col("day").min().alias("first"), pl.len().alias("gifts"))
    return found.sort("first", "person")


def rushes(rows):
    days = rows.group_by("day").agg(pl.col("amount").sum().alias("weight"))
    return days.filter(pl.col("weight") >= 15).sort("day")


@pytest.fixture(autouse=True)
def code(monkeypatch):
    """The module with the plugin's code."""
    module = ModuleType("shelter_code")
    module.givers, module.rushes = givers, rushes
    monkeypatch.setitem(sys.modules, "shelter_code", module)
    return module


@pytest.fixture
def work(tmp_path):
    """Opens a workspace of the pack with its book imported."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    (tmp_path / "gifts.csv").write_text(GIFTS, encoding="utf-8")

    def make(plugin=None):
        work = Workspace(folder, registry=Registry.of(plugin or Shelter()))
        (outcome,) = work.import_(tmp_path / "gifts.csv")
        assert outcome.status in {"imported", "duplicate"}, outcome
        return work

    return make


def values(work, *what, **more):
    frame = work.measure(*what, **more).frame
    return dict(zip(frame["period_start"].dt.month(), frame["value"], strict=True))


MARCH_APRIL = {"grain": "month", "since": date(2026, 3, 1), "until": date(2026, 5, 1)}


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("shelter.given", {3: 35.0, 4: 1.0}),
        ("count(shelter_gifts, staff)", {3: None, 4: None}),  # who is who nobody told on this platform
        ("shelter.new_givers", {3: 2, 4: 1}),
        ("shelter.rush", {3: 20.0, 4: None}),
    ],
)
def test_what_it_adds_is_counted(work, what, expected):
    assert values(work(), what, **MARCH_APRIL) == expected


def test_code_is_handed_the_columns_it_names_and_what_every_row_has(work, code):
    handed = []
    code.rushes = lambda rows: handed.append(rows.columns) or rushes(rows)
    work().measure("shelter.rush")
    assert handed == [["platform", "account", "gift_id", "day", "amount", "created_on", "day_at"]]


def test_the_rows_are_made_once_for_all_that_reads_them(work, code):
    times = []
    code.givers = lambda frames: times.append(1) or givers(frames)
    work().measure("shelter.new_givers", "sum(shelter_givers.gifts)", by=("platform",), grain="month")
    assert times == [1]


def test_rows_of_other_code_are_counted_anew_though_numbers_are_kept(work, code):
    open_ = work()
    assert values(open_, "shelter.new_givers", **MARCH_APRIL) == {3: 2, 4: 1}
    eve = pseudonym(open_.store.key(), ("shelter", "eve"))
    code.givers = lambda frames: givers(frames).filter(pl.col("person") != eve)
    assert values(work(), "shelter.new_givers", **MARCH_APRIL) == {3: 1, 4: 1}


def test_a_file_taken_back_takes_its_rows_out_of_all_of_them(work):
    open_ = work()
    (row,) = open_.snapshot().imports().get_column("id")
    open_.undo(row)
    for name in ("shelter_gifts", "shelter_givers", "shelter_rushes"):
        assert open_.table(name).height == 0


def test_who_gave_stands_there_as_a_pseudonym_and_our_own_account_is_known(work, tmp_path):
    (tmp_path / "gifts.csv").write_text(GIFTS.replace("ann", "@City"), encoding="utf-8")
    rows = work().table("shelter_gifts", columns=["gift_id", "person", "ours"]).sort("gift_id")
    assert not {"bob", "eve", "@City", "city"} & set(rows.get_column("person"))
    assert rows.get_column("ours").to_list() == [False, False, False, True]


def test_names_of_people_are_in_no_table_that_formulas_see(work):
    class Named(Shelter):
        @hookimpl
        def smmetrics_facts(self):
            yield fact("shelter_gifts", "shelter__address", personal=True)

    assert "shelter__address" not in work(Named()).table("shelter_gifts").columns


@pytest.mark.parametrize("metric", ["given", "new_givers", "rush"])
def test_it_is_said_which_file_feeds_what_code_makes(work, metric):
    catalogue = work().catalogue
    formula = catalogue.metrics[f"shelter.{metric}"].formula
    verdict = feed(formula, catalogue.sources.values(), catalogue)
    assert (verdict.status, verdict.sources) == ("measurable", ("shelter.gifts",))
    assert feed(formula, (), catalogue).reason == "field.missing"


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Derived(table="shelter_x", from_tables=("posts",), load="a.b:c"), "no plugin declares the table 'shelter_x'"),
        (Derived(table="shelter_givers", from_tables=("gone",), load="a.b:c"), "there is no 'gone' to make it of"),
        (
            Derived(table="shelter_givers", from_tables=("posts.gone",), load="a.b:c"),
            "there is no 'posts.gone' to make it of",
        ),
        (Derived(table="shelter_givers", from_tables=(), load="a.b:c"), "it names 0 tables"),
        (
            Derived(table="shelter_givers", from_tables=("shelter_rushes",), load="a.b:c"),
            "'shelter_rushes' is made by code too",
        ),
        (Calculator(produces="shelter_givers", needs=("posts", "acts"), load="a.b:c"), "it names 2 tables"),
        (
            Calculator(produces="shelter_rushes", needs=("posts",), load="a.b:c"),
            "The table made by code 'shelter_rushes' is defined twice",
        ),
    ],
)
def test_a_record_that_cannot_work_is_told_and_harms_nothing_else(work, record, why):
    class Odd(Shelter):
        derived = (record,) if isinstance(record, Derived) else ()
        calculators = (*Shelter.calculators, *(() if isinstance(record, Derived) else (record,)))

    open_ = work(Odd())
    assert [why in fault.message for fault in open_.catalogue.faults] == [True]
    assert values(open_, "shelter.given", **MARCH_APRIL) == {3: 35.0, 4: 1.0}


ROW = {"platform": "shelter", "person": "bob", "first": date(2026, 3, 2), "gifts": 2}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (lambda _: 1 / 0, "failed: ZeroDivisionError: division by zero"),
        (lambda _: sys.exit("enough"), "failed: SystemExit: enough"),
        (lambda _: [ROW], "gave list and not a Polars frame"),
        (lambda _: pl.DataFrame({**ROW, "odd": 1}), "gave the column 'odd'"),
        (lambda _: pl.DataFrame([ROW]).drop("person"), "gave no column 'person'"),
        (lambda _: pl.DataFrame([ROW]).drop("first"), "gave no time"),
        (lambda _: pl.DataFrame([{**ROW, "gifts": "many"}]), "gave another type"),
        (lambda _: pl.DataFrame([ROW, ROW]), "gave 1 rows whose key is another's"),
    ],
)
def test_code_that_breaks_its_word_is_named_and_counts_nothing(work, code, given, why):
    code.givers = given
    found = work().measure("shelter.new_givers")
    assert found.frame.select("state", "value").rows() == [("not_measurable", None)]
    with pytest.raises(PluginFault) as error:
        work().table("shelter_givers")
    assert found.broken == (error.value.message,)
    assert "plugin shelter that makes the table shelter_givers" in error.value.message
    assert why in error.value.message


def test_code_may_name_the_account_as_its_table_declares_it():
    columns = (fact("t", "platform"), fact("t", "account_id"), fact("t", "day", "date"))
    declared = table("t", *columns, key=("platform", "account_id", "day"), time="day")

    class Declaring(Shelter):
        @hookimpl
        def smmetrics_tables(self):
            yield declared

    views, *_ = add_views(Registry.of(Declaring()), {"t": declared}, {})
    what = Filled(table="t", reads=(), load="a:b", alone=False, plugin="shelter", version="1")
    rows = pl.DataFrame({"platform": ["shelter"], "account_id": ["door"], "day": [date(2026, 3, 2)]})
    made = asked(Filling(what=what, code=lambda: lambda _: rows), views["t"], {})
    assert made.to_dicts() == [{"platform": "shelter", "account": "door", "day": date(2026, 3, 2)}]


def test_no_rows_give_no_rows(work, code):
    seen = []
    code.givers = lambda frames: seen.append(frames["shelter_gifts"].height) or givers(frames)
    open_ = work()
    open_.undo(open_.snapshot().imports().item(0, "id"))
    assert open_.table("shelter_givers").height == 0
    assert seen == [0]


def test_a_metric_that_says_something_of_each_is_refused_of_all_together(work):
    open_ = work()
    (row,) = open_.measure("shelter.by_box").frame.iter_rows(named=True)
    assert (row["value"], row["state"], row["reason"]) == (None, "refused", "slice.needed: account")
    assert open_.measure("shelter.by_box", by=("account",)).frame.get_column("value").to_list() == [4.0]


def fails(_rows):
    message = "the wrong day"
    raise ValueError(message)


def test_where_its_code_fails_only_the_numbers_that_need_it_are_withheld(work, code):
    expected = values(work(), "shelter.given", **MARCH_APRIL)
    code.rushes = fails
    open_ = work()
    found = open_.measure("shelter.given", "shelter.rush", "max(shelter_rushes.weight) / sum(shelter_gifts.amount)")
    said = {row["metric"]: (row["state"], row["value"]) for row in found.frame.iter_rows(named=True)}
    assert said.pop("shelter.given") == ("value", 36.0)
    assert set(said.values()) == {("not_measurable", None)}
    (why,) = found.broken
    assert "the plugin shelter that makes the table shelter_rushes failed: ValueError: the wrong day" in why
    assert {row["reason"] for row in found.frame.iter_rows(named=True)} == {"", f"plugin.failed: {why}"}
    assert values(open_, "shelter.given", **MARCH_APRIL) == expected


def test_a_table_made_of_a_broken_one_is_broken_too(work, code):
    code.givers = fails
    rushes_of_givers = (Calculator(produces="shelter_rushes", needs=("shelter_givers",), load="shelter_code:rushes"),)

    class Chained(Shelter):
        calculators = rushes_of_givers

    found = work(Chained()).measure("shelter.given", "shelter.rush", "shelter.new_givers")
    said = {row["metric"]: row["state"] for row in found.frame.iter_rows(named=True)}
    assert said == {"shelter.given": "value", "shelter.rush": "not_measurable", "shelter.new_givers": "not_measurable"}


def test_a_report_keeps_what_does_not_need_it_and_knows_what_failed(work, code):
    code.rushes = fails
    open_ = work()
    goal = '[goals.g]\nwhy = "w"\n[[goals.g.questions]]\nask = "How much?"\nlead = ["shelter.given", "shelter.rush"]\n'
    (open_.root / "strategy.toml").write_text(STRATEGY + goal, encoding="utf-8")
    source = Workspace(open_.root, registry=open_.registry).source()
    assert source.broken == ()
    readings = source.readings(View(goals=("g",)))
    assert dict(readings.select("metric", "state").iter_rows()) == {
        "shelter.given": "value",
        "shelter.rush": "not_measurable",
    }
    assert [("ValueError: the wrong day" in each) for each in source.broken] == [True]

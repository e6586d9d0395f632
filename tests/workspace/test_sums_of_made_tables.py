"""What a plugin's code makes is added up no more freely than what came in: unique people not, levels not over days."""

from __future__ import annotations

import json
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
    Exporter,
    Fact,
    Metric,
    Platform,
    Signature,
    Source,
    Table,
    hookimpl,
)
from smmetrics.api.errors import UserMistake
from smmetrics.cli import export, measure
from smmetrics.cli.main import main
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace

VISITS, DAILY = "shelter_visits", "shelter_daily"
FILES = {
    "shelter": "1,2026-03-02,bob,city\n2,2026-03-02,eve,city\n3,2026-03-02,bob,farm\n4,2026-03-03,bob,city\n",
    "forum": "1,2026-03-02,bob,square\n2,2026-03-03,bob,square\n",
}
"""Whoever came: two people to the city on one day and one of them on the next, and to the farm as well."""


def fact(table, name, type_="text", **more):
    return Fact(table=table, name=name, type=type_, **more)


def table(name, *columns, key):
    return Table(name=name, title=name, one_row_is=f"a row of {name}", key=key, columns=columns, time="day")


def source(platform):
    filled = {f"Visit {platform}": ("visit_id", "id"), "Day": ("day", "date %Y-%m-%d"), "Who": ("person", "text"),
              "Box": ("account_id", "text")}  # fmt: skip
    return Source(
        kind="visits", platform=platform, table=VISITS, title="Visits", container="csv", how_to_get="The book.",
        takes="5 min", version="1.0", constants=(("platform", platform),), covers=(VISITS,),
        signature=Signature(required=(f"Visit {platform}", "Who")),
        columns=tuple(
            Column(names=(name,), fact=f"{VISITS}.{fact_}", parse=parse, required=parse == "id")
            for name, (fact_, parse) in filled.items()
        ),
        can=tuple(
            Capability(fact=f"{VISITS}.{name}", native=name, grain="event", scope="total", availability="own",
                       exactness="exact", evidence="the book")
            for name in ("visit_id", "day", "person")
        ),
    )  # fmt: skip


class Shelter:
    """A pack of a home for animals, on two platforms: from its book its code makes how many people came each day."""

    @hookimpl
    def smmetrics_about(self):
        return About(name="shelter", title="Shelter", api=1)

    @hookimpl
    def smmetrics_tables(self):
        yield table(
            VISITS, fact(VISITS, "platform"), fact(VISITS, "account_id"), fact(VISITS, "visit_id"),
            fact(VISITS, "day", "date"), fact(VISITS, "person", personal=True), key=("platform", "visit_id"),
        )  # fmt: skip
        yield table(
            DAILY, fact(DAILY, "platform"), fact(DAILY, "account_id"), fact(DAILY, "day", "date"),
            fact(DAILY, "came", "int", unit="count", additivity="non_additive"),
            fact(DAILY, "unsaid", "int", unit="count"),
            fact(DAILY, "members", "int", unit="count", additivity="semi_additive"),
            key=("platform", "account_id", "day"),
        )  # fmt: skip

    @hookimpl
    def smmetrics_sources(self):
        for platform in FILES:
            yield Platform(id=platform, title=platform.title(), access="export_only")
            yield source(platform)

    @hookimpl
    def smmetrics_calculators(self):
        needs = tuple(f"{VISITS}.{name}" for name in ("day", "person", "account"))
        yield Calculator(produces=DAILY, needs=needs, load="shelter_days:daily")

    @hookimpl
    def smmetrics_metrics(self):
        for name, formula in {"came": f"max({DAILY}.came)", "summed": f"sum({DAILY}.came)"}.items():
            yield Metric(id=f"shelter.{name}", version="1.0.0", title=name, question="?", formula=formula,
                         unit="count", better="higher", level="outcome")  # fmt: skip

    @hookimpl
    def smmetrics_exporters(self):
        yield Exporter(name="rows", suffix=".rows", load="shelter_days:write")


def daily(rows):
    found = rows.group_by("platform", "account", "day").agg(pl.col("person").n_unique().alias("came"))
    return found.with_columns(unsaid="came", members="came").sort("platform", "account", "day")


def write(readings, out):
    out.write_text(readings.drop("provenance", strict=False).write_json(), encoding="utf-8")


@pytest.fixture
def work(tmp_path, monkeypatch):
    module = ModuleType("shelter_days")
    module.daily, module.write = daily, write
    monkeypatch.setitem(sys.modules, "shelter_days", module)
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "strategy.toml").write_text('title = "T"\npurpose = "P"\ntimezone = "UTC"\n', encoding="utf-8")
    made = Workspace(folder, registry=Registry.of(Shelter()))
    for platform, rows in FILES.items():
        path = tmp_path / f"{platform}.csv"
        path.write_text(f"Visit {platform},Day,Who,Box\n{rows}", encoding="utf-8")
        made.import_(path)
    for command in (measure, export):
        monkeypatch.setattr(command, "open_here", lambda: made, raising=False)
    return made


def told(work, what, **more):
    """By period and group, the number or the reason there is none."""
    rows = work.measure(what, **more).frame.iter_rows(named=True)
    return {
        (f"{row['period_start']:%m-%d}", row["platform"], row["account"]): row["reason"]
        if row["value"] is None
        else row["value"]
        for row in rows
    }


CAME = f"{DAILY}.came"


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (f"sum({CAME})", "different people"),
        (f"sum({DAILY}.unsaid)", "nothing says that rows of it may be added up"),
        (f"sum({DAILY}.members)", "level"),
        (f"sum(max({CAME}), by=day)", "each of the day"),
        (f"sum(last({CAME}), by=account)", "each of the account"),
        (f"max(last({CAME}), by=day)", "one day may have several, one by account"),
        (f"sum(distinct({VISITS}.person), by=day)", "each of the day"),
        (f"sum(distinct({VISITS}.person), by=(platform, account))", "each of the platform"),
        (f"max({CAME}, platform == 'forum') + max({CAME}, platform == 'shelter')", "counted in both"),
        ("shelter.came + previous(shelter.came)", "counted in both"),
        (f"mean({CAME}) * count({DAILY})", "the sum that nobody can know"),
        (f"max({CAME}) * period_days", "the sum that nobody can know"),
        (f"mean(captured({CAME}, unsaid) + {CAME})", "counted in both"),
        (f"hhi(max({CAME}), by=account)", "each of the account"),
        (f"top_share(max({CAME}), k=1, by=account)", "each of the account"),
    ],
)
def test_no_formula_adds_up_different_people(work, formula, why):
    with pytest.raises(UserMistake, match=why):
        work.measure(formula)


def test_a_metric_of_the_plugin_that_does_is_left_out_and_told(work):
    assert set(work.catalogue.metrics) == {"shelter.came"}
    assert ["came is not summed" in fault.message for fault in work.catalogue.faults] == [True]


MARCH = {"since": date(2026, 3, 1), "until": date(2026, 4, 1)}


def test_newest_numbers_of_people_stand_by_platform_account_and_day_and_no_sum_of_them(work):
    """By hand: the newest of city, farm and square is 1 each."""
    assert told(work, f"last({CAME})", **MARCH) == {("03-01", "", ""): "people.added: 2"}
    assert told(work, f"last({CAME})", by=("platform",), **MARCH) == {
        ("03-01", "forum", ""): 1,
        ("03-01", "shelter", ""): "people.several: 2",
    }
    by_account = told(work, f"last({CAME})", by=("platform", "account"), grain="day", since=date(2026, 3, 2),
                      until=date(2026, 3, 3))  # fmt: skip
    assert by_account == {
        ("03-02", "forum", "square"): 1,
        ("03-02", "shelter", "city"): 2,
        ("03-02", "shelter", "farm"): 1,
    }
    assert told(work, f"max({CAME})", **MARCH) == {("03-01", "", ""): 2}
    assert told(work, f"max(last({CAME}), by=account)", by=("platform",), **MARCH) == {
        ("03-01", "forum", ""): 1,
        ("03-01", "shelter", ""): 1,
    }


def test_levels_of_a_table_that_knows_days_alone_add_up_over_accounts_and_never_over_days(work):
    """By hand: city's newest is of the 3rd (1) and not with that of the 2nd (2), farm's and square's are 1 each."""
    assert told(work, f"last({DAILY}.members)", **MARCH) == {("03-01", "", ""): 3}
    assert told(work, f"last({DAILY}.members)", by=("account",), **MARCH) == {
        ("03-01", "", name): 1 for name in ("city", "farm", "square")
    }


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("end", ["csv", "json", "rows"])
def test_what_a_format_is_handed_holds_no_such_sum(tmp_path, end):
    """The plugin's own format is handed what every other is."""
    out = tmp_path / f"readings.{end}"
    arguments = ["--since", "2026-03-01", "--until", "2026-04-01", "--by", "platform", "--out", str(out)]
    assert main(["measure", f"last({CAME})", *arguments]) == 0
    if end == "csv":
        rows = pl.read_csv(out, infer_schema=False).to_dicts()
    else:
        rows = json.loads(out.read_text(encoding="utf-8"))
    found = {row["platform"]: (row["state"], row["value"]) for row in rows}
    assert found["shelter"] in {("refused", None), ("refused", "")}
    assert found["forum"][0] == "value"
    assert main(["measure", f"sum({CAME})", *arguments[:-1], str(tmp_path / f"no.{end}")]) == 2
    assert not (tmp_path / f"no.{end}").exists()

"""A number about three colleagues, and one that an agreement forbids, come out of no door; nor do people's rows."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import smmetrics
from smmetrics.api.errors import UserMistake
from smmetrics.cli.main import main
from smmetrics.panels.source import View
from smmetrics.workspace import Workspace

STRATEGY = """
title = "Colleagues"
purpose = "People find the colleague who knows"
timezone = "UTC"

[privacy]
agreed_with = "works council"
agreed_on = 2026-01-15
smallest_group = 10
people = "never"
forbid = ["resourcing.team_hours", "same_day"]

[audiences.colleagues]
who = "people of four sites"
shares = "the same machines"
inside = true
[[audiences.colleagues.promises]]
text = "Whoever asks is heard"
metric = "tiny_asks"
value = ">= 1"

[people.jonas]
role = "host"

[goals.ask]
why = "nobody repairs a fault twice"
for_them = "an answer"
audience = "colleagues"
people = ["jonas"]
activities = ["collaborating"]
[[goals.ask.questions]]
ask = "Do people ask?"
lead = ["asks", "tiny_asks", "coast_asks"]
beside = ["same_day"]
[[goals.ask.targets]]
metric = "tiny_asks"
value = ">= 100"

[metrics.asks]
formula = "count(cases)"
[metrics.tiny_asks]
formula = "count(cases, topic == 'tiny')"
[metrics.coast_asks]
formula = "count(cases, topic == 'coast')"
[metrics.same_day]
formula = "count(cases, topic != 'plant')"
"""
SITES = {"north": (44, 101), "plant": (30, 67), "coast": (14, 99), "tiny": (3, 173)}
"""People of a site, and how often each asks: 4444, 2010, 1386 and 519 cases."""
CODE = re.compile(r"<script>.*?</script>|<style>.*?</style>|'sha256-[^']*'", re.DOTALL)
"""What of a page is no data."""
TINY, COAST, LAST_TWO, ALL = 519, 1386, 1905, 8359
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


COLUMNS = ["opened_at", "first_response_at", "channel", "topic", "person", "case_id"]


def cases():
    for site, (people, each) in SITES.items():
        for person in range(people):
            for n in range(each):
                at = START + timedelta(days=(n * 7 + person) % 84, minutes=n % 400 + person)
                yield {"opened_at": f"{at:%Y-%m-%d %H:%M}", "channel": "desk", "topic": site,
                       "person": f"Colleague {site} {person}", "first_response_at": "", "case_id": f"{site}-{person}-{n}"}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("inside")
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    with (root / "cases.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(cases())
    (outcome,) = Workspace(root).import_(root / "cases.csv")
    assert outcome.kept == ALL
    return root


@pytest.fixture
def here(folder):
    return Workspace(folder)


@pytest.fixture
def said(folder, capsys):
    def run(*arguments):
        main(["-w", str(folder), *map(str, arguments)])
        told = capsys.readouterr()
        return told.out + told.err

    return run


DIGEST = re.compile(r"\b[0-9a-f]{16,}\b")
"""Digests of what was computed and of what from: any digits may stand in them."""


def tells(text):
    """Which of the hidden numbers a text holds, written in one way or another; and whose names."""
    text = DIGEST.sub("", text)
    plain = text.replace(",", "").replace("\u202f", "").replace("\u00a0", "")
    numbers = [n for n in (TINY, COAST, LAST_TWO, ALL - TINY, ALL - COAST, ALL - 2010) if str(n) in plain]
    return numbers + [word for word in ("Colleague ", "-0-0") if word in text]


def numbers(frame):
    """All numbers of readings that are about few, or could be told apart."""
    hidden = frame.filter(pl.col("state") != "value")
    named = ("value", "n", "numerator", "denominator", "low", "high", "previous", "change")
    return [n for name in named for n in hidden.get_column(name).drop_nulls().to_list()]


def test_the_numbers_are_there_where_nothing_was_agreed(folder, tmp_path):
    """What is looked for in vain below is there without the agreement."""
    root = tmp_path / "open"
    shutil.copytree(folder, root)
    open_ = STRATEGY.replace("inside = true\n", "").replace("smallest_group = 10\n", "").replace('people = "never"', "")
    (root / "strategy.toml").write_text(open_, encoding="utf-8")
    found = Workspace(root).measure("tiny_asks", "coast_asks", "asks").frame
    assert sorted(found["value"].to_list()) == [TINY, COAST, ALL]
    cut = Workspace(root).measure("asks", by=("topic",)).frame
    assert set(cut["value"].to_list()) == {4444, 2010, COAST, TINY}
    assert Workspace(root).measure("same_day").frame["state"].to_list() == ["not_permitted"]


@pytest.mark.parametrize(
    "asked",
    [
        ("tiny_asks",),
        ("coast_asks",),
        ("count(cases, topic == 'tiny')",),
        ("count(cases, topic in ('tiny', 'coast')) - 1386",),
        ("count(cases) - count(cases, topic in ('north', 'plant', 'coast'))",),
        ("sum(cases.csat_weight, topic == 'tiny')",),
        ("distinct(cases.person, topic == 'tiny')",),
        ("count(cases, contains(topic, 'ti'))",),
        ("share(cases, topic == 'tiny')",),
        ("count(count(cases) > 0, where=topic == 'tiny', by=person)",),
        ("same_day",),
        ("count(cases, topic != 'plant')",),
        ("resourcing.team_hours",),
    ],
)
def test_no_measure_tells_it(here, asked):
    try:
        frame = here.measure(*asked).frame
    except UserMistake:  # no such formula: nothing is told either
        return
    assert set(frame["state"].to_list()) <= {"suppressed", "not_permitted", "not_measurable", "refused", "not_reported"}
    assert numbers(frame) == []


@pytest.mark.parametrize("grain", ["total", "week", "month", "quarter", "day"])
def test_no_cut_tells_it(here, grain):
    frame = here.measure("asks", by=("topic",), grain=grain).frame
    told = frame.filter(pl.col("state") == "value")
    assert not [slice_ for slice_ in told["slice"].to_list() if "tiny" in slice_]
    if grain == "total":
        assert told.height == 2
    assert numbers(frame) == []


@pytest.mark.parametrize("by", ["person", "case_id"])
def test_nothing_is_cut_by_person(here, by):
    frame = here.measure("asks", by=(by,)).frame
    assert frame["state"].to_list() == ["not_permitted"]
    assert frame["slice"].to_list() == [""]


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "xlsx", "table"])
@pytest.mark.parametrize("grain", ["total", "month"])
def test_no_export_tells_it(said, tmp_path, form, grain):
    out = tmp_path / f"readings.{'txt' if form == 'table' else form}"
    told = said("export", "--grain", grain, "--format", form, *([] if form == "table" else ["--out", out]))
    if form in {"csv", "json"}:
        told += out.read_text(encoding="utf-8")
    if form == "parquet":
        frame = pl.read_parquet(out)
        assert numbers(frame) == []
        told += str(frame.select("metric", "value", "n").to_dicts())
    assert tells(told) == []


@pytest.mark.parametrize(
    "command",
    [
        ("measure", "tiny_asks"),
        ("measure", "asks", "--by", "topic"),
        ("measure", "asks", "--by", "topic", "--json"),
        ("formula", "try", "count(cases, topic == 'tiny')"),
        ("baseline", "ask"),
        ("decisions",),
        ("promises",),
        ("promises", "--json"),
        ("review", "--data"),
        ("coverage",),
        ("explain", "tiny_asks"),
        ("explain", "tiny_asks", "--at", "all"),
        ("next",),
        ("table", "cases"),
        ("table", "cases", "--json"),
        ("table", "people"),
        ("quarantine", "--json"),
        ("privacy",),
    ],
    ids=" ".join,
)
def test_no_command_tells_it(said, command):
    assert tells(said(*command)) == []


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize("edition", ["team", "board", "public"])
def test_no_report_tells_it(here, tmp_path, form, edition):
    text = here.report(tmp_path / f"report.{form}", edition=edition).read_text(encoding="utf-8")
    assert tells(CODE.sub("", text)) == []


def test_the_dashboard_tells_nothing_by_filters_rows_or_evidence(here):
    source = here.source()
    view = View(since=None, until=None)
    whole = source.readings(view)
    assert numbers(whole) == []
    for site in ("tiny", "coast"):
        narrowed = source.readings(view.with_(selected={"topic": (site,)}))
        asks = narrowed.filter(pl.col("metric") == "asks")
        assert asks["state"].to_list() == ["suppressed"]
        assert numbers(narrowed) == []
        for row in narrowed.iter_rows(named=True):
            told = source.evidence(row["reading_id"], view.with_(selected={"topic": (site,)}))
            assert told["value"] is None
            assert told["n"] is None
    assert source.table("cases", view).height == 0
    assert source.count("cases", view) == 0
    assert source.table("people", view).height == 0


def test_a_hidden_number_is_no_empty_cell_of_a_sheet(said, tmp_path):
    said("export", "--out", tmp_path / "sheet.xlsx")
    header, *rows = openpyxl.load_workbook(tmp_path / "sheet.xlsx").active.iter_rows(values_only=True)
    values = {row[header.index("metric")]: row[header.index("value")] for row in rows}
    assert values == {"asks": ALL, "tiny_asks": "hidden", "coast_asks": "hidden"}


def test_no_module_measures_past_the_door():
    """The engine's own measuring is imported by the door alone."""
    house = Path(smmetrics.__file__).parent
    past = re.compile(r"engine\.measure import|from smmetrics\.engine\.cells import")
    found = {path.relative_to(house).as_posix() for path in house.rglob("*.py") if past.search(path.read_text("utf-8"))}
    assert found == {"engine/privacy/gate.py", "engine/measure.py"}


def test_no_row_of_a_colleague_is_handed_out_in_python(here):
    assert here.table("cases").height == 0
    assert here.table("people").height == 0
    with pytest.raises(UserMistake, match="no row of theirs leaves"):
        here.tables()


def test_what_is_forbidden_cites_the_agreement_and_its_line(here):
    (row,) = here.measure("same_day").frame.to_dicts()
    line = 1 + STRATEGY.splitlines().index('forbid = ["resourcing.team_hours", "same_day"]')
    about = f"of 15 January 2026 with works council (strategy.toml line {line})"
    assert (row["state"], row["reason"]) == ("not_permitted", f"agreement.forbids: {about}")
    cells = [cell for cell in here.coverage("ask") if cell.metric == "same_day"]
    assert [cell.status for cell in cells] in ([], ["not_permitted"])


def test_what_may_be_told_is_told(here):
    """Beside all that is hidden the total and the big sites are as they are."""
    assert here.measure("asks").frame["value"].to_list() == [ALL]
    cut = here.measure("asks", by=("topic",)).frame
    states = {json.loads(row["slice"])["topic"]: row["value"] for row in cut.to_dicts()}
    assert states == {"north": 4444, "plant": 2010, "coast": None, "tiny": None}
    whole = here.measure("asks", since=date(2026, 3, 2), until=date(2026, 5, 25)).frame
    assert whole["value"].to_list() == [ALL]

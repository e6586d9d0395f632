"""Records that agree are told before they become rows: the file says what looking at all its rows says."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from smmetrics.api.sources import Column, Layout, Signature, Source
from smmetrics.api.stored import CORE_TABLES
from smmetrics.intake import Answers, Reader, contrary

HEADER = "Day,Country,Account,Views,Likes"
SOURCE = Source(
    kind="cells",
    platform="zed",
    table="breakdowns",
    title="Zed, by country",
    container="csv",
    how_to_get="Zed, export.",
    takes="Nothing.",
    signature=Signature(required=("Country", "Views")),
    layout=Layout(missing=("-",)),
    columns=(
        Column(names=("Day",), fact="breakdowns.window_start", parse="date %Y-%m-%d"),
        Column(names=("Country",), fact="breakdowns.value", sets=(("dimension", "country"),)),
        Column(names=("Account",), fact="breakdowns.account_id"),
        Column(names=("Views",), fact="breakdowns.number", parse="number", sets=(("fact", "views"),)),
        Column(names=("Likes",), fact="breakdowns.number", parse="number", sets=(("fact", "likes"),)),
    ),
    window="month",
)


def read(path, folder, source=SOURCE):
    tables = {table.name: table for table in CORE_TABLES}
    folder.mkdir(exist_ok=True)
    result = Reader((source,), tables, copies=folder, key=b"k", use=None).read(path, Answers(account="us"))
    return result.status, result.reason


def contradictions(rows):
    """How many cells have two numbers, by a plain loop: days of a month are one month."""
    cells = {}
    for day, country, account, views, likes in rows:
        for fact, number in (("views", views), ("likes", likes)):
            if number != "-":
                cells.setdefault((day[:7], country, account, fact), set()).add(number)
    return sum(len(numbers) > 1 for numbers in cells.values())


FILLER = [("2026-05-01", f"land {number}", "us", "1", "2") for number in range(9)]
ROWS = [
    ("2026-03-01", "DE", "us", "1", "2"),
    ("2026-03-01", "DE", "us", "1", "-"),
    ("2026-03-09", "DE", "us", "5", "2"),
    ("2026-04-01", "DE", "us", "9", "2"),
]


@pytest.mark.parametrize("pair", list(itertools.combinations_with_replacement(ROWS, 2)))
def test_a_file_is_told_to_contradict_itself_as_its_rows_do(tmp_path, monkeypatch, pair):
    path = tmp_path / "cells.csv"
    path.write_text("\n".join([HEADER, *(",".join(row) for row in (*pair, *FILLER))]) + "\n", encoding="utf-8")
    looked = []
    told = contrary.told

    def telling(frames, tables, agreed=()):
        looked.append((told(frames, tables, agreed), told(frames, tables)))
        return looked[-1][0]

    monkeypatch.setattr(contrary, "told", telling)
    assert read(path, tmp_path / "copies") == ("read", "")
    ((quick, slow),) = looked
    assert quick == slow
    assert bool(quick) == bool(contradictions(pair))


def test_rows_that_agree_are_not_looked_at_again(tmp_path, monkeypatch):
    path = tmp_path / "cells.csv"
    path.write_text("\n".join([HEADER, *map(",".join, FILLER)]) + "\n", encoding="utf-8")
    monkeypatch.setattr(contrary, "_counted", lambda frame, _: pytest.fail(f"{frame.height} rows are looked at"))
    assert read(path, tmp_path / "copies")[0] == "read"


def test_rows_of_a_file_that_names_no_account_are_not_looked_at_again(tmp_path, monkeypatch):
    path = tmp_path / "cells.csv"
    rows = [(day, country, views, likes) for day, country, _, views, likes in FILLER]
    header = HEADER.replace("Account,", "")
    path.write_text("\n".join([header, *map(",".join, rows)]) + "\n", encoding="utf-8")
    monkeypatch.setattr(contrary, "_counted", lambda frame, _: pytest.fail(f"{frame.height} rows are looked at"))
    assert read(path, tmp_path / "copies")[0] == "read"


def test_a_row_that_names_no_account_may_contradict_one_that_does(tmp_path, monkeypatch):
    path = tmp_path / "cells.csv"
    rows = [("2026-03-01", "DE", "us", "1", "2"), ("2026-03-01", "DE", "", "5", "2"), *FILLER]
    path.write_text("\n".join([HEADER, *map(",".join, rows)]) + "\n", encoding="utf-8")
    said = []
    told = contrary.told
    monkeypatch.setattr(contrary, "told", lambda *given: said.append(told(*given)) or said[-1])
    day = Column(names=("Day",), fact="visits.date", parse="date %Y-%m-%d")
    channel = Column(names=("Country",), fact="visits.channel")
    beside = replace(SOURCE, table="visits", columns=(day, channel, *SOURCE.columns))
    assert read(path, tmp_path / "copies", beside) == ("read", "")
    assert said[0]


DAYS = replace(
    SOURCE,
    table="account_counts",
    columns=(
        Column(names=("Day",), fact="account_counts.window_start", parse="date %Y-%m-%d"),
        Column(names=("Views",), fact="account_counts.views", parse="int"),
    ),
    window="day",
)


@pytest.mark.parametrize("size", [0, 60])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("again", [None, 0, 5, 11])
def test_days_that_follow_one_another_agree_and_one_told_twice_does_not(tmp_path, monkeypatch, size, order, again):
    days = [f"2026-03-{number:02}" for number in range(1, 13)][::order]
    rows = [(day, number) for number, day in enumerate(days)]
    rows += [] if again is None else [(days[again], 99)]
    path = tmp_path / "days.csv"
    path.write_text("\n".join([HEADER, *(f"{day},x,us,{views},1" for day, views in rows)]) + "\n", encoding="utf-8")
    monkeypatch.setattr("smmetrics.intake.table.WINDOW", size or 1 << 24)
    looked = []
    told = contrary.told
    monkeypatch.setattr(
        contrary, "told", lambda frames, tables, agreed=(): looked.append(agreed) or told(frames, tables, agreed)
    )
    assert read(path, tmp_path / "copies", DAYS)[0] == "read"
    assert looked == [frozenset() if again is not None else {"account_counts"}]


@pytest.mark.parametrize("size", [0, 90])
@pytest.mark.parametrize("odd", [None, ("2026-03-02", 99), ("2026-03-02", "-"), ("2031-03-02", 1)])
def test_days_told_again_agree_where_all_of_a_day_say_the_same(tmp_path, monkeypatch, size, odd):
    rows = [(f"2026-03-{day:02}", day) for _ in range(9) for day in (3, 1, 2, 4, 7, 6, 5)]
    rows = rows if odd is None else [*rows[:40], odd, *rows[40:]]
    path = tmp_path / "days.csv"
    path.write_text("\n".join([HEADER, *(f"{day},x,us,{views},1" for day, views in rows)]) + "\n", encoding="utf-8")
    monkeypatch.setattr("smmetrics.intake.table.WINDOW", size or 1 << 24)
    monkeypatch.setattr("smmetrics.intake.agreeing.PART", 16)
    looked = []
    told = contrary.told
    monkeypatch.setattr(
        contrary, "told", lambda frames, tables, agreed=(): looked.append(agreed) or told(frames, tables, agreed)
    )
    assert read(path, tmp_path / "copies", DAYS)[0] == "read"
    different = {day: set() for day, _ in rows}
    for day, views in rows:
        different[day].add(views)
    agree = all(len(views) == 1 for views in different.values())
    assert looked == [{"account_counts"} if agree else frozenset()]

import csv
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from smmetrics.intake import Answers
from smmetrics.testing import reader_of
from smmetrics_offline.samples import EFFORT, write

HEADER = "day,person,task,minutes,goal,cost,currency,note\n"


@pytest.fixture
def read(tmp_path):
    reader = reader_of("smmetrics_offline", tmp_path)

    def reading(text, name="effort.csv", **answers):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader.read(path, Answers(**answers))

    return reading


def entries(result):
    return result.frames["effort"].to_dicts()


def test_a_line_is_a_piece_of_work(read):
    (row,) = entries(read(HEADER + '2026-11-03,amira,Reply,12.5,talk,8.40,eur,"three, about slugs"\n'))
    assert (row["day"], row["person"], row["task"], row["minutes"]) == (date(2026, 11, 3), "amira", "reply", 12.5)
    assert (row["goal"], row["cost"], row["currency"], row["note"]) == ("talk", 8.4, "EUR", "three, about slugs")
    assert row["platform"] == "offline"


def test_lines_without_an_id_are_told_apart_by_what_they_say_and_their_number(read):
    line = "2026-11-03,amira,reply,12.50,,,,\n"
    result = read(HEADER + line + '2026-11-03,"amira\r",reply,12.5,,,,\n' + line.replace("reply", "REPLY"))
    said = "activity=None|channel=None|cost=None|currency=None|day=2026-11-03|goal=None|minutes=12.5|note=None"
    said = f"{said}|person=amira|platform=offline|task=reply".replace("|", "\x1f")
    made = [sha256(f"{said}\x1f{number}".encode()).hexdigest()[:32] for number in (1, 2, 3)]
    assert [row["entry_id"] for row in entries(result)][:2] == made[:2]
    assert [row["record"] for row in entries(result)] == sorted(row["record"] for row in entries(result))


def test_hours_become_minutes(read):
    result = read("day,person,task,hours\n2026-11-03,amira,post,1.25\n")
    assert [row["minutes"] for row in entries(result)] == [75.0]


def test_an_empty_cell_is_unknown_and_not_zero(read):
    (row,) = entries(read(HEADER + "2026-11-03,,,30,,,,\n"))
    assert (row["person"], row["task"], row["cost"], row["goal"]) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (",amira,reply,5,,,,", "day", "missing_required"),
        ("3/11/2026,amira,reply,5,,,,", "day", "not_a_date"),
        ("2026-02-30,amira,reply,5,,,,", "day", "not_a_date"),
        ("2026-11-03,amira,lunch,5,,,,", "task", "not_in_list"),
        ("2026-11-03,amira,reply,,,,,", "minutes", "missing_required"),
        ("2026-11-03,amira,reply,five,,,,", "minutes", "not_a_number"),
        ('2026-11-03,amira,reply,"1,5",,,,', "minutes", "not_a_number"),
        ("2026-11-03,amira,reply,-5,,,,", "minutes", "negative"),
        ("2026-11-03,amira,reply,inf,,,,", "minutes", "non_finite"),
        ("2026-11-03,amira,reply,1e300,,,,", "minutes", "not_a_number"),
        ("2026-11-03,amira,reply,99999999999,,,,", "minutes", "out_of_range"),
        ("2026-11-03,amira,reply,5,,cheap,,", "cost", "not_a_number"),
        ("2026-11-03,amira", "", "too_few_fields"),
        ("2026-11-03,amira,reply,5,,,,,,,", "", "too_many_fields"),
    ],
)
def test_a_line_that_cannot_be_taken_is_set_aside_with_the_reason(read, line, column, reason):
    good = "2026-11-03,amira,reply,5,,,,\n"
    result = read(HEADER + good + line + "\n" + good)
    assert (result.records_in, result.kept, result.quarantined) == (3, 2, 1)
    (row,) = result.quarantine.to_dicts()
    assert (row["reason"], row["column"] or "", row["record"]) == (reason, column, 2)


def test_a_form_all_of_whose_lines_fail_says_which_words_it_knows(read):
    result = read(HEADER + "2026-11-03,amira,lunch,5,,,,\n")
    assert (result.status, "column 'task'" in result.reason) == ("refused", True)
    assert (
        result.hint == "It knows reply, post, listen, meet, plan. Write one of these there, and import the file again."
    )


def test_blank_lines_are_counted_as_blank(read):
    result = read(HEADER + "\n2026-11-03,amira,reply,5,,,,\n,,,,,,,\n")
    assert (result.records_in, result.kept, result.blank) == (3, 1, 2)


def test_an_empty_form_is_read_and_said_to_be_empty(read):
    result = read(",".join(EFFORT) + "\n")
    assert (result.status, result.records_in, result.kept) == ("read", 0, 0)
    assert "empty" in " ".join(result.messages)


def test_equal_lines_are_two_pieces_of_work_and_the_same_form_twice_is_one(read):
    text = HEADER + "2026-11-03,amira,reply,5,,,,\n" * 2 + "2026-11-04,amira,reply,5.0,,,,\n"
    first, again = (sorted(row["entry_id"] for row in entries(read(text))) for _ in range(2))
    assert len(set(first)) == 3
    assert first == again


def test_the_same_work_has_the_same_id_in_another_form(read):
    line = "2026-11-03,amira,reply,5,,,,\n"
    one = entries(read(HEADER + line))
    other = entries(read("task,person,day,minutes\nreply,amira,2026-11-03,5.0\n", name="effort-2.csv"))
    assert one[0]["entry_id"] == other[0]["entry_id"]


def test_a_given_id_is_kept(read):
    result = read("entry_id,day,person,task,minutes\nA-7,2026-11-03,amira,reply,5\n")
    assert [row["entry_id"] for row in entries(result)] == ["A-7"]


@pytest.mark.parametrize(
    "raw",
    [
        "day;person;task;minutes;note\r\n2026-11-03;amira;reply;37,5;Grüße\r\n".encode("utf-8-sig"),
        "day;person;task;minutes;note\n2026-11-03;amira;reply;37.5;Grüße\n".encode(),
        "day\tperson\ttask\tminutes\tnote\n2026-11-03\tamira\treply\t37.5\tGrüße\n".encode("utf-16"),
        'Day,Person,Task,Minutes,Note\n2026-11-03,amira,reply,37.5,"Grüße"\n'.encode(),
    ],
    ids=["german excel", "semicolons", "utf-16 tabs", "capitals"],
)
def test_any_spreadsheet_may_have_saved_it(read, raw):
    (row,) = entries(read(raw))
    assert (row["day"], row["task"], row["minutes"], row["note"]) == (date(2026, 11, 3), "reply", 37.5, "Grüße")


def test_a_span_runs_from_the_first_day_to_the_last(read):
    result = read(HEADER + "2026-11-05,amira,reply,5,,,,\n2026-11-03,ben,post,5,,,,\n")
    (span,) = result.frames["spans"].to_dicts()
    assert (span["start"], span["end"], span["facts"]) == (date(2026, 11, 3), date(2026, 11, 6), "effort")


def test_the_samples_minutes_equal_a_count_of_the_standard_library(read, tmp_path):
    path, *_ = write(tmp_path / "sample", 3, date(2026, 1, 1), 3)
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    result = read(path.read_bytes())
    assert result.kept == len(lines)
    assert Decimal(result.frames["effort"]["minutes"].sum()) == sum(Decimal(line["minutes"]) for line in lines)
    days = [date.fromisoformat(line["day"]) for line in lines]
    assert max(days) - min(days) > timedelta(days=80)

"""Numbers that another language would read otherwise, sums that moved, ids with damage, tables nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smmetrics.api.sources import Layout

HEAD = "Post id;Text;time;likes;rate\n"


def rows(*rates):
    return HEAD + "".join(f"{n};t;2024-01-0{n} 10:00 +0000;1;{rate}\n" for n, rate in enumerate(rates, start=1))


@pytest.mark.parametrize("rate", ["0,066", "00,066", "012,345"])
def test_no_group_of_thousands_begins_with_nought(reading, rate):
    result = reading(rows("1.5", rate))
    assert (result.kept, result.quarantine["reason"].to_list()) == (1, ["not_a_number"])
    assert result.frames["post_counts"]["z__rate"].to_list() == [1.5]


def test_a_fraction_written_otherwise_makes_thousands_doubtful(reading):
    assert reading(rows("1,066", "2.5")).frames["post_counts"]["z__rate"].to_list() == [1066.0, 2.5]
    result = reading(rows("1,066", "12,5"))
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "'12,5'" in result.reason
    assert "'1,066'" in result.reason
    assert "--locale de" in result.hint
    german = reading(rows("1,066", "12,5"), locale="de")
    assert german.frames["post_counts"]["z__rate"].to_list() == [1.066, 12.5]


def test_what_was_set_aside_for_its_language_is_said_with_the_way_out(reading):
    result = reading(rows("2", "12,5"))
    assert (result.kept, result.quarantined) == (1, 1)
    assert any("'12,5'" in said and "--locale de" in said for said in result.messages)


def test_who_says_the_language_is_taken_at_their_word(reading):
    result = reading(rows("1,066", "12,5"), locale="en")
    assert (result.kept, result.quarantined) == (1, 1)


def test_a_row_that_sums_up_is_none_where_columns_were_moved(reading, posts):
    result = reading(
        "Text,likes,time,Post id\na,1,2024-01-01 10:00 +0000,1\n,1,,Total\n", sources=(replace(posts, constants=()),)
    )
    assert (result.kept, result.footer, result.quarantined) == (1, 1, 0)


def test_an_id_with_a_byte_that_is_no_letter_is_set_aside(reading):
    result = reading(rows("1", "2").replace("\n2;", "\n\x012;"))
    assert (result.kept, result.quarantine["reason"].to_list()) == (1, ["bad_encoding"])


def test_tables_that_nobody_reads_are_named_beside_one_that_is_read(reading_all, days):
    source = replace(days, layout=Layout(blocks=True))
    raw = "Date,Impressions\n2024-01-01,1\n\nFruit,Weight\npear,2\n\nDate,Impressions\n2024-01-02,3\n"
    results = list(reading_all(raw, sources=(source,)))
    assert [result.kept for result in results] == [1, 1, 0]
    assert (results[2].part, results[2].status) == ("table 2", "refused")
    assert "Is a line of the file missing" in results[2].hint


def test_days_that_have_two_numbers_are_refused_where_most_do(reading):
    raw = "Date,Impressions\n" + "".join(f"2024-01-0{day},{day * n}\n" for day in range(1, 8) for n in (1, 2))
    result = reading(raw)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "Of 7 days or parts" in result.reason
    assert "is a column missing" in result.hint


def test_a_day_that_has_two_numbers_is_said_and_the_same_number_twice_is_not(reading):
    days = "".join(f"2024-01-0{day},{day}\n" for day in range(1, 8))
    result = reading(f"Date,Impressions\n{days}2024-01-03,9\n")
    assert result.kept == 8
    assert [said for said in result.messages if said.startswith("1 of the 7 days")]
    assert not [said for said in reading(f"Date,Impressions\n{days}{days}").messages if "contradict" in said]

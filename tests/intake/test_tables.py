"""Whole tables through the reader: rows, scopes, dates, accounts, spans, refusals."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from smmetrics.api.sources import Column, Layout, NameRange, Signature, Source

HEAD = "Post id,link,Text,time,likes,replies,rate,promoted likes\n"
ROW = "11,https://zed.example/ada/status/11,hello,2024-05-03 10:00 +0000,7.0,0,0.5,-\n"


def one(result, table):
    (row,) = result.frames[table].iter_rows(named=True)
    return row


def test_a_record_becomes_a_post_and_its_counts(reading):
    result = reading(HEAD + ROW)
    assert (result.status, result.kind, result.records_in, result.kept) == ("read", "zed.posts", 1, 1)
    post = one(result, "posts")
    assert (post["platform"], post["post_id"], post["account_id"], post["text"]) == ("zed", "11", "ada", "hello")
    assert post["created_at"] == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert (post["created_on"], post["created_precision"]) == (date(2024, 5, 3), "instant")
    assert (post["kind"], post["kind_basis"], post["status"]) == ("post", "text", "published")
    counts = one(result, "post_counts")
    assert (counts["scope"], counts["window"], counts["likes"], counts["comments"]) == ("total", "lifetime", 7, 0)
    assert counts["z__rate"] == 0.5
    assert (counts["account_id"], counts["record"], counts["source_id"]) == ("ada", 1, result.sha256)


def test_missing_is_not_zero(reading):
    result = reading(HEAD + ROW.replace("7.0,0", ",-"))
    counts = one(result, "post_counts")
    assert (counts["likes"], counts["comments"]) == (None, None)


def test_the_total_row_stays_where_nothing_was_reported_and_the_paid_one_comes_where_something_was(reading):
    paid = ROW.replace("11", "12").replace("7.0,0,0.5,-", "-,-,-,3")
    result = reading(HEAD + ROW + paid)
    rows = {(row["post_id"], row["scope"]): row["likes"] for row in result.frames["post_counts"].iter_rows(named=True)}
    assert rows == {("11", "total"): 7, ("12", "total"): None, ("12", "paid"): 3}


def test_a_text_that_begins_with_a_name_is_a_reply(reading):
    texts = ["@bo hello", "@bo", "hello @bo", ".@bo hello", "@ bo"]
    rows = "".join(ROW.replace("hello", text).replace("11", str(20 + n)) for n, text in enumerate(texts))
    kinds = reading(HEAD + rows).frames["posts"].get_column("kind").to_list()
    assert kinds == ["reply", "post", "post", "post", "post"]


def test_headers_are_matched_without_case_and_outer_spaces(reading):
    result = reading(HEAD.upper().replace("POST ID", " Post ID ") + ROW)
    assert result.kept == 1


def test_an_alias_fills_the_same_fact(reading):
    result = reading(HEAD.replace(",likes", ",favorites") + ROW)
    assert one(result, "post_counts")["likes"] == 7


def test_columns_nobody_reads_are_said(reading):
    result = reading(HEAD.rstrip() + ",mystery\n" + ROW.rstrip() + ",9\n")
    assert any("mystery" in message for message in result.messages)


def test_an_id_a_spreadsheet_rounded_is_rebuilt_from_the_permalink(reading):
    row = ROW.replace("11,https", "6.49E+17,https").replace("status/11", "status/649123456789012345")
    assert one(reading(HEAD + row), "posts")["post_id"] == "649123456789012345"


def test_an_id_a_spreadsheet_rounded_is_set_aside_where_nothing_holds_it(reading):
    row = ROW.replace("11,https://zed.example/ada/status/11", "6.49E+17,")
    result = reading(HEAD + ROW + row)
    assert result.quarantine.select("reason", "column", "record", "line").rows() == [
        ("id_precision_lost", "Post id", 2, 3)
    ]


def test_ids_of_64_bits_survive(reading):
    ids = [str(2**63 - 1 - n) for n in range(50)]
    rows = "".join(ROW.replace("11", number) for number in ids)
    assert reading(HEAD + rows).frames["posts"].get_column("post_id").to_list() == ids


def test_the_name_says_range_account_and_observation(reading):
    result = reading(HEAD + ROW.replace("https://zed.example/ada/status/11", ""), "zed_ada_20240501_20240601.csv")
    span = one(result, "spans")
    assert (span["start"], span["end"], span["basis"]) == (date(2024, 5, 1), date(2024, 6, 1), "file name")
    assert (span["account_id"], span["grain"], span["complete"]) == ("ada", "lifetime", True)
    assert span["facts"] == "post_counts,post_counts.comments,post_counts.likes,post_counts.z__rate,posts"
    assert result.observed_at == datetime(2024, 6, 1, tzinfo=UTC)
    assert "name" in result.observed_basis
    assert one(result, "accounts")["kind"] == "ours"


def test_an_inclusive_end_is_the_last_day_covered(reading, posts):
    pattern = posts.name_range.pattern
    source = replace(posts, name_range=NameRange(pattern=pattern, end="inclusive"))
    result = reading(HEAD + ROW, "zed_ada_20240501_20240531.csv", sources=(source,))
    assert one(result, "spans")["end"] == date(2024, 6, 1)
    assert result.observed_at == datetime(2024, 6, 1, tzinfo=UTC)


def test_without_a_range_the_records_say_what_is_covered_and_since_when_it_holds(reading):
    later = ROW.replace("11", "12").replace("2024-05-03 10:00", "2024-05-09 11:30")
    result = reading(HEAD + later + ROW)
    span = one(result, "spans")
    assert (span["start"], span["end"], span["basis"]) == (date(2024, 5, 3), date(2024, 5, 10), "records")
    assert result.observed_at == datetime(2024, 5, 9, 11, 30, tzinfo=UTC)
    assert result.observed_basis == "not before the newest record"


def test_the_users_word_on_the_observation_stands_before_the_lower_bound(reading):
    said = datetime(2024, 7, 1, tzinfo=UTC)
    result = reading(HEAD + ROW, observed_at=said)
    assert (result.observed_at, result.observed_basis) == (said, "given with --observed-at")


def test_a_file_that_names_no_account_is_taken_and_that_is_said(reading):
    result = reading(HEAD + ROW.replace("https://zed.example/ada/status/11", ""))
    assert one(result, "posts")["account_id"] == "(not named)"
    assert any("account" in message for message in result.messages)
    assert "accounts" not in result.frames


def test_the_user_names_the_account(reading):
    result = reading(HEAD + ROW.replace("https://zed.example/ada/status/11", ""), account="bo")
    assert one(result, "posts")["account_id"] == one(result, "accounts")["account_id"] == "bo"


def test_daily_rows_have_half_open_windows_and_headers_only_is_a_covered_file_without_records(reading):
    result = reading("Date,Impressions\n2024-05-03,5\n", "days.csv")
    row = one(result, "account_counts")
    assert (row["window"], row["window_start"], row["window_end"]) == ("day", date(2024, 5, 3), date(2024, 5, 4))
    assert (row["scope"], row["impressions"]) == ("total", 5)
    nothing = reading(HEAD, "zed_ada_20240501_20240601.csv")
    assert (nothing.status, nothing.records_in) == ("read", 0)
    assert "holds no records" in nothing.messages[-1]


def test_since_and_until_are_half_open_and_what_is_outside_is_counted(reading):
    rows = "".join(ROW.replace("11", str(n)).replace("05-03", f"05-{n}") for n in range(10, 20))
    result = reading(HEAD + rows, since=date(2024, 5, 12), until=date(2024, 5, 15))
    days = result.frames["posts"].get_column("created_on").to_list()
    assert days == [date(2024, 5, 12), date(2024, 5, 13), date(2024, 5, 14)]
    assert result.not_taken == {"outside --since/--until": 7}
    assert (result.records_in, result.kept, result.frames["post_counts"].height) == (3, 3, 3)
    assert one(result, "spans")["start"] == date(2024, 5, 12)


def test_a_footer_is_counted_and_not_added_up(reading):
    total = "Total,,,,99,99,,\n"
    result = reading(HEAD + ROW + total)
    assert (result.records_in, result.kept, result.footer, result.quarantined) == (2, 1, 1, 0)


def test_rows_that_do_not_add_up_to_the_files_own_total_are_told_with_both_numbers(reading):
    (header,) = csv.reader([HEAD.strip()])
    rows = list(csv.reader((ROW + ROW.replace("11", "12")).splitlines()))
    likes, replies = header.index("likes"), header.index("replies")
    right = {likes: sum(int(float(row[likes])) for row in rows), replies: sum(int(row[replies]) for row in rows)}

    def told(**given):
        last = ["Total", *[""] * (len(header) - 1)]
        for name, number in given.items():
            last[header.index(name)] = str(number)
        result = reading(HEAD + ROW + ROW.replace("11", "12") + ",".join(last) + "\n")
        assert (result.kept, result.footer) == (2, 1)
        return [message for message in result.messages if "add up" in message]

    assert told(likes=right[likes], replies=right[replies]) == []
    assert told() == []
    (said,) = told(likes=right[likes] + 1000, replies=right[replies])
    assert said.startswith("1 of 2 columns do not add up")
    assert f"likes: the rows have {right[likes]}, the total says {right[likes] + 1000:,}" in said
    assert "replies" not in said


def test_of_several_rows_that_sum_up_none_is_held_against_all(reading):
    result = reading(HEAD + ROW + "Total,,,,99,99,,\n" + ROW.replace("11", "12") + "Total,,,,198,99,,\n")
    assert result.footer == 2
    assert not [message for message in result.messages if "add up" in message]


def test_a_table_in_utf16_with_a_sep_line_is_read_and_its_bytes_are_found(reading):
    text = "sep=;\n" + (HEAD + ROW.replace("hello", "héllo 🎉") + ROW.replace("7.0", "x")).replace(",", ";")
    raw = b"\xff\xfe" + text.encode("utf-16-le")
    result = reading(raw)
    assert one(result, "posts")["text"] == "héllo 🎉"
    (bad,) = result.quarantine.iter_rows(named=True)
    assert raw[bad["start"] : bad["end"]].decode("utf-16-le") == ROW.replace("7.0", "x").replace(",", ";").rstrip()


def test_utf16_is_found_without_a_byte_order_mark(reading):
    for encoding in ("utf-16-le", "utf-16-be"):
        assert reading((HEAD + ROW).encode(encoding)).kept == 1


def test_a_utf8_byte_order_mark_is_no_part_of_the_header(reading):
    assert reading(b"\xef\xbb\xbf" + (HEAD + ROW).encode()).kept == 1


def test_windows_letters_that_may_be_damaged_utf8_are_read_only_where_the_layout_says_so(reading, posts):
    raw = (HEAD + ROW.replace("hello", "café…") + ROW.replace("11", "12")).encode("cp1252")
    assert reading(raw).quarantine.get_column("reason").to_list() == ["bad_encoding"]
    source = replace(posts, layout=replace(posts.layout, encoding="cp1252"))
    taken = reading(raw, sources=(source,))
    assert taken.frames["posts"].get_column("text").to_list() == ["café…", "hello"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_are_found_on_the_bytes(reading, newline):
    rows = ROW.replace("hello", '"two\nlines, ""really"""') + ROW.replace("11", "12")
    raw = (HEAD + rows).replace("\n", newline).replace(f"two{newline}lines", "two\nlines")
    result = reading(raw)
    assert result.frames["posts"].get_column("text").to_list() == ['two\nlines, "really"', "hello"]


def test_local_times_at_a_clock_change_are_never_guessed(reading, posts):
    columns = tuple(
        replace(column, parse="instant %Y-%m-%d %H:%M") if column.fact == "posts.created_at" else column
        for column in posts.columns
    )
    times = ["2025-03-30 02:30", "2025-10-26 02:30", "2025-07-01 12:00"]
    rows = "".join(
        ROW.replace("2024-05-03 10:00 +0000", moment).replace("11", str(n)) for n, moment in enumerate(times, 20)
    )
    result = reading(HEAD + rows, sources=(replace(posts, columns=columns),), zone="Europe/Berlin")
    assert result.quarantine.get_column("reason").to_list() == ["ambiguous_date", "ambiguous_date"]
    post = one(result, "posts")
    assert post["created_at"] == datetime(2025, 7, 1, 10, tzinfo=UTC)
    assert post["created_on"] == date(2025, 7, 1)


def test_a_year_nobody_wrote_is_asked_for(reading):
    source = Source(
        kind="short",
        platform="zed",
        table="account_counts",
        title="Short dates",
        container="csv",
        how_to_get="Zed.",
        takes="Days.",
        signature=Signature(required=("Date", "Views")),
        columns=(
            Column(names=("Date",), fact="account_counts.window_start", parse="date %B %d"),
            Column(names=("Views",), fact="account_counts.views", parse="int"),
        ),
        window="day",
    )
    raw = "Date,Views\nApril 12,3\n"
    refused = reading(raw, sources=(source,))
    assert (refused.status, refused.exit_code) == ("refused", 2)
    assert "--year" in refused.hint
    assert one(reading(raw, sources=(source,), year=2026), "account_counts")["window_start"] == date(2026, 4, 12)


def test_thousands_are_read_in_the_declared_language_only(reading, posts):
    rows = ROW.replace("7.0", '"1,234"')
    assert one(reading(HEAD + rows), "post_counts")["likes"] == 1234
    german = replace(posts, layout=Layout(missing=("-",), locale="de"))
    assert (
        one(reading(HEAD + ROW.replace("7.0,0,0.5", '1.234,0,"0,5"'), sources=(german,)), "post_counts")["likes"]
        == 1234
    )
    wrong = reading(HEAD + ROW + ROW.replace("7.0", '"12,34"'))
    assert wrong.quarantine.get_column("reason").to_list() == ["not_a_number"]


def test_a_header_that_names_a_column_twice_is_refused(reading):
    result = reading(HEAD.replace("replies", "likes") + ROW)
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "2 times" in result.reason


def test_a_fact_nobody_declared_is_the_plugins_fault(reading, posts):
    source = replace(posts, columns=(*posts.columns, Column(names=("rate",), fact="post_counts.nothing")))
    result = reading(HEAD + ROW, sources=(source,))
    assert (result.status, result.exit_code) == ("refused", 5)


def test_a_time_that_a_plugin_reads_as_text_is_the_plugins_fault_and_named(reading, posts):
    time = "posts.created_at"
    columns = tuple(replace(each, parse="text") if each.fact == time else each for each in posts.columns)
    result = reading(HEAD + ROW, sources=(replace(posts, columns=columns),))
    assert (result.status, result.exit_code) == ("refused", 5)
    assert f"the column {time} holds String" in result.reason


def test_a_file_is_refused_where_too_much_of_it_fails(reading):
    good = "".join(ROW.replace("11", str(n)) for n in range(100, 400))
    bad = "".join(ROW.replace("7.0", "x").replace("11", str(n)) for n in range(500, 519))
    assert reading(HEAD + good + bad).quarantined == 19
    more = bad + ROW.replace("7.0", "x").replace("11", "519")
    refused = reading(HEAD + good + more)
    assert (refused.status, refused.exit_code, refused.frames, refused.copy) == ("refused", 4, {}, None)
    assert "20 of 320" in refused.reason
    assert reading(HEAD + good + more, accept_quarantine=True).quarantined == 20


def test_a_file_of_which_everything_fails_is_refused_and_offers_no_rest(reading):
    refused = reading(HEAD + ROW.replace("7.0", "x"))
    assert refused.status == "refused"
    assert "--accept-quarantine" not in refused.hint
    half = "".join(ROW.replace("7.0", "x" if n % 2 else "7.0").replace("11", str(n)) for n in range(500, 560))
    assert "--accept-quarantine" in reading(HEAD + half).hint


def test_dates_of_which_none_can_be_read_can_still_be_said_by_a_mapping(reading):
    refused = reading(HEAD + ROW.replace("2024-05-03 10:00 +0000", "03/05/24"))
    assert "03/05/24" in refused.reason
    assert refused.hint.endswith("smmetrics map FILE --name NAME.")


def test_a_file_cut_before_its_first_record_is_whole_is_refused(reading):
    result = reading(HEAD + ROW[:30])
    assert (result.status, result.exit_code) == ("refused", 4)
    assert "cut off" in result.reason


def test_an_unclosed_quotation_mark_that_swallows_the_file_is_refused(reading):
    rows = "".join(ROW.replace("11", str(n)) for n in range(100, 160))
    assert reading(HEAD + ROW + ROW.replace("hello", '"hello') + rows).status == "refused"


def test_progress_is_told_after_a_second(tmp_path, posts, known_tables, monkeypatch):
    from smmetrics.intake import Reader, reader

    monkeypatch.setattr(reader, "PATIENCE", -1.0)
    told = []
    (tmp_path / "zed.csv").write_text(HEAD + ROW, encoding="utf-8")
    reading = Reader((posts,), known_tables, copies=tmp_path, key=b"", use={}.__getitem__, progress=told.append)
    reading.read(tmp_path / "zed.csv")
    assert [(each.bytes_done, each.bytes_total, each.records) for each in told] == [(len(HEAD + ROW),) * 2 + (1,)]


def test_a_refusal_shows_the_first_cell_that_could_not_be_read(reading):
    result = reading(HEAD + ROW.replace("2024-05-03 10:00 +0000", "3 May"))
    assert result.status == "refused"
    assert "column 'time'" in result.reason
    assert "('3 May')" in result.reason

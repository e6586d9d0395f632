"""Calendars: times in every form, people only as counts, cancelled and repeated entries counted and said."""

import re
from datetime import UTC, date, datetime

import pytest

from smmetrics_offline.samples import calendar, write


def made(reader, *events, name="meetings.ics"):
    calendar(reader.files / name, events)
    return reader(None, name, zone="Europe/Lisbon")


def rows(result, table="events"):
    return result.frames[table].to_dicts()


@pytest.mark.parametrize(
    ("lines", "at", "day", "more"),
    [
        (("DTSTART:20261103T173000Z", "DTEND:20261103T190000Z"), (2026, 11, 3, 17, 30), (2026, 11, 3), (90.0, "instant")),
        (("DTSTART;TZID=Europe/Berlin:20261103T183000", "DURATION:PT1H30M"), (2026, 11, 3, 17, 30), (2026, 11, 3), (90.0, "instant")),
        (('DTSTART;TZID="W. Europe Standard Time":20260703T183000', "DURATION:PT45M"), (2026, 7, 3, 16, 30), (2026, 7, 3), (45.0, "instant")),
        (("DTSTART;TZID=US-Mountain:20261103T113000",), (2026, 11, 3, 18, 30), (2026, 11, 3), (None, "instant")),
        (("DTSTART;TZID=/citadel.org/20210210_1/Europe/Berlin:20261103T183000",), (2026, 11, 3, 17, 30), (2026, 11, 3), (None, "instant")),
        (("DTSTART:20261103T173000",), (2026, 11, 3, 17, 30), (2026, 11, 3), (None, "instant")),
        (("DTSTART:20261103T1730Z", "DTEND:20261103T1815Z"), (2026, 11, 3, 17, 30), (2026, 11, 3), (45.0, "instant")),
        (("DTSTART;VALUE=DATE:20261103",), (2026, 11, 3, 0, 0), (2026, 11, 3), (None, "day")),
        (("DTSTART;VALUE=DATE:20260703", "DTEND;VALUE=DATE:20260705"), (2026, 7, 2, 23, 0), (2026, 7, 3), (None, "day")),
    ],
    ids=["utc", "zone", "office zone", "zone with a dash", "zone with a prefix", "the zone that was said", "no seconds", "a day", "two days"],
)  # fmt: skip
def test_an_entry_is_where_its_zone_puts_it(reader, lines, at, day, more):
    (row,) = rows(made(reader, ("UID:a@example.org", *lines)))
    assert row["at"] == datetime(*at, tzinfo=UTC)
    assert (row["day"], row["minutes"], row["precision"]) == (date(*day), *more)


def test_those_asked_are_counted_and_named_nowhere(reader):
    guests = [f"ATTENDEE;CN=Guest {number};PARTSTAT=ACCEPTED:mailto:guest{number}@example.org" for number in range(3)]
    organizer = "ORGANIZER;CN=The Boss:mailto:boss@example.org"
    result = made(reader, ("UID:a", "SUMMARY:Open day\\, with tea", "DTSTART:20261103T170000Z", organizer, *guests))
    (row,) = rows(result)
    assert (row["invited"], row["title"]) == (3, "Open day, with tea")
    assert not re.search("guest|boss", str(result).lower())


def test_cancelled_entries_are_counted_and_left_out(reader):
    result = made(
        reader,
        ("UID:a", "DTSTART:20261103T170000Z", "STATUS:CANCELLED"),
        ("UID:b", "DTSTART:20261104T170000Z", "STATUS:CONFIRMED"),
    )
    assert [row["event_id"] for row in rows(result)] == ["b"]
    assert dict(result.not_taken) == {"cancelled": 1}


def test_repeats_are_not_expanded_and_their_number_is_said(reader):
    result = made(
        reader,
        ("UID:a", "DTSTART:20261103T170000Z", "RRULE:FREQ=WEEKLY"),
        ("UID:a", "RECURRENCE-ID:20261110T170000Z", "DTSTART:20261110T180000Z"),
        ("UID:b", "DTSTART:20261105T170000Z"),
    )
    assert [row["event_id"] for row in rows(result)] == ["a", "a/20261110T170000Z", "b"]
    assert [row["repeats"] for row in rows(result)] == [True, False, False]
    assert "Entries that repeat by a rule: 1." in " ".join(result.messages)
    assert result.frames["spans"]["complete"].to_list() == [False]


def test_an_alarm_inside_an_entry_is_not_the_entry(reader):
    (row,) = rows(
        made(reader, ("UID:a", "DTSTART:20261103T170000Z", "BEGIN:VALARM", "UID:z", "DURATION:PT5M", "END:VALARM"))
    )
    assert (row["event_id"], row["minutes"]) == ("a", None)


def test_entries_that_stand_without_a_calendar_around_them_are_read(reader):
    text = "".join(f"BEGIN:VEVENT\r\nUID:{name}\r\nDTSTART:20261103T173000Z\r\nEND:VEVENT\r\n" for name in "ab")
    (reader.files / "one.ics").write_bytes(text.encode())
    assert [row["event_id"] for row in rows(reader(None, "one.ics", zone="UTC"))] == ["a", "b"]


def test_entries_without_an_id_are_told_apart_by_what_they_say_and_come_in_twice_as_the_same(reader):
    day, other = ("DTSTART:20261103T173000Z", "SUMMARY:Talk"), ("DTSTART:20261104T173000Z", "SUMMARY:Talk")
    result = made(reader, day, day, other)
    ids = [row["event_id"] for row in rows(result)]
    assert len(set(ids)) == 3
    assert [row["event_id"] for row in rows(made(reader, other, day))] == [ids[2], ids[0]]
    assert "Entries without a UID: 3." in " ".join(result.messages)


def test_an_end_without_a_zone_is_in_the_zone_of_its_beginning(reader):
    lines = ("UID:a", "DTSTART;TZID=America/New_York:20261103T090000", "DTEND:20261103T100000")
    (row,) = rows(made(reader, lines))
    assert row["minutes"] == 60


@pytest.mark.parametrize(
    ("zones", "event", "hour"),
    [
        (("X-WR-TIMEZONE:America/New_York",), "DTSTART:20261103T090000", 14),
        (("X-WR-TIMEZONE:America/New_York",), "DTSTART;TZID=Europe/Berlin:20261103T090000", 8),
        (("X-WR-TIMEZONE:America/New_York",), "DTSTART:20261103T090000Z", 9),
        (("BEGIN:VTIMEZONE", "TZID:Ortszeit ", "BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0300",
          "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"), "DTSTART;TZID=Ortszeit :20261103T090000", 6),
    ],
    ids=["of the calendar", "of the entry", "utc", "with a space behind it"],
)  # fmt: skip
def test_a_time_that_names_no_zone_is_of_the_one_that_its_calendar_names(reader, zones, event, hour):
    lines = ("BEGIN:VCALENDAR", *zones, "BEGIN:VEVENT", "UID:a", event, "END:VEVENT", "END:VCALENDAR")
    (reader.files / "zoned.ics").write_text("\r\n".join(lines), encoding="utf-8")
    (row,) = rows(reader(None, "zoned.ics", zone="Europe/Lisbon"))
    assert row["at"] == datetime(2026, 11, 3, hour, tzinfo=UTC)


def test_titles_written_as_in_mail_are_read_over_their_lines(reader):
    result = made(
        reader,
        ("UID:a", "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:F=C3=BCr alle =\r\nund jeden", "DTSTART:20261103T173000Z"),
        ("UID:b", "SUMMARY;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9=0D=0Aum acht", "DTSTART:20261104T173000Z"),
        ("UID:c", "SUMMARY:a=20b", "DTSTART:20261105T173000Z"),
        name="old.vcs",
    )  # fmt: skip
    assert [row["title"] for row in rows(result)] == ["Für alle und jeden", "Café um acht", "a=20b"]


@pytest.mark.parametrize(
    ("name", "table", "key"), [("m.ics", "events", "event_id"), ("hours.ics", "effort", "entry_id")]
)
def test_entries_with_one_uid_at_several_times_are_kept_apart_and_a_later_version_is_not(reader, name, table, key):
    first, second = "DTSTART:20261103T080000Z", "DTSTART;TZID=Europe/Berlin:20261103T170000"
    result = made(
        reader,
        ("UID:a", first), ("UID:a", second), ("UID:a", first),
        ("UID:b", first, "SEQUENCE:0"), ("UID:b", second, "SEQUENCE:1"),
        name=name,
    )  # fmt: skip
    alike = ["a/2026-11-03 08:00:00Z", "a/2026-11-03 17:00:00", "a/2026-11-03 08:00:00Z"]
    assert [row[key] for row in rows(result, table)] == [*alike, "b", "b"]
    assert "share their UID with one at another time: 3." in " ".join(result.messages)


def test_a_calendar_in_utf_16_is_read(reader):
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Öl\r\nDTSTART:20261103T173000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    for mark in ("utf-16-le", "utf-16-be"):
        (reader.files / "wide.ics").write_bytes(f"\ufeff{text}".encode(mark))
        (row,) = rows(reader(None, "wide.ics", zone="UTC"))
        assert row["title"] == "Öl"


def test_an_entry_without_a_date_and_one_of_an_unknown_zone_are_set_aside(reader):
    result = made(
        reader,
        ("UID:a", "SUMMARY:no date"),
        ("UID:b", "DTSTART;TZID=My Zone:20261103T170000"),
        ("UID:c", "DTSTART:20261399T170000Z"),
        ("UID:d", "DTSTART:20261103T170000Z", "DTEND:20261103T160000Z"),
        *((f"UID:ok{number}", "DTSTART:20261103T170000Z") for number in range(5)),
    )
    assert result.quarantine["reason"].to_list() == ["missing_required", "unknown_zone", "not_a_date", "ends_first"]
    assert result.kept == 5


def test_birthdays_of_long_ago_are_refused_as_such_and_not_as_damaged_dates(reader):
    result = made(reader, ("UID:a", "SUMMARY:Birthday", "DTSTART;VALUE=DATE:19410512", "RRULE:FREQ=YEARLY"))
    assert (result.status, "before 1970" in result.hint, "spreadsheet" in result.hint) == ("refused", True, False)


def test_a_calendar_cut_off_keeps_its_whole_entries(reader):
    path = calendar(reader.files / "whole.ics", [(f"UID:{n}", "DTSTART:20261103T170000Z") for n in range(3)])
    cut = path.read_bytes().rpartition(b"DTSTART")[0]
    result = reader(cut, "meetings.ics")
    assert result.kept == 2
    assert result.quarantine["reason"].to_list() == ["unterminated_last_record"]


def test_the_same_calendar_is_hours_or_a_roster_by_its_name_or_by_word(reader):
    entry = ("UID:a", "SUMMARY:tom", "DTSTART:20261103T080000Z", "DURATION:PT4H")
    (hours,) = rows(made(reader, entry, name="amira-worktime.ics"), "effort")
    assert (hours["task"], hours["minutes"], hours["day"]) == ("meet", 240.0, date(2026, 11, 3))
    (duty,) = rows(made(reader, entry, name="duty.ics"), "roster")
    assert (duty["person"], duty["from"].hour, duty["to"].hour) == ("tom", 8, 12)
    calendar(reader.files / "meetings.ics", [entry])
    assert reader(None, "meetings.ics", as_="offline.calendar_roster").kind == "offline.calendar_roster"


def test_the_samples_entries_equal_a_count_of_their_lines(reader, tmp_path):
    for path in write(tmp_path / "sample", 5, date(2026, 1, 1), 2)[-3:]:
        text = path.read_bytes().decode().replace("\r\n ", "")
        result = reader(path.read_bytes(), path.name, zone="Europe/Berlin")
        all_day = text.count("DTSTART;VALUE=DATE:")
        assert result.records_in == text.count("BEGIN:VEVENT") - text.count("STATUS:CANCELLED")
        assert result.quarantined == 0
        assert all_day == 3


def test_entries_read_together_and_alone_keep_their_order(reader):
    clear, doubtful = "DTSTART:20261103T170000Z", "DTSTART;TZID=Europe/Berlin:20261025T023000"
    result = made(
        reader,
        ("UID:a", "SUMMARY:one\rtwo", clear),
        ("UID:b", doubtful),
        ("SUMMARY:without an id", clear),
        ("UID:d", clear),
    )
    assert [(row["record"], row["title"]) for row in rows(result)] == [
        (1, "one\rtwo"), (3, "without an id"), (4, None),
    ]  # fmt: skip
    assert result.quarantine.select("record", "reason").rows() == [(2, "ambiguous_date")]

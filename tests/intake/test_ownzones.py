"""Zones that calendars describe themselves: held against the zone database, and silent where they say too little."""

import csv
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from smmetrics.intake.calendars import table
from smmetrics.intake.officezones import OFFICE
from smmetrics.intake.ownzones import own_zones

BERLIN = """STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=3;BYDAY=-1SU"""
SYDNEY = """STANDARD
DTSTART:20080406T030000
TZOFFSETFROM:+1100
TZOFFSETTO:+1000
RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU
DAYLIGHT
DTSTART:20081005T020000
TZOFFSETFROM:+1000
TZOFFSETTO:+1100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"""
KOLKATA = "STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530"


def zones(text, name="Ours"):
    found = [("BEGIN", {}, "VTIMEZONE"), ("TZID", {}, name)]
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if not value:
            found += [("END", {}, "STANDARD")] if len(found) > 2 else []
            found.append(("BEGIN", {}, key))
        else:
            found.append((key, {}, value))
    return own_zones([*found, ("END", {}, "STANDARD"), ("END", {}, "VTIMEZONE")])


@pytest.mark.parametrize(
    ("text", "name"), [(BERLIN, "Europe/Berlin"), (SYDNEY, "Australia/Sydney"), (KOLKATA, "Asia/Kolkata")]
)
def test_a_zones_own_rules_say_what_the_zone_database_says(text, name):
    known, zone = zones(text), ZoneInfo(name)
    compared = 0
    for hours in range(0, 24 * 365 * 3, 5):
        local = datetime.fromisoformat("2023-01-01") + timedelta(hours=hours)
        placed = local.replace(tzinfo=zone)
        told = known.offset("Ours", local)
        if placed.utcoffset() != placed.replace(fold=1).utcoffset():
            assert told == ""
            continue
        compared += 1
        assert datetime.fromisoformat(local.isoformat() + told).astimezone(UTC) == placed.astimezone(UTC), local
    assert compared > 5000


@pytest.mark.parametrize(
    "text",
    [
        BERLIN.replace("YEARLY", "MONTHLY"),
        BERLIN.replace("BYDAY=-1SU", "BYDAY=SU"),
        BERLIN.replace("BYDAY=-1SU", "BYSETPOS=-1"),
        BERLIN.replace("BYDAY=-1SU", "BYDAY=9SU"),
        BERLIN.replace("DTSTART:16010101T030000\n", ""),
        BERLIN.replace("16010101T030000", "20261399T000000"),
        BERLIN.replace("+0100", "one hour"),
        "",
    ],
)
def test_what_is_not_understood_says_nothing(text):
    assert zones(text).offset("Ours", datetime.fromisoformat("2026-01-05T10:00")) == ""
    assert zones(BERLIN).offset("Theirs", datetime.fromisoformat("2026-01-05T10:00")) == ""


@pytest.mark.parametrize(
    ("until", "summer"),
    [("99991231T235959Z", True), ("99991231", True), ("20261025T010000Z", True), ("20200101", False),
     ("20200101T000000Z", False), ("never", True)],
)  # fmt: skip
def test_a_rule_ends_when_it_says_however_far_that_is(until, summer):
    text = BERLIN.replace("FREQ=YEARLY", f"FREQ=YEARLY;UNTIL={until}")
    assert (zones(text).offset("Ours", datetime.fromisoformat("2026-07-05T10:00")) == "+02:00") == summer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (("STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\nTZOFFSETTO:+0700\n"
         "DAYLIGHT\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\nTZOFFSETTO:+0700"), "+07:00"),
        ((f"{BERLIN.replace('FREQ=YEARLY', 'FREQ=YEARLY;UNTIL=20101231T000000Z')}\n"
         "STANDARD\nDTSTART:20140101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0300"), "+03:00"),
        (("STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\nTZOFFSETTO:+0700\n"
         "DAYLIGHT\nDTSTART:16010101T000000\nTZOFFSETFROM:+0700\nTZOFFSETTO:+0800"), ""),
    ],
    ids=["both halves alike", "clocks that are set no more", "two things at once"],
)  # fmt: skip
def test_a_zone_whose_clocks_are_set_no_more_is_as_they_were_set_last(text, told):
    assert zones(text).offset("Ours", datetime.fromisoformat("2026-07-05T10:00")) == told


def test_the_hour_may_stand_in_the_rule_as_some_programs_write_it():
    text = BERLIN.replace("FREQ=YEARLY", "FREQ=YEARLY;BYMINUTE=0;BYHOUR=4")
    told = {hour: zones(text).offset("Ours", datetime.fromisoformat(f"2026-03-29T{hour}:30")) for hour in ("03", "05")}
    assert told == {"03": "+01:00", "05": "+02:00"}


def test_a_name_with_commas_is_found_however_it_is_written():
    lines = [("BEGIN", {}, "VTIMEZONE"), ("TZID", {}, r"(UTC+01:00) Bern\, Rome"), ("END", {}, "VTIMEZONE")]
    assert own_zones(lines).zones.keys() == {"(UTC+01:00) Bern, Rome"}


@pytest.mark.parametrize("first", ["zone", "event"])
def test_an_event_in_a_zone_of_the_calendars_own_bears_its_offset(tmp_path, first):
    head, *rest = BERLIN.splitlines()
    half = rest.index("DAYLIGHT")
    zone = ["BEGIN:VTIMEZONE", "TZID:Customized Time Zone", f"BEGIN:{head}", *rest[:half], f"END:{head}"]
    zone += ["BEGIN:DAYLIGHT", *rest[half + 1 :], "END:DAYLIGHT", "END:VTIMEZONE"]
    event = [
        "BEGIN:VEVENT",
        "UID:a",
        'DTSTART;TZID="Customized Time Zone":20260703T100000',
        "DURATION:PT30M",
        "END:VEVENT",
    ]
    lines = ["BEGIN:VCALENDAR", *(zone + event if first == "zone" else event + zone), "END:VCALENDAR", ""]
    (tmp_path / "a.ics").write_text("\r\n".join(lines), encoding="utf-8")
    text = table(tmp_path / "a.ics", tmp_path).read_text(encoding="utf-8")
    assert "2026-07-03 10:00:00+02:00,,2026-07-03 10:30:00+02:00,," in text


def test_names_of_office_programs_mean_what_the_unicode_consortium_says():
    days = [datetime(year, month, 15, 12, tzinfo=UTC) for year in (2015, 2026) for month in (1, 7)]

    def clocks(zone):
        return [day.astimezone(ZoneInfo(zone)).utcoffset() for day in days]

    told = get_global("windows_zone_mapping")
    assert {name for name in told if clocks(told[name]) != clocks(OFFICE[name])} == set()


def test_an_event_whose_calendar_does_not_describe_its_zone_is_at_the_time_of_its_name(tmp_path):
    path = tmp_path / "office.ics"
    event = 'BEGIN:VEVENT\nUID:1\nDTSTART;TZID="{zone}":20260703T183000\nEND:VEVENT\n'
    names = ("Singapore Standard Time", "tzone://Microsoft/Utc", "Nowhere Standard Time")
    path.write_text(
        "BEGIN:VCALENDAR\n" + "".join(event.format(zone=zone) for zone in names) + "END:VCALENDAR\n", "utf-8"
    )
    rows = list(csv.DictReader(table(path, tmp_path).read_text("utf-8").splitlines()))
    assert [row["start_zone"] for row in rows] == ["Asia/Singapore", "UTC", "Nowhere Standard Time"]

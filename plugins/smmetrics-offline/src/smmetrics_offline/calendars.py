"""Calendars (`.ics`): what they can report as events, as hours given, or as a roster.

The core opens a calendar as a table, a line an event, with counts of those asked instead of their names.
"""

from __future__ import annotations

from smmetrics.api import Capability, Signature, Source

COLUMNS = ("uid", "start", "end", "all_day", "status", "attendees", "accepted", "repeats")
"""The table that the core makes of a calendar has these columns, among others."""
HOW = "Your calendar program, export the calendar as a file that ends in .ics; most programs call it iCalendar."
TAKES = "No money: a minute. Choose a calendar that holds only what others may know of."


def _calendar(
    kind: str, table: str, *, title: str, holds: str, pattern: str, can: tuple[tuple[str, str], ...]
) -> Source:
    return Source(
        kind=kind,
        platform="offline",
        table=table,
        title=title,
        container="csv",
        how_to_get=HOW,
        takes=TAKES,
        minutes=2,
        holds=holds,
        signature=Signature(required=COLUMNS, name_pattern=pattern),
        grain="event",
        covers=(table,),
        load="smmetrics_offline.calendar_events:read",
        can=tuple(Capability(fact=f"{table}.{name}", native=native, grain="event") for name, native in can),
    )


OTHERWISE = r"(?i)^(?!.*(?:effort|hours|worktime|roster|shift|duty|rota)).*"
CALENDARS: tuple[Source, ...] = (
    _calendar(
        "calendar",
        "events",
        title="Calendar, as events",
        holds="Your meetings: when, how long, how many were asked and how many said they would come. No names.",
        pattern=OTHERWISE,
        can=(
            ("event_id", "UID"), ("at", "DTSTART"), ("day", "DTSTART"), ("precision", "DTSTART"), ("title", "SUMMARY"),
            ("minutes", "DTEND or DURATION"), ("invited", "ATTENDEE, counted"), ("status", "STATUS"),
            ("repeats", "RRULE"),
        ),
    ),
    _calendar(
        "calendar_hours",
        "effort",
        title="Calendar, as hours given",
        holds="Your meetings as time given: a line each, with the task meet. For one person's own calendar.",
        pattern=r"(?i)(?:effort|hours|worktime)",
        can=(
            ("entry_id", "UID"), ("day", "DTSTART"), ("task", "always meet"), ("minutes", "DTEND or DURATION"),
            ("note", "SUMMARY"),
        ),
    ),
    _calendar(
        "calendar_roster",
        "roster",
        title="Calendar, as a roster",
        holds="Who was on duty: the title of each entry is a person, in the strategy's word.",
        pattern=r"(?i)(?:roster|shift|duty|rota)",
        can=(("person", "SUMMARY"), ("from", "DTSTART"), ("to", "DTEND or DURATION"), ("day", "DTSTART")),
    ),
)  # fmt: skip

"""The strategy file that ``init`` writes: every word explained, every value to be filled in, no number invented."""

from __future__ import annotations

import json

BLANK = """\
# Your strategy, from top to bottom: why, who, what, and only at the end where.
# Fill in what stands between the quotes. A line that begins with # is an explanation or an example: take away
# the # to use it. A line belongs to the table in square brackets above it: keep it there.
# `smmetrics review` says what is still missing, and changes nothing.

format = 1
title = @title@
# One sentence: what should be different, and for whom? A platform is no purpose.
purpose = ""
# Where your days begin and end. Every "Monday" and every "October" in your numbers is one of this zone.
timezone = @zone@
week_starts = "monday"
# The language of your reports, and the money you count in (three letters).
language = @language@
currency = @currency@

# ---- why: who stands behind it --------------------------------------------------------------------------------------
[backing]
# Who above the team wants this?
who = ""
# What do they give: hours, a look at the numbers, an answer when it matters?
gives = ""
# Who lets the exports out?
it = ""

# ---- who it is for --------------------------------------------------------------------------------------------------
# Rename "people": one short word for those you do it for. Add as many [audiences.…] as you need.
[audiences.people]
# Who are they, in a sentence? No age and income: what do they do?
who = ""
# community (they talk with each other), audience (they listen), or team (they belong to your house)
kind = "community"
# What do they share? Where do they talk without you?
shares = ""
where = ""
# How many are there, roughly? Then targets can be told from wishes.
# size = …
# Are they colleagues (inside = true) or under age (minors = true)? Then write [privacy] too.
# inside = true
# minors = true

# A promise to them, in their words. You will see whether it is kept.
# [[audiences.people.promises]]
# text = "Ask us on a working day and a person answers the same day"
# metric = "…"
# value = "…"

# ---- who does the work ----------------------------------------------------------------------------------------------
# Rename "me". One [people.…] for everybody who does the work.
[people.me]
role = ""
# How many hours a week?
# hours_per_week = …
# What do they know how to handle: which places, which questions?
trained_for = []
# Under which names do they speak, and where? PLATFORM:NAME
speaks_as = []
# How do they sign on an account that several people use?
# signs = ["^AM"]

# Needed where people are colleagues or under age: what was agreed about their data, and with whom.
# [privacy]
# agreed_with = "…"
# agreed_on = 2026-01-31
# smallest_group = 10

# ---- what: the goals ------------------------------------------------------------------------------------------------
# Rename "first": two or three words joined by "-". Begin with one goal.
[goals.first]
# A kind of goal brings its questions with it: `smmetrics metrics --goal-types` lists those that are installed.
# type = "…"
# Why does it matter? And what do the people it is for get out of it?
why = ""
for_them = ""
# The name of an audience above, such as "people".
audience = ""
# The names of those who work for it, such as ["me"], and their hours a week for it, such as { me = 2 }.
people = []
hours = {}
# monitoring, communicating, connecting, collaborating: what will you do? Listening alone is a goal, too.
activities = []
# What is it for? support, product_development, investor_relations, internal, offline, recruiting, fundraising, other
# use = "…"
# Whom outside the team did you ask about this goal?
consulted = []
# Who speaks, and how?
# voice = { speaker = "…", tone = "…", never = ["…"] }
# week, month, quarter or year: when do you look at it? What will you do if it does not work?
review_every = "month"
decision = ""

# A question of your own, beside those of the type: the numbers that answer it, and those to watch with them.
# [[goals.first.questions]]
# ask = "…"
# lead = ["…"]
# beside = ["…"]

# A number you want to reach. Write <= or >= or a band with .., then the number and its unit: min, h, days, %.
# Leave baseline out until it is measured.
# [[goals.first.targets]]
# metric = "…"
# value = "…"
# by = 2026-12-31

# ---- where: last ----------------------------------------------------------------------------------------------------
# A channel is a place that serves a goal. No channel yet is fine: that is the right order.
# [channels.NAME]
# platform = "…"
# account = "…"
# serves = ["first"]
# because = "…"
# expect = "weekly"

# A place you do not use, and why, is a decision as well.
# [not_using.NAME]
# because = "…"
"""


def template(title: str = "", *, zone: str = "UTC", language: str = "en", currency: str = "") -> str:
    """The commented strategy file, blank but for what is given. It reads without faults and says what is missing."""
    words = {"title": title, "zone": zone, "language": language, "currency": currency}
    text = BLANK
    for name, value in words.items():
        text = text.replace(f"@{name}@", _quoted(value), 1)
    return text


def _quoted(text: str) -> str:
    """A TOML string: JSON's quoting, and the one control character that only TOML escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

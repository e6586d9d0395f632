"""What came in: is it whose we think, on time, about what we think, and looked at?"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics import words
from smmetrics.strategy.rules.ground import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.strategy.facts import Stranger
    from smmetrics.strategy.faults import Finding
    from smmetrics.strategy.goal import Every
    from smmetrics.strategy.model import Often
    from smmetrics.strategy.rules.ground import Ground

DAYS: Mapping[Often, int] = {"hourly": 1, "daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}
"""How many days may pass until the next file. What comes once is never late."""
BROAD = 0.8
"""A story that more of the posts match than this tells nothing."""
TEXTS = 30
"""Fewer posts with a text say nothing of a story."""
SILENT = 14
"""Days without hours after which logging has stopped."""
MONTHS: Mapping[Every, int] = {"month": 1, "quarter": 3, "year": 12}


def nothing_came_in(ground: Ground) -> Iterator[Finding]:
    """D011, once: without a file nothing about data can be judged."""
    what, why = ground.tell("D011", "all"), ground.tell("D011", "nothing_in")
    yield not_judged(ground, what, why, hint=ground.tell("D011", "hint_import"))


def names_nobody_bears(ground: Ground) -> Iterator[Finding]:
    """D001: a name of ours that nobody in the files bears."""
    facts = ground.facts
    for stranger in facts.strangers if facts else ():
        yield _stranger(ground, stranger, facts.withheld if facts else 0)
    for platform in facts.nameless if facts else ():
        what = ground.tell("D011", "handles", platform=platform)
        yield not_judged(ground, what, ground.tell("D011", "no_authors", platform=platform), "people")


def _stranger(ground: Ground, found: Stranger, withheld: int) -> Finding:
    told = "" if not withheld else ground.tell("D001", "one" if withheld == 1 else "several", n=withheld)
    hint = ground.tell("D001", "mend" if found.near else "hint", who=found.person, near=found.near)
    about = {"handle": found.handle, "who": found.person, "near": found.near, "withheld": told}
    path = ("people", found.person, "speaks_as", found.place)
    said = "near" if found.near else "message"
    return ground.find("D001", "warning", *path, said=said, hint=hint, posts=posts_text(found.posts), **about)


def late(ground: Ground) -> Iterator[Finding]:
    """D002: a channel whose next file should be there, or whose first never came."""
    for name, last in ground.facts.last.items() if ground.facts else ():
        expect = ground.strategy.channels[name].expect
        if expect is None:
            continue
        how = ground.facts.how.get(name, "") if ground.facts else ""
        get = ground.tell("D002", "how" if how else "hint", how=how)
        hint = ground.tell("D002", "leave", next=get, channel=name)
        path = ("channels", name, "expect")
        if last is None:
            yield ground.find("D002", "note", *path, said="nothing", hint=hint, channel=name, expect=expect)
            continue
        days = (ground.today - last).days - DAYS.get(expect, (ground.today - last).days)
        if days > 0:
            about = {"days": _days(days), "expect": expect, "last": day_text(last)}
            yield ground.find("D002", "warning", *path, hint=hint, channel=name, **about)


def stories_that_say_nothing(ground: Ground) -> Iterator[Finding]:
    """D003: a story that no post tells, or nearly every one."""
    facts, stories = ground.facts, ground.strategy.stories
    if facts is None or not stories:
        return
    if facts.posts < TEXTS:
        why = ground.tell("D011", "few_texts", texts=posts_text(facts.posts), needed=TEXTS)
        yield not_judged(ground, ground.tell("D011", "stories"), why, "stories")
        return
    for name, found in facts.stories.items():
        path, posts = ("stories", name), posts_text(facts.posts)
        if not found:
            hint = ground.tell("D003", "words", words=", ".join((*stories[name].any, *stories[name].all)))
            yield ground.find("D003", "warning", *path, said="nothing", hint=hint, story=name, posts=posts)
        elif found / facts.posts > BROAD:
            about = {"share": f"{100 * found / facts.posts:.0f}", "n": f"{found:,}", "posts": f"{facts.posts:,}"}
            hint = ground.tell("D003", "narrow")
            yield ground.find("D003", "warning", *path, said="broad", hint=hint, story=name, **about)


def reviews_due(ground: Ground) -> Iterator[Finding]:
    """D006: a goal's numbers were to be looked at together. Counted from `reviewed`, else from the first file."""
    for name, goal in ground.strategy.goals.items() if ground.facts else ():
        start = goal.reviewed or (ground.facts.first if ground.facts else None)
        if goal.review_every is None or start is None:
            continue
        due = after(start, goal.review_every)
        if due <= ground.today:
            every = ground.tell("D006", goal.review_every)
            said = "message" if goal.reviewed else "first"
            about = {"every": every, "due": day_text(due), "today": ground.today.isoformat()}
            yield ground.find("D006", "note", "goals", name, "review_every", said=said, goal=name, **about)


def after(day: date, every: Every) -> date:
    """The day one period later; the last of the month where that month is shorter."""
    if every == "week":
        return day + timedelta(days=7)
    months = day.year * 12 + day.month - 1 + MONTHS[every]
    year, month = divmod(months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def nothing_logged(ground: Ground) -> Iterator[Finding]:
    """D007: hours are planned, and nobody writes down those given."""
    facts = ground.facts
    planned = any(sum(goal.hours.values()) for goal in ground.strategy.goals.values())
    if facts is None or not planned:
        return
    hint = ground.tell("D007", "hint" if facts.logging else "none", how=facts.logging)
    if facts.logged is None:
        yield ground.find("D007", "note", "goals", said="never", hint=hint)
    elif (ground.today - facts.logged).days > SILENT:
        yield ground.find("D007", "note", "goals", hint=hint, last=day_text(facts.logged))


def hours_of_nobody_we_know(ground: Ground) -> Iterator[Finding]:
    """D014: the hours name people, goals or channels that are not in the strategy."""
    found = ground.facts.misnamed if ground.facts else ()
    for part in dict.fromkeys(each.part for each in found):
        here = [each for each in found if each.part == part]
        words_, lines = ", ".join(each.said for each in here), sum(each.lines for each in here)
        yield ground.find("D014", "warning", part, said=part, words=words_, lines=lines)


def posts_in_a_quiet_time(ground: Ground) -> Iterator[Finding]:
    """D009: posts of ours on days on which nobody was to speak."""
    for n, posts in ground.facts.quiet.items() if ground.facts else ():
        entry = ground.strategy.calendar[n]
        title = entry.title or entry.kind
        if posts is None:
            what = ground.tell("D011", "quiet", title=title)
            yield not_judged(ground, what, ground.tell("D011", "no_posts"), "calendar", n)
        elif posts:
            said = "one" if posts == 1 else "several"
            about = {"since": day_text(entry.date), "until": day_text(entry.until or entry.date), "title": title}
            yield ground.find("D009", "warning", "calendar", n, said=said, n=posts, **about)


def not_judged(ground: Ground, what: str, why: str, *path: str | int, hint: str | None = None) -> Finding:
    """D011: what cannot be judged is said once, with why."""
    return ground.find("D011", "note", *path, hint=hint, what=what, why=why)


def posts_text(posts: int) -> str:
    """How many posts, in words."""
    return words.say("review.units.posts_one") if posts == 1 else words.say("review.units.posts", n=f"{posts:,}")


def _days(days: int) -> str:
    return words.say("review.units.days_one") if days == 1 else words.say("review.units.days", n=f"{days:,}")

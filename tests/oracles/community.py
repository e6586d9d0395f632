"""A made-up community of fourteen months, told as files would: rows of every stored table, the same every time."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from smmetrics.tables.scope import AccountRef, Handle, OtherRef, PlanHours, Scope

FIRST, DAYS, RELEASED = date(2025, 1, 1), 425, 640
"""Line of ideas that was put into practice, on the half of that day."""
LAST = FIRST + timedelta(days=DAYS)
STAFF, MEMBERS = ("amy", "ben", *(f"s{n}" for n in range(10))), tuple(f"m{n:02}" for n in range(24))
NEWCOMERS, GROUPS = tuple(f"n{n:03}" for n in range(90)), tuple(f"g{n}" for n in range(12))
AMBASSADORS, ADVOCATES, LEADERS = STAFF, MEMBERS[:14], (*MEMBERS[14:], "amy")
UNITS = ("sales", "care", "workshop")
TOPICS = ("seeds", "tools", "returns")
SCOPE = Scope(
    zone="Europe/Berlin",
    ours=(AccountRef(platform="x", account="acme"),),
    staff=tuple(Handle(platform="x", handle=name, person=name) for name in STAFF),
    people=dict.fromkeys(STAFF, "host"),
    others=(OtherRef(name="greenco", kind="rival", platform="x", account="greenco"),),
    plan=tuple(PlanHours(goal="talk", person=name, hours_per_week=10) for name in STAFF),
    marks=(("greta", "advocate"),),
)


def clock(day, hour=9, minute=0):
    at = FIRST + timedelta(days=day)
    return datetime(at.year, at.month, at.day, hour, minute, tzinfo=UTC)


class Said:
    """Posts with their labels and counts, as they are made up."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.posts, self.labels, self.counts = [], [], []

    def post(self, person, when, *, account=None, up=None, root=None, kind="post", **more):
        name = f"p{len(self.posts)}"
        asks = ("What about slugs?", "What now, @acme?")
        text = self.draw.choice((*asks, *asks[1:] * 2, "See https://else.example/a @m05", "Thank you all, @acme"))
        self.posts.append({
            "post_id": name, "kind": kind, "person": person, "account_id": account, "created_at": when,
            "created_precision": "instant", "in_reply_to": up, "root_id": root, "text": text, "status": "published",
            "visibility": self.draw.choice(("public", "public", "group")), "duration_seconds": 60.0, **more,
        })  # fmt: skip
        self._label(name, (when.date() - FIRST).days)
        return name

    def _label(self, name, day):
        draw = self.draw
        told = {
            "promo": draw.choice(("yes", "no")), "needs_reply": draw.choice(("yes", "yes", "no")),
            "sentiment": draw.choice(("positive", "neutral", "negative")), "voice": draw.choice(("meets", "misses")),
            "intent": draw.choice(("complaint", "praise")), "toxicity": f"{draw.random():.2f}", "voice_by": "human",
            "topic": "; ".join(draw.sample(TOPICS, draw.randint(1, 2))), "subject": draw.choice(("us", "greenco")),
            "story": f"story {day // 3}", "idea": draw.choice(("bags", "hours")),
        }  # fmt: skip
        self.labels += [
            {"post_id": name, "kind": kind, "value": value, "labeller": "human", "version": "amy"}
            for kind, value in told.items()
        ]

    def counted(self, name):
        draw = self.draw
        seen = 1000 + draw.randrange(500)
        told = {
            "impressions": seen, "views": seen // 2, "reach": seen // 3, "clicks": 30, "link_clicks": 12,
            "likes": draw.randrange(40), "comments": draw.randrange(3, 9), "shares": draw.randrange(9),
            "quotes": draw.randrange(3), "saves": draw.randrange(9), "sends": draw.randrange(5), "trackbacks": 1,
            "engaged_views": seen // 4, "viewable_impressions": seen - 100, "watch_seconds": float(seen),
        }  # fmt: skip
        self.counts.append({"post_id": name, "account_id": "acme", "scope": "total", "window": "lifetime", **told})


def talk(seed=8):
    """Two conversations a day: one of ours that people answer, one of theirs that we, or others, answer mostly."""
    said = Said(seed)
    draw = said.draw
    for day in range(DAYS):
        one, other, third = draw.sample(MEMBERS, 3)
        begun = clock(day, draw.randrange(7, 12), draw.randrange(60))
        opened = said.post("amy", begun, account="acme")
        said.counted(opened)
        _turns(said, opened, begun, (one, "amy", one, other))
        asked = begun + timedelta(hours=2)
        asking = said.post(other, asked)
        back = ("ben", other, "ben", third, other, "amy")
        answers = ((), (draw.choice(STAFF),), (third, other, "amy"), *[back] * 5)
        _turns(said, asking, asked, draw.choice(answers))
        if draw.random() < 1 / 4:
            said.post(one, asked + timedelta(hours=5), kind="share", up=opened, root=opened)
        if draw.random() < 1 / 6:
            said.counted(said.post(None, asked, account="greenco"))
    for number, person in enumerate(NEWCOMERS):
        first = clock(280 + number * 3 // 2, 6)
        _turns(said, said.post(person, first), first, ("ben",))
        for hour in range(6 if number % 9 == 0 else 0):
            again = first + timedelta(hours=hour + 1)
            _turns(said, said.post(person, again), again, ("ben",))
        if number % 3:
            said.post(person, first + timedelta(days=25 if number % 2 else 65))
    return said


def _turns(said, root, when, people):
    above = root
    for person in people:
        when += timedelta(minutes=said.draw.randrange(20, 600))
        more = {"account": "acme"} if person in STAFF else {}
        above = said.post(person, when, up=above, root=root, kind="reply", **more)


def acts(draw):
    """Likes, mentions and readings."""
    found = []
    for number in range(DAYS * 2):
        one, other = draw.sample((*MEMBERS[:20], *STAFF), 2)
        act = draw.choice(("like", "like", "mention", "read", "share"))
        found.append({"person": one, "act": act, "target_id": f"t{number}", "other": other, "weight": 1.0,
                      "at": clock(number // 2, draw.randrange(24))})  # fmt: skip
    return found


def accounts():
    """Our account, a rival's, three groups."""
    kinds = {"acme": "ours", "greenco": "rival"} | dict.fromkeys(GROUPS, "group")
    return [{"account_id": name, "handle": name, "kind": kind} for name, kind in kinds.items()]


def account_counts(draw):
    found = []
    for day in range(DAYS):
        start = FIRST + timedelta(days=day)
        when = {"scope": "total", "window": "day", "window_start": start, "window_end": start + timedelta(days=1),
                "observed_at": clock(day + 1)}  # fmt: skip
        found.append({
            "account_id": "acme", **when, "followers": 500 + day, "gained": draw.randrange(5), "lost": draw.randrange(3),
            "active_people": 80, "posted_people": 20, "read_people": 60, "licensed_people": 120,
        })  # fmt: skip
        found += [{"account_id": group, **when, "posts_published": draw.randrange(2)} for group in GROUPS[1:]]
        found.append({"account_id": GROUPS[0], **when, "posts_published": 0})
    return found


def people():
    given = {name: ["staff"] for name in STAFF} | {name: ["member"] for name in (*MEMBERS, *NEWCOMERS)}
    extra = {"ambassador": AMBASSADORS, "advocate": ADVOCATES, "leader": LEADERS}
    return [
        {"platform_author_id": name, "person": name, "handle": name, "unit": UNITS[number % 3],
         "roles": [*roles, *(role for role, whose in extra.items() if name in whose)]}
        for number, (name, roles) in enumerate(given.items())
    ]  # fmt: skip


def sheets(draw):
    """What people keep by hand: a line or more a week in every table."""
    made = {name: [] for name in (
        "cases", "effort", "outreach", "ideas", "findings", "outcomes", "visits", "events", "pulse", "ratings", "roster",
        "credits", "memberships",
    )}  # fmt: skip
    made["memberships"] = [
        {"person": name, "place_id": "club", "from": FIRST, "unit": "sales", "licensed": True} for name in MEMBERS[:12]
    ]
    for number in range(DAYS * 2):
        _line(made, draw, number, clock(number // 2, draw.randrange(6, 16), draw.randrange(60)))
    return made


def _line(made, draw, number, at):
    later = at + timedelta(hours=draw.randrange(1, 400))
    maybe = later if draw.random() < 0.95 else None
    who, day = draw.choice(MEMBERS), at.date()
    made["cases"].append({
        "case_id": f"c{number}", "opened_at": at, "person": who, "channel": "mailbox", "topic": draw.choice(TOPICS),
        "staff_replies": draw.randrange(1, 4),
        "first_response_at": at + timedelta(hours=draw.randrange(1, 40)), "resolved_at": maybe,
        "reopened_at": maybe and draw.choice((None, None, later + timedelta(hours=300))), "csat": draw.choice((None, 2, 4, 5)),
    })  # fmt: skip
    made["effort"].append({
        "entry_id": f"e{number}", "day": day, "person": "amy", "task": draw.choice(("reply", "post", "meet", "listen")),
        "minutes": 25.0, "cost": 18.5, "currency": "EUR", "goal": "talk",
    })  # fmt: skip
    made["outreach"].append({
        "outreach_id": f"o{number}", "person": who, "by": "amy", "kind": draw.choice(("approach", "contact")), "at": at,
        "replied_at": maybe, "followed_up_at": maybe,
    })  # fmt: skip
    made["ideas"].append({
        "idea_id": f"i{number}", "idea": "bags", "captured_at": at, "topic": "seeds" if number == RELEASED else None,
        "decision": draw.choice((None, "yes", "no")), "decided_at": maybe, "told_at": maybe and draw.choice((None, maybe)),
        "released_at": clock(RELEASED // 2) if number == RELEASED else None,
    })  # fmt: skip
    made["findings"].append({
        "finding_id": f"f{number}", "noticed_at": at, "told_at": maybe, "noticed_before_told": draw.choice((True, False)),
        "result": draw.choice(("open", "used", "not_used", "already_known")),
    })  # fmt: skip
    made["outcomes"].append({"outcome_id": f"s{number}", "at": at, "kind": "sale", "amount": 12.5, "currency": "EUR"})
    made["visits"].append({
        "account_id": "site", "date": day, "channel": "Organic Social", "campaign": ("greta", "spring")[number % 2],
        "visits": 30, "conversions": draw.randrange(5), "value": 12.0, "currency": "EUR",
    })  # fmt: skip
    made["events"].append(
        {"event_id": f"v{number}", "at": at, "kind": "stand", "invited": 30, "came": draw.randrange(30)}
    )
    made["pulse"].append({
        "asked_on": day, "question": "Is it fair?", "group": f"g{number % 2}", "invited": 40,
        **{f"answers_{step}": draw.randrange(2, 9) for step in range(1, 6)},
    })  # fmt: skip
    made["ratings"].append({"rating_id": f"r{number}", "at": at, "scale": "nps", "value": float(draw.randrange(11))})
    made["roster"].append({"person": draw.choice(STAFF), "from": at, "to": at + timedelta(hours=3), "channel": "chat"})
    made["credits"].append({
        "credit_id": f"k{number}", "item": f"item {number // 3}", "person": who, "ours": number % 3 > 0, "at": at,
        "unit": draw.choice((*UNITS, None)),
    })  # fmt: skip


def fill(desk):
    """Bring all of it in, as four files."""
    draw, said = random.Random(3), talk()
    seen = clock(DAYS + 20)
    days = {"start": FIRST, "end": LAST, "grain": "event", "facts": "", "complete": True}
    held = sheets(draw)
    site = {"visits": held.pop("visits")}
    desk.file(
        platform="x", kind="x.made", observed=seen, posts=said.posts, post_counts=said.counts, labels=said.labels,
        acts=acts(draw), accounts=accounts(), account_counts=account_counts(draw), people=people(),
        spans=[{"account_id": name, **days} for name in ("acme", "greenco", *GROUPS)],
    )  # fmt: skip
    spans = {"account_id": "(log)", **days}
    desk.file(platform="offline", kind="offline.made", observed=seen, spans=[spans], **held)
    desk.file(platform="web", kind="web.made", observed=seen, spans=[{**spans, "account_id": "site"}], **site)
    return desk

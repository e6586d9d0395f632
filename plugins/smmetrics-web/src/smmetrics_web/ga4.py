"""Google Analytics 4: reports saved as CSV. Lines with ``#`` above each table say of which site and days it is.

A file of several cards has several tables one below the other. A row whose cells are empty but for numbers, and one
that is called a total, sums up the others and is counted as such.
"""

from __future__ import annotations

from dataclasses import replace

from smmetrics.api import Capability, Column, Gap, Layout, NameRange, Signature, Source
from smmetrics_web.tongues import spoken
from smmetrics_web.words import (
    CAMPAIGN,
    CELLS,
    CONVERSIONS,
    CUTS,
    DIMENSIONS,
    EVIDENCE,
    GROUP,
    HEADERS,
    NUMBERS,
    VALUE,
    VISITS,
)

HOW = "Google Analytics, Reports, {}, share icon, Download file, CSV."
TAKES = "The role of a viewer on the property; the file is made at once. Days of the last two days may still change."
DAY, NTH = spoken(("Date",)), spoken(("Nth day",))
_START, _END = r"(?:Start date|Fecha de inicio|開始日)", r"(?:End date|Fecha de finalización|終了日)"
_SITE, _OWNER = r"(?:Property|Propiedad|プロパティ)", r"(?:Account|Cuenta|アカウント)"
"""The words of the lines above a table: English, Spanish as a real export has them, Japanese as a reader of them."""
_SAYS = r"[^:：\n]+[:：] ?"
"""Any words and a colon: in other languages the lines are known by what stands in them, and where."""
_PERIODS = tuple(
    tuple(f"{name} {number}" for name in ("Week", "Day", "Month", "Semana", "Día", "Mes")) for number in range(2)
)
"""What the first and the second column of a cohort are called."""
DATES = "date %Y%m%d | %Y-%m-%d"
HEAD = NameRange(
    pattern=(
        rf"(?m)^# (?!{_END})(?:{_SAYS})?(?P<start>\d{{8}})(?:(?:-|\n# {_SAYS})(?P<end>\d{{8}}))?$"
        rf"|^# (?:{_SITE}: |(?!{_OWNER}){_SAYS}(?!\d{{8}}$)(?=.+\n# -{{4}}))(?P<account>.+)"
    ),
    formats=("%Y%m%d",),
    end="inclusive",
)
"""Days stand in two lines, one below the other; the property in the last line before the rule."""
LAYOUT = Layout(
    blocks=True,
    open_end=True,
    above=rf"(?m)^# (?:{_SITE}|{_OWNER}|{_START}): |^# (?:{_SAYS})?\d{{8}}(?:-|\n# {_SAYS})\d{{8}}$",
    footer=(r"^$", r"^(?i:Grand total|Totals?|総計|合計)$"),
)
OTHERS = tuple(
    name for word, names in CUTS.items() if word not in {"channel_group", "campaign"} for name in spoken(names)
)
RETURNED = tuple(
    Column(
        names=(name,),
        fact="breakdowns.number",
        parse="number",
        sets=(("fact", "web__active_people"), ("dimension", "new_or_returning"), ("value", name)),
    )
    for name in ("new", "returning")
)
"""The card of new and returning visitors by day has a column for each."""
VISITORS = ("App-instance ID", "Effective user ID", "Client ID", "User ID")
"""Rows of single visitors: their numbers would be taken for several numbers of one thing, and they are people."""
NO_POSTS = (
    Gap(fact="posts.kind", why="Visits to a site are not conversations.", reason="platform.closed"),
    Gap(fact="posts.person", why="Google Analytics names no visitor.", reason="platform.closed"),
    Gap(fact="post_counts.views", why="Pages are no posts: how often they were opened stands in the breakdowns."),
    *(
        Gap(
            fact=f"account_counts.{name}",
            why="A site has visits and no account with followers.",
            reason="platform.closed",
        )
        for name in ("followers", "gained", "lost", "impressions", "reach", "likes", "comments", "shares", "views")
    ),
)

VISITED = Source(
    kind="ga4_acquisition",
    platform="web",
    table="visits",
    title="Google Analytics 4, visits by day and channel",
    container="csv",
    how_to_get=HOW.format("Acquisition, Traffic acquisition, with Date as the second dimension"),
    takes=TAKES,
    minutes=5,
    holds="How many visits came each day from which group of channels (and campaign), and what came of them.",
    signature=Signature(any_of=((*DAY, *NTH), GROUP, VISITS), forbidden=OTHERS),
    layout=LAYOUT,
    columns=(
        Column(names=DAY, fact="visits.date", parse=DATES),
        Column(names=NTH, fact="visits.date", parse="date @nth"),
        Column(names=GROUP, fact="visits.channel", required=True),
        Column(names=CAMPAIGN, fact="visits.campaign"),
        Column(names=VISITS, fact="visits.visits", parse="int"),
        Column(names=CONVERSIONS, fact="visits.conversions", parse="int"),
        Column(names=VALUE, fact="visits.value", parse="number", negative=True),
        Column(names=DAY, fact="breakdowns.window_start", parse=DATES),
        Column(names=NTH, fact="breakdowns.window_start", parse="date @nth"),
        *(each for each in DIMENSIONS if each.names in (GROUP, CAMPAIGN)),
        *CELLS,
    ),
    grain="day",
    window="day",
    head_range=HEAD,
    covers=("visits", "breakdowns"),
    can=(
        Capability(fact="visits.date", native="Date", grain="day", evidence=EVIDENCE),
        Capability(fact="visits.channel", native=GROUP[0], grain="day", evidence=EVIDENCE),
        Capability(
            fact="visits.campaign",
            native=CAMPAIGN[0],
            grain="day",
            evidence=EVIDENCE,
            meaning="where it is added as a dimension",
        ),
        Capability(fact="visits.visits", native="Sessions", grain="day", evidence=EVIDENCE),
        Capability(fact="visits.conversions", native="Key events", grain="day", evidence=EVIDENCE),
        Capability(fact="visits.value", native="Total revenue", grain="day", evidence=EVIDENCE),
    ),
    cannot=NO_POSTS,
)
BY_DAY = Source(
    kind="ga4_days",
    platform="web",
    table="breakdowns",
    title="Google Analytics 4, report by day",
    container="csv",
    how_to_get=HOW.format("any report with a chart by day, or with Date as the second dimension"),
    takes=TAKES,
    minutes=5,
    holds="What the site had on each day, of all visitors or cut by what you chose.",
    signature=Signature(any_of=((*DAY, *NTH), (*NUMBERS, "new")), forbidden=VISITORS),
    layout=LAYOUT,
    constants=(("dimension", "all"), ("value", "all")),
    columns=(
        Column(names=DAY, fact="breakdowns.window_start", parse=DATES),
        Column(names=NTH, fact="breakdowns.window_start", parse="date @nth"),
        *DIMENSIONS,
        *CELLS,
        *RETURNED,
    ),
    grain="day",
    window="day",
    head_range=HEAD,
    covers=("breakdowns",),
    can=(Capability(fact="breakdowns.number", native="Active users", grain="day", evidence=EVIDENCE),),
    cannot=NO_POSTS,
)
COHORTS = Source(
    kind="ga4_cohorts",
    platform="web",
    table="breakdowns",
    title="Google Analytics 4, how many came back",
    container="csv",
    how_to_get=HOW.format("the snapshot of reports, with the card on how well you retain users"),
    takes="Nothing: how many came each day or week stands in the other tables of the file.",
    signature=Signature(any_of=(DAY, _PERIODS[0], _PERIODS[1])),
    layout=LAYOUT,
    refuses="They say of each week's first visitors how many came back in the weeks after: no metric asks for that.",
)
COHORT = replace(
    COHORTS,
    kind="ga4_cohort",
    title="Google Analytics 4, how many of a day's first visitors came back",
    signature=Signature(any_of=(("Cohort", "Cohorte"),)),
)
REPORT = Source(
    kind="ga4_report",
    platform="web",
    table="breakdowns",
    title="Google Analytics 4, report",
    container="csv",
    how_to_get=HOW.format("any report (Events, Pages and screens, Traffic acquisition …)"),
    takes=TAKES,
    minutes=5,
    holds="What the site had in the days chosen, cut by event, page, channel, country or what you chose.",
    signature=Signature(any_of=(HEADERS, NUMBERS), forbidden=(*DAY, *NTH, *VISITORS)),
    layout=LAYOUT,
    columns=(*DIMENSIONS, *CELLS),
    grain="range",
    window="range",
    head_range=HEAD,
    covers=("breakdowns",),
    can=(Capability(fact="breakdowns.number", native="Event count", grain="range", evidence=EVIDENCE),),
    cannot=NO_POSTS,
)

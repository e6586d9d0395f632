"""Conversations: how deep they go, the questions nobody answered, and the threads in which nobody of us spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from smmetrics.panels import charts
from smmetrics.panels.asked import asked, listens, reads
from smmetrics.panels.results import PanelResult, Table
from smmetrics.panels.telling import plural
from smmetrics.panels.texts import begin, midnight, moment, on_day, where_words
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from smmetrics.panels.results import Chart
    from smmetrics.panels.source import GoalInfo, Source, View

MOST = 5_000
"""Conversations looked at, newest first; beyond that the panel says so."""
LISTED = 25
_TALK = frozenset(
    {
        "answered_at", "replied_at", "to_us", "staff_replies", "audience_replies", "first_staff_reply_at",
        "first_audience_reply_at", "first_followup_at", "opener_followup_at", "first_response_at", "alternations",
    }
)  # fmt: skip
"""Columns that a metric reads only if it asks who answered whom."""
_COLUMNS = (
    "platform", "account", "brand", "ours", "theirs", "title", "text", "created_at", "created_on", "depth",
    "audience_replies", "staff_replies", "first_audience_reply_at",
)  # fmt: skip


def conversations(source: Source, view: View, goal: GoalInfo) -> PanelResult:
    """Questions and threads nobody of us answered, newest first; only for goals that ask who answered whom."""
    nothing = PanelResult(panel="conversations", title="Conversations", goal=goal.name)
    if listens(goal) or not any(one.role == "lead" and reads(one.info, _TALK) for one in asked(source, view, goal)):
        return nothing
    threads = source.table("threads", view, columns=_COLUMNS, limit=MOST)
    if threads.is_empty():
        return nothing
    known = threads.filter(pl.col("depth").is_not_null())
    waiting = _waiting(known, source)
    asking = _questions(source, view)
    tables = [_question_table(asking, source, view)] if asking.height else []
    tables += [_table(waiting, source, view)] if waiting.height else []
    return PanelResult(
        panel="conversations",
        title="Conversations",
        goal=goal.name,
        words=(_told(known, waiting.height),) if known.height else (),
        charts=_drawn(known, goal),
        tables=tuple(tables),
        notes=tuple(_notes(threads, source, source.count("threads", view))),
    )


def _questions(source: Source, view: View) -> pl.DataFrame:
    """Questions of people, to us or on our ground, that nobody replied to; none where nobody knows who replies."""
    columns = (
        *("platform", "account", "brand", "theirs", "to_us", "is_question", "replied_at", "text"),
        *("created_at", "created_on"),
    )
    posts = source.table("posts", view, columns=columns, limit=MOST)
    ours = pl.col("to_us") | (pl.col("to_us").is_not_null() & (pl.col("brand") == "us"))
    open_ones = posts.filter(pl.col("theirs") & pl.col("is_question") & ours & pl.col("replied_at").is_null())
    return _newest(open_ones, moment(source))


def _question_table(questions: pl.DataFrame, source: Source, view: View) -> Table:
    until = _until(source, view)
    rows = tuple(
        (
            on_day(row["since"], source),
            _age(row, until),
            begin(row["text"]),
            where_words(row, source),
        )
        for row in questions.head(LISTED).iter_rows(named=True)
    )
    return Table(
        name="questions",
        title="Questions nobody answered",
        columns=("Asked", "Age", "Begins", "Where"),
        rows=rows,
        total=questions.height,
        note=_NOTE,
    )


_NOTE = "Newest first; ages count up to the last day of data."


def _waiting(known: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Threads with something said to us and no word from us: ours that were answered, and theirs on our ground."""
    answered = pl.col("ours") & (pl.col("audience_replies") > 0)
    brought = pl.col("theirs") & (pl.col("brand") == "us")
    silent = known.filter((answered | brought) & (pl.col("staff_replies") == 0))
    return _newest(silent, pl.when("ours").then("first_audience_reply_at").otherwise(moment(source)))


def _newest(rows: pl.DataFrame, since: pl.Expr) -> pl.DataFrame:
    """The newest first, with since when somebody waits; `whole_day` where of what they wrote only the day is known."""
    whole_day = pl.col("theirs") & pl.col("created_at").is_null()
    return rows.with_columns(since=since, whole_day=whole_day).sort("since", descending=True, nulls_last=True)


def _told(known: pl.DataFrame, waiting: int) -> str:
    """Who waits for us, and for whom we wait: the conversations that the chart calls unanswered are both."""
    count = plural(known.height, "conversation")
    told = (
        say("panels.conversations.waiting", waiting=f"{waiting:,}", count=count)
        if waiting
        else say("panels.conversations.nobody", count=count)
    )
    alone = known.filter(pl.col("ours") & (pl.col("depth") == 0)).height
    return f"{told} {say('panels.conversations.alone', alone=f'{alone:,}')}" if alone else told


def _drawn(known: pl.DataFrame, goal: GoalInfo) -> tuple[Chart, ...]:
    if known.is_empty():
        return ()
    counted = known.group_by("depth").agg(pl.len().alias("threads")).sort("depth")
    rows = list(counted.iter_rows(named=True))
    return (charts.threads_by_depth(rows, name=f"threads-{goal.name}", title="Conversations by depth"),)


def _table(waiting: pl.DataFrame, source: Source, view: View) -> Table:
    """Who waits, where, since when. Strangers are members here, never names."""
    until = _until(source, view)
    rows = tuple(
        (
            on_day(row["since"], source),
            _age(row, until),
            begin(row["title"] or row["text"]),
            where_words(row, source),
            "us" if row["ours"] else "a member",
            f"{row['audience_replies'] or 0:,}",
        )
        for row in waiting.head(LISTED).iter_rows(named=True)
    )
    return Table(
        name="unanswered",
        title="Conversations in which nobody of us spoke",
        columns=("Since", "Age", "Begins", "Where", "Opened by", "Answers"),
        rows=rows,
        total=waiting.height,
        note=_NOTE,
    )


def _until(source: Source, view: View) -> datetime | None:
    covered = source.days()
    ends: list[date] = [end for end in (view.until, covered[1] if covered else None) if end is not None]
    return midnight(min(ends), source) if ends else None


def _age(row: Mapping[str, Any], until: datetime | None) -> str:
    """How long somebody waits, in whole days, or hours on the first day if the hour it began is known."""
    if row["since"] is None or until is None:
        return ""
    hours = max(0, int((until - row["since"]).total_seconds() // 3600))
    if row["whole_day"] or hours >= 24:  # noqa: PLR2004 (a day)
        return plural(hours // 24, "day")
    return plural(hours, "hour")


def _notes(threads: pl.DataFrame, source: Source, total: int) -> list[str]:
    """Where nobody can tell who answered whom, and how many conversations were not looked at."""
    unknown = threads.filter(pl.col("depth").is_null()).group_by("platform").len().sort("platform")
    notes = [
        f"{source.platforms.get(name, name)}: {plural(count, 'post')} whose answers its files do not show."
        for name, count in unknown.iter_rows()
    ]
    if total > threads.height:
        notes.append(f"The newest {threads.height:,} of {total:,}.")
    return notes

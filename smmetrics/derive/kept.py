"""Tables that people keep by hand, as formulas see them: who acted, on which day, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive import ahead, who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from smmetrics.derive.base import Base

SATISFIED = 4
"""Of five, as the catalogue's csat counts."""
PROMOTER, DETRACTOR = 9, 6
_ALL_HOURS = "1h"


def cases(base: Base) -> pl.LazyFrame:
    """Requests for help as the sheet has them; whoever is not known as staff is a customer."""
    rows = who.with_account(_dated(base, "cases", "opened_at"), base.accounts)
    asked = pl.col("csat").is_not_null()
    return acting(rows, base).with_columns(
        satisfied=pl.col("csat") >= SATISFIED,
        csat_weight=pl.when(asked).then(pl.lit(1.0)),
        by_customer=~pl.col("staff").fill_null(value=False),
        needs_reply=pl.lit(value=True),
    )


def outreach(base: Base) -> pl.LazyFrame:
    """Approaches, with the time their person was first heard afterwards, by us or by anybody."""
    rows = acting(_dated(base, "outreach", "at"), base).with_row_index("_row")
    whose = base.links.of("person").alias("_whose")
    heard = base.acts.filter(pl.col("act") != "meet").select(whose, pl.col("at").alias("_heard"))
    later = rows.select("_row", whose, pl.col("created_on").alias("_since")).join(heard, on="_whose", how="inner")
    after = later.filter(pl.col("_heard").dt.convert_time_zone(base.scope.zone).dt.date() >= pl.col("_since"))
    first = after.group_by("_row").agg(pl.col("_heard").min().alias("active_at"))
    return rows.join(first, on="_row", how="left", maintain_order="left").drop("_row")


def ideas(base: Base) -> pl.LazyFrame:
    """Ideas; one without a decision is neither taken up nor not."""
    return acting(_dated(base, "ideas", "captured_at"), base).with_columns(adopted=pl.col("decision") == "yes")


def findings(base: Base) -> pl.LazyFrame:
    """Findings as they stand."""
    return _dated(base, "findings", "noticed_at")


def outcomes(base: Base) -> pl.LazyFrame:
    """Outcomes as they stand."""
    return acting(_dated(base, "outcomes", "at"), base)


def visits(base: Base) -> pl.LazyFrame:
    """One row a visit: a day's count gives that many, of which as many converted as there were conversions.

    More conversions than visits say that somebody converted twice, and not how many did: ``converted`` is unknown.
    """
    days = who.with_account(base.snapshot.current("visits"), base.accounts)
    number = pl.col("visits").fill_null(0)
    several = days.filter(number > 0).with_columns(
        created_on=pl.col("date"),
        social=pl.col("channel").str.to_lowercase().str.contains("social", literal=True),
        value=pl.col("value") / number,
        _number=pl.int_ranges(0, number),
        _of=pl.concat_str(
            "platform",
            pl.col("account_id").fill_null(""),
            "date",
            "channel",
            "campaign",
            separator="|",
            ignore_nulls=True,
        ),
    )
    each = several.explode("_number", empty_as_null=False, keep_nulls=False)
    known = pl.col("conversions") <= pl.col("visits")
    return each.with_columns(
        visit_id=pl.format("{}|{}", "_of", "_number"),
        converted=pl.when(known).then(pl.col("_number") < pl.col("conversions")),
        via_roles=_via(base),
    )


def _via(base: Base) -> pl.Expr:
    """Of each visit the roles of those whose links carry its campaign; unknown where it says none, or none is known."""
    roles: dict[str, list[str]] = {}
    for mark, role in base.scope.marks:
        roles.setdefault(mark, []).append(role)
    if not roles:
        return pl.lit(None, dtype=pl.List(pl.String()))
    said = pl.col("campaign").str.strip_chars().str.replace_all(r"\s+", " ").str.to_lowercase()
    told = [pl.when(said == mark).then(pl.lit(each, dtype=pl.List(pl.String()))) for mark, each in roles.items()]
    nobody = pl.lit([], dtype=pl.List(pl.String()))
    return pl.when(said != "").then(pl.coalesce(*told, nobody))


def ratings(base: Base) -> pl.LazyFrame:
    """Judgements; one without a kind is of the kind its scale names."""
    rows = acting(_dated(base, "ratings", "at"), base).with_columns(
        kind=pl.coalesce("kind", "scale"), score=pl.col("value")
    )
    point = (pl.col("score") >= PROMOTER).cast(pl.Int64) - (pl.col("score") <= DETRACTOR).cast(pl.Int64)
    return rows.with_columns(nps_point=pl.when(pl.col("kind") == "nps").then(point))


def credited(base: Base) -> pl.LazyFrame:
    """Who had a part in what: the sheet says whose side they are on, and their unit where no membership must."""
    rows = _dated(base, "credits", "at").rename({"ours": "_said", "unit": "_unit_said"})
    named = pl.col("person").is_not_null()
    ours = pl.when(named).then(pl.coalesce("_said", "staff"))
    return acting(rows, base).with_columns(
        ours=ours, staff=ours, theirs=~ours, unit=pl.when(named).then(pl.coalesce("_unit_said", "unit"))
    )


def roster_hours(base: Base) -> pl.LazyFrame:
    """Shifts cut into the hours they touch; two shifts of one person in one hour are one row.

    Whoever it names in the strategy's word is staff.
    """
    shifts = base.snapshot.current("roster").filter(pl.col("from") < pl.col("to"))
    first = pl.col("from").dt.truncate(_ALL_HOURS)
    hours = shifts.with_columns(hour=pl.datetime_ranges(first, "to", _ALL_HOURS, closed="left"))
    each = hours.explode("hour", empty_as_null=False, keep_nulls=False)
    once = each.unique(["platform", "person", "channel", "hour"], keep="first", maintain_order=True)
    named = once.with_columns(
        created_on=pl.col("hour").dt.convert_time_zone(base.scope.zone).dt.date(),
        roster_id=pl.concat_str("platform", "person", "channel", "hour", separator="|", ignore_nulls=True),
    )
    ours = pl.col("person").is_in(list(base.scope.people)) | pl.col("staff").fill_null(value=False)
    return acting(named, base).with_columns(staff=pl.when(pl.col("person").is_not_null()).then(ours))


def pulse(base: Base) -> pl.LazyFrame:
    """Questions with their answers; one without an id is told apart by day, question and group."""
    told = pl.concat_str("platform", "asked_on", "question", "group", separator="|", ignore_nulls=True)
    return base.snapshot.current("pulse").with_columns(pulse_id=pl.coalesce("pulse_id", told))


def events(base: Base) -> pl.LazyFrame:
    """Meetings whose day has come, without those that were called off."""
    called_off = (pl.col("status") == "cancelled").fill_null(value=False)
    return ahead.come(_dated(base, "events", "at").filter(~called_off), base, "created_on")


def _dated(base: Base, table: str, time: str) -> pl.LazyFrame:
    """Rows with the day they belong to; a time that is only a day is none (`api.kept`)."""
    local = pl.col(time).dt.convert_time_zone(base.scope.zone).dt.date()
    coarse = (pl.col("precision") == "day").fill_null(value=False)
    day = pl.when(coarse).then(pl.coalesce("day", local)).otherwise(pl.coalesce(local, "day"))
    exact = pl.when(~coarse).then(pl.col(time))
    return base.snapshot.current(table).with_columns(day.alias("created_on"), exact.alias(time))


def acting(rows: pl.LazyFrame, base: Base) -> pl.LazyFrame:
    """Who acted: an unnamed person is unknown, whatever account the row is under."""
    unaccounted = ("_account_ours", "_account_rival", "_account_handle", "account_id", "brand")
    there = set(rows.collect_schema().names())
    types = {"_account_handle": pl.String(), "account_id": pl.String(), "brand": pl.String()}
    absent = [
        pl.lit(None, dtype=types.get(name, pl.Boolean())).alias(name) for name in unaccounted if name not in there
    ]
    known = who.with_person(base.without_bots(rows.with_columns(absent)), base.people)
    return known.with_columns(**who.judged(pl.col("created_on"), pl.lit(value=True), base.stays))


MAKERS: Mapping[str, Callable[[Base], pl.LazyFrame]] = {
    "outreach": outreach,
    "ideas": ideas,
    "findings": findings,
    "outcomes": outcomes,
    "visits": visits,
    "ratings": ratings,
    "credits": credited,
    "roster_hours": roster_hours,
    "pulse": pulse,
    "events": events,
}

"""Every formula of the catalogue equals what plain loops over dictionaries give: a second reading of the language.

The interpreter below shares nothing with the engine: it walks Python's own syntax tree over lists of rows, one row at a
time, with ``None`` as unknown. It is itself held against the published values first.
"""

from __future__ import annotations

import ast
import csv
import json
import math
import random
import statistics
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from smmetrics.engine import Window, measure
from smmetrics.engine.office import Office
from smmetrics.engine.office import worked as office_hours

SHARED = Path(__file__).parents[2].parent / "shared"
if not (SHARED / "oracles").is_dir():
    pytest.skip("the oracle tables are not on this machine", allow_module_level=True)

PARAMETERS = json.loads((SHARED / "oracles" / "parameters.json").read_text(encoding="utf-8")) | {"within": 8}
RENAMED = {"period": "window", "period_start": "window_start"}
AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
OPENS, CLOSES = 9, 17
SINCE, UNTIL = date(2026, 3, 1), date(2026, 4, 1)
CORE = {
    "posts": "created_at", "threads": "created_at", "acts": "at", "ends": "at", "cases": "opened_at", "people": None,
    "accounts": None, "account_counts": "window_start", "effort": "day", "plan": "day", "outreach": "at",
    "ideas": "captured_at", "visits": "at", "ratings": "at", "credits": "at", "roster_hours": "hour",
    "person_scores": "window_start", "posts_by_subject": "created_at", "posts_by_topic": "created_at",
    "posts_by_story": "created_at", "posts_by_idea": "created_at", "findings": "noticed_at", "pulse": "asked_on",
    "events": "at", "outcomes": "at",
}  # fmt: skip
AGGREGATES = frozenset(
    [
        "count",
        "sum",
        "mean",
        "mean_of",
        "sd",
        "ratio",
        "share",
        "wait",
        "distinct",
        "median",
        "quantile",
        "min",
        "max",
        "last",
        "gini",
        "hhi",
        "top_share",
        "top_count",
    ]
)


def formulas():
    """The catalogue's formulas by id, and the published values' ones."""
    lines = (SHARED / "design" / "kpi-formulas.tsv").read_text(encoding="utf-8").splitlines()
    for row in csv.reader(lines[1:], delimiter="\t"):
        if row and len(row) > 4 and row[4] == "formula":
            yield row[0], row[3]


def opened(name, views):
    """Rows of one table, with times as times."""
    kinds = {column.name: column.type for column in views[name].columns}
    rows = []
    for line in (SHARED / "oracles" / "tables" / f"{name}.ndjson").read_text(encoding="utf-8").splitlines():
        found = {RENAMED.get(key, key): value for key, value in json.loads(line).items()}
        row = dict.fromkeys(kinds)
        for key, value in found.items():
            if key in kinds:
                row[key] = as_time(value, kinds[key])
        rows.append(row)
    return rows


def made_up(name, views):
    """Rows of a table that the oracles lack: some values missing, some times not yet, half of them in the period."""
    draw = random.Random(name)
    rows = []
    for number in range(60):
        row = dict.fromkeys(column.name for column in views[name].columns)
        noticed = datetime(2026, 2, 15, tzinfo=UTC) + timedelta(hours=draw.randrange(60 * 24))
        told = {
            "findings": {"finding_id": f"f{number}", "noticed_at": noticed,
                         "told_at": draw.choice([None, noticed + timedelta(hours=draw.randrange(900))]),
                         "result": draw.choice([None, "open", "used", "not_used", "already_known"]),
                         "noticed_before_told": draw.choice([None, True, False])},
            "pulse": {"pulse_id": f"q{number}", "asked_on": noticed.date(), "invited": draw.choice([None, 20, 50]),
                      **{f"answers_{n}": draw.choice([None, 0, n, 7]) for n in range(1, 6)}},
            "events": {"event_id": f"e{number}", "at": noticed, "invited": draw.choice([None, 0, 12, 30]),
                       "came": draw.choice([None, 0, 5, 11])},
        }  # fmt: skip
        rows.append(row | {"platform": "m"} | told[name])
    return rows


MADE_UP = ("findings", "pulse", "events")


def as_time(value, kind):
    if value is None or kind not in {"instant", "date"}:
        return value
    if kind == "date":
        return date.fromisoformat(value[:10])
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def instant(value):
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


class Place:
    """Where an expression is read: tables, window, slices; a row, or the row of an entity."""

    def __init__(self, plain, tables, since, until, slices, row=None, on="default", day=None):  # noqa: PLR0917
        self.plain, self.tables, self.slices, self.row, self.on, self.day = plain, tables, slices, row, on, day
        self.since, self.until = since, until

    def but(self, **changes):
        kept = {name: getattr(self, name) for name in ("tables", "since", "until", "slices", "row", "on", "day")}
        return Place(self.plain, **(kept | changes))


class Plain:
    """The interpreter."""

    def __init__(self, tables, open_columns):
        self.tables, self.open = tables, open_columns

    def number(self, text, since, until, slices):
        return self.value(ast.parse(text, mode="eval").body, Place(self, self.tables, since, until, slices))

    # --- expressions

    def value(self, node, at):
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self.name(name, at)
            case ast.Attribute(attr=name):
                return at.row[name]
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self.value(inner, at)
                return None if found is None else not found
            case ast.UnaryOp(operand=inner):
                found = self.value(inner, at)
                return None if found is None else -found
            case ast.BoolOp(op=op, values=values):
                return kleene([self.value(each, at) for each in values], isinstance(op, ast.And))
            case ast.BinOp(op=op, left=left, right=right):
                return arithmetic(op, self.value(left, at), self.value(right, at))
            case ast.Compare():
                return self.comparison(node, at)
            case ast.Call():
                return self.call(node, at)
        raise AssertionError(ast.dump(node))

    def name(self, name, at):
        if at.row is not None and name in at.row:
            return at.row[name]
        if name in PARAMETERS:
            return PARAMETERS[name]
        bounds = {"period_start": instant(at.since), "period_end": instant(at.until), "as_of": AS_OF}
        if name == "period_days":
            return (at.until - at.since).days
        return bounds[name]

    def comparison(self, node, at):
        sides = [node.left, *node.comparators]
        found = []
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            one = self.value(left, at)
            if isinstance(op, ast.Is | ast.IsNot):
                found.append((one is None) is isinstance(op, ast.Is))
                continue
            if isinstance(op, ast.In | ast.NotIn):
                other = [each.value for each in right.elts] if isinstance(right, ast.Tuple) else self.value(right, at)
                found.append(member(one, other, isinstance(op, ast.NotIn)))
                continue
            found.append(compared(op, one, self.value(right, at)))
        return kleene(found, True)

    # --- calls

    def call(self, node, at):
        name = node.func.id
        words = {keyword.arg: keyword.value for keyword in node.keywords}
        if name == "previous":
            length = at.until - at.since
            return self.value(node.args[0], at.but(since=at.since - length, until=at.since))
        if name == "trailing":
            days = timedelta(days=int(self.value(words["days"], at)))
            return self.value(node.args[0], at.but(since=at.until - days))
        if name == "total":
            left = {key: value for key, value in at.slices.items() if key != words["over"].id}
            return self.value(node.args[0], at.but(slices=left))
        if name in AGGREGATES:
            return self.aggregate(name, node, words, at)
        return self.row_function(name, node, at)

    def row_function(self, name, node, at):
        if name in {"hours", "business_hours", "days"}:
            start, end = (instant(self.value(each, at)) for each in node.args[:2])
            if start is not None and end is None and self.may_come(node.args[1], at):
                return math.inf
            if start is None or end is None:
                return None
            if name == "business_hours":
                return worked(start, end)
            return (end - start) / timedelta(hours=24 if name == "days" else 1)
        args = [self.value(each, at) for each in node.args]
        if name == "captured":
            known = [each for each in args if each is not None]
            return sum(known) if known else None
        if name == "has":
            return None if args[0] is None else args[1] in args[0]
        if any(each is None for each in args):
            return None
        if name == "contains":
            return args[1] in args[0]
        if name == "log":
            return math.log(args[0]) if args[0] > 0 else None
        return {"abs": abs, "min_of": min, "max_of": max, "size": len}[name](*args)

    def may_come(self, node, at):
        """Whether no time means not yet: of a column so declared, or of the least or greatest of one."""
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name in self.open
            case ast.Call(args=[first, *_]):
                return self.may_come(first, at)
        return False

    # --- aggregates

    def rows(self, table, where, at, on):
        """The rows of a period that a condition is true for."""
        clock = CORE[table]
        by = at.on if on == "default" else on
        by = clock if by == "default" else by
        kept = []
        for row in at.tables[table]:
            if any(str(row.get(key)) != value for key, value in at.slices.items()):
                continue
            if clock is not None:
                when = row[by] if by else row[clock]
                if when is None or instant(when) >= instant(at.until) or (by and instant(when) < instant(at.since)):
                    continue
                if at.day and instant(when).date() != at.day:
                    continue
            if where is None or self.value(where, at.but(row=row)) is True:
                kept.append(row)
        return kept

    def table_of(self, node):
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and part.value.id in CORE:
                return part.value.id
            if isinstance(part, ast.Name) and part.id in CORE:
                return part.id
        raise AssertionError(ast.dump(node))

    def aggregate(self, name, node, words, at):
        on = "default"
        if "on" in words:
            on = None if isinstance(words["on"], ast.Constant) else words["on"].id
        args = list(node.args)
        if "by" in words:
            return self.over_entities(name, args, words, at.but(on=on if on != "default" else at.on))
        names_table = isinstance(args[0], ast.Name) and args[0].id in CORE
        table = args.pop(0).id if names_table else self.table_of(args[0])
        wanted = {"count": 0, "ratio": 2, "wait": 2}.get(name, 1)
        values, rest = args[:wanted], args[wanted:]
        q = words.get("q")
        if name == "quantile" and q is None:
            q = rest.pop(0)
        where = words.get("where", rest[0] if rest else None)
        if name == "share":
            where = words.get("of")
        kept = self.rows(table, where, at, on)
        pick = [[self.value(each, at.but(row=row)) for each in values] for row in kept]
        waits = name == "wait" and self.may_come(values[1], at)
        return self.reduced(name, pick, kept, words, at, q, waits, words.get("clock"))

    def reduced(self, name, pick, kept, words, at, q, waits=False, clock=None):  # noqa: PLR0917
        q = self.value(q, at) if q is not None else 0.5
        if name == "count":
            return len(kept)
        if name == "ratio":
            both = [(a, b) for a, b in pick if a is not None and b is not None]
            return over(sum(a for a, _ in both), sum(b for _, b in both)) if both else None
        if name == "wait":
            return kaplan_meier(pick, q, waits, clock.value if clock is not None else "all")
        if name == "last":
            newest = {}
            for row, (value,) in zip(kept, pick, strict=True):
                if value is not None:
                    key = (row.get("platform"), row["account"])
                    when = (row["window_start"], value)
                    newest[key] = max(newest.get(key, when), when)
            return sum(value for _, value in newest.values()) if newest else None
        known = [value for (value,) in pick if value is not None]
        if name == "sum":
            return None if kept and not known else exact(known)
        if name == "distinct":
            return None if kept and not known else len(set(known))
        if not known:
            return None
        return REDUCE[name](known, self, words, at, q)

    # --- by=

    def over_entities(self, name, args, words, at):
        by = words["by"]
        keys = [each.id for each in by.elts] if isinstance(by, ast.Tuple) else [by.id]
        inside = list(ast.walk(ast.Tuple([*args, *(words[w] for w in ("where", "of") if w in words)])))
        reads = {part.id for part in inside if isinstance(part, ast.Name) and part.id in CORE}
        if keys[0] in CORE:
            stock, keys = keys[0], ["person" if keys[0] == "people" else "account"]
            entities = [(row, (row[keys[0]],)) for row in at.tables[stock] if self.in_slice(row, at)]
            grouped = {table: group(at.tables[table], keys) for table in reads}
            places = [self.of_entity(at, grouped, key, row) for row, key in entities]
        elif keys == ["day"]:
            days = [at.since + timedelta(days=n) for n in range((at.until - at.since).days)]
            places = [at.but(row={"day": day}, day=day) for day in days]
        else:
            grouped = {table: group(at.tables[table], keys) for table in reads}
            found = dict.fromkeys(key for rows in grouped.values() for key in rows)
            parts = [*args, *(words[w] for w in ("where", "of") if w in words)]
            places = [self.of_entity(at, grouped, key, dict(zip(keys, key, strict=True))) for key in found]
            anyhow = name == "share" and not any(calls(words[w]) for w in ("of", "where") if w in words)
            places = [place for place in places if any(self.occurs(part, place, anyhow=anyhow) for part in parts)]
        return self.reduce_entities(name, args, words, at, places)

    def reduce_entities(self, name, args, words, at, places):
        whole = words.get("of", words.get("where"))
        kept = [place for place in places if whole is None or self.value(whole, place) is True]
        if "of" in words and "where" in words:
            kept = [place for place in kept if self.value(words["where"], place) is True]
        wanted = {"wait": 2}.get(name, 1)
        if len(args) > wanted:
            kept = [place for place in kept if self.value(args[wanted], place) is True]
        pick = [[self.value(each, place) for each in args[:wanted]] for place in kept]
        if name == "count":
            return sum(value is True for (value,) in pick)
        return self.reduced(name, pick, kept, words, at, words.get("q"), name == "wait" and self.may_come(args[1], at))

    def in_slice(self, row, at):
        return all(str(row.get(key)) == value for key, value in at.slices.items())

    def of_entity(self, at, grouped, key, row):
        return at.but(tables=at.tables | {table: rows.get(key, []) for table, rows in grouped.items()}, row=row)

    def occurs(self, node, at, *, anyhow=False):
        """Whether anything that is counted inside has a row here; ``anyhow``: or any row of its table has."""
        match node:
            case ast.Call(func=ast.Name(id="previous")):
                length = at.until - at.since
                return self.occurs(node.args[0], at.but(since=at.since - length, until=at.since), anyhow=anyhow)
            case ast.Call(func=ast.Name(id="trailing"), keywords=[days]):
                return self.occurs(
                    node.args[0], at.but(since=at.until - timedelta(days=days.value.value)), anyhow=anyhow
                )
            case ast.Call(func=ast.Name(id=name)) if name in AGGREGATES:
                words = {keyword.arg: keyword.value for keyword in node.keywords}
                args = list(node.args)
                if "by" in words:
                    parts = [*args, *(words[w] for w in ("where", "of") if w in words)]
                    keys = [each.id for each in getattr(words["by"], "elts", [words["by"]])]
                    reads = {p.id for part in parts for p in ast.walk(part) if isinstance(p, ast.Name) and p.id in CORE}
                    grouped = {table: group(at.tables[table], keys) for table in reads}
                    found = dict.fromkeys(key for rows in grouped.values() for key in rows)
                    inner = [self.of_entity(at, grouped, k, dict(zip(keys, k, strict=True))) for k in found]
                    return any(self.occurs(part, place, anyhow=anyhow) for place in inner for part in parts)
                named = isinstance(args[0], ast.Name) and args[0].id in CORE
                table = args.pop(0).id if named else self.table_of(args[0])
                rest = args[{"count": 0, "ratio": 2, "wait": 2}.get(name, 1) :]
                where = words.get("of") if name == "share" else words.get("where", rest[0] if rest else None)
                where = None if anyhow else where
                return bool(self.rows(table, where, at.but(row=None), "default"))
            case _:
                return any(self.occurs(child, at, anyhow=anyhow) for child in ast.iter_child_nodes(node))


def calls(node):
    """Whether a condition counts anything."""
    called = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(isinstance(each, ast.Name) and each.id in AGGREGATES for each in called)


def group(rows, keys):
    grouped = defaultdict(list)
    for row in rows:
        key = tuple(row[name] for name in keys)
        if None not in key:
            grouped[key].append(row)
    return grouped


def kleene(values, conjunction):
    stop = not conjunction
    if any(value is stop for value in values):
        return stop
    return None if any(value is None for value in values) else conjunction


def arithmetic(op, one, other):
    if one is None or other is None:
        return None
    match op:
        case ast.Add():
            return one + other
        case ast.Sub():
            return one - other
        case ast.Mult():
            return one * other
    return over(one, other)


def over(one, other):
    return one / other if other else None


def member(one, other, negated):
    if one is None or other is None:
        return None
    found = any(each in other for each in one) if isinstance(one, list) else one in other
    return found is not negated


def compared(op, one, other):
    if one is None or other is None:
        return None
    if isinstance(one, date) and isinstance(other, date):
        one, other = instant(one), instant(other)
    return {
        ast.Lt: lambda: one < other, ast.LtE: lambda: one <= other, ast.Gt: lambda: one > other,
        ast.GtE: lambda: one >= other, ast.Eq: lambda: one == other, ast.NotEq: lambda: one != other,
    }[type(op)]()  # fmt: skip


def exact(values):
    return float(sum(Fraction(value) for value in values))


def interpolated(values, q):
    times = isinstance(values[0], datetime)
    ordered = sorted(value.timestamp() if times else value for value in values)
    at = (len(ordered) - 1) * q
    low, high = ordered[math.floor(at)], ordered[math.ceil(at)]
    found = low + (high - low) * (at - math.floor(at))
    return datetime.fromtimestamp(found, tz=UTC) if times else found


def gini(values):
    apart = sum(abs(a - b) for a in values for b in values)
    return over(apart, 2 * len(values) * sum(values))


def top_share(values, k):
    ordered = sorted(values, reverse=True)
    return over(sum(ordered[: max(1, math.ceil(k * len(values))) if k < 1 else k]), sum(values))


def top_count(values, part):
    so_far, wanted = 0, part * sum(values)
    for place, value in enumerate(sorted(values, reverse=True), 1):
        so_far += value
        if so_far >= wanted:
            return place
    raise AssertionError(values)


REDUCE = {
    "mean": lambda v, *_: exact(v) / len(v),
    "mean_of": lambda v, *_: statistics.fmean(v),
    "sd": lambda v, *_: statistics.stdev(v) if len(v) > 1 else None,
    "share": lambda v, *_: sum(v) / len(v),
    "median": lambda v, *_: interpolated(v, 0.5),
    "quantile": lambda v, _p, _w, _a, q: interpolated(v, q),
    "min": lambda v, *_: min(v),
    "max": lambda v, *_: max(v),
    "gini": lambda v, *_: gini(v),
    "hhi": lambda v, *_: over(sum(x * x for x in v), sum(v) ** 2),
    "top_share": lambda v, p, w, a, _q: top_share(v, p.value(w["k"], a)),
    "top_count": lambda v, p, w, a, _q: top_count(v, p.value(w["part"], a)),
}


def worked(start, end, zone=ZONE):
    """Office hours between two instants, day by day."""
    if end < start:
        return -worked(end, start, zone)
    total, day = timedelta(0), start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day.weekday() < 5:
            opens = datetime(day.year, day.month, day.day, OPENS, tzinfo=zone).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, CLOSES, tzinfo=zone).astimezone(UTC)
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def kaplan_meier(pairs, q, open_, clock):
    """The first time at which no more than 1 - q still wait; negative waits left out."""
    between = worked if clock != "all" else lambda start, end: (end - start) / timedelta(hours=1)
    waits = []
    for start, end in pairs:
        if start is None or (end is None and not open_):
            continue
        wait = between(instant(start), instant(end) if end is not None else AS_OF)
        if wait >= 0:
            waits.append((wait, end is not None))
    still, survival = len(waits), 1.0
    for hours, same in groupby(sorted(waits), key=lambda pair: pair[0]):
        ended = [done for _, done in same]
        survival *= 1 - sum(ended) / still
        still -= len(ended)
        if survival <= 1 - q + 1e-12:
            return hours
    return None


# --- tests


@pytest.fixture(scope="module")
def plain():
    from smmetrics.api.views import CORE_VIEWS

    views = {view.name: view for view in CORE_VIEWS}
    there = [path.stem for path in sorted((SHARED / "oracles" / "tables").glob("*.ndjson"))]
    open_columns = {column.name for name in (*there, *MADE_UP) for column in views[name].columns if column.open}
    tables = {name: opened(name, views) for name in there} | {name: made_up(name, views) for name in MADE_UP}
    return Plain(tables, open_columns)


@pytest.fixture(scope="module")
def held_rows():
    return {}


def frames(plain, rows, held, kept):
    if not kept:
        kept |= {name: rows(name, table) for name, table in plain.tables.items()}
    return held(kept, [("m", "a1", date(2025, 1, 1), date(2027, 1, 1))])


def dimension(text):
    """The slice that a whole is lifted over, if any."""
    return tuple(sorted({part.split(")")[0].strip() for part in text.split("over=")[1:]}))


PUBLISHED = list(
    csv.DictReader((SHARED / "oracles" / "expected.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
)
CATALOGUE = list(formulas())


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["metric"])
def test_the_loops_give_the_published_values(row, plain):
    since, until = (date.fromisoformat(row[name][:10]) for name in ("period_start", "period_end"))
    found = plain.number(row["formula"], since, until, json.loads(row["slice"]))
    assert found == pytest.approx(float(row["expected"]), rel=1e-9)


@pytest.mark.parametrize("text", [text for _, text in CATALOGUE], ids=[name for name, _ in CATALOGUE])
def test_every_formula_of_the_catalogue_equals_the_loops(text, plain, held_rows, rows, held, request_of):  # noqa: PLR0917
    read = {part.id for part in ast.walk(ast.parse(text)) if isinstance(part, ast.Name)} & set(CORE)
    read |= {p.value.id for p in ast.walk(ast.parse(text)) if isinstance(p, ast.Attribute)}
    assert read <= set(plain.tables), "every formula is held to the loops"
    by = dimension(text)
    asked = request_of(text, params=PARAMETERS, min_units=0, min_denominator=0)
    office = Office(frozenset(range(5)), time(OPENS), time(CLOSES))
    window = Window(as_of=AS_OF, since=SINCE, until=UNTIL, offices={"business": office})
    found = measure([asked], frames(plain, rows, held, held_rows), window, by).to_dicts()
    if not found:
        assert not plain.number(text, SINCE, UNTIL, {}), "nothing to slice"
    for reading in found:
        named = {key: reading[key] for key in ("platform", "account") if reading[key]}
        slices = (json.loads(reading["slice"]) if reading["slice"] else {}) | named
        expected = plain.number(text, SINCE, UNTIL, slices)
        if reading["state"] == "value":
            assert reading["value"] == pytest.approx(float(expected), rel=1e-9, abs=1e-12), slices
        else:
            assert expected is None or not math.isfinite(expected), (reading["state"], reading["reason"], slices)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu"])
def test_office_hours_equal_the_loops_when_clocks_change(zone):
    where, rng = ZoneInfo(zone), random.Random(zone)
    office = Office(frozenset(range(5)), time(OPENS), time(CLOSES))
    first = datetime(2026, 3, 1, tzinfo=UTC)
    moments = [first + timedelta(seconds=rng.randrange(250 * 86_400)) for _ in range(300)]
    pairs = pl.DataFrame({"start": moments[:150], "end": moments[150:]})
    zoned = pairs.with_columns(pl.all().dt.cast_time_unit("us"))
    found = zoned.select(office_hours(pl.col("start"), pl.col("end"), office, zone, date(2027, 1, 1))).to_series()
    expected = [worked(start, end, where) for start, end in zip(moments[:150], moments[150:], strict=True)]
    assert found.to_list() == pytest.approx(expected, rel=1e-12, abs=1e-9)


def test_an_office_that_never_closes_loses_an_hour_in_spring():
    office = Office(frozenset(range(7)), time(), time.max, frozenset({date(2026, 3, 28)}))
    day = pl.DataFrame(
        {"start": [datetime(2026, 3, 27, 23, tzinfo=UTC)], "end": [datetime(2026, 3, 29, 22, tzinfo=UTC)]}
    )
    found = day.select(office_hours(pl.col("start"), pl.col("end"), office, "Europe/Berlin", date(2027, 1, 1))).item()
    assert found == 23

"""Numbers about few people do not leave: worked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest

from smmetrics.api.views import CORE_VIEWS
from smmetrics.engine import Window, measure
from smmetrics.engine.measure import measure as plainly
from smmetrics.tables.agreement import Agreement

VIEWS = {view.name: view for view in CORE_VIEWS}
MARCH, JUNE = date(2026, 3, 2), date(2026, 6, 1)
COVERED = [("m", "a1", MARCH, JUNE)]
INSIDE = Agreement(smallest=10, everyone=True, closed=True, names=False)
AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def post(person, day=0, *, unit="", number=0, **more):
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=day)
    base = {
        "platform": "m", "account": "a1", "post_id": f"{person}-{day}-{number}", "created_at": at, "created_on": at.date(),
        "person": person, "theirs": True, "ours": False, "staff": False, "unit": unit, "scope": "total",
        "is_question": False, "is_reply": False,
    }  # fmt: skip
    return base | more


def crew(unit, size, *, days=range(0, 91, 7), **more):
    """A unit whose people each write once on each of some days."""
    return [post(f"{unit}{n}", day, unit=unit, **more) for n in range(size) for day in days]


@dataclass
class Told:
    """Tables with what was agreed about the people in them, narrowed to some values."""

    whole: object
    agreement: Agreement
    keep: dict

    def __getattr__(self, name):
        return getattr(self.whole, name)

    def frame(self, view, columns):
        here = {name for name in self.keep if VIEWS[view].column(name)}
        kept = [pl.col(name).is_in(list(self.keep[name])) for name in here]
        frame = self.whole.frame(view, columns | here)
        return frame.filter(kept) if kept else frame


@pytest.fixture
def shown(held, rows, request_of):
    def make(data, *asked, agreed=INSIDE, by=(), kept=None, more=None, **days):
        tables = Told(held({"posts": rows("posts", data), **(more or {})}, COVERED), agreed, kept or {})
        requests = [each if not isinstance(each, str) else request_of(each) for each in asked]
        window = Window(as_of=AS_OF, week_starts="monday", **days)
        frame = measure(requests, tables, window, by)
        return frame.to_dicts()

    return make


def told(readings, name="slice"):
    return [(row[name], row["state"], row["value"]) for row in readings]


def test_a_unit_of_four_is_hidden_and_the_next_smallest_with_it(shown):
    data = [*crew("a", 44), *crew("b", 4), *crew("c", 12), *crew("d", 30)]
    found = shown(data, "count(posts)", by=("unit",))
    states = {row["slice"]: (row["state"], row["value"]) for row in found}
    assert states == {
        '{"unit":"a"}': ("value", 44 * 13),
        '{"unit":"b"}': ("suppressed", None),
        '{"unit":"c"}': ("suppressed", None),
        '{"unit":"d"}': ("value", 30 * 13),
    }
    hidden = next(row for row in found if row["slice"] == '{"unit":"b"}')
    assert hidden["reason"] == "people.few: 10"
    assert [hidden[name] for name in ("n", "n_eff", "numerator", "denominator", "low", "high")] == [None] * 6


def test_two_units_of_forty_four_and_four_are_both_hidden_beside_their_total(shown):
    data = [*crew("a", 44), *crew("b", 4)]
    assert [row["state"] for row in shown(data, "count(posts)", by=("unit",))] == ["suppressed", "suppressed"]
    assert told(shown(data, "count(posts)")) == [("", "value", 48 * 13)]


@pytest.mark.parametrize(
    ("formula", "state"),
    [
        ("count(posts, unit == 'b')", "suppressed"),
        ("count(posts, unit == 'a')", "suppressed"),
        ("count(posts, unit != 'b')", "suppressed"),
        ("count(posts, unit in ('a', 'b'))", "value"),
        ("count(posts, not is_question)", "suppressed"),
        ("count(posts, is_question)", "suppressed"),
        ("count(posts, not (is_question or is_question))", "suppressed"),
        ("share(posts, is_question)", "suppressed"),
        ("share(posts, is_reply)", "value"),
        ("count(posts, is_reply)", "value"),
        ("count(posts, unit == 'b' and is_reply)", "suppressed"),
        ("distinct(posts.person)", "value"),
        ("distinct(posts.person, unit == 'b')", "suppressed"),
        ("count(posts) - count(posts, unit == 'a')", "suppressed"),
    ],
)
def test_a_condition_is_held_to_the_same_as_a_cut(shown, formula, state):
    """Unit b has four people, three of whom ask; nobody replies at all."""
    data = [*crew("a", 44), *crew("b", 1), *crew("b", 4, is_question=True)[13:]]
    (row,) = shown(data, formula)
    assert row["state"] == state
    assert row["value"] is None or state == "value"


def test_our_own_posts_are_not_people_the_agreement_speaks_of(shown):
    ours = [post("us", day, theirs=False, ours=True) for day in range(0, 91, 7)]
    data = [*ours, *crew("a", 3)]
    assert told(shown(data, "count(posts, ours)")) == [("", "value", 13)]
    assert told(shown(data, "count(posts, ours)", grain="day", since=MARCH, until=date(2026, 3, 3))) != []
    assert told(shown(data, "count(posts)")) == [("", "suppressed", None)]


def test_a_quiet_week_is_hidden_and_so_is_what_lies_beside_it_in_the_whole(shown):
    """Twenty people write every week, but three in the fourth: weeks three to five end where nothing may end."""
    data = [*crew("a", 20, days=[0, 7, 14, 28, 35, 42, 49]), *crew("a", 3, days=[21])]
    found = shown(data, "count(posts)", grain="week", since=MARCH, until=date(2026, 4, 20))
    states = [row["state"] for row in found]
    assert states[3] == "suppressed"
    assert sum(state == "suppressed" for state in states) == 2
    (whole,) = shown(data, "count(posts)")
    assert whole["value"] == 7 * 20 + 3


def test_a_window_that_ends_inside_a_quiet_week_is_not_shown(shown):
    """All days less all but the last week would be that week."""
    data = [*crew("a", 20, days=range(0, 84, 7)), *crew("a", 2, days=[84])]
    (all_but_last,) = shown(data, "count(posts)", since=MARCH, until=date(2026, 5, 25))
    assert (all_but_last["state"], all_but_last["reason"]) == ("suppressed", "people.few: 10")


def test_days_of_colleagues_are_read_by_whole_periods(shown):
    data = crew("a", 20, days=range(91))
    (row,) = shown(data, "count(posts)", since=date(2026, 3, 4), until=date(2026, 3, 19))
    assert (row["state"], row["reason"]) == ("suppressed", "days.whole")
    daily = shown(data, "count(posts)", grain="day", since=MARCH, until=date(2026, 3, 4))
    assert {(row["state"], row["reason"]) for row in daily} == {("not_permitted", "days.agreed")}
    weekly = shown(data, "count(posts)", grain="week", since=MARCH, until=date(2026, 3, 16))
    assert told(weekly) == [("", "value", 140), ("", "value", 140)]


@pytest.mark.parametrize("by", [("person",), ("post_id",), ("unit", "person")])
def test_nothing_is_cut_by_person_and_no_pseudonym_is_listed(shown, by):
    found = shown(crew("a", 20), "count(posts)", by=by)
    assert [(row["state"], row["reason"]) for row in found] == [("not_permitted", f"person.named: {by[-1]}")]
    assert "a1" not in str([row["slice"] for row in found])


def test_no_formula_picks_a_person_out(shown):
    (row,) = shown(crew("a", 20), "count(posts, person != 'a7')")
    assert (row["state"], row["reason"], row["value"]) == ("not_permitted", "person.named: person", None)


def test_a_filter_hides_what_a_cut_hides(shown):
    data = [*crew("a", 44), *crew("b", 4), *crew("c", 30), *crew("d", 40)]
    cut = {row["slice"][9:10]: row["state"] for row in shown(data, "count(posts)", by=("unit",))}
    assert cut == {"a": "value", "b": "suppressed", "c": "suppressed", "d": "value"}
    for unit, state in cut.items():
        (one,) = shown(data, "count(posts)", kept={"unit": (unit,)})
        assert one["state"] == state
    (both,) = shown(data, "count(posts)", kept={"unit": ("a", "d")})
    assert both["state"] == "value"


def test_the_change_from_a_hidden_week_is_hidden_too(shown):
    data = [*crew("a", 20, days=[0, 7, 14, 28, 35, 42, 49]), *crew("a", 3, days=[21])]
    found = shown(data, "count(posts)", grain="week", since=MARCH, until=date(2026, 4, 20))
    for earlier, later in pairwise(found):
        if "suppressed" in {earlier["state"], later["state"]}:
            assert [later[name] for name in ("previous", "change", "change_low", "change_high")] == [None] * 4


def test_a_share_of_people_is_hidden_where_three_did_or_three_did_not(shown):
    formula = "share(count(posts, is_question) > 0, of=count(posts) > 0, by=person)"
    few_ask = [*crew("a", 3, is_question=True), *crew("b", 40)]
    few_do_not = [*crew("a", 3), *crew("b", 40, is_question=True)]
    enough = [*crew("a", 15, is_question=True), *crew("b", 40)]
    assert [shown(data, formula)[0]["state"] for data in (few_ask, few_do_not, enough)] == [
        "suppressed", "suppressed", "value",
    ]  # fmt: skip


def test_a_share_of_people_hides_a_second_unit(shown):
    formula = "share(count(posts, is_question) > 0, of=count(posts) > 0, by=person)"
    data = []
    for unit, asking in {"a": 20, "b": 3, "c": 12, "d": 30}.items():
        data += [*crew(unit, asking, is_question=True)]
        data += [post(f"{unit}-quiet{n}", day, unit=unit) for n in range(20) for day in range(0, 91, 7)]
    states = {row["slice"][9:10]: row["state"] for row in shown(data, formula, by=("unit",))}
    assert states["b"] == "suppressed"
    assert list(states.values()).count("suppressed") == 2


def test_answers_counted_on_paper_are_people_too(shown):
    pulse = pl.DataFrame(
        [{"pulse_id": "1", "group": "small", "question": "q", "asked_on": MARCH, "invited": 8, "answers_4": 6},
         {"pulse_id": "2", "group": "big", "question": "q", "asked_on": MARCH, "invited": 90, "answers_4": 60},
         {"pulse_id": "3", "group": "other", "question": "q", "asked_on": MARCH, "invited": 80, "answers_4": 50}]
    )  # fmt: skip
    found = shown([], "sum(pulse.answers_4)", by=("group",), more={"pulse": pulse})
    states = {row["slice"][10:13]: row["state"] for row in found}
    assert states == {"big": "value", "oth": "suppressed", "sma": "suppressed"}


def test_metrics_about_people_are_held_to_five_where_nothing_was_agreed(shown, request_of):
    asked = request_of("distinct(posts.person)", about_people=True, metric="voices")
    assert told(shown(crew("a", 4), asked, agreed=Agreement()), "reason") == [("people.few: 5", "suppressed", None)]
    assert told(shown(crew("a", 5), asked, agreed=Agreement())) == [("", "value", 5)]
    assert told(shown(crew("a", 4), "count(posts)", agreed=Agreement())) == [("", "value", 52)]


def test_what_the_agreement_forbids_is_not_permitted_under_any_name(shown, request_of):
    why = "agreement.forbids: strategy.toml line 14"
    formula = request_of("count(posts)").formula
    agreed = Agreement(forbidden={"a.b": why}, formulas={formula.hash(): why})
    found = shown(crew("a", 20), request_of("distinct(posts.person)", metric="a.b"), "count(posts)", agreed=agreed)
    assert [(row["state"], row["reason"], row["value"]) for row in found] == [("not_permitted", why, None)] * 2


def test_moods_of_minors_are_not_permitted(shown):
    agreed = Agreement(everyone=True, closed=True, minors=True, moods="minors.moods", smallest=2)
    data = crew("a", 20, sentiment="positive")
    for formula, by in (("count(posts, sentiment == 'positive')", ()), ("count(posts)", ("sentiment",))):
        (row,) = shown(data, formula, agreed=agreed, by=by)
        assert (row["state"], row["reason"]) == ("not_permitted", "minors.moods")


def test_where_nothing_was_agreed_readings_are_those_of_the_engine(held, rows, request_of):
    tables = held({"posts": rows("posts", [*crew("a", 3), *crew("b", 1)])}, COVERED)
    requests = [request_of("count(posts)"), request_of("share(posts, is_question)")]
    window = Window(as_of=AS_OF, grain="week")
    assert measure(requests, tables, window, ("unit",)).equals(plainly(requests, tables, window, ("unit",)))


def test_beside_what_is_hidden_the_other_readings_stay_as_they_were(held, rows, request_of):
    tables = Told(held({"posts": rows("posts", [*crew("a", 44), *crew("b", 30)])}, COVERED), INSIDE, {})
    requests = [request_of("count(posts)"), request_of("mean(posts.likes)")]
    window = Window(as_of=AS_OF, grain="week")
    assert measure(requests, tables, window, ("unit",)).equals(plainly(requests, tables, window, ("unit",)))

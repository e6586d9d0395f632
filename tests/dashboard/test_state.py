"""A dashboard's state: one truth that can be watched, taken back, saved and opened."""

from __future__ import annotations

import asyncio
import json
from datetime import date

import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.api.errors import UserMistake
from smmetrics.dashboard import periods
from smmetrics.dashboard.later import Later
from smmetrics.dashboard.state import DashboardState
from smmetrics.panels.source import View

TEXTS = st.lists(st.text(max_size=20), max_size=3).map(tuple)
VIEWS = st.builds(
    View,
    goals=TEXTS,
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    grain=st.sampled_from(["day", "week", "month", "quarter", "total"]),
    comparison=st.sampled_from(["none", "previous", "last_year"]),
    platforms=TEXTS,
    selected=st.dictionaries(
        st.text(max_size=9), st.lists(st.text(max_size=9), min_size=1, max_size=3).map(tuple), max_size=2
    ),
)
COVERED = (date(2026, 2, 3), date(2026, 8, 20))


@given(VIEWS)
def test_a_state_saved_and_opened_is_the_same(view: View) -> None:
    state = DashboardState(view)
    assert state.view == view
    assert DashboardState.from_json(state.to_json()).view == view


@given(st.lists(VIEWS, max_size=6))
def test_taking_all_back_leads_to_the_beginning(views: list[View]) -> None:
    state = DashboardState()
    seen = [state.view]
    for view in views:
        state.show(view)
        if view != seen[-1]:
            seen.append(view)
    assert state.steps == len(seen) - 1
    for former in reversed(seen[:-1]):
        assert state.undo()
        assert state.view == former
    assert not state.undo()


def test_several_fields_change_in_one_step() -> None:
    state, told = DashboardState(), []
    state.follow(lambda: told.append(state.view))
    state.change(grain="week", since=date(2026, 1, 1), platforms=("forum",))
    assert len(told) == 1
    state.change(grain="week")
    assert len(told) == 1, "nothing changed"
    state.undo()
    assert told[1:] == [View()]


def test_a_field_set_alone_is_a_step_too() -> None:
    state = DashboardState()
    state.grain = "day"
    assert (state.steps, state.view.grain) == (1, "day")


def test_a_word_nobody_knows_is_refused() -> None:
    state = DashboardState()
    with pytest.raises(traitlets.TraitError):
        state.change(grain="fortnight")
    state.change(grain="week")
    assert state.view.grain == "week"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 9}', '{"format": 1, "grain": "year"}', '{"format": 1, "since": "soon"}',
     '{"format": 1, "goals": "all"}', '{"format": 1, "platforms": [1]}', '{"format": 1, "selected": []}', '{"format": 1, "x": 2}'],
)  # fmt: skip
def test_what_is_no_view_is_the_users_mistake(text: str) -> None:
    with pytest.raises(UserMistake, match="no saved view"):
        DashboardState.from_json(text)


def test_a_view_is_saved_as_plain_json() -> None:
    told = json.loads(DashboardState(View(since=date(2026, 1, 2), goals=("a",))).to_json())
    assert (told["since"], told["until"], told["goals"], told["format"]) == ("2026-01-02", None, ["a"], 1)


def test_a_burst_is_followed_once() -> None:
    runs = []

    async def burst() -> None:
        later = Later(lambda: runs.append(1), wait=0.01)
        for _ in range(20):
            later.ask()
        assert runs == []
        await asyncio.sleep(0.05)

    asyncio.run(burst())
    assert runs == [1]


def test_who_cannot_wait_gets_it_once() -> None:
    runs = []

    async def burst() -> None:
        later = Later(lambda: runs.append(1), wait=0.01)
        later.ask()
        later.now()
        later.now()
        await asyncio.sleep(0.05)

    asyncio.run(burst())
    assert runs == [1]


def test_without_a_loop_changes_are_followed_at_once() -> None:
    runs = []
    Later(lambda: runs.append(1)).ask()
    assert runs == [1]


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("all", None, None),
        ("year", date(2025, 9, 1), date(2026, 8, 20)),
        ("weeks", date(2026, 7, 23), date(2026, 8, 20)),
        ("month", date(2026, 8, 1), date(2026, 9, 1)),
        ("last_month", date(2026, 7, 1), date(2026, 8, 1)),
        ("quarter", date(2026, 7, 1), date(2026, 10, 1)),
    ],
)
def test_periods_count_from_the_last_day_of_data(name: str, since: date | None, until: date | None) -> None:
    assert periods.days(name, COVERED) == (since, until)
    assert periods.name_of(since, until, COVERED) == name


def test_periods_pass_the_turn_of_the_year() -> None:
    assert periods.days("last_month", (date(2025, 1, 1), date(2026, 1, 15))) == (date(2025, 12, 1), date(2026, 1, 1))
    assert periods.days("quarter", (date(2025, 1, 1), date(2025, 12, 31))) == (date(2025, 10, 1), date(2026, 1, 1))


def test_other_days_are_own_dates() -> None:
    assert periods.name_of(date(2026, 3, 3), None, COVERED) == periods.OWN
    assert periods.name_of(None, None, None) == periods.ALL
    assert periods.words(date(2026, 3, 1), date(2026, 4, 1)) == "2026-03-01 to 2026-03-31"

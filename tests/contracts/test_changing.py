"""What if: no channel more makes a number worse, none less makes one better, and what comes back was never gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.api import ChannelRef, QuestionRef
from smmetrics.api.errors import UserMistake
from smmetrics.contracts.binding import Limits, bind, bind_sources
from smmetrics.contracts.changing import best, changed, left_out, shifts
from smmetrics.contracts.feeding import RANK

from .test_binding import CATALOGUE, METRICS

IDS = [metric.id for metric in METRICS] + ["care.csat", "pack.nothing", "own"]
GOALS = ("first", "second")
PLATFORMS = ("bird", "blog", "desk", "meadow")
SOURCES = ("bird.posts", "bird.days", "blog.all", "desk.effort")

questions = st.lists(
    st.builds(
        QuestionRef,
        goal=st.sampled_from(GOALS),
        ask=st.sampled_from(("Well?", "Often?")),
        lead=st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True).map(tuple),
        guard=st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=3,
)
one_channel = st.builds(
    ChannelRef,
    name=st.text(min_size=1, max_size=8),
    platform=st.sampled_from(PLATFORMS),
    serves=st.lists(st.sampled_from(GOALS), max_size=2, unique=True).map(tuple),
)
channels = st.lists(one_channel, max_size=5, unique_by=lambda channel: channel.name)
imported = st.frozensets(st.sampled_from(SOURCES))


def ranks(cells):
    return {key: RANK[cell.status] for key, cell in best(cells).items()}


@given(questions=questions, served=channels, more=one_channel, imported=imported, files=st.booleans())
def test_a_channel_more_never_makes_a_number_worse(questions, served, more, imported, files):
    limits = Limits(files=files)
    fewer = ranks(bind(questions, served, CATALOGUE, imported, limits))
    with_it = ranks(bind(questions, [*served, more], CATALOGUE, imported, limits))
    assert fewer.keys() <= with_it.keys()
    assert all(with_it[key] <= rank for key, rank in fewer.items())


@given(questions=questions, served=channels, imported=imported, files=st.booleans(), data=st.data())
def test_a_channel_less_never_makes_a_number_better(questions, served, imported, files, data):
    words = st.sampled_from([name for channel in served for name in (channel.name, channel.platform)] or ["none"])
    word = data.draw(words)
    if not served:
        return
    left, only = changed(served, CATALOGUE, without=[word])
    before = bind(questions, served, CATALOGUE, imported, Limits(files=files))
    after = bind(questions, left, CATALOGUE, imported, Limits(files=files, only=only))
    assert {shift.change for shift in shifts(before, after)} <= {"same", "weaker", "lost"}


@given(questions=questions, served=channels, imported=imported, platform=st.sampled_from(PLATFORMS))
def test_a_platform_that_comes_back_changes_nothing(questions, served, imported, platform):
    there = [channel for channel in served if channel.name not in PLATFORMS]
    if platform not in {channel.platform for channel in there}:
        return
    left, only = changed(there, CATALOGUE, without=[platform], with_=[platform])
    before = bind(questions, there, CATALOGUE, imported)
    after = bind(questions, left, CATALOGUE, imported, Limits(only=only))
    assert [shift.change for shift in shifts(before, after)] == ["same"] * len(best(before))
    assert ranks(before) == ranks(after)


@given(questions=questions, served=channels, came=imported, later=imported)
def test_a_file_more_never_makes_a_number_worse(questions, served, came, later):
    limits = Limits(files=True)
    before = ranks(bind(questions, served, CATALOGUE, came, limits))
    after = ranks(bind(questions, served, CATALOGUE, came | later, limits))
    assert all(after[key] <= rank for key, rank in before.items())


@given(questions=questions, served=channels, imported=imported, files=st.booleans())
def test_every_cell_has_a_source_or_says_why_not(questions, served, imported, files):
    limits = Limits(files=files)
    for cell in (
        *bind(questions, served, CATALOGUE, imported, limits),
        *bind_sources(questions, served, CATALOGUE, imported, limits),
    ):
        assert cell.status in RANK
        assert (cell.source if cell.status == "measurable" else cell.reason and cell.note) or cell.note


@given(questions=questions, served=channels, imported=imported)
def test_a_source_alone_is_never_better_than_the_best_of_its_channel(questions, served, imported):
    whole = {
        (cell.goal, cell.question, cell.metric, cell.channel): cell
        for cell in bind(questions, served, CATALOGUE, imported)
    }
    for cell in bind_sources(questions, served, CATALOGUE, imported):
        of_channel = whole[cell.goal, cell.question, cell.metric, cell.channel]
        assert RANK[of_channel.status] <= RANK[cell.status]


HERE = (
    ChannelRef(name="nest", platform="bird", serves=("first",)),
    ChannelRef(name="diary", platform="blog", serves=("second",)),
)


def after(without=(), with_=()):
    left, only = changed(HERE, CATALOGUE, without=without, with_=with_)
    return [(channel.name, channel.platform, channel.serves) for channel in left], only


def test_a_channel_is_left_out_by_its_name_or_by_its_platform():
    assert after(without=["nest"])[0] == [("diary", "blog", ("second",))]
    assert after(without=["bird"]) == after(without=["nest"])


def test_a_new_platform_takes_over_the_goals_of_those_left_out():
    assert after(without=["nest"], with_=["desk"])[0][-1] == ("desk", "desk", ("first",))
    assert after(with_=["desk"])[0][-1] == ("desk", "desk", ())


def test_a_new_platform_may_be_limited_to_one_of_its_sources():
    channels, only = after(with_=["bird:days"])
    assert (channels[-1][0], only) == ("bird", {"bird": ("bird.days",)})
    assert after(with_=["bird:bird.days"])[1] == only
    question = QuestionRef(goal="first", ask="?", lead=("pack.cadence",))
    left, only = changed((), CATALOGUE, with_=["bird:days"])
    (cell,) = bind((question,), left, CATALOGUE, limits=Limits(only=only))
    assert (cell.status, cell.reason) == ("not_measurable", "grain.too_coarse")


def test_a_platform_no_plugin_reads_can_leave_and_come_back_where_the_strategy_names_it():
    there = (ChannelRef(name="grass", platform="meadow"),)
    left, _ = changed(there, CATALOGUE, without=["grass"], with_=["meadow"])
    assert [channel.platform for channel in left] == ["meadow"]


@pytest.mark.parametrize(
    ("without", "with_", "hint"),
    [
        (["nst"], [], "nest"),
        ([], ["brid"], "bird"),
        ([], ["bird:dais"], "days"),
        ([""], [], "Known: nest, bird, diary, blog"),
        ([], ["quite another"], "Known: bird, blog, desk"),
        ([], [""], "Known"),
    ],
)
def test_a_word_that_names_nothing_is_refused_with_the_nearest(without, with_, hint):
    with pytest.raises(UserMistake) as refused:
        after(without, with_)
    assert hint in refused.value.hint


def test_a_shift_says_what_becomes_of_a_number():
    asked = [QuestionRef(goal="first", ask="?", lead=("pack.reply_share", "pack.save_rate", "pack.cadence"))]
    bird = (ChannelRef(name="nest", platform="bird"),)
    blog = (ChannelRef(name="diary", platform="blog"),)
    here, there, nowhere = (bind(asked, served, CATALOGUE) for served in (bird, blog, ()))
    assert [shift.change for shift in shifts(here, there)] == ["stronger", "same", "same"]
    assert [shift.change for shift in shifts(there, here)] == ["weaker", "same", "same"]
    assert [shift.change for shift in shifts(here, nowhere)] == ["lost", "same", "lost"]
    assert [shift.change for shift in shifts(nowhere, here)] == ["gained", "same", "gained"]


def test_a_number_that_stays_says_which_channels_it_is_no_longer_counted_from():
    asked = [QuestionRef(goal="first", ask="?", lead=("pack.reply_share", "pack.save_rate"))]
    both = (ChannelRef(name="nest", platform="bird"), ChannelRef(name="diary", platform="blog"))
    without = bind(asked, both[1:], CATALOGUE)
    share, rate = shifts(bind(asked, both, CATALOGUE), without)
    assert (share.change, share.fewer) == ("same", ("nest",))
    assert (rate.change, rate.fewer) == ("same", ())
    assert [shift.fewer for shift in shifts(without, without)] == [(), ()]


def test_time_people_gave_is_gone_with_the_channel_it_is_written_down_for_and_counts_where_there_never_was_one():
    asked = [QuestionRef(goal="first", ask="?", lead=("pack.hours",))]
    nest, desk = ChannelRef(name="nest", platform="bird"), ChannelRef(name="hours", platform="desk")
    gone = left_out((nest, desk), (nest,), CATALOGUE)
    assert gone == {"desk"}
    before = bind(asked, (nest, desk), CATALOGUE, ("desk.effort",))
    after = bind(asked, (nest,), CATALOGUE, ("desk.effort",), Limits(gone=gone))
    assert [shift.change for shift in shifts(before, after)] == ["lost"]
    (never,) = bind(asked, (nest,), CATALOGUE, ("desk.effort",))
    assert (never.status, never.have) == ("measurable", "desk.effort")

"""What each kind of reader is shown, and above all what not."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.panels.results import PanelResult, Table
from smmetrics.report import EDITIONS, write
from smmetrics.report.discreet import Discreet
from smmetrics.report.document import gather
from smmetrics.report.scrub import Scrub
from tests.report.conftest import TODAY, Parsed, card, chart, panels

PRIVATE = pytest.mark.parametrize("edition", ["board", "public"])
FORMATS = pytest.mark.parametrize(
    "how", [{"name": "r.html"}, {"name": "r.html", "static": True}, {"name": "r.md"}], ids=["html", "static", "md"]
)
NAMES = ("ana", "ben", "Ana", "Ben")


def words(path):
    """All that a file says, scripts and attributes included."""
    return path.read_text(encoding="utf-8")


@FORMATS
def test_the_team_sees_everything(written, how):
    text = words(written(**how, edition="team"))
    for said in ("ana", "How do I prune?", "Mood by a plugin", "87 followers", "share(posts, answered)", "1 note"):
        assert said in text


@PRIVATE
@FORMATS
def test_no_name_of_a_person_leaves_the_house(written, source, shown, edition, how):
    source.title = "Acme of Ana"
    shown[0] = replace(shown[0], words=("Ben answered 3.", "not measurable: nobody here is mastodon:@ana@acme.example"))
    shown[2] = replace(
        shown[2], charts=(replace(chart("ana"), spec=with_domain("ana")),), notes=("write to ana@acme.example",)
    )
    text = words(written(**how, edition=edition))
    told = Parsed(text) if how["name"].endswith("html") else None
    spoken = [*told.texts, *(v or "" for _, a in told.elements for v in a.values()), *told.data] if told else [text]
    for each in spoken:
        assert not [word for word in NAMES if word in each.replace("-", " ").split()]
        assert "acme.example" not in each
    assert "one of the team" in text


def with_domain(name):
    made = chart(name).spec
    (layer,) = made["layer"]
    coloured = {
        "field": "f0",
        "type": "nominal",
        "scale": {"domain": [f"{name} {n}" for n in (6, 7, 8)], "range": ["#111"]},
    }
    return {**made, "layer": [{**layer, "encoding": {**layer["encoding"], "color": coloured}}]}


@PRIVATE
@FORMATS
def test_nobody_is_quoted(written, edition, how):
    text = words(written(**how, edition=edition))
    assert "How do I prune?" not in text
    assert "ana is happy" not in text
    assert "cases.csv" not in text


def test_the_board_reads_one_page(page):
    made = page(edition="board", static=True)
    assert [each.get("class") for each in made.all("figure")] == ["chart"]
    assert made.all("article") == []
    assert [each["class"] for each in made.all("details")] == ["numbers"]
    for said in (
        "Help people with their first garden",
        "212 of 230 questions got an answer.",
        "To decide add an evening shift",
    ):
        assert said in made.text


def test_each_goal_gets_one_chart_on_the_boards_page(page, source, shown):
    source.goals = (source.goals[0], replace(source.goals[0], name="listen"))
    shown[:] = [*panels(), *panels("listen")]
    assert len(page(edition="board", static=True).all("figure")) == 2


def test_everybody_sees_no_decision_and_no_finding(page):
    made = page(edition="public")
    assert "evening shift" not in made.text
    assert "Nobody outside was asked." not in made.text


@PRIVATE
def test_what_is_left_out_is_said(page, edition):
    assert "Left out of this edition: Conversations" in page(edition=edition).text


@PRIVATE
def test_versions_are_said_to_everyone(page, edition):
    assert "smmetrics-care 0.1.0" in page(edition=edition).text


def test_an_edition_nobody_knows_is_the_users_mistake(source, view, tmp_path):
    with pytest.raises(UserMistake, match="Known: team, board, public"):
        write(source, view, tmp_path / "r.html", edition="boss")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana and BEN met anatol, benny", "one of the team and one of the team met anatol, benny"),
        ("ask mary-jane or mary jane", "ask one of the team or one of the team"),
        ("@ana wrote to @x@y.example, a@b.example", "someone wrote to someone, someone"),
        ("5 @ 3 and x@ y", "5 @ 3 and x@ y"),
        ("a text that begins with @name is a reply", "a text that begins with @name is a reply"),
        ("@names, @name.b and @name@y.example wrote", "someone, someone and someone wrote"),
    ],
)
def test_names_and_handles_are_replaced_where_they_stand_alone(source, text, said):
    goal = replace(source.goals[0], people=("ana", "ben"), hours={"mary-jane": 1.0})
    assert Scrub.of([goal])(text) == said


def test_scrubbing_leaves_the_language_of_a_chart_alone(source):
    goal = replace(source.goals[0], people=("bar", "table", "ordinal"), hours={})
    made = Scrub.of([goal]).inside(chart())
    assert made.spec == chart().spec


def reading():
    return pl.DataFrame([{"metric": "care.answered", "n": 500, "denominator": None, "state": "value", "value": 1.0}])


class TestDiscreet:
    """What panels are told for everybody, whatever they ask."""

    @pytest.fixture
    def told(self, source):
        return Discreet(source, EDITIONS["public"])

    def test_nobody_works_on_a_goal(self, told):
        (goal,) = told.goals
        assert (goal.people, goal.hours) == ((), {})
        assert goal.decision == "add an evening shift; one of the team decides"

    def test_rows_lose_what_a_person_wrote_or_is_called(self, told, source, view):
        source.rows = pl.DataFrame(
            {"text": ["hi"], "person": ["ana"], "tags": [["a"]], "likes": [3], "platform": ["forum"]}
        )
        rows = told.table("posts", view)
        assert rows.row(0) == (None, None, None, 3, "forum")
        assert rows.schema == source.rows.schema

    def test_how_many_rows_there_are_is_not_said_of_a_few(self, told, source, view):
        source.rows = pl.DataFrame({"likes": range(9)})
        assert told.count("posts", view) == 0
        source.rows = pl.DataFrame({"likes": range(10)})
        assert told.count("posts", view) == 10

    def test_plugins_are_not_asked(self, told):
        assert told.plugin_panels() == ()
        assert told.findings() == ()

    def test_coverage_names_no_file_and_no_handle(self, told):
        assert told.coverage("answer-people") == ({"metric": "care.csat", "note": "asked by someone"},)

    def test_evidence_names_neither_files_nor_counts(self, told, view):
        assert told.evidence("r1", view) == {"formula": "share(posts, answered)", "table": "posts"}

    def test_readings_cut_by_persons_are_not_given(self, told, source, view):
        source.frame = reading()
        assert told.readings(view, by=("person",)).is_empty()
        assert not told.readings(view, by=("platform",)).is_empty()

    def test_the_time_of_a_small_team_is_withheld(self, told, source, view):
        source.info = replace(source.info, tables=("effort",))
        source.frame = reading()
        assert told.readings(view)["state"].to_list() == ["suppressed"]


def test_the_team_is_told_by_the_source_itself(source, shown, view, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("smmetrics.panels.build", lambda told, *_, **__: asked.append(told) or tuple(shown))
    write(source, view, tmp_path / "r.md", today=TODAY)
    write(source, view, tmp_path / "r.md", today=TODAY, edition="board")
    assert asked[0] is source
    assert isinstance(asked[1], Discreet)


def test_what_a_group_of_charts_shows_names_nobody_to_others(page, shown):
    (place,) = [place for place, result in enumerate(shown) if result.panel == "platforms"]
    group = tuple(
        replace(each, spec={**each.spec, "usermeta": {"smmetrics": {"group": "g", "about": "Answers by ana"}}})
        for each in shown[place].charts
    )
    shown[place] = replace(shown[place], charts=group)
    assert "Answers by ana" in page().text
    assert "Answers by one of the team" in page(edition="public").text


def test_a_plugin_cannot_speak_to_everybody_under_a_known_name(page, source, shown):
    source.plugins = (("trend", "zz", None),)
    shown[:] = [PanelResult(panel="trend", title="Mine", goal="answer-people", words=("secret of a plugin",))]
    assert "secret of a plugin" not in page(edition="public").text


def test_a_table_of_a_panel_for_everybody_has_no_names(page, shown):
    table = Table(name="t", title="", columns=("Who",), rows=(("ana",), ("@zoe",)), total=2)
    shown[:] = [PanelResult(panel="cards", title="Numbers", goal="answer-people", cards=(card(),), tables=(table,))]
    made = page(edition="public")
    assert "one of the team someone" in made.text


@PRIVATE
def test_where_there_is_nothing_yet_every_edition_says_what_to_do(page, shown, edition):
    shown[:] = [PanelResult(panel="empty", title="", cards=(card(kind="empty", title="Begin with a goal"),))]
    assert "Begin with a goal" in page(edition=edition).text


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("edition", EDITIONS)
def test_all_charts_of_a_page_and_no_others_are_drawn_ahead(source, view, edition):
    begun = []
    document = gather(source, view, EDITIONS[edition], today=TODAY, begin=begun.extend)
    drawn = [chart for result in begun for chart in result.charts]
    assert document.charts
    assert {chart.name for chart in drawn} == {chart.name for chart in document.charts}
    assert all(chart in document.charts for chart in drawn), "another height is another picture"


def test_charts_of_the_board_are_low_so_that_all_fit_on_a_page(page):
    assert [each["spec"]["height"] for each in json.loads(page(edition="board").data[0])["charts"]] == [140]
    assert {each["spec"]["height"] for each in json.loads(page().data[0])["charts"]} == {120}

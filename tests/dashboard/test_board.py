"""The dashboard as a whole: everything follows one state, once, and no text of it can run."""

from __future__ import annotations

import asyncio
import base64
import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import polars as pl
import pytest

from smmetrics.api.errors import UserMistake
from smmetrics.dashboard import Dashboard, static, taking
from smmetrics.dashboard.sections import sections
from smmetrics.panels.results import PanelResult
from smmetrics.panels.source import View
from tests.dashboard.conftest import ALLOWED, ATTRIBUTES, PAYLOADS, Grown, Memory, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_PAGE = frozenset({"style"})


class Kept(dict[str, str]):
    """Views kept in memory."""

    def names(self) -> list[str]:
        return sorted(self)

    def load(self, name: str) -> str:
        return self[name]

    def save(self, name: str, text: str) -> None:
        if "/" in name:
            message = f"{name!r} cannot be the name of a view."
            raise UserMistake(message)
        self[name] = text


def every(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def html_of(board: Dashboard) -> list[str]:
    return [each.value for each in every(board) if isinstance(each, widgets.HTML)]


def trees_of(board: Dashboard) -> list[Any]:
    evidence = [board.grid.evidence["tree"]] if board.grid.evidence else []
    return [section[part] for section in board.grid.sections for part in ("head", "top", "end")] + evidence


def words_of(board: Dashboard) -> str:
    said = [Parsed(value).text for value in html_of(board)[1:]]
    return " ".join([*said, *(Grown(tree).text for tree in trees_of(board))])


def numbers_of(board: Dashboard) -> list[str]:
    """The readings that a button opens."""
    return [value for tree in trees_of(board) for name, value in Grown(tree).attributes if name == "data-reading"]


def pressed(board: Dashboard, reading: str, page: int = 0) -> str:
    """What stands beside the card whose button was pressed."""
    board.grid._handle_custom_msg({"reading": reading, "page": page}, [])
    return Grown(board.grid.evidence.get("tree", [])).text


def test_it_shows_goals_numbers_and_what_they_are_of(plain: Memory) -> None:
    board = Dashboard(plain)
    assert board.recomputed == 1
    assert "words 0" in words_of(board)
    assert any(card.kind == "kpi" for result in board.results for card in result.cards)
    assert board.status.text.startswith("Shown: all days")


def test_a_burst_in_a_notebook_is_followed_once(plain: Memory) -> None:
    async def burst() -> int:
        board = Dashboard(plain)
        before = board.recomputed
        for grain in ("week", "day", "quarter", "week", "total"):
            board.state.grain = grain
        board.state.platforms = ("forum",)
        assert board.recomputed == before
        await asyncio.sleep(0.3)
        assert board.controls.grain.value == "total"
        return board.recomputed - before

    assert asyncio.run(burst()) == 1


def test_in_a_notebook_the_first_goal_is_seen_before_the_others_are_counted(plain: Memory) -> None:
    first, *others = (goal.name for goal in plain.goals)

    async def opened() -> Dashboard:
        board = Dashboard(plain)
        assert others
        assert {view.goals for view in plain.asked} == {(first,)}
        assert {section["key"].split("/")[0] for section in board.grid.sections} == {first, ""}
        assert "Still being counted" in board.status.text
        await asyncio.sleep(0.3)
        assert board.recomputed == 1
        return board

    board, at_once = asyncio.run(opened()), Dashboard(plain)
    assert board.grid.sections == at_once.grid.sections
    assert board.status.text == at_once.status.text


def test_one_step_of_many_fields_is_followed_once_and_at_once_without_a_loop(plain: Memory) -> None:
    board = Dashboard(plain)
    board.state.change(grain="week", since=date(2026, 6, 5), platforms=("mail",))
    assert board.recomputed == 2
    assert plain.asked[-1].since == date(2026, 6, 5)


def test_controls_change_the_state_and_follow_it(plain: Memory) -> None:
    board = Dashboard(plain)
    controls = board.controls
    controls.goal.value = ("talk",)
    controls.period.value = "month"
    controls.platforms.value = ("mail",)
    controls.comparison.value = "last_year"
    view = board.state.view
    assert (view.goals, view.platforms, view.comparison) == (("talk",), ("mail",), "last_year")
    assert (view.since, view.until) == (date(2026, 7, 1), date(2026, 8, 1))
    board.state.show(View(since=date(2026, 6, 3), until=date(2026, 6, 10), grain="day"))
    assert (controls.goal.value, controls.period.value, controls.grain.value) == ((), "own", "day")
    assert (controls.since.value, controls.until.value) == (date(2026, 6, 3), date(2026, 6, 9))
    assert controls.since.layout.display == ""


def test_own_dates_that_run_backwards_are_said_and_not_followed(plain: Memory) -> None:
    board = Dashboard(plain)
    board.controls.until.value = date(2026, 6, 10)
    board.controls.since.value = date(2026, 6, 20)
    assert board.state.view.since is None
    assert "must not come after" in board.status.text


def test_undo_goes_back_and_stops_at_the_beginning(plain: Memory) -> None:
    board = Dashboard(plain)
    assert board.controls.undo.disabled
    board.controls.grain.value = "week"
    board.controls.platforms.value = ("mail",)
    board.controls.undo.click()
    assert (board.state.view.platforms, board.controls.grain.value) == ((), "week")
    board.controls.undo.click()
    assert board.state.view == View()
    assert board.controls.undo.disabled


def test_choosing_in_a_chart_filters_everything_and_can_be_cleared(plain: Memory) -> None:
    board = Dashboard(plain)
    board.grid.selection = {"platform": ["mail"]}
    assert board.state.view.selected == {"platform": ("mail",)}
    rows = board.selected_rows()
    expected = plain.posts.filter(pl.col("platform") == "mail").sort("created_at", descending=True)
    assert rows.equals(expected)
    assert "Only platform: mail" in board.status.text
    board.controls.clear.click()
    assert board.selected_rows().height == plain.posts.height


def test_a_number_opens_formula_files_and_rows_beside_its_card(plain: Memory) -> None:
    board = Dashboard(plain)
    (chosen, *_) = numbers_of(board)
    text = pressed(board, chosen)
    assert "mean(posts.likes, ours)" in text
    assert "Rows 1 to 20 of 41" in text
    told = board.grid.evidence
    assert (told["reading"], told["page"], told["pages"]) == (chosen, 0, 3)
    assert "Rows 21 to 40 of 41" in pressed(board, chosen, 1)
    assert "Rows 41 to 41 of 41" in pressed(board, chosen, 99)
    assert board.evidence(chosen)["formula"] == "mean(posts.likes, ours)"
    board.state.change(grain="week")
    assert board.grid.evidence == {}, "what was asked was of a former view"


def test_the_formula_with_its_numbers_is_counted_once_when_a_number_is_pressed(plain: Memory) -> None:
    board = Dashboard(plain)
    (chosen, other, *_) = numbers_of(board)
    assert plain.worked == 0
    text = pressed(board, chosen)
    assert "mean(posts.likes, ours) = 40 / 16 = " in text
    assert "posts of ours: 16" in text
    pressed(board, chosen, 1)
    assert plain.worked == 1
    pressed(board, other)
    assert plain.worked == 2


def test_evidence_closes_when_nobody_wants_it(plain: Memory) -> None:
    board = Dashboard(plain)
    assert pressed(board, numbers_of(board)[0])
    assert pressed(board, "") == ""
    assert "Nothing is known of this number any more" in pressed(board, "gone")


def test_every_card_with_a_reading_has_its_button(plain: Memory) -> None:
    board = Dashboard(plain)
    readings = [card.reading_id for result in board.results for card in result.cards if card.reading_id]
    assert numbers_of(board) == readings
    assert readings


def test_a_failing_panel_of_a_plugin_is_a_card_and_stops_no_other(plain: Memory) -> None:
    def broken(*_: Any) -> None:
        message = "no such column"
        raise KeyError(message)

    plain.panels = [("weather", "sunny-plugin", broken), ("snow", "snowy-plugin", ImportError("no snow"))]
    board = Dashboard(plain)
    errors = [card for result in board.results for card in result.cards if card.kind == "error"]
    assert any(card.kind == "kpi" for result in board.results for card in result.cards)
    assert len(errors) >= 2
    for plugin in ("sunny-plugin", "snowy-plugin"):
        assert plugin in words_of(board)


def test_the_head_says_how_much_the_review_finds_and_asks_once_for_the_same_data(
    plain: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    answered = {"level": "error", "accepted": "so be it"}
    findings = [answered, {"level": "warning", "accepted": ""}, {"level": "note", "accepted": ""}]
    monkeypatch.setattr(plain, "findings", lambda: asked.append(1) or findings)
    board = Dashboard(plain)
    assert "The review finds 1 warning, 1 note: smmetrics review --data" in board._head.value
    board.state.change(grain="week")
    board.settle()
    assert len(asked) == 1


def test_in_a_notebook_nobody_waits_for_the_review(plain: Memory) -> None:
    async def seen() -> tuple[bool, bool]:
        board = Dashboard(plain)
        first = "1 warning" in words_of(board)
        for _ in range(100):
            await asyncio.sleep(0.05)
            if "1 warning" in words_of(board):
                break
        return first, "1 warning" in words_of(board)

    assert asyncio.run(seen()) == (False, True)


def test_a_source_that_cannot_answer_is_said_in_words(plain: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        message = "line 3 is wrong"
        raise UserMistake(message, hint="Mend it.")

    monkeypatch.setattr("smmetrics.panels.build", refuse, raising=False)
    assert "line 3 is wrong Mend it." in words_of(Dashboard(plain))


@pytest.mark.parametrize("goals", [True, False])
def test_without_data_or_goals_it_says_what_to_do(goals: bool) -> None:
    source = Memory(["word"], goals=goals)
    source.posts = source.posts.clear()
    board = Dashboard(source)
    assert any(card.kind in {"empty", "gap"} for result in board.results for card in result.cards)
    assert "smmetrics " in words_of(board)
    assert numbers_of(board) == []
    assert board.selected_rows().height == 0


def test_controls_are_shown_where_there_is_something_to_choose_from(plain: Memory) -> None:
    nothing = Memory(["word"], goals=False)
    nothing.posts = nothing.posts.clear()
    hidden = [
        [control.layout.display == "none" for control in (board.controls, board.saved)]
        for board in (Dashboard(nothing), Dashboard(plain))
    ]
    assert hidden == [[True, True], [False, False]]


def test_no_text_of_a_hostile_workspace_becomes_markup(hostile: Memory) -> None:
    board = Dashboard(hostile, View(grain="week"), views=Kept(dict.fromkeys(PAYLOADS, "{}")))
    for id_ in numbers_of(board):
        board.evidence(id_)
        for tree in trees_of(board):
            grown = Grown(tree)
            assert set(grown.names) <= ALLOWED
            assert {name.lower() for name, _ in grown.attributes} <= ATTRIBUTES
    for value in html_of(board)[1:]:
        Parsed(value).assert_harmless()
    assert hostile.texts[7] in words_of(board)
    kinds = {type(each).__name__ for each in every(board)}
    assert kinds.isdisjoint({"HTMLMath", "Output"})
    assert not any(getattr(each, "description_allow_html", False) for each in every(board))


def test_the_copy_without_a_kernel_holds_numbers_and_pictures_and_runs_nothing(
    hostile: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = Dashboard(hostile)
    outputs: list[dict[str, Any]] = []
    monkeypatch.setattr("smmetrics.dashboard.board.display", lambda data, *, raw: outputs.append(data) if raw else None)
    board._ipython_display_()
    shown, copy = outputs
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == board.model_id
    assert "text/html" not in shown
    parsed = Parsed(copy["text/html"])
    assert ("data-of", board.grid.own) in parsed.attributes
    assert ":has(.smm-grid" not in copy["text/html"], "such a rule has the browser look through it at every change"
    parsed.assert_harmless(also=OF_PAGE)
    pictures = [value for name, value in parsed.attributes if name == "src"]
    charts = sum(len(result.charts) for result in board.results)
    assert len(pictures) == min(charts, static.MOST_CHARTS) > 0
    for picture in pictures:
        drawn = base64.b64decode(picture.partition(",")[2]).decode()
        assert "<script" not in drawn
        assert "<image" not in drawn
        assert "xlink:href" not in drawn


def test_views_are_saved_opened_and_refused_in_words(plain: Memory) -> None:
    kept = Kept()
    board = Dashboard(plain, views=kept)
    board.state.change(grain="week", selected={"platform": ("mail",)})
    board.saved.name.value = " Board "
    board.saved.save.click()
    board.state.show(View())
    board.saved.look.click()
    assert board.state.view == View(grain="week", selected={"platform": ("mail",)})
    board.saved.name.value = "a/b"
    board.saved.save.click()
    assert "cannot be the name" in board.status.text
    kept["Board"] = "{"
    board.saved.look.click()
    assert "no saved view" in board.status.text


def test_without_a_place_for_views_there_is_no_button_for_them(plain: Memory) -> None:
    assert [each.description for each in Dashboard(plain).saved.children if isinstance(each, widgets.Button)] == [
        "Export CSV"
    ]


def test_the_file_of_readings_holds_what_is_shown_and_runs_in_no_spreadsheet(hostile: Memory) -> None:
    board = Dashboard(hostile, View(grain="week"))
    board.saved.take.click()
    (link,) = [value for name, value in Parsed(board.saved.link.value).attributes if name == "href"]
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(link.partition(",")[2]).decode())))
    assert len(rows) == board.readings.height > 8
    assert {row["grain"] for row in rows} == {"total", "week"}
    cells = taking.csv_of(pl.DataFrame({"a": list(PAYLOADS)}))
    live = [cell for (cell,) in list(csv.reader(io.StringIO(cells)))[1:] if cell.startswith(("=", "+", "-", "@"))]
    assert live == []


def test_every_control_has_a_name_and_says_what_it_does(plain: Memory) -> None:
    board = Dashboard(plain, views=Kept())
    inputs = [
        each
        for each in every(board)
        if isinstance(each, widgets.ValueWidget | widgets.Button) and not isinstance(each, widgets.HTML)
    ]
    named = [each for each in inputs if hasattr(each, "description")]
    assert len(named) > 10
    assert all(each.description and each.tooltip for each in named)
    assert not any(
        isinstance(each, widgets.IntSlider | widgets.FloatSlider | widgets.SelectionSlider) for each in inputs
    )


def test_each_chart_stands_in_the_panel_it_is_of(plain: Memory) -> None:
    board = Dashboard(plain)
    placed = [(section["label"], name) for section in board.grid.sections for name in section["charts"]]
    assert [name for _, name in placed] == [chart["name"] for chart in board.grid.charts]
    assert len(placed) == sum(len(result.charts) for result in board.results) > 0
    assert all("talk" in label for label, name in placed if name.startswith("trend-talk"))


def test_folded_panels_begin_folded(plain: Memory) -> None:
    def more(*_: Any) -> PanelResult:
        return PanelResult(panel="", title="More", words=("word",), folded=True)

    plain.panels = [("weather", "plugin", more)]
    folded = [section for section in Dashboard(plain).grid.sections if section["folded"]]
    assert [Grown(section["head"]).text for section in folded] == ["More"]


def test_charts_of_one_name_are_all_drawn(plain: Memory) -> None:
    charts = [chart for result in Dashboard(plain).results for chart in result.charts][:1]
    results = [PanelResult(panel="a", title="A", charts=tuple(charts))] * 3
    told, drawn = sections(results)
    assert len({chart.name for chart in drawn}) == len({section["key"] for section in told}) == 3
    assert [section["charts"] for section in told] == [[chart.name] for chart in drawn]

"""The page holds all it needs, says what it is made of, and can be read by eye, ear and keyboard."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from smmetrics.panels.charts.theme import config
from smmetrics.report.security import script
from tests.report.conftest import GAP, TODAY, card, chart

BOTH = pytest.mark.parametrize("static", [False, True])


def policy_of(page):
    (found,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in found.split("; "))}


@BOTH
def test_a_page_is_well_formed_and_names_its_language_and_title(page, static):
    made = page(static=static)
    assert made.faults == []
    assert made.all("html") == [{"lang": "en", "data-edition": "team"}]
    assert made.texts[made.texts.index("Acme Gardens")] == "Acme Gardens"
    assert len(made.all("title")) == len(made.all("h1")) == len(made.all("main")) == 1


@BOTH
def test_a_page_asks_nobody_for_anything(page, static):
    made = page(static=static)
    loading = {
        "src",
        "srcset",
        "data",
        "action",
        "formaction",
        "poster",
        "background",
        "ping",
        "xlink:href",
        "manifest",
    }
    assert not [attributes for _, attributes in made.elements if loading & attributes.keys()]
    assert not {"link", "iframe", "img", "object", "embed", "base", "form", "audio", "video", "image", "use"} & {
        tag for tag, _ in made.elements
    }
    assert all(attributes["href"].startswith("#") for attributes in made.all("a"))
    style = "".join(text for name, _, text in made.raw if name == "style")
    assert "url(" not in style
    assert "@import" not in style
    addresses = [value for _, attributes in made.elements for value in attributes.values() if value and "://" in value]
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_the_policy_lets_the_page_load_nothing_and_run_its_own_script_only(page):
    made = page()
    (code,) = made.code
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert policy_of(made) == {
        "default-src": ["'none'"],
        "script-src": [f"'sha256-{digest}'"],
        "style-src": ["'unsafe-inline'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_a_static_page_runs_nothing(page):
    made = page(static=True)
    assert made.all("script") == []
    assert policy_of(made)["script-src"] == ["'none'"]


def test_a_page_without_charts_carries_no_script(page, shown):
    shown[:] = [result for result in shown if not result.charts]
    assert page().all("script") == []


def test_what_is_drawn_can_be_read_back(page, shown):
    made = page()
    (text,) = made.data
    told = json.loads(text)
    drawn = [each for result in shown for each in result.charts]
    assert [each["rows"] for each in told["charts"]] == [[dict(row) for row in each.rows] for each in drawn]
    assert [each["spec"]["layer"] for each in told["charts"]] == [each.spec["layer"] for each in drawn]
    places = [attributes["aria-label"] for attributes in made.all("div") if attributes.get("role") == "img"]
    assert places == [each.description for each in drawn]
    assert [each["id"] for each in told["charts"]] == [div["id"] for div in made.all("div") if "aria-hidden" in div]
    assert "$schema" not in text
    assert told["embed"]["ast"] is True


def test_a_number_that_is_none_is_drawn_as_a_gap(page, shown):
    shown[2] = replace(shown[2], charts=(replace(chart(), rows=({"f0": "June", "f2": float("nan")},)),))
    assert json.loads(page().data[0])["charts"][0]["rows"] == [{"f0": "June", "f2": None}]


@BOTH
def test_a_chart_that_cannot_be_read_takes_nothing_along(page, shown, static):
    broken = replace(chart(), spec={**chart().spec, "layer": [{"mark": "nothing", "encoding": {"x": float("inf")}}]})
    shown[2] = replace(shown[2], charts=(broken, chart()))
    made = page(static=static)
    assert made.text.count("This chart could not be drawn.") == int(static)
    assert "212 of 230" in made.text
    assert made.faults == []


@pytest.mark.parametrize("text", ["if (a</script>b) {}", "'<!--'", "</SCRIPT >"])
def test_a_script_that_could_end_its_element_is_refused(text):
    with pytest.raises(ValueError, match="ends a script"):
        script(text)


@BOTH
def test_the_same_data_on_the_same_day_give_the_same_bytes(written, static):
    pages = [written(f"{n}.html", static=static).read_bytes() for n in (1, 2)]
    assert pages[0] == pages[1]
    assert b"2026-11-25" in pages[0]


@pytest.mark.parametrize(
    "said",
    [
        "Goals answer-people",
        "Days 2026-06-01 – 2026-11-21",
        "Shown by month",
        "Compared with the period before",
        "Platforms all",
        "Data until Blogs 2026-08-31, Forum 2026-11-21",
        "Zone Europe/Berlin",
        "Edition team: for the team",
        "Made 2026-11-25",
        "Made with smmetrics 0.1.0, smmetrics-care 0.1.0, store abababababab",
    ],
)
def test_the_page_is_stamped(page, said):
    assert said in page().text


def test_filters_and_days_of_the_view_are_on_the_stamp(page, view):
    chosen = view.with_(platforms=("forum",), selected={"format": ("photo", "text")}, since=TODAY, grain="week")
    made = page(over=chosen)
    for said in ("Platforms Forum", "Chosen format: photo, text", "Days 2026-11-25 – 2026-11-21", "Shown by week"):
        assert said in made.text


def test_a_goal_says_why_for_whom_by_whom_and_with_how_many_hours(page):
    for said in (
        "an unanswered question is a plant that dies",
        "For gardeners",
        "They get an answer the same day",
        "By ana, ben",
        "Hours a week ana 5 h",
        "212 of 230 questions got an answer.",
        "To decide add an evening shift; Ana decides",
        "Due Answered questions by 31 March 2027",
    ):
        assert said in page().text


def test_a_card_says_all_that_makes_its_number_honest(page):
    for said in (
        "212 of 230",
        "88–95 %",
        "▼ behind",
        "aim 95 %",
        "+4 points",
        "230 questions · 84 % of posts",
        "Watch this too",
    ):
        assert said in page().text


def test_a_gap_says_why_what_is_nearest_and_what_would_do(page):
    for said in ("no file reports it", "Kind words: it needs no survey", "What would do the cases sheet"):
        assert said in page().text


def test_every_number_opens_its_evidence(page):
    made = page()
    assert len([each for each in made.all("details") if each.get("class") == "evidence"]) == 2
    for said in (
        "Formula share(posts, answered)",
        "Sample 230",
        "Sources cases.csv (offline.cases, 1,201 records)",
        "Records set aside 3",
        "Caveat Only what is public.",
        "After Hirsch 2026",
    ):
        assert said in made.text


def test_findings_are_counted_and_folded(page, source):
    source.review = (*source.review, *({"code": "S", "level": "warning", "message": "m"},) * 2)
    made = page()
    assert "1 note, 2 warnings" in made.text
    assert "Nobody outside was asked." in made.text


@BOTH
def test_headings_skip_no_level(page, static):
    levels = [int(tag[1]) for tag, _ in page(static=static).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_picture_is_drawn_for_the_room_it_has(page, shown):
    shown[2] = replace(shown[2], charts=(chart(),))
    alone = [each.get("class") for each in page(static=True).all("svg")]
    shown[2] = replace(shown[2], charts=(chart(), chart("Forum")))
    beside = [each.get("class") for each in page(static=True).all("svg")]
    assert (alone.count("picture wide"), alone.count("picture narrow")) == (1, 1)
    assert (alone.count("picture beside"), beside.count("picture beside")) == (0, 2)
    assert not {"picture wide", "picture narrow"} & {*beside}


@BOTH
def test_pictures_and_tables_are_described_for_those_who_hear_them(page, static):
    made = page(static=static)
    assert all(each.get("role") == "img" and each.get("aria-label") for each in made.all("svg"))
    assert {each.get("scope") for each in made.all("th")} == {"col", "row"}
    assert all(
        each["aria-label"] and each["tabindex"] == "0" for each in made.all("div") if each.get("role") == "group"
    )
    assert len(made.all("header")) == len(made.all("footer")) == 1


@BOTH
def test_ids_are_given_once_and_links_lead_somewhere(page, shown, source, static):
    source.goals = (source.goals[0], replace(source.goals[0], name="listen"))
    shown += [replace(result, goal="listen") for result in shown]
    made = page(static=static)
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [each["href"].removeprefix("#") in ids for each in made.all("a")] == [True, True]


def test_a_page_reads_at_night_on_paper_and_on_a_telephone(page):
    style = "".join(text for name, _, text in page(static=True).raw if name == "style")
    for said in ("prefers-color-scheme: dark", "@media print", "size: A4", "break-inside: avoid", "max-width: 40rem"):
        assert said in style
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page(static=True).all("meta")


def test_no_colour_of_the_night_is_another_of_the_day():
    """A page on paper changes colours of the night: those of a chart drawn by day must not be among them."""
    by_day, by_night = (set(re.findall(r"#[0-9a-f]{6}", json.dumps(config(dark=dark)))) for dark in (False, True))
    assert len(by_day) == len(by_night) == 4
    assert by_day.isdisjoint(by_night)


def test_folded_panels_begin_closed(page):
    folded = [each["data-panel"] for each in page().all("details") if "data-panel" in each]
    assert folded == ["gaps", "audience"]
    assert not any("open" in each for each in page().all("details"))


def test_charts_of_one_group_stand_side_by_side(page):
    assert [each["class"] for each in page().all("div") if each.get("class", "").startswith("charts")] == [
        "charts",
        "charts several",
    ]


@pytest.mark.parametrize("static", [True, False])
def test_a_group_of_charts_stands_below_what_they_all_show(page, static):
    made = page(static=static)
    assert made.text.count("Answered in time") == 1 + 2  # above them, and at the numbers of each
    assert {"class": "charts several"} in made.all("div")


def test_a_failing_panel_is_shown_as_one(page, shown):
    shown[2] = replace(
        shown[2], charts=(), cards=(card(kind="error", title="zz: its panel failed", reading_id="", value_text=""),)
    )
    assert "Failed zz: its panel failed" in page().text


def test_without_goals_and_data_the_page_still_says_what_to_do(page, shown, source):
    source.goals, source.review, source.plugins = (), (), ()
    source.days = lambda: None
    source.freshness, source.platforms = dict, {}
    shown[:] = [
        replace(
            shown[5],
            goal="",
            panel="empty",
            folded=False,
            cards=(replace(GAP, kind="empty", title="Begin with a goal"),),
        )
    ]
    made = page()
    assert "Begin with a goal" in made.text
    assert "Where to begin" in made.text
    assert "All goals together" not in made.text
    assert "What would do" not in made.text
    assert "Data until: no data yet" in made.text
    assert made.faults == []

"""No text becomes markup, whatever it is and wherever it comes in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.dashboard import behind, shown
from smmetrics.dashboard.html import Markup, escaped, joined, some, stylesheet, table, tag
from smmetrics.panels.results import Card, PanelResult, Spark, Table
from smmetrics.panels.source import View
from tests.dashboard.conftest import FIRST, PAYLOADS, Memory, Parsed

ALL = " ".join(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_is_shown_as_it_is_and_runs_nothing(payload: str) -> None:
    made = Parsed(str(tag("p", payload, aria_label=payload)))
    assert (made.tags, made.text) == (["p"], payload)
    assert made.attributes == [("aria-label", payload)]


@given(st.text())
def test_any_text_stays_text(text: str) -> None:
    made = Parsed(str(tag("p", text)))
    assert made.tags == ["p"]
    assert "<" not in str(escaped(text))


def test_markup_is_escaped_once_only() -> None:
    assert str(tag("p", tag("code", "a < b"))) == "<p><code>a &lt; b</code></p>"
    assert str(escaped("&lt;")) == "&amp;lt;"


def test_characters_that_turn_writing_round_are_replaced() -> None:
    assert str(escaped("a\u202eb\x00c")) == "a\ufffdb\ufffdc"


def test_markup_cannot_be_made_from_a_text() -> None:
    with pytest.raises(TypeError, match="escaped, tag and joined"):
        Markup("<b>")


@pytest.mark.parametrize("name", ["onclick", "style", "on_load", 'x"y'])
def test_attributes_that_could_run_something_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="could run"):
        tag("p", **{name: "x"})


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://evil.example", "//evil.example", "data:text/html;base64,AA=="]
)
def test_links_lead_into_the_page_only(link: str) -> None:
    with pytest.raises(ValueError, match="into the page"):
        tag("a", "x", href=link)


def test_a_stylesheet_cannot_end_itself() -> None:
    with pytest.raises(ValueError, match="end itself"):
        stylesheet("</style><script>")


def test_nothing_in_it_is_nothing() -> None:
    assert str(some("p", "", None)) == ""
    assert str(joined([])) == ""
    assert str(table(["a"], [], label="A")).count("<tr>") == 1


def test_a_result_full_of_hostile_texts_is_harmless() -> None:
    card = Card(
        kind="kpi", title=ALL, metric=ALL, value=1.0, value_text=ALL, interval_text=ALL, target_text=ALL, status=ALL,
        glyph=ALL, status_text=ALL, change_text=ALL, sample_text=ALL, reported_text=ALL, reason_text=ALL, widened_text=ALL, reading_id=ALL,
        nearest=((ALL, ALL),), would_do=(ALL,), spark=(Spark(start=ALL, value=1.0), Spark(start=ALL, value=2.0)),
    )  # fmt: skip
    rows = Table(name=ALL, title=ALL, columns=(ALL,), rows=((ALL,),), total=9, note=ALL)
    result = PanelResult(panel=ALL, title=ALL, goal=ALL, words=(ALL,), cards=(card,), tables=(rows,), notes=(ALL,))
    parts = shown.parts(result, asks=True)
    for made in (joined([parts.head, parts.top, parts.end]), shown.head(ALL, ALL, ALL)):
        parsed = Parsed(str(made))
        parsed.assert_harmless()
        assert ALL in parsed.text


def test_evidence_full_of_hostile_texts_is_harmless(hostile: Memory) -> None:
    (told,) = [hostile.evidence(FIRST, View())]
    for made in (
        behind.evidence(told, hostile, hostile.working(FIRST, View())),
        behind.rows(hostile, told, View(), page=0),
        behind.rows(hostile, told, View(), page=1),
    ):
        Parsed(str(made)).assert_harmless()
    assert hostile.texts[7] in Parsed(str(behind.evidence(told, hostile, {}))).text


def test_a_missing_value_breaks_the_small_line() -> None:
    values = (1.0, 2.0, None, 3.0, 1.0, float("nan"))
    points = [Spark(start=f"2026-0{month}-01", value=value) for month, value in enumerate(values, 1)]
    assert Parsed(str(shown.spark(points))).tags == ["svg", "title", "polyline", "polyline"]
    assert str(shown.spark(points[:1])) == ""


def test_evidence_names_its_formula_files_and_what_was_left_out(plain: Memory) -> None:
    told = plain.evidence(FIRST, View())
    text = Parsed(str(behind.evidence(told, plain, plain.working(FIRST, View())))).text
    for said in (
        "mean(posts.likes, ours)",
        "words 7",
        "2026-07-01 00:00",
        "3 words 7",
        "2 records of these files",
        "40 / 16",
    ):
        assert said in text
    told["sources"][0]["observed_at"] = None
    assert "not known" in Parsed(str(behind.evidence(told, plain, {}))).text
    assert Parsed(str(behind.evidence({}, plain, {}))).text == behind.UNKNOWN


def test_rows_come_by_the_page_and_say_which(plain: Memory) -> None:
    told = plain.evidence(FIRST, View())
    assert behind.pages(plain, told, View()) == 3
    last = Parsed(str(behind.rows(plain, told, View(), page=2)))
    assert "Rows 41 to 41 of 41 of the table posts" in last.text
    assert last.tags.count("tr") == 2


def test_rows_are_those_of_the_readings_own_platform_and_period() -> None:
    told = {"platform": "forum", "grain": "month", "period_start": date(2026, 6, 1), "period_end": date(2026, 7, 1)}
    inside = behind.within(told, View())
    assert (inside.platforms, inside.since, inside.until) == (("forum",), date(2026, 6, 1), date(2026, 7, 1))
    assert behind.within({"platform": "", "grain": "total"}, View()) == View()

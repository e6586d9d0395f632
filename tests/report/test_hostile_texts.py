"""What strangers wrote stays text: in the page, in its pictures, in its data, and in a mail."""

from __future__ import annotations

import json
from dataclasses import replace

import mistune
import pytest
from markdown_it import MarkdownIt

from smmetrics.panels.markup import clean, tag
from smmetrics.panels.results import Table
from smmetrics.report import markdown
from smmetrics.report.pictures import sealed
from tests.browser.payloads import PAYLOADS
from tests.report.conftest import SPEC, FakeSource, Parsed, card, chart, panels, poisoned

TEXTS = [payload.text for payload in PAYLOADS]
EVERY_THIRD = [
    text if place % 3 == 0 else pytest.param(text, marks=pytest.mark.slow) for place, text in enumerate(TEXTS)
]
"""A third of the corpus, of every family; all of it in `make test-all`."""
HARMLESS, HARMLESS_MAIL = [], []  # made once
READERS = {
    "commonmark": MarkdownIt("commonmark").enable("table").render,
    "github": mistune.create_markdown(
        escape=False, plugins=["table", "url", "strikethrough", "task_lists", "footnotes", "math"]
    ),
}


def say(text, source, shown):
    """Put a text into every place that outside text comes from."""
    fresh = FakeSource()
    shown[:] = poisoned(panels(), text)
    source.goals, source.info, source.told = (poisoned(part, text) for part in (fresh.goals, fresh.info, fresh.told))
    source.review, source.platforms = poisoned(fresh.review, text), poisoned(fresh.platforms, text)
    source.title, source.purpose = f"T {text}", f"P {text}"


def test_the_corpus_is_large_enough():
    assert len(EVERY_THIRD) >= 200
    assert sum(isinstance(text, str) for text in EVERY_THIRD) >= 60


@pytest.mark.parametrize("text", EVERY_THIRD)
def test_no_text_changes_the_shape_of_a_page(page, source, shown, text):
    if not HARMLESS:
        say("harmless", source, shown)
        HARMLESS.append(page())
    (harmless,) = HARMLESS
    say(text, source, shown)
    hostile = page()
    assert hostile.faults == []
    assert hostile.comments == []
    assert hostile.shape == harmless.shape
    assert hostile.code == harmless.code
    assert hostile.text.count(" ".join(clean(text).split())) >= 50


@pytest.mark.parametrize("text", EVERY_THIRD)
def test_no_text_ends_a_block_of_data(page, shown, text):
    shown[:] = [replace(shown[2], charts=(replace(chart(), rows=({"f0": text, "f1": text, "f2": 1.0},), title=text),))]
    (data,) = page().data
    assert json.loads(data)["charts"][0]["rows"] == [{"f0": text, "f1": text, "f2": 1.0}]
    assert not set("<>&\u2028\u2029") & set(data)


def test_no_text_changes_the_shape_of_a_picture(page, shown):
    written = {"text": {"field": "f0"}, "y": {"field": "f2", "type": "quantitative"}}
    spec = {**SPEC, "layer": [{"mark": {"type": "text"}, "encoding": written}]}

    def drawn(texts):
        rows = tuple({"f0": f"{place}: {text}", "f2": float(place)} for place, text in enumerate(texts))
        meta = chart(group="g").spec["usermeta"]  # drawn at one width
        made = replace(chart(), spec={**spec, "usermeta": meta}, rows=rows)
        shown[:] = [replace(shown[0], panel="trend", words=(), charts=(made,))]
        return page(static=True)

    hostile = drawn(clean(text).strip() for text in TEXTS)
    assert hostile.faults == []
    assert hostile.shape == drawn("x" * len(TEXTS)).shape
    assert f"0: {TEXTS[0]}" in hostile.text
    names = {name for _, attributes in hostile.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]


@pytest.mark.parametrize("text", ['\\":1,"a":warn(1),"', "a\nb", "\u2028", '"', "image"])
def test_no_title_breaks_out_of_the_expression_that_vega_writes_it_into(page, shown, text):
    tooltip = [{"field": "f1", "type": "nominal", "title": text}]
    (layer,) = SPEC["layer"]
    spec = {**SPEC, "layer": [{**layer, "encoding": {**layer["encoding"], "tooltip": tooltip}}]}
    shown[:] = [replace(shown[2], charts=(replace(chart(), spec=spec),))]
    assert "could not be drawn" not in page(static=True).text
    (drawn,) = json.loads(page().data[0])["charts"]
    assert not set("\\\n\u2028") & set(drawn["spec"]["layer"][0]["encoding"]["tooltip"][0]["title"])


def test_characters_that_end_the_renderer_never_reach_it(page, shown):
    rows = tuple({"f0": f"a{text}b", "f2": 1.0} for text in ("\x0c", "\x00", "\ud800", "\ufffe", "\x1b"))
    shown[:] = [replace(shown[2], charts=(replace(chart(), rows=rows, title="t\x0c", description="d\x0c"),))]
    made = page(static=True)
    assert "a\ufffdb" in made.text
    assert "could not be drawn" not in made.text


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        "<foreignObject><b>x</b></foreignObject>",
        "<image href='https://outside.example/a.png'/>",
        "<use href='#a'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<style>*{fill:url(https://outside.example)}</style>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
    ],
)
def test_a_part_of_a_picture_that_does_not_draw_is_left_out(part):
    made = Parsed(str(sealed(drawing(part), label="l", prefix="p", class_="")))
    assert [tag for tag, _ in made.elements] == ["svg", "g", "rect"]


@pytest.mark.parametrize(
    "told", ["onload='alert(1)'", "style='fill:red'", "fill='url(https://outside.example/a)'", "href='#x'"]
)
def test_an_attribute_that_does_not_draw_is_left_out(told):
    made = Parsed(str(sealed(drawing(f"<rect {told} x='1'/>"), label="l", prefix="p", class_="")))
    assert made.elements[-1] == ("rect", {"x": "1"})


def test_ids_of_pictures_are_kept_apart():
    part = "<clipPath id='c1'><rect x='1'/></clipPath><g clip-path='url(#c1)'></g>"
    made = str(sealed(drawing(part), label="l", prefix="p7", class_=""))
    assert 'id="p7-1"' in made
    assert 'clip-path="url(#p7-1)"' in made


def drawing(part):
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'><g><rect y='1'/>{part}</g></svg>"


@pytest.mark.parametrize("text", EVERY_THIRD)
def test_no_text_formats_a_mail_or_makes_a_link_in_it(written, source, shown, text):
    def read():
        mail = written("report.md").read_text(encoding="utf-8")
        return [Parsed(reader(mail)).shape for reader in READERS.values()]

    if not HARMLESS_MAIL:
        say("harmless", source, shown)
        HARMLESS_MAIL.extend(read())
    say(text, source, shown)
    assert read() == HARMLESS_MAIL


HALF = (
    "yammer_messages", "_a_", "a_b_ c", "a __b__ c", "snake_case_ _x", "A & B", "AT&T", "&lt;b&gt;", "&copy; &copy",
    "&#60;b>", "&ltb", "a > b", ">a", "#1 of #2", "# a #", "C#", "*a_b*", "é_é_ü", "\u0301_a_",
)  # fmt: skip
"""Signs that format in some places and not in others."""


@pytest.mark.parametrize("text", ["Library & Museum Shop", "yammer_messages", "a > b", "post #7 of 9", "AT&T"])
def test_a_mail_is_read_as_it_is_written_where_markdown_needs_no_sign(text):
    assert markdown.text(text) == text


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "text",
    [*TEXTS, "- a", "+ a", "1. a", "12) a", "# a", "> a", "===", "---", "    a", "| a | b |", "[^1]: a", "$a$", *HALF],
)
def test_a_text_at_the_beginning_of_a_line_is_read_as_it_is(text, name):
    made = Parsed(READERS[name](f"{markdown.line(text)}\n"))
    assert {tag for tag, _ in made.elements} <= {"p"}
    assert made.text == " ".join(clean(text).split())


@pytest.mark.parametrize("text", [*TEXTS, "a | b", "`", "\\", *HALF])
def test_a_text_stays_in_its_cell(text):
    table = Table(name="t", title="", columns=("A", "B"), rows=((text, "end"), (text, text)), total=2)
    for reader in READERS.values():
        made = Parsed(reader(markdown._table(table)))
        assert [tag for tag, _ in made.elements].count("td") == 4
        assert made.text.count(" ".join(clean(text).split()) or "end") >= 1
        assert not {"a", "img", "script", "em", "strong", "del", "code"} & {tag for tag, _ in made.elements}


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u202eabc", "a\u2028b", "\x1b[31m", "\ufffe"])
def test_characters_no_file_can_hold_are_left_out(page, shown, text):
    shown[:] = [replace(shown[1], cards=(card(text),))]
    made = page()
    assert not set(text) & set(made.text) - set("abc[31m")


def test_an_attribute_cannot_be_ended_by_what_it_holds():
    made = Parsed(str(tag("p", "x", title='"><img src=x onerror=alert(1)>', data_it="'")))
    assert made.elements == [("p", {"title": '"><img src=x onerror=alert(1)>', "data-it": "'"})]

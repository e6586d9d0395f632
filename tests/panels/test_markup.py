"""One place makes markup: as HTML every text is escaped, as a tree every text stays a text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmetrics.panels.markup import clean, escaped, joined, ours, some, tag

HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def test_a_tree_holds_texts_as_they_are_and_elements_by_name():
    made = joined([tag("p", "a < b ", tag("b", 1), class_="x", hidden=True, title=None), "end"])
    assert made.tree() == [["p", {"class": "x", "hidden": ""}, ["a < b ", ["b", {}, ["1"]]]], "end"]
    assert str(made) == '<p class="x" hidden="">a &lt; b <b>1</b></p>end'


@given(st.text())
def test_no_text_becomes_an_element_of_a_tree(text: str):
    (element,) = tag("p", text, title=text).tree()
    assert element == ["p", {"title": clean(text)}, [clean(text)] if text else []]
    assert json.loads(json.dumps(element)) == element


def test_a_zero_is_said_and_what_is_false_is_left_out():
    assert str(tag("rect", x=0, hidden=False)) == '<rect x="0"></rect>'


def test_parts_are_parted_by_escaped_text():
    assert str(joined(["a", tag("b", "c")], " & ")) == "a &amp; <b>c</b>"


def test_what_is_empty_is_nothing():
    assert not escaped("")
    assert not some("p", "", joined([]))
    assert not ours("")


def test_html_of_ours_stays_as_it_is_and_has_no_tree():
    assert str(ours("<style>p{}</style>")) == "<style>p{}</style>"
    with pytest.raises(TypeError, match="no tree"):
        ours("<b>").tree()


@pytest.mark.parametrize("name", ["p onload=x", "P", "", "a>"])
def test_a_name_that_is_none_is_refused(name: str):
    with pytest.raises(ValueError, match="no element"):
        tag(name)


def test_lines_become_one_and_hidden_characters_are_shown():
    assert clean("a\r\n\tb\u202ec\x00") == "a b\ufffdc\ufffd"
    assert clean(None) == ""
    assert HOSTILE not in str(tag("p", HOSTILE, title=HOSTILE))

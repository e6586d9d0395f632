"""Line numbers, against documents whose lines are known because the test wrote them one by one."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.strategy import locate as room
from smmetrics.strategy.locate import locate
from smmetrics.strategy.templates import names, text_of

DOCUMENT = '''\
# a comment with [brackets] and = signs
title = "a # that is no comment"

[goals.talk]   # a table
"quoted.key" = 1
voice = { speaker = "us", never = ["a", "b"], deep = { deeper = 2 } }
long = """
[not.a.table]
not_a_key = 1 \\"\\"\\" still inside
"""
raw = \'\'\'
[[neither]]\'\'\'\'
list = [
  "first",
  # between
  { name = "second" },
  [3, 4],
]
a.b . "c" = 5

[[goals.talk.targets]]
metric = "m"
[[goals.talk.targets]]
metric = "n"
[goals.talk.targets.with]
hours = "shop"
[[goals.talk.targets.deeper]]
x = 2026-01-01
[goals]
other.why = "later"
'''

LINES = {
    ("title",): 2,
    ("goals", "talk"): 4,
    ("goals", "talk", "quoted.key"): 5,
    ("goals", "talk", "voice", "never", 1): 6,
    ("goals", "talk", "voice", "deep", "deeper"): 6,
    ("goals", "talk", "long"): 7,
    ("goals", "talk", "raw"): 11,
    ("goals", "talk", "list"): 13,
    ("goals", "talk", "list", 0): 14,
    ("goals", "talk", "list", 1, "name"): 16,
    ("goals", "talk", "list", 2, 1): 17,
    ("goals", "talk", "a", "b", "c"): 19,
    ("goals", "talk", "targets", 0, "metric"): 22,
    ("goals", "talk", "targets", 1): 23,
    ("goals", "talk", "targets", 1, "metric"): 24,
    ("goals", "talk", "targets", 1, "with", "hours"): 26,
    ("goals", "talk", "targets", 1, "deeper", 0, "x"): 28,
    ("goals",): 29,
    ("goals", "other", "why"): 30,
}


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=str)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_place_has_its_line(path, line, ends):
    assert locate(DOCUMENT.replace("\n", ends)).of(*path) == line


def test_a_place_that_is_absent_has_the_line_of_what_is_around_it():
    lines = locate(DOCUMENT)
    assert lines.of("goals", "talk", "audience") == 4
    assert lines.of("goals", "talk", "targets", 7) == 21
    assert lines.of("nothing") == 1


def paths(value, path=()):
    """Every place of a parsed document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from paths(item, (*path, number))


def test_no_place_is_forgotten():
    assert set(paths(tomllib.loads(DOCUMENT))) == set(locate(DOCUMENT).places)


BARE = st.text("abcxyz-_19", min_size=1, max_size=4)
PART = st.one_of(
    BARE.map(lambda key: (key, key)),
    st.text("ab.# ]='", max_size=4).map(lambda key: (key, '"' + key + '"')),
    st.text('ab.# ]="', max_size=4).map(lambda key: (key, "'" + key + "'")),
    st.just(('é\t"', '"\\u00e9\\t\\""')),
)
SIMPLE = st.sampled_from(
    ["1", "-2.5e3", "true", "2026-11-01", "2026-11-01T10:00:00Z", "09:00:00", '"a # ] } b"', "'c:\\'", '""', "''",
     '"""two\nlines ] # " ""x"""', "'''\nthree\n' ''lines'''", '"\\\\"', '"""\\"""" """', '""""quoted""""', "inf"]
)  # fmt: skip
VALUE = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", # note ]\n ".join(items) + "]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{ " + ", ".join(f"k{n} = {i}" for n, i in enumerate(items) if "# note" not in i) + " }"
        ),
    ),
    max_leaves=5,
)


@st.composite
def documents(draw):
    """A text, and the line on which each of its keys was written."""
    text, lines, table = "", {}, ()
    for count in range(draw(st.integers(0, 8))):
        line = text.count("\n") + 1
        kind = draw(st.sampled_from(["pair", "pair", "table", "many", "blank"]))
        if kind == "blank":
            text += draw(st.sampled_from(["\n", "# [x]\n", "   \t\n", "#\n\n"]))
        elif kind == "pair":
            key, written = draw(PART)
            key, written = (f"{count}{key}", f"{count}{written}") if written == key else (key, written)
            text += f"u{count} . {written} = {draw(VALUE)} # = [end\n"
            lines[*table, f"u{count}", key] = line
        else:
            name = f"t{count}"
            text += f"[{name}]\n" if kind == "table" else f"[[ {name} ]]\n"
            table = (name,) if kind == "table" else (name, 0)
            lines[table] = line
    return text, lines


@settings(max_examples=150)
@given(documents())
def test_written_lines_are_found_again(document):
    text, lines = document
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = locate(text)
    assert set(paths(parsed)) == set(found.places)
    assert {path: found.of(*path) for path in lines} == lines


WALKED = r'''
[a]
one = "#" # "
two = """three
four = 5"""
eight = ""
nine = "\" = ten"
eleven = { twelve = 1 }
thir.teen = 14
"fif teen" = 1
sixteen = [ "a",
 "b" ]
seventeen = 2027-01-01 # c
'''


@pytest.mark.parametrize("name", names())
def test_plain_lines_are_found_where_the_whole_walk_finds_them(name, monkeypatch):
    """Most lines are one key and one value: they are stepped over at once, and nothing else is."""
    text = text_of(name) + WALKED
    quick = locate(text).places
    monkeypatch.setattr(room, "PLAIN", re.compile(r"(?!)"))
    assert locate(text).places == quick

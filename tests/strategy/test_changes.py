"""Several changes in one save: each lands where people would have written it, and nothing else moves."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import smmetrics.strategy
from smmetrics.api.errors import UserMistake
from smmetrics.strategy import Append, Remove, Rename, Set, change, read
from smmetrics.strategy.changes import applied
from smmetrics.strategy.plain import at, same

TEMPLATES = sorted((Path(smmetrics.strategy.__file__).parent / "templates").glob("*.toml"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in TEMPLATES}
TEXT = """\
# what this file is

title = "Acme"
future_word = { kept = true }   # from a newer program

# ---- who
[audiences.riders]   # the riders
who = "riders"
# how many?
# size = …

# ---- what
[goals.answer]
why = "people wait"
audience = "riders"
voice = { tone = "plain" }
people = [
    "amira",  # leads
    "tom",
]
# a thought about this goal

[[goals.answer.targets]]
metric = "pack.wait"
value = "<= 60 min"   # tight

[[goals.answer.targets]]
metric = "pack.rate"
value = ">= 90 %"

# ---- where
[channels.forum]
platform = "forum"
"""


def test_there_are_eight_templates():
    assert len(TEXTS) == 8


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (Set(("purpose",), "p"), "kept = true }   # from a newer program\n", 'kept = true }   # from a newer program\npurpose = "p"\n'),
        (Set(("audiences", "riders", "size"), 3), "# size = …", "size = 3"),
        (Set(("goals", "answer", "voice", "promo_cap"), 0.1), '{ tone = "plain" }', '{ tone = "plain", promo_cap = 0.1 }'),
        (Set(("goals", "answer", "hours"), {"amira": 2}), "]\n# a thought", "]\nhours = { amira = 2 }\n# a thought"),
        (Set(("goals", "answer", "targets", 1, "by"), date(2027, 1, 31)), '">= 90 %"\n', '">= 90 %"\nby = 2027-01-31\n'),
        (Set(("backing", "who"), "Maja"), "\n# ---- who\n", '\n[backing]\nwho = "Maja"\n\n# ---- who\n'),
        (Set(("audiences", "press"), {"who": "press"}), "# size = …\n", '# size = …\n\n[audiences.press]\nwho = "press"\n'),
        (Append(("goals", "answer", "targets"), {"metric": "a.b", "value": "1"}), '">= 90 %"\n', '">= 90 %"\n\n[[goals.answer.targets]]\nmetric = "a.b"\nvalue = "1"\n'),
        (Append(("goals", "answer", "audience"), "press"), '"riders"\nvoice', '["riders", "press"]\nvoice'),
        (Append(("channels", "forum", "serves"), "answer"), 'platform = "forum"\n', 'platform = "forum"\nserves = ["answer"]\n'),
        (Append(("audiences", "riders", "promises"), {"text": "t"}), "# size = …\n", '# size = …\n\n[[audiences.riders.promises]]\ntext = "t"\n'),
        (Remove(("goals", "answer", "why")), 'why = "people wait"\n', ""),
        (Remove(("goals", "answer", "targets", 0)), '[[goals.answer.targets]]\nmetric = "pack.wait"\nvalue = "<= 60 min"   # tight\n\n', ""),
        (Remove(("audiences", "riders")), '[audiences.riders]   # the riders\nwho = "riders"\n# how many?\n# size = …\n\n', ""),
        (Rename(("audiences", "riders"), "cyclists"), "[audiences.riders]", "[audiences.cyclists]"),
        (Rename(("goals", "answer"), "reply"), "", ""),
        (Set(("title",), 'a "b"\n\x7f\\'), '"Acme"', '"a \\"b\\"\\n\\u007f\\\\"'),
    ],
    ids=str,
)  # fmt: skip
def test_a_change_lands_where_it_belongs_and_nothing_else_moves(made, old, new):
    found = applied(TEXT, [made])
    assert found.lower() == (TEXT.replace(old, new, 1) if old else TEXT.replace("goals.answer", "goals.reply")).lower()
    assert applied(found.replace("\n", "\r\n"), []) == found.replace("\n", "\r\n")


def test_new_tables_stand_in_the_order_of_the_file():
    found = applied(TEXT, [Set(("people", "amira", "role"), "lead"), Set(("not_using", "x", "because"), "no time")])
    places = [found.index(word) for word in ("[audiences.", "[people.", "[goals.", "[channels.", "[not_using.")]
    assert places == sorted(places)
    assert applied("", [Set(("goals", "a", "targets"), [{"metric": "m.n", "value": "1"}])]).endswith('value = "1"\n')


def test_whole_tables_are_changed_key_by_key_so_that_remarks_stay():
    table = tomllib.loads(TEXT)["goals"]["answer"]
    wanted = {**table, "why": "new", "targets": [table["targets"][0], {"metric": "c.d", "value": "2"}, {"metric": "e.f", "value": "3"}]}  # fmt: skip
    del wanted["audience"]
    found = applied(TEXT, [Set(("goals", "answer"), wanted)])
    assert tomllib.loads(found)["goals"]["answer"] == wanted
    assert all(remark in found for remark in ("# leads", "# a thought about this goal", "# tight", "# ---- where"))


def test_windows_line_ends_stay():
    text = TEXT.replace("\n", "\r\n")
    found = applied(
        text, [Set(("goals", "new", "why"), "w"), Remove(("audiences",)), Append(("goals", "answer", "people"), "elin")]
    )
    assert found.count("\r\n") == found.count("\n")
    assert applied(TEXT, [Set(("goals", "new", "why"), "w"), Remove(("audiences",)), Append(("goals", "answer", "people"), "elin")]) == found.replace("\r\n", "\n")  # fmt: skip


def test_what_stands_in_unusual_places_is_changed_all_the_same():
    text = 'goals.a.why = "x"\n[channels.c]\nplatform = "p"\n[goals.b]\nwhy = "y"\n[[calendar]]\ndate = 2027-01-01\n'
    found = applied(
        text, [Set(("goals", "a", "risk"), "r"), Set(("goals", "b", "why"), "z"), Remove(("goals", "a", "why"))]
    )
    assert tomllib.loads(found)["goals"] == {"a": {"risk": "r"}, "b": {"why": "z"}}
    assert tomllib.loads(found)["channels"] == {"c": {"platform": "p"}}


@pytest.mark.parametrize("made", [Append(("title", "x"), 1), Append(("goals",), 1), Set(("goals", "answer", "targets", 7), {}), Rename(("goals", "answer", "why"), "x"), Rename(("goals", "answer"), "")][:4])  # fmt: skip
def test_a_place_that_cannot_be_is_refused(made):
    with pytest.raises(UserMistake, match="no place"):
        applied(TEXT, [made])


def test_removing_what_is_not_there_changes_nothing():
    gone = [Remove(("nope",)), Remove(("goals", "nope", "why")), Rename(("people", "me"), "amira")]
    assert applied(TEXT, gone) == TEXT


def test_several_changes_are_one_save(tmp_path):
    path = tmp_path / "strategy.toml"
    path.write_text(TEXT, encoding="utf-8")
    made = [Set(("purpose",), "p"), Remove(("goals", "answer", "targets")), Set(("goals", "answer", "use"), "support")]
    found = change(read(path), made, by="a test")
    assert (found.purpose, found.goals["answer"].targets) == ("p", ())
    assert path.with_name("strategy.toml.bak").read_text(encoding="utf-8") == TEXT
    assert len(list((tmp_path / "history").glob("*.json"))) == 2, "the file as found, and this save"


def test_a_change_that_changes_nothing_writes_nothing(tmp_path):
    path = tmp_path / "strategy.toml"
    path.write_text(TEXT, encoding="utf-8")
    before = read(path)
    assert change(before, [Set(("title",), "Acme"), Remove(("nope",))]) is before
    assert [each.name for each in tmp_path.iterdir()] == ["strategy.toml"]


def places(value, keys=()):
    """Every place of a document."""
    yield keys
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*keys, key))


READ = {name: tomllib.loads(text) for name, text in TEXTS.items()}
PLACES = [(name, keys) for name, document in READ.items() for keys in places(document) if keys]
LEAVES = [(name, keys) for name, keys in PLACES if not isinstance(at(READ[name], keys), dict | list)]


@given(st.sampled_from(PLACES), st.sampled_from(["\n", "\r\n"]))
@settings(deadline=None, max_examples=40)
def test_setting_a_value_to_itself_leaves_every_byte(place, end):
    name, keys = place
    text = TEXTS[name].replace("\n", end)
    assert applied(text, [Set(keys, at(READ[name], keys))]) == text


@given(st.sampled_from(PLACES))
@settings(deadline=None, max_examples=40)
def test_taking_a_place_out_and_putting_it_back_says_the_same_and_keeps_remarks(place):
    name, keys = place
    text, document = TEXTS[name], READ[name]
    if any(isinstance(key, int) for key in keys):
        return
    gone = applied(text, [Remove(keys)])
    assert at(tomllib.loads(gone), keys) is None
    back = applied(gone, [Set(keys, at(document, keys))])
    assert same(tomllib.loads(back), document)
    assert all(line in back for line in text.splitlines() if line.startswith("# ----"))


@given(st.sampled_from(LEAVES), st.text(max_size=12))
@settings(deadline=None, max_examples=40)
def test_any_text_can_be_set_anywhere(place, value):
    name, keys = place
    try:
        value.encode()
    except UnicodeEncodeError:
        return
    found = tomllib.loads(applied(TEXTS[name], [Set(keys, value)]))
    assert at(found, keys) == value

"""Reading: all faults at once, each with its line, what was found and what is allowed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmetrics.api.errors import UserMistake
from smmetrics.strategy import (
    StrategyFaults,
    channels,
    own_metrics,
    questions,
    read,
    read_bytes,
    review,
    scope,
    template,
)  # fmt: skip

NOTHING = SimpleNamespace(metrics={}, goal_types={}, platforms={}, defined=(), faults=())

WHOLE = """\
title = "Acme Gardens"
purpose = "Gardeners succeed"
timezone = "Europe/Berlin"

[audiences.gardeners]
who = "people with a garden"

[people.amira]
hours_per_week = 20
speaks_as = ["forum:@amira"]
from = 2025-01-01

[goals.answer-people]
audience = "gardeners"
people = ["amira"]
hours = { amira = 8 }
use = "support"
[[goals.answer-people.targets]]
metric = "pack.wait"
with = { hours = "shop" }
baseline = "4 h"
value = "<= 60 min"
by = 2027-03-31
[[goals.answer-people.decisions]]
when = "pack.wait > 2 h"
lasting = "2 months"
then = "add an evening shift"

[metrics.kind_words]
formula = "count(posts)"
params = { k = 3 }

[channels.forum]
platform = "forum"
account = "acme"
serves = ["answer-people"]
"""


def strategy(text):
    return read_bytes(text.encode())


def faults(text):
    with pytest.raises(StrategyFaults) as caught:
        strategy(text)
    return caught.value.faults


def only(text):
    (fault,) = faults(text)
    return fault


def test_a_whole_file_becomes_records():
    found = strategy(WHOLE)
    goal = found.goals["answer-people"]
    assert (found.title, found.purpose, found.timezone, found.week_starts) == (
        "Acme Gardens", "Gardeners succeed", "Europe/Berlin", "monday",
    )  # fmt: skip
    assert found.people["amira"].since == dt.date(2025, 1, 1)
    assert (goal.audience, goal.people, goal.hours, goal.use) == (
        ("gardeners",),
        ("amira",),
        {"amira": 8},
        "customer_service",
    )
    assert goal.targets[0].value.bounds == (None, 1)
    assert goal.targets[0].baseline.plain == 4
    assert goal.targets[0].parameters == {"hours": "shop"}
    assert goal.targets[0].by == dt.date(2027, 3, 31)
    assert goal.decisions[0].lasting == (2, "month")
    assert found.metrics["kind_words"].parameters == {"k": 3}
    assert found.channels["forum"].serves == ("answer-people",)


def test_an_empty_file_is_a_strategy_that_lacks_everything():
    assert strategy("").goals == {}


def test_all_faults_come_at_once_in_the_order_of_lines():
    text = WHOLE.replace('"Europe/Berlin"', '"Europe/Berln"').replace("hours_per_week = 20", 'hours_per_week = "20"')
    text = text.replace('"<= 60 min"', '"soon"').replace('platform = "forum"\n', "")
    found = faults(text)
    assert [(fault.line, fault.where) for fault in found] == [
        (3, "timezone"),
        (9, "people.amira.hours_per_week"),
        (22, "goals.answer-people.targets[1].value"),
        (33, "channels.forum.platform"),
    ]
    assert found[0].hint == "Did you mean 'Europe/Berlin'?"
    assert found[1].message == "expected a number, found '20' (a text)."
    assert found[3].message == "'platform' is missing here."


def test_the_error_itself_lists_every_fault(tmp_path):
    path = tmp_path / "strategy.toml"
    path.write_text('title = 5\npurpose = true\nweek_starts = "mondya"\n', encoding="utf-8")
    with pytest.raises(UserMistake) as caught:
        read(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: 3 faults:")
    assert "line 1, title: expected a text in quotes, found 5 (a number)." in said
    assert "line 3, week_starts: 'mondya' is not one of the words allowed here: monday, tuesday," in said
    assert said.endswith("Did you mean 'monday'?")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("title = 5", "expected a text in quotes", 'Put it in quotes: "5".'),
        ("title = 2026-11-01", "found 2026-11-01 (a date)", 'Put it in quotes: "2026-11-01".'),
        ("goals = 5", "expected a table, found 5", ""),
        ("people = []", "expected a table, found []", ""),
        ("accept = { }", "expected a list in square brackets", ""),
        ('week_starts = "Monday"', "is not one of the words", "Did you mean 'monday'?"),
        ('timezone = "Berlin"', "no time zone 'Berlin'", "Did you mean 'Europe/Berlin'?"),
        ('timezone = "New York"', "no time zone 'New York'", "Did you mean 'America/New_York'?"),
        ('timezone = ""', "no time zone ''", "Write it like 'Europe/Berlin', or 'UTC'."),
        ('timezone = "../../etc/passwd"', "no time zone", ""),
        ('currency = "Euro"', "has the wrong form", "Write it like 'EUR'."),
        ("format = 2", "format 2; this smmetrics reads format 1", "Install a newer smmetrics."),
        ("[goals.a]\nuse = 'fun'", "'fun' is not one of the words", ""),
        ("[goals.a]\nactivities = ['comunicating']", "not one of the words", "Did you mean 'communicating'?"),
        ("[goals.a]\nhours = { amira = -1 }", "-1 is less than 0", ""),
        ("[goals.a]\nhours = { amira = 200 }", "200 is more than 168", ""),
        ("[goals.a]\nhours = { amira = nan }", "expected a number, found nan", ""),
        ("[goals.a]\nhours = { amira = true }", "expected a number, found true (true or false)", ""),
        ("[goals.a]\npeople = [1]", "expected a text in quotes, found 1", 'Put it in quotes: "1".'),
        ("[[goals.a.targets]]\nvalue = '3'", "'metric' is missing here.", ""),
        ("[[goals.a.targets]]\nmetric = 'm.n'", "'value' is missing here.", ""),
        ("[[goals.a.targets]]\nmetric='m.n'\nvalue='3'\nby = '2027-03-31'", "expected a date", "Write the date without quotes: 2027-03-31."),
        ("[[goals.a.targets]]\nmetric='m.n'\nvalue='3'\nby = 'spring'", "expected a date", "Write it like 2027-03-31, without quotes."),
        ("[[goals.a.targets]]\nmetric='m.n'\nvalue='3'\nwith = { since = 2026-01-01 }", "'since' must be a number, a text", ""),
        ("[[goals.a.questions]]\nask = 'x'", "'lead' is missing here.", ""),
        ("[goals.'two words']", "the name 'two words' cannot be used", "Use letters and digits"),
        ("[goals.'a.b']", "the name 'a.b' cannot be used", "Use letters and digits"),
        ("[metrics.Kind-Words]\nformula = 'count(posts)'", "the name 'Kind-Words' cannot be used", "Use lower-case words"),
        ("[metrics.a]\nformula = 'count(posts)'\nparams = { k = 1" + "0" * 400 + " }", "'k' must be a number, a text", ""),
        ("[metrics.a]\nformula = 'count(posts)'\nparams = { K = 3 }", "the name 'K' cannot be used", "Use lower-case words"),
        ("[metrics.kind_words]", "'formula' is missing here.", ""),
        ("[people.a]\nspeaks_as = ['@amira']", "does not say who on which platform", "Write platform and name"),
        ("[hours.shop]\nopen = '9'", "'9' is no time of day", "Write it like '09:00'."),
        ("[audiences.a]\ninside = 'yes'", "expected true or false, found 'yes' (a text)", "Write true or false"),
        ("[audiences.a]\nsize = 1.5", "expected a whole number, found 1.5", ""),
        ("[[accept]]\nbecause = 'x'", "'code' is missing here.", ""),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_found_and_what_is_allowed(line, message, hint):
    fault = only(line)
    assert message in fault.message
    assert fault.hint.startswith(hint)


def test_long_values_are_cut_in_messages():
    assert len(only(f"title = [{'1, ' * 1000}]").message) < 140


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        ('title = "a"\npurpose = b\n', 2, "Invalid value", "Texts stand in quotes"),
        ('title = "a"\ntitle = "b"\n', 2, "Cannot overwrite", "stands in the file twice"),
        ("[goals.a]\n[goals.a]\n", 2, "Cannot declare", "stands in the file twice"),
        ("\npurpose\n", 2, "Expected '='", "Write: word = value."),
        ('title = "a\npurpose = "b"\n', 1, "Illegal character", "closing quote"),
        ("people = [\n'a',\n\n", 2, "ends in the middle", "closing bracket"),
        ("people = [\n'a'\n\n[goals.a]\n", 4, "Unclosed array", "ends with ']'"),
        ("since = 2026-13-45\n", 1, "", ""),
        ("n = " + "9" * 5000, 1, "", ""),
        ("\n\nn = " + "[" * 5000 + "]" * 5000, 1, "nested too deeply", ""),
    ],
)  # fmt: skip
def test_a_syntax_error_stands_alone_with_its_line(text, line, says, hint):
    fault = only(text)
    assert fault.code == "strategy.syntax"
    assert fault.line == line
    assert says in fault.message
    assert hint in fault.hint


def test_a_file_that_is_not_utf8_says_where():
    with pytest.raises(StrategyFaults) as caught:
        read_bytes('title = "a"\npurpose = "Gärten"\n'.encode("latin-1"))
    assert caught.value.faults[0].line == 2
    with pytest.raises(StrategyFaults, match="UTF-16"):
        read_bytes('title = "a"'.encode("utf-16"))


def test_a_mark_and_line_ends_of_windows_do_no_harm():
    found = read_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert found.line("people", "amira", "from") == 11


def test_a_missing_file_says_how_to_begin(tmp_path):
    with pytest.raises(UserMistake) as caught:
        read(tmp_path / "strategy.toml")
    assert caught.value.hint == f"Begin one with: smmetrics init {tmp_path}"
    assert not isinstance(caught.value, StrategyFaults)


def test_a_folder_in_its_place_is_the_users_mistake(tmp_path):
    with pytest.raises(UserMistake, match="cannot be read"):
        read(tmp_path)


def test_unknown_keys_are_kept_and_named_with_the_nearest_word():
    found = strategy(
        'perpose = "x"\n[people.amira]\nrole = "a"\nhours_per_wek = 3\n[goals.a]\n[[goals.a.targets]]\nmetric="m.n"\nvalue=3\nbaseling=2\n'
    )
    notices = found.origin.notices
    assert [(n.code, n.level, n.line, n.where) for n in notices] == [
        ("SMM-S011", "warning", 1, "perpose"),
        ("SMM-S011", "warning", 4, "people.amira.hours_per_wek"),
        ("SMM-S011", "warning", 9, "goals.a.targets[1].baseling"),
    ]
    assert [n.hint for n in notices] == [
        "Did you mean 'purpose'?",
        "Did you mean 'hours_per_week'?",
        "Did you mean 'baseline'?",
    ]
    assert found.raw["people"]["amira"]["hours_per_wek"] == 3


def test_a_top_word_under_a_table_is_told_where_it_belongs():
    (notice,) = strategy('[backing]\nwho = "me"\ncurrency = "EUR"\n').origin.notices
    assert notice.hint == "'currency' belongs at the top of the file, above the first line in square brackets."


def test_words_the_file_itself_names_are_not_unknown():
    text = '[labels]\nsentiment = "lexicon@1"\n[channels.c]\nplatform = "p"\nfiles = { zone = "UTC" }\n[jobs.nightly]\nstale = "36 h"\n'
    assert strategy(text).origin.notices == ()


def outcome(data):
    """The faults of a file that is refused; none of one that reads, which must then go through every door."""
    try:
        found = read_bytes(data)
    except StrategyFaults as refused:
        return refused.faults or pytest.fail("refused without a fault")
    assert all(finding.message for finding in review(found, NOTHING))
    assert {question.goal for question in questions(found, NOTHING)} <= set(found.goals)
    assert len(channels(found)) == len(found.channels)
    assert scope(found).zone == found.timezone
    assert len(own_metrics(found)) == len(found.metrics)
    return ()


LINES = tuple(WHOLE.splitlines())


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_damaged_file_never_fails_otherwise(data):
    lines = list(data.draw(st.sampled_from([LINES, tuple(template("t").splitlines())])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        action = data.draw(st.sampled_from(["drop", "swap", "cut", "insert", "twice", "value"]))
        if action == "drop" and len(lines) > 1:
            del lines[at]
        elif action == "twice":
            lines.insert(at, lines[at])
        elif action == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif action == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        elif action == "insert":
            lines[at] += data.draw(st.text(max_size=5))
        else:
            key = lines[at].partition("=")[0]
            lines[at] = key + "= " + data.draw(st.sampled_from(["[]", "{}", "1", "-1.5", "true", '"x"', "2026-01-01", "[[1]]", "{a = 1}", "inf", "[{}]"]))  # fmt: skip
    for fault in outcome("\n".join(lines).encode()):
        assert fault.message
        assert 1 <= fault.line <= len(lines) + 5


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_read_or_refused(data):
    assert all(fault.line >= 1 for fault in outcome(data))


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "1.11.2026", "01/02/2026", "2026-1-5", "31.12.26"])
@pytest.mark.parametrize("line", ["since = {}  # since when", "since = [2026-01-01, {}]"])
def test_a_day_of_no_calendar_is_told_how_days_are_written(day, line):
    with pytest.raises(StrategyFaults) as refused:
        read_bytes(f'purpose = "p"\n[backing]\n{line.format(day)}\n'.encode())
    (fault,) = refused.value.faults
    assert (fault.line, fault.message) == (3, f"{day} is no day.")
    assert fault.hint == "Write a day as year-month-day without quotes, such as 2027-03-31."


def test_a_day_in_quotes_is_not_told_to_stand_without_them_where_it_is_none():
    with pytest.raises(StrategyFaults) as refused:
        read_bytes(b'[backing]\nsince = "2026-13-01"\n')
    assert refused.value.faults[0].hint == "Write it like 2027-03-31, without quotes."


def test_numbers_in_a_text_are_no_day():
    with pytest.raises(StrategyFaults) as refused:
        read_bytes(b'purpose = "from, 1.13.2026" on\n')
    assert "is no day" not in refused.value.faults[0].message


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ('trained_for = ["x"]', "'trained_for' is a word of [people.…]."),
        ('expect = "weekly"', "'expect' is a word of [channels.…]."),
        ('agreed_with = "x"', "'agreed_with' is a word of [privacy]."),
        ('audiance = "x"', "Did you mean 'audience'?"),
        ('timezone = "UTC"', "'timezone' belongs at the top"),
    ],
)
def test_a_word_in_the_wrong_table_is_told_where_it_belongs(word, hint):
    (notice,) = read_bytes(f"[people.me]\nhours_per_week = 3\n[goals.a]\n{word}\n".encode()).origin.notices
    assert (notice.line, notice.hint[: len(hint)]) == (4, hint)


def test_a_file_too_large_to_be_a_strategy_is_refused_before_it_is_understood(tmp_path):
    from smmetrics.api.errors import UserMistake
    from smmetrics.strategy import read as module_read

    file = tmp_path / "strategy.toml"
    file.write_bytes(b"# a line\n" * 111_112)
    with pytest.raises(UserMistake, match=r"1,000,008 bytes; a strategy has 1,000,000 at most") as caught:
        module_read(file)
    assert caught.value.code == "strategy.large"
    assert caught.value.where == str(file)
    file.write_bytes(b'title = "as large as may be"\n'.ljust(1_000_000, b"#"))
    assert module_read(file).title == "as large as may be"

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from smmetrics.cli.main import main
from smmetrics.cli.output import printable

DOCS = Path(__file__).parents[2] / "docs" / "metrics.md"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder; give its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SMMETRICS_WORKSPACE", raising=False)
    monkeypatch.delenv("SMMETRICS_PLUGINS", raising=False)

    def call(*arguments: str, stdin: bytes | None = None):
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_metrics_lists_the_catalogue_without_a_workspace(run):
    code, out, _ = run("metrics")
    assert code == 0
    assert out.splitlines()[0].split() == ["metric", "title", "unit", "better", "shows", "from"]
    assert "communicating.reply_share" in out
    assert "smmetrics-resourcing" in out


def test_words_filter_by_name_title_and_question_whatever_their_case(run):
    _, out, _ = run("metrics", "COST", "conversation")
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["resourcing.cost_per_conversation"]


def test_no_metric_of_that_word_prints_the_header_and_says_so(run):
    code, out, err = run("metrics", "zeppelin")
    assert code == 0
    assert len(out.splitlines()) == 1
    assert "No metric speaks of zeppelin" in err


def test_json_holds_the_definition_and_its_hash(run):
    _, out, _ = run("metrics", "question_yield", "--json")
    (row,) = json.loads(out)
    assert row["metric"] == "communicating.question_yield"
    assert row["parameters"] == {"answer_days": 7.0}
    assert row["unit"] == "percent"
    assert len(row["hash"]) == 64
    assert row["distribution"] == "smmetrics-communicating"


def test_an_own_metric_of_the_strategy_is_in_the_catalogue(run, tmp_path):
    strategy = '[metrics.kind_words]\ntitle = "Kind words"\nformula = "mean(posts.comments, ours)"\nbetter = "higher"\n'
    (tmp_path / "strategy.toml").write_text(f'title = "T"\npurpose = "P"\n{strategy}', encoding="utf-8")
    _, out, _ = run("metrics", "kind")
    assert "kind_words" in out
    assert "your strategy" in out
    code, out, _ = run("explain", "kind_words")
    assert code == 0
    assert "mean(posts.comments, ours)" in out


def test_a_broken_strategy_leaves_the_plugins_metrics_in_sight(run, tmp_path):
    (tmp_path / "strategy.toml").write_text("title = \n", encoding="utf-8")
    code, out, err = run("metrics")
    assert code == 0
    assert "communicating.reply_share" in out
    assert "own metrics are left out" in err


def test_without_plugins_there_are_no_metrics_and_it_says_where_to_look(run):
    code, out, err = run("metrics", "--no-plugins")
    assert (code, len(out.splitlines())) == (0, 1)
    assert "plugins list" in err


def test_explain_says_all_there_is_to_know(run):
    code, out, _ = run("explain", "communicating.question_yield")
    assert code == 0
    for words in (
        "Questions that got an answer", "communicating.question_yield 1.0.0", "answer_days = 7", "created_at",
        "what people took from it", "rhetorical", "communicating.question_rate", "smmetrics-communicating", "speaks_as",
    ):  # fmt: skip
        assert words in out


def test_explain_says_which_files_can_feed_it_and_why_others_cannot(run):
    _, out, _ = run("explain", "sum(posts.saves)", "--json")
    (told,) = json.loads(out)
    status = {row["source"]: row["status"] for row in told["sources"]}
    assert status["x.content"] == "measurable"
    assert status["x.legacy_posts"] == "not_measurable"
    assert all(row["note"] for row in told["sources"] if row["status"] == "not_measurable")


def test_a_metric_of_hours_and_posts_names_the_files_it_needs_together(run):
    _, out, _ = run("explain", "resourcing.cost_per_engagement", "--json")
    fed = {row["source"]: row for row in json.loads(out)[0]["sources"]}
    assert fed["x.content"]["with"] == "offline.costs or offline.effort"
    assert fed["x.content"]["status"] in {"measurable", "partly"}
    assert "offline.effort" not in fed


def test_a_metric_of_hours_alone_is_fed_by_hours_alone(run):
    _, out, _ = run("explain", "resourcing.team_hours", "--json")
    status = {row["source"]: row["status"] for row in json.loads(out)[0]["sources"]}
    assert status.pop("offline.costs") == "not_measurable"
    assert status == {"offline.effort": "measurable", "offline.calendar_hours": "measurable"}


def test_what_this_release_does_not_compute_is_said(run):
    _, out, _ = run("explain", "count(threads, resolved_at is not None)")
    assert "Not computed in this release" in out
    assert "resolved_at" in out
    _, out, _ = run("explain", "communicating.promo_share")
    assert "by the labeller offers" in out
    assert "communicating.other_credit_share" in out


def test_explain_takes_a_formula_and_says_its_unit(run):
    code, out, _ = run("explain", "share(posts, is_reply, of=ours)")
    assert code == 0
    assert "percent" in out
    assert "posts, in the period in which they were written (posts.created_at)" in out


@pytest.mark.parametrize("word", ["conversation-rate", "communicating.conversation_rat", "conversaton_rate"])
def test_an_unknown_metric_names_the_nearest(run, word):
    code, _, err = run("explain", word)
    assert code == 2
    assert "Did you mean 'communicating.conversation_rate'?" in err


def test_an_id_without_its_pack_is_understood_wherever_one_is_taken(run):
    _, whole, _ = run("explain", "communicating.conversation_rate")
    assert run("explain", "conversation_rate") == (0, whole, "")
    assert run("explain", "start_conversations")[1] == run("explain", "communicating.start_conversations")[1]
    run("init", ".")
    (row,) = json.loads(run("measure", "conversation_rate", "--format", "json")[1])
    assert row["metric"] == "communicating.conversation_rate"


def test_kinds_of_files_that_cannot_feed_a_metric_are_told_together(run):
    _, out, _ = run("explain", "communicating.reply_share")
    assert len(out.splitlines()) < 70
    (row,) = json.loads(run("explain", "communicating.reply_share", "--json")[1])
    assert all(each["source"] in out for each in row["sources"])
    assert "x.archive_messages" not in out, "what is refused is no kind of file that could feed a number"
    none = out.partition("that hold none of the rows it counts:")[2].partition("Defined by")[0]
    assert set(none.replace(",", " ").split()) == {each["source"] for each in row["sources"] if not each["rows"]}


def test_a_faulty_formula_is_the_users_mistake(run):
    code, _, err = run("explain", "count(postz)")
    assert code == 2
    assert "posts" in err


def test_explain_says_the_formula_in_words(run):
    _, out, _ = run("explain", "communicating.question_yield")
    assert "Of the conversations we began that ask something" in out
    assert "within 7 days" in " ".join(out.split())


def test_explain_names_the_platforms_own_number_and_how_it_is_known(run):
    _, out, _ = run("explain", "communicating.er_by_impressions", "--json")
    (told,) = json.loads(out)
    words = {row["word"] for row in told["native"]}
    assert words == {"engagements", "engagement rate"}
    assert all(row["formula"] and row["evidence"] and row["sources"] for row in told["native"])
    _, out, _ = run("explain", "communicating.reply_share", "--json")
    assert json.loads(out)[0]["native"] == []


def test_explain_says_below_how_many_a_number_is_not_shown(run):
    for what, words in {
        "share(posts, is_reply, of=ours)": "10: below, it is said as “x of n”",
        "mean(posts.likes)": "5 posts: below",
        "sum(effort.minutes) / count(posts)": "10 to divide by",
    }.items():
        assert words in run("explain", what)[1]
    assert "at least" not in run("explain", "count(posts)")[1]


def test_explain_shows_files_that_can_before_those_that_cannot(run):
    _, out, _ = run("explain", "communicating.click_through_rate")
    marks = [line.split()[0] for line in out.splitlines() if line.startswith(("  can ", "  partly ", "  cannot "))]
    assert marks == sorted(marks, key=["can", "partly", "cannot"].index)
    assert {"can", "cannot"} <= set(marks)


STRATEGY = """\
title = "T"
purpose = "People with a first garden do well"
[audiences.gardeners]
who = "people in their first years with a garden"
size = 4000
[people.ana]
role = "community manager"
hours_per_week = 8
[goals.talk]
type = "communicating.start_conversations"
why = "talk is where trust begins"
audience = "gardeners"
people = ["ana"]
hours = { ana = 3.5 }
[[goals.talk.targets]]
metric = "communicating.conversation_rate"
value = ">= 4"
by = 2027-12-31
[channels.blog]
platform = "blogs"
serves = ["talk"]
because = "long answers can be found again"
"""


@pytest.fixture
def strategy(tmp_path):
    (tmp_path / "strategy.toml").write_text(STRATEGY, encoding="utf-8")


@pytest.mark.usefixtures("strategy")
def test_explain_a_goal_says_why_for_whom_by_whom_and_what_is_missing(run):
    code, out, _ = run("explain", "talk")
    assert code == 0
    said = " ".join(out.split())
    for words in (
        "talk (strategy.toml line 9)", "“Start conversations”", "talk is where trust begins", "about 4,000",
        "ana, community manager, 3.5 h a week", "Do posts open dialogue, and do we stay in it?",
        "first Conversation rate", "aim >= 4 by 2027-12-31; fed by blog", "beside Conversations we left to others",
        "questions with a first number: 1 of 1", "smmetrics coverage talk", "SMM-S052",
    ):  # fmt: skip
        assert words in said, out


@pytest.mark.usefixtures("strategy")
def test_a_goal_in_json_counts_what_each_channel_can(run):
    _, out, _ = run("explain", "talk", "--json")
    (told,) = json.loads(out)
    assert told["kind"] == "goal"
    assert told["channels"] == [{"channel": "blog", "measurable": 4, "partly": 1}]
    assert told["answered"] == {"questions": 1, "answerable": 1}
    assert told["targets"][0]["by"] == "2027-12-31"


@pytest.mark.usefixtures("strategy")
def test_explain_a_kind_of_goal_says_how_to_have_it_and_who_has(run):
    code, out, _ = run("explain", "communicating.start_conversations")
    assert code == 0
    assert 'type = "communicating.start_conversations"' in out
    assert "In your strategy: talk" in out
    assert run("explain", "communicating/start_conversations")[1] == out


@pytest.mark.usefixtures("strategy")
@pytest.mark.parametrize(
    ("word", "like"),
    [("tlak", "talk"), ("start-conversations", "communicating.start_conversations"), ("spend_time_wel", "resourcing.spend_time_well")],
)  # fmt: skip
def test_a_near_word_for_a_goal_or_its_kind_is_offered(run, word, like):
    code, _, err = run("explain", word)
    assert code == 2
    assert f"Did you mean '{like}'?" in err


def test_kinds_of_goals_are_listed_below_the_metrics_and_alone(run):
    _, out, _ = run("metrics")
    assert "communicating.start_conversations" in out
    code, out, _ = run("metrics", "--goal-types")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == [
        "communicating.start_conversations",
        "resourcing.spend_time_well",
    ]
    _, out, _ = run("metrics", "--goal-types", "time", "--json")
    (row,) = json.loads(out)
    assert row["goal_type"] == "resourcing.spend_time_well"
    assert row["questions"][0]["first"][0] == "resourcing.planned_vs_actual_hours"
    code, _, err = run("metrics", "--goal-types", "zeppelin")
    assert "No kind of goal speaks of zeppelin" in err


FORMULAS = b"""\
# what we ask every month
count(posts, ours)

  count(postz, ours)
sum(effort.minutes, task == 'reply') / sum(effort.minutes)  # pairing: both run over the same entries
sum(posts.likes) / count(posts)
"""


def test_each_fault_is_shown_with_line_column_and_caret(run):
    code, out, _ = run("formula", "check", stdin=FORMULAS)
    lines = out.splitlines()
    assert code == 2
    assert lines[0].startswith("standard input:4:9: ")
    assert lines[1:3] == ["  count(postz, ours)", "        ^"]
    assert "posts" in lines[3]
    assert lines[4].startswith("standard input:6:1: ")
    assert lines[-1] == "4 formulas: 2 good, 2 with faults"


def test_good_formulas_exit_0_and_are_counted(run, tmp_path):
    (tmp_path / "f.txt").write_text("count(posts)\n\n# no\ncount(threads)\n", encoding="utf-8")
    assert run("formula", "check", "f.txt") == (0, "2 formulas: 2 good, 0 with faults\n", "")
    assert run("formula", "check", "-", stdin=b"count(posts)")[1] == "1 formula: 1 good, 0 with faults\n"
    assert run("formula", "check", stdin=b"")[1] == "0 formulas: 0 good, 0 with faults\n"


def test_a_byte_order_mark_and_wide_letters_do_not_move_the_caret(run):
    code, out, _ = run("formula", "check", stdin="\ufeffcount(posts, text == '漢字' and nonsens(likes))".encode())
    assert code == 2
    first, formula, caret, *_ = out.splitlines()
    assert first.startswith("standard input:1:31: ")
    assert formula.index("nonsens") == 32
    assert len(caret) - 1 == 32 + 2  # two letters are two columns wide


def test_formula_check_gives_json_for_programs(run):
    code, out, _ = run("formula", "check", "--json", stdin=FORMULAS)
    rows = json.loads(out)
    assert code == 2
    assert [row["line"] for row in rows] == [2, 4, 5, 6]
    assert [row["good"] for row in rows] == [True, False, True, False]
    assert rows[0]["unit"] == "count"
    assert rows[1]["column"] == 9


def test_a_column_that_no_source_fills_yet_is_a_note_and_no_fault(run):
    code, out, _ = run("formula", "check", stdin=b"count(threads, resolved_at is not None)")
    assert code == 0
    assert "no file says of every conversation whether it was settled" in out
    assert out.endswith("1 formula: 1 good, 0 with faults\n")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_said_in_plain_words(run, tmp_path, content):
    if content is not None:
        (tmp_path / "f.txt").write_bytes(content)
    code, _, err = run("formula", "check", "f.txt")
    assert code == 2
    assert "Cannot read f.txt" in err


def test_the_page_of_metrics_says_what_the_packs_say(run):
    page = " ".join(DOCS.read_text(encoding="utf-8").split())
    _, out, _ = run("metrics", "--json")
    for row in json.loads(out):
        for said in (
            f"`{row['metric']}`",
            row["formula"],
            row["title"],
            row["question"],
            row["caveat"],
            row["citation"],
        ):
            assert " ".join(printable(said).split()) in page, f"{row['metric']}: docs/metrics.md lacks {said!r}"

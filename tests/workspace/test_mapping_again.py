"""A proposal that is looked at again: its doubts are said each time, and the file as it is now is looked at."""

import os
import pty
import subprocess
import sys

import pytest

from smmetrics.api import UserMistake
from smmetrics.registry import Registry
from smmetrics.workspace import Workspace
from smmetrics.workspace.mapping import Given, accept, propose
from smmetrics.workspace.mapping.files import path_of
from smmetrics.workspace.mapping.making import keep

WRONG = "Date;Followers;Note\n2026-01-13;12;a\n2026-01-32;13;b\n"


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    return folder


@pytest.fixture
def again(here):
    """Proposes and keeps, as each run of the command does."""

    def run(path, **given):
        workspace = Workspace(here, registry=Registry.of("smmetrics_anytable"))
        mapping, _, _ = propose(path, here, workspace.installed, Given(**given))
        keep(mapping, here)
        return mapping

    return run


def test_a_second_run_says_the_same_doubts_values_and_remarks(again, file, here):
    path = file(WRONG)
    first = again(path, platform="tulip")
    written = path_of(here, "kpis").read_text(encoding="utf-8")
    assert again(path) == first
    assert path_of(here, "kpis").read_text(encoding="utf-8") == written
    assert "no way of writing dates" in " ".join(first.open)
    with pytest.raises(UserMistake, match="no way of writing dates"):
        accept(again(path), here)


def test_a_corrected_file_is_looked_at_again_and_what_was_said_stays(again, file, here):
    again(file(WRONG), platform="tulip", columns=("Note=account_counts.comments int",))
    mended = again(file(WRONG.replace("-32", "-31")))
    assert {each.header: (each.to, each.parse) for each in mended.columns} == {
        "Date": ("account_counts.window_start", "date %Y-%m-%d"),
        "Followers": ("account_counts.followers", "int"),
        "Note": ("account_counts.comments", "int"),
    }
    assert mended.open == ()
    assert accept(mended, here).confirmed


def test_a_language_said_later_settles_a_number_in_doubt(again, file):
    path = file("at;kind;amount\n2026-01-03;gift;1.234\n")
    assert any("two ways" in each for each in again(path, table="outcomes", platform="tulip").open)
    assert any("two ways" in each for each in again(path).open)
    settled = again(path, locale="de")
    assert settled.open == ()
    assert next(each for each in settled.columns if each.header == "amount").parse == "number"


def test_a_doubt_without_a_reason_says_what_lacks(again, file, here):
    path = file(WRONG)
    keep(again(path, platform="tulip"), here)
    place = path_of(here, "kpis")
    place.write_text(
        place.read_text(encoding="utf-8").replace('"Note" = { to = ""', '"Note" = { to = "posts.text", as = ""')
    )
    assert all(not each.endswith(": .") for each in again(path).open)


def test_a_column_of_words_is_no_date_whatever_it_is_called(again, file):
    text = "Post ID,Description,Date,Publish time,Reach\n" + "".join(
        f"{n},hello {n},Lifetime,2026-01-{n} 09:00,{n}\n" for n in range(11, 19)
    )
    mapping = again(file(text), platform="tulip")
    assert mapping.open == ()
    found = {each.header: each.to for each in mapping.columns}
    assert (found["Date"], found["Publish time"]) == ("", "posts.created_at")


def test_what_a_column_may_be_is_listed_without_a_terminal_too(run, file):
    said = run("map", file(WRONG), "--set", "?")
    assert "account_counts.followers" in said
    assert "x__" not in said
    assert "effort.minutes" in run("map", file(WRONG), "--set", "Note=? effort")


def test_a_question_mark_lists_what_a_column_may_be(file, here):
    """On a terminal, as people meet it."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "smmetrics", "-w", str(here), "map", str(file(WRONG)), "--platform", "tulip"]
    child = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, close_fds=True)
    os.close(follower)
    os.write(leader, b"\n?\n\n")
    said = b""
    try:
        while block := os.read(leader, 4096):
            said += block
    except OSError:  # how Linux says that nobody writes any more
        pass
    finally:
        os.close(leader)
    assert child.wait() == 0
    assert b"account_counts.followers" in said
    assert b"is not like" not in said

"""Copies of files that are not kept any more: importing the file keeps one again, if nobody forgotten is in it."""

import json
import zipfile

import pytest
import zstandard

HOURS = "day,person,task,minutes\n2026-01-13,rosa,reply,30\n"
CASES = "opened_at,person,first_response_at,channel\n2026-01-13,{who},2026-01-14,phone\n"


@pytest.fixture
def copies(tmp_path):
    return lambda: sorted((tmp_path / "work" / "sources").glob("*.zst"))


def test_a_file_that_is_imported_again_has_a_copy_again_and_can_be_read_again(run, file, copies):
    path = file(HOURS, "hours.csv")
    run("import", path)
    for copy in copies():
        copy.unlink()
    assert "Import the file again" in run("imports", "reread", "b1-1", code=4)
    assert json.loads(run("import", path, "--json"))[0]["duplicate"] == 1
    (copy,) = copies()
    assert zstandard.ZstdDecompressor().stream_reader(copy.read_bytes()).read() == path.read_bytes()
    assert "read again" in run("imports", "reread", "b1-1")


def test_a_file_of_somebody_forgotten_has_none_and_the_way_that_is_said_leads_out(run, file, copies):
    path = file(CASES.format(who="Mira Holm") + CASES.format(who="Ben Ode").split("\n")[1] + "\n", "cases.csv")
    run("import", path)
    run("forget", "Mira Holm", "--yes")
    assert copies() == []
    run("import", path)
    assert copies() == []
    assert "imports undo ID" in run("imports", "reread", "b1-1", code=4)
    run("imports", "undo", "b1-1")
    assert json.loads(run("import", path, "--json"))[0]["kept"] == 1
    assert copies() == []


def test_a_part_without_them_does_not_keep_the_archive_that_holds_them(run, file, tmp_path, copies):
    run("import", file(CASES.format(who="Mira Holm"), "cases.csv"))
    run("forget", "Mira Holm", "--yes")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("cases.csv", CASES.format(who="Mira Holm"))
        archive.writestr("hours.csv", HOURS)
    run("import", tmp_path / "all.zip")
    assert copies() == []

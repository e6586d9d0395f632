"""Folders as they lie on people's disks: links, pipes, programs' own files, downloads under way, names of odd letters."""

import errno
import json
import os
import socket
import tempfile

import pytest

from smmetrics.api import UserMistake
from smmetrics.intake import copying, walk
from smmetrics.intake.unopened import unreadable
from smmetrics.workspace import init

EXPORT = "Date,Impressions,New follows,Unfollows\n2026-01-01,{},1,0\n"
OWN = ("Thumbs.db", "desktop.ini", "~$report.xlsx", ".DS_Store", "._a.csv", ".~lock.report.csv#")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    (folder / "deep" / "__MACOSX").mkdir(parents=True)
    for place, name in enumerate(("a.csv", "deep/b.csv", "export.csv.crdownload", "export.csv.part", ".c.csv.icloud")):
        (folder / name).write_text(EXPORT.format(place))
    for name in (*OWN, "deep/__MACOSX/._b.csv"):
        (folder / name).write_bytes(b"\0\5\x16\7" + bytes(100))
    return folder


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_folder_whose_name_is_no_utf_8_is_refused_before_its_tables_pass_for_damaged(tmp_path):
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    with pytest.raises(UserMistake, match=r"not written in UTF-8.*nothing was changed"):
        init(folder)
    assert not folder.exists()


def names(paths):
    return sorted(path.name for path in paths)


def became(run, folder):
    rows = json.loads(run("import", folder, "--json", code=4))
    return {row["file"].removeprefix(f"{folder}/"): row for row in rows}


def test_what_programs_keep_for_themselves_is_passed_over_and_said(run, inbox):
    said = run("import", inbox, code=4)
    assert (
        "Passed over, as no exports: .DS_Store, ._a.csv, .~lock.report.csv#, Thumbs.db, __MACOSX, desktop.ini …" in said
    )
    assert names(walk([inbox]).skipped) == sorted([*OWN, "__MACOSX"])


def test_downloads_under_way_and_files_that_are_elsewhere_are_refused_in_words(run, inbox):
    found = became(run, inbox)
    assert {name for name, row in found.items() if row["status"] == "imported"} == {"a.csv", "deep/b.csv"}
    assert "has not finished" in found["export.csv.crdownload"]["reason"]
    assert "has not finished" in found["export.csv.part"]["reason"]
    assert "iCloud" in found[".c.csv.icloud"]["reason"]


def test_links_are_followed_each_folder_once_and_broken_ones_are_refused_in_words(run, inbox, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "far.csv").write_text(EXPORT.format(77))
    for name, target in {"loop": ".", "up": "..", "away": str(outside), "same.csv": "a.csv"}.items():
        (inbox / name).symlink_to(target)
    for name, target in {"gone.csv": "nothing.csv", "ring1.csv": "ring2.csv", "ring2.csv": "ring1.csv"}.items():
        (inbox / name).symlink_to(target)
    found = became(run, inbox)
    assert found["away/far.csv"]["status"] == "imported"
    assert found["same.csv"]["status"] == "duplicate"
    assert sum(name.endswith("a.csv") for name in found) == 1
    assert "'nothing.csv', and nothing is there" in found["gone.csv"]["reason"]
    assert "leads back to itself" in found["ring1.csv"]["reason"]


def test_pipes_and_sockets_are_passed_over_and_named_ones_refused_at_once(run, inbox):
    os.mkfifo(inbox / "pipe.csv")
    here = os.getcwd()  # noqa: PTH109 (the name of a socket must be short)
    os.chdir(inbox)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("sock.csv")
    finally:
        os.chdir(here)
    assert {"pipe.csv", "sock.csv"} <= set(names(walk([inbox]).skipped))
    assert "is no file" in run("import", inbox / "pipe.csv", code=2)
    run("map", inbox / "pipe.csv", code=4)


def test_names_of_letters_that_are_none_and_of_255_bytes_come_in_like_others(run, inbox):
    (inbox / os.fsdecode(b"caf\xe9.csv")).write_text(EXPORT.format(5))
    (inbox / f"{'n' * 251}.csv").write_text(EXPORT.format(6))
    found = became(run, inbox)
    assert found["caf\\xe9.csv"]["status"] == found[f"{'n' * 251}.csv"]["status"] == "imported"
    assert "caf\\xe9.csv" in run("imports")
    assert max(map(len, run("imports", "--json").splitlines())) > 255
    assert "caf\\xe9.csv" in run("sniff", inbox / os.fsdecode(b"caf\xe9.csv"))


def test_a_file_that_grows_while_it_is_read_is_refused_and_comes_in_later(run, inbox, monkeypatch):
    growing = inbox / "a.csv"
    plain = copying._copied

    def copied(given, copy):
        size = plain(given, copy)
        if given.name == str(growing):
            with growing.open("a") as more:
                more.write("2026-01-02,7,1,0\n")
        return size

    with monkeypatch.context() as patched:
        patched.setattr(copying, "_copied", copied)
        found = became(run, inbox)
    assert "changed while it was read" in found["a.csv"]["reason"]
    assert json.loads(run("import", growing, "--json"))[0]["kept"] == 2


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "may not read it"),
        (errno.EIO, "disk cannot read it"),
        (errno.ELOOP, "leads back to itself"),
        (errno.ENAMETOOLONG, "longer than this disk allows"),
        (errno.ENOSPC, f"no room left in {tempfile.gettempdir()}"),
        (errno.ENXIO, "No such device or address"),
    ],
)
def test_what_the_system_forbids_is_said_with_what_to_do(tmp_path, number, words):
    told = unreadable(tmp_path / "a.csv", OSError(number, os.strerror(number)))
    assert words in told.message
    assert told.hint or number == errno.ENXIO

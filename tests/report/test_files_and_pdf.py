"""Files appear whole or not at all; a PDF is printed by a browser of this machine, or it is said what is missing."""

from __future__ import annotations

import re
import stat
import sys
import time

import pytest

from smmetrics.api.errors import Unavailable, UserMistake
from smmetrics.panels.files import save
from smmetrics.report import pdf
from tests.report.conftest import TODAY

posix = pytest.mark.skipif(sys.platform == "win32", reason="programs are made of a shell script here")
browser = pytest.mark.skipif(pdf.find() is None, reason="no Chromium on this machine, so nothing is printed")


def test_the_path_is_given_back_and_nothing_else_is_left(written, tmp_path):
    assert written("r.html") == tmp_path / "r.html"
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize("name", ["report", "report.docx", "report.html.zip"])
def test_an_ending_nobody_knows_is_told_before_anything_is_computed(source, view, tmp_path, monkeypatch, name):
    monkeypatch.setattr("smmetrics.panels.build", pytest.fail)
    from smmetrics.report import write

    with pytest.raises(UserMistake, match=r"\.html, \.md, \.pdf"):
        write(source, view, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["R.HTML", "r.Md"])
def test_endings_are_read_in_any_case(written, name):
    assert written(name).stat().st_size > 0


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path):
    with pytest.raises(UserMistake, match="is not there"):
        save(b"x", tmp_path / "gone" / "r.html")


def test_a_folder_in_place_of_the_file_is_the_users_mistake(tmp_path):
    (tmp_path / "r.html").mkdir()
    with pytest.raises(UserMistake, match="may not be written"):
        save(b"x", tmp_path / "r.html")
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


def test_a_disk_that_refuses_leaves_what_stood_there(tmp_path, monkeypatch):
    out = tmp_path / "r.html"
    out.write_bytes(b"before")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Unavailable, match="No space left"):
        save(b"after", out)
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_report_that_fails_leaves_what_stood_there(written, tmp_path, monkeypatch):
    before = written("r.html").read_bytes()
    monkeypatch.setattr("smmetrics.report.page.page_of", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        written("r.html")
    assert (tmp_path / "r.html").read_bytes() == before


def test_without_a_browser_it_is_said_what_to_install(written, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "find", lambda: None)
    with pytest.raises(Unavailable, match="apt install chromium") as error:
        written("r.pdf")
    assert error.value.code == "pdf.no_browser"
    assert list(tmp_path.iterdir()) == []


def program(folder, lines):
    """A browser that does what the lines say; ``$pdf`` is where it should print."""
    path = folder / "browser"
    find = 'for a in "$@"; do case "$a" in --print-to-pdf=*) pdf="${a#--print-to-pdf=}";; esac; done'
    path.write_text(f"#!/bin/sh\n{find}\n{lines}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@posix
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("exit 0", "printed nothing"),
        ("echo no display >&2; exit 3", "no display"),
        ("echo x > $pdf", "printed nothing"),
    ],
)
def test_a_browser_that_prints_nothing_is_said(tmp_path, monkeypatch, lines, said):
    path = program(tmp_path, lines)
    monkeypatch.setattr(pdf, "find", lambda: path)
    with pytest.raises(Unavailable, match=said):
        pdf.printed("<p>x", day=TODAY)


@posix
def test_a_browser_that_hangs_is_stopped_with_all_its_parts(tmp_path, monkeypatch):
    path = program(tmp_path, f"(sleep 1; touch {tmp_path}/survived) & sleep 60")
    monkeypatch.setattr(pdf, "find", lambda: path)
    monkeypatch.setattr(pdf, "ENOUGH", 0.2)
    with pytest.raises(Unavailable, match="no answer"):
        pdf.printed("<p>x", day=TODAY)
    time.sleep(1.2)
    assert not (tmp_path / "survived").exists()


@posix
def test_the_browser_gets_a_page_without_scripts_and_no_network(written, tmp_path, monkeypatch):
    keep = tmp_path / "kept"
    keep.mkdir()
    lines = f'for a in "$@"; do echo "$a" >> {keep}/arguments; done; cp "${{a#file://}}" {keep}/page.html; printf "%%PDF-1.4" > $pdf'
    path = program(tmp_path, lines)
    monkeypatch.setattr(pdf, "find", lambda: path)
    assert written("r.pdf").read_bytes() == b"%PDF-1.4"
    assert "<script" not in (keep / "page.html").read_text(encoding="utf-8")
    assert {"--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"} <= set(
        (keep / "arguments").read_text().splitlines()
    )


def test_the_day_of_a_pdf_is_the_reports_and_no_byte_moves():
    content = b"%PDF /CreationDate (D:20261125101112+00'00')\n/ModDate (D:20261125101112Z)>> stream"
    made = pdf._dated(content, TODAY)
    assert len(made) == len(content)
    assert b"/CreationDate (D:20261125000000+00'00')" in made
    assert b"/ModDate (D:20261125000000+)" in made


@browser
def test_a_pdf_is_printed_on_one_page_for_the_board_and_twice_alike(written):
    first, second = (written(f"{n}.pdf", edition="board").read_bytes() for n in (1, 2))
    assert first == second
    assert len(re.findall(rb"/Type\s*/Page\b", first)) == 1

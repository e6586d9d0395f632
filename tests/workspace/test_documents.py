"""Documents that are no tables are refused by what they are, and hints can be copied into a shell."""

import shlex
import zipfile

import pytest

WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", "docProps/app.xml": "<x/>"}
SLIDES = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
HOURS = "day,person,task,minutes\n2026-01-13,rosa,reply,30\n"


def packed(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "members", "words"),
    [
        ("plan.docx", WORD, "a Word document, and no table"),
        ("plan.pptx", SLIDES, "a presentation, and no table"),
        ("plan.odt", ODT, "an OpenDocument text, and no table"),
        ("plan.ods", ODS, "Save it as xlsx"),
    ],
)
def test_a_document_is_refused_as_what_it_is(run, tmp_path, name, members, words):
    path = packed(tmp_path / name, members)
    for command in ("import", "sniff"):
        said = run(command, path, code=4)
        assert words in said
        assert "archive" not in said


def test_a_document_in_an_archive_does_not_keep_what_lies_beside_it_out(run, tmp_path):
    inner = packed(tmp_path / "plan.docx", WORD)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(inner, "plan.docx")
        archive.writestr("hours.csv", HOURS)
    said = run("import", tmp_path / "all.zip", code=4)
    assert "a Word document, and no table" in said
    assert "offline.effort" in said


def test_the_hint_to_map_a_file_can_be_copied(run, file):
    path = file("Datum;Gut;Schlecht\na;1;2\nb;3;4\n", "NPLF LinkedIn Q1.csv")
    (line,) = [line for line in run("sniff", path, code=4).splitlines() if "smmetrics" in line and " map " in line]
    assert shlex.split(line.partition(" map ")[2]) == [str(path)]

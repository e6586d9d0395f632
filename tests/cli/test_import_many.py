"""A folder of files that are refused for one reason says so once; what differs is told file by file."""

import json

import pytest

from smmetrics.cli.main import main

PARTS = ("ip_audit", "device_token", "mute", "block", "sso")


@pytest.fixture
def said(tmp_path, capsys):
    """What `import` prints of a folder of so many files that hold nothing that counts, and a table nobody knows."""

    def importing(count):
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        for name in PARTS[:count]:
            (inbox / f"{name}.js").write_text(f"window.YTD.{name}.part0 = {json.dumps([{'a': {'b': 1}}])}", "utf-8")
        (inbox / "plants.csv").write_text("leaf,stem\n1,2\n", "utf-8")
        assert main(["-w", str(tmp_path / "work"), "import", str(inbox)]) == 4
        return capsys.readouterr().out

    return importing


def test_many_files_share_a_line_that_names_them(said):
    text = said(len(PARTS))
    assert text.count("log-ins") == 1
    assert all(f"{name}.js" in text for name in PARTS)
    assert "6 files, 6 of them not taken" in text
    assert "plants.csv: not taken" in text


def test_a_few_files_have_a_line_each(said):
    assert said(2).count("log-ins") == 2

"""A folder of files that are refused for one reason says so once; what differs is told file by file."""

import json
import zipfile
from pathlib import Path

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


POST = {"id_str": "1855222379102340306", "created_at": "Sat Nov 09 12:14:18 +0000 2024", "full_text": "hi"}


@pytest.mark.parametrize(("beside", "code"), [([], 0), (["plants.csv"], 4), (["new.json"], 4)])
def test_a_folder_comes_in_like_its_archive_whatever_lies_beside_its_data(tmp_path, capsys, beside, code):
    files = {
        "data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps([{'tweet': POST | {'retweet_count': '1'}}])}",
        "data/mute.js": "window.YTD.mute.part0 = [ ]",
        "data/brand-new.js": 'window.YTD.brand_new.part0 = [ {"a": 1} ]',
        "assets/app.min.js": "(function(){var a=1,b=2;})()",
        "assets/app.css": "a,b{c:d}",
        "assets/a.png": "\x89PNG\0\0\0",
        "index.html": "<!doctype html><html></html>",
        "README.txt": "# How to use your archive",
        **dict.fromkeys(beside, '["leaf", "stem"]\n'),
    }
    for name, text in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text, "latin-1")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for name in files:
            archive.write(tmp_path / "in" / name, name)
    assert main(["-w", str(tmp_path / "work"), "import", str(tmp_path / "in"), "--account", "Acme"]) == code
    text = capsys.readouterr().out
    assert "Left out: mute.js. This part of the archive holds settings" in text
    assert all(Path(name).name in text for name in files)
    assert text.count("show or explain the rest") == 1
    assert main(["-w", str(tmp_path / "zip"), "import", str(tmp_path / "in.zip"), "--account", "Acme"]) == code
    text = capsys.readouterr().out
    assert "Left out: in.zip: data/mute.js. This part of the archive holds settings" in text
    assert all(name in text for name in files if not name.endswith(".png"))
    assert main(["-w", str(tmp_path / "work"), "import", str(tmp_path / "in" / "data" / "mute.js")]) == 4


def test_json_names_what_was_not_read_inside_an_archive_with_the_nearest_kind(tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr(
            "tweets.js", f"window.YTD.tweets.part0 = {json.dumps([{'tweet': POST | {'retweet_count': '1'}}])}"
        )
        archive.writestr("near.csv", "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements\n1,a,b,c,1,1\n")
    assert main(["-w", str(tmp_path / "work"), "import", str(tmp_path / "in.zip"), "--json"]) == 4
    posts, near = json.loads(capsys.readouterr().out)
    assert (posts["part"], posts["status"], near["part"], near["status"]) == (
        "tweets.js",
        "imported",
        "near.csv",
        "refused",
    )
    assert "Nearest: x.legacy_posts" in near["reason"]


def test_a_few_files_have_a_line_each(said):
    assert said(2).count("log-ins") == 2

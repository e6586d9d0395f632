"""Files that are not what they should be, through the command line: words, exit code, and what is in the tables after."""

from __future__ import annotations

import csv
import json
import random
import sys
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.intake import copying

if TYPE_CHECKING:
    from pathlib import Path

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "l"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
FEED = b'<rss version="2.0"><channel><title>A feed</title><item><author>b</author></item></channel></rss>'
REFUSED = {
    "empty": (b"", "The file is empty"),
    "only blanks": (b"\n\n \r\n", "The file is empty"),
    "binary noise": (random.Random(3).randbytes(4000), "binary data"),
    "a table of something else": (b"Order,Sum\n1,2\n", "'Order', 'Sum'"),
    "a workbook": (b"PK\x03\x04" + bytes(100), "archive is damaged"),
    "a page that asks to log in": (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
    "a feed whose posts say nothing": (FEED, "the cell that identifies the record is empty"),
    "entities that grow": (LAUGHS, "document type"),
}
COMPILER = ("Traceback", "Error:", "None", "parser", "utf-8", "decode")


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_export_is_refused_in_words_and_keeps_nothing(
    run, tmp_path: Path, raw: tuple[bytes, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(raw[0])
    (row,) = json.loads(run("import", path, "--json", code=4))
    assert row["status"] == "refused"
    assert raw[1] in row["reason"]
    assert row["reason"].endswith(".")
    assert not [word for word in COMPILER if word in row["reason"]]
    assert {row[name] for name in ("records_in", "kept", "quarantined", "duplicate")} == {0}
    assert not (tmp_path / "work").exists()
    assert main(["-w", str(tmp_path / "work"), "import", str(path)]) == 4
    assert "export.csv: not taken." in capsys.readouterr().out


def test_a_file_that_changes_while_it_is_read_is_refused_and_can_come_again(
    run, posts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / posts_file.name
    path.write_bytes(posts_file.read_bytes())
    whole = path.read_bytes()
    copied = copying._copied

    def growing(given, copy):
        done = copied(given, copy)
        path.write_bytes(whole + b"one more line\n")
        return done

    with monkeypatch.context() as patched:
        patched.setattr(copying, "_copied", growing)
        (row,) = json.loads(run("import", path, "--json", code=4))
    assert row["status"] == "refused"
    assert "chang" in row["reason"]
    path.write_bytes(whole)
    assert json.loads(run("import", path, "--json"))[0]["status"] == "imported"


def by_id(path: Path) -> dict[str, str]:
    """Post ids and impressions, by the standard library."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["Tweet id"]: row["impressions"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("turned", [False, True])
def test_two_files_that_overlap_count_what_they_share_once(run, samples: Path, tmp_path: Path, turned: bool) -> None:
    whole = min(samples.glob("tweet_activity*.csv"))
    with whole.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    third = len(rows) // 3
    parts = {"early": rows[: 2 * third], "late": rows[third:]}
    for name, part in parts.items():
        (tmp_path / name).mkdir()
        with (tmp_path / name / whole.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *part])
    paths = sorted((tmp_path / name / whole.name for name in parts), reverse=turned)
    first, second = json.loads(run("import", *paths, "--json"))
    assert first["duplicate"] == 0
    assert second["duplicate"] == third
    counted = json.loads(run("measure", "count(posts)", "sum(posts.impressions)", "--json"))
    expected = by_id(whole)
    found = {row["metric"]: row["value"] for row in counted}
    assert found["count(posts)"] == len(expected)
    assert found["sum(posts.impressions)"] == sum(float(value) for value in expected.values())


BROKEN = """
from smmetrics.api import About, Capability, Platform, Signature, Source, hookimpl

@hookimpl
def smmetrics_about():
    return About(name="broken", title="Broken", api=1, licence="Apache-2.0")

@hookimpl
def smmetrics_sources():
    return [
        Platform(id="broken", title="Broken", access="export_only"),
        Source(kind="posts", platform="broken", table="posts", title="Posts", container="csv", how_to_get="Export.",
               takes="posts", signature=Signature(required=("Broken id",)), load="zz_broken:read",
               can=(Capability(fact="posts.text", native="Text"),)),
    ]

def read(preview, source, context):
    raise RuntimeError("a fault of the plugin")
"""


@pytest.fixture
def broken_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A plugin that is installed like any other, and fails when it reads."""
    place = tmp_path / "installed"
    info = place / "zz_broken-2.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zz-broken\nVersion: 2.1\n")
    (info / "entry_points.txt").write_text("[smmetrics.plugins]\nbroken = zz_broken\n")
    (place / "zz_broken.py").write_text(BROKEN)
    monkeypatch.syspath_prepend(place)
    yield "broken"
    sys.modules.pop("zz_broken", None)


def test_a_plugin_that_fails_is_named_stores_nothing_and_stops_no_other_file(
    run, broken_plugin: str, posts_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "file.csv").write_text("Broken id,Text\n1,a\n")
    rows = json.loads(run("import", tmp_path / "file.csv", posts_file, "--json", code=5))
    assert [row["status"] for row in rows] == ["refused", "imported"]
    assert f"{broken_plugin}.posts failed: RuntimeError: a fault of the plugin" in rows[0]["reason"]
    assert [row["kind"] for row in json.loads(run("imports", "--json"))] == [rows[1]["kind"]]


def test_many_files_end_in_one_line_that_counts_them_together(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(samples.glob("tweet_activity*.csv"))
    words = ["-w", str(tmp_path / "work"), "import", *map(str, files), str(tmp_path / "absent.csv")]
    rows = sum(len(by_id(path)) for path in files)
    for kept, known in ((rows, 0), (0, rows)):
        assert main(words) == 2
        said = capsys.readouterr().out
        assert f"{len(files) + 1} files, 1 of them not taken: {kept:,} records kept, {known:,} known before" in said

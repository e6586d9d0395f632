"""A folder of exports in every wrapping goes in with one command; what is stopped half-way can be run again."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from smmetrics.intake import Reader
from smmetrics.workspace import Workspace, importing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def mixed(samples: Path, tmp_path: Path) -> Path:
    """All samples: one plain, one compressed, the others in an archive; and what nobody reads."""
    folder = tmp_path / "inbox"
    (folder / "deep").mkdir(parents=True)
    first, second, *others = sorted(samples.iterdir())
    (folder / first.name).write_bytes(first.read_bytes())
    (folder / "deep" / f"{second.name}.gz").write_bytes(gzip.compress(second.read_bytes()))
    with zipfile.ZipFile(folder / "rest.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for other in others:
            archive.write(other, f"export/{other.name}")
        archive.writestr("export/readme.txt", "hello")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7")
    (folder / "notes.txt").write_text("hello")
    return folder


def tables(root: Path) -> dict[str, list[object]]:
    """All that is so now, without what says which import came first or in which wrapping."""
    workspace = Workspace(root)
    snapshot = workspace.snapshot()
    apart = ("source_id", "adapter_version", "observed_basis")
    return {
        name: snapshot.current(name).drop(apart, strict=False).collect().rows()
        for name in ("posts", "post_counts", "account_counts", "spans", "people")
    }


def imported_whole(samples: Path, tmp_path: Path) -> Path:
    """Another folder with the same key, into which the plain files went in one go."""
    whole = tmp_path / "whole"
    whole.mkdir()
    shutil.copy(tmp_path / "work" / "keys", whole / "keys")
    Workspace(whole).import_(samples)
    return whole


def test_a_mixed_folder_gives_what_its_plain_files_give(run, samples: Path, mixed: Path, tmp_path: Path) -> None:
    rows = json.loads(run("import", mixed, "--json", code=4))
    refused = {(row["file"].rpartition("/")[2], row["part"]): row["reason"] for row in rows if row["reason"]}
    assert set(refused) == {("paper.pdf", ""), ("notes.txt", ""), ("rest.zip", "export/readme.txt")}
    assert "PDF" in refused["paper.pdf", ""]
    assert len(rows) == len(list(samples.iterdir())) + len(refused)
    parts = [row["part"] for row in rows if row["file"].endswith("rest.zip")]
    assert all(part.startswith("export/") for part in parts)
    assert tables(tmp_path / "work") == tables(imported_whole(samples, tmp_path))


def test_a_mixed_folder_that_comes_twice_changes_nothing(run, mixed: Path, tmp_path: Path) -> None:
    run("import", mixed, code=4)
    before = tables(tmp_path / "work")
    rows = json.loads(run("import", mixed, "--json", code=4))
    assert {row["status"] for row in rows} == {"duplicate", "refused"}
    assert tables(tmp_path / "work") == before


@pytest.mark.parametrize("after", [3, *(pytest.param(after, marks=pytest.mark.slow) for after in (1, 5))])
def test_an_import_that_is_stopped_keeps_whole_files_and_can_be_run_again(
    run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    plain = Reader.read_all
    read = []

    def stopping(self, path, answers=None):
        if len(read) == after:
            raise KeyboardInterrupt
        read.append(path)
        yield from plain(self, path, answers)

    monkeypatch.setattr(importing, "FILES_A_COMMIT", 2)
    workspace = Workspace(tmp_path / "work")
    with monkeypatch.context() as stopped:
        stopped.setattr(Reader, "read_all", stopping)
        with pytest.raises(KeyboardInterrupt):
            workspace.import_(samples)
    kept = 0 if workspace.snapshot() is None else workspace.snapshot().imports().height
    assert kept == after // 2 * 2
    rows = json.loads(run("import", samples, "--json"))
    assert [row["status"] for row in rows].count("duplicate") == kept
    assert tables(tmp_path / "work") == tables(imported_whole(samples, tmp_path))


def test_every_part_of_an_archive_can_be_taken_back_by_itself(run, mixed: Path, tmp_path: Path) -> None:
    rows = json.loads(run("import", mixed / "rest.zip", "--json"))
    before = tables(tmp_path / "work")
    run("imports", "undo", rows[0]["id"])
    assert tables(tmp_path / "work") != before
    again = json.loads(run("import", mixed / "rest.zip", "--json"))
    assert [row["status"] for row in again] == ["imported", *["duplicate"] * (len(rows) - 2), "refused"]
    assert tables(tmp_path / "work") == before


def test_sniff_says_what_each_part_is_and_keeps_nothing(run, mixed: Path, tmp_path: Path) -> None:
    found = json.loads(run("sniff", mixed, "--json", code=4))
    kinds = {(row["file"].rpartition("/")[2], row["part"]): row["kind"] for row in found}
    assert kinds["paper.pdf", ""] == ""
    assert kinds["rest.zip", "export/readme.txt"] == ""
    assert sum(bool(kind) for kind in kinds.values()) == len(found) - 3
    assert not (tmp_path / "work").exists()


def test_sniff_says_how_a_file_differs_from_the_nearest_kind(run, posts_file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(posts_file.read_text(encoding="utf-8").replace("Tweet id", "Number", 1), encoding="utf-8")
    said = run("sniff", changed, code=4)
    assert f"smmetrics map {changed}" in said
    assert "x.legacy_posts" in said
    assert "It needs Tweet id, which this file lacks." in said
    assert "It does not know Number." in said
    (row,) = json.loads(run("sniff", posts_file, "--json"))
    assert (row["kind"], row["kinds"][0]["level"], row["divided_by"]) == ("x.legacy_posts", "exact", ",")

"""Somebody who is forgotten leaves no byte behind, in any file of the workspace, and stays forgotten."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard

from smmetrics.api.errors import UserMistake
from smmetrics.store import ImportBatch
from smmetrics.store.forgetting import Forgotten
from smmetrics.tables.schema import conform
from smmetrics.workspace import Workspace
from smmetrics.workspace.forgetting import forget

SEEN = datetime(2026, 6, 1, tzinfo=UTC)
TRACES = (
    "mira_grows",
    "Mira Ökonom",
    "9087654321",
    "5551234567890",
    "my roses have black spots again",
    "p-mira-key-01",
)
POSTS = [
    {"post_id": "5551234567890", "person": "p-mira-key-01", "account_id": "acme", "kind": "reply", "in_reply_to": "100",
     "text": "my roses have black spots again", "permalink": "https://m.example/@mira_grows/5551234567890"},
    {"post_id": "200", "person": "p-bob", "account_id": "acme", "kind": "reply", "in_reply_to": "5551234567890",
     "text": "@mira_grows wrote: my roses have black spots again. Dear Mira Ökonom!", "mentions": ["mira_grows", "eve"],
     "links": ["https://m.example/@mira_grows/5551234567890"]},
    {"post_id": "100", "account_id": "acme", "kind": "post", "text": "How are the roses?"},
]  # fmt: skip
PEOPLE = [
    {"platform_author_id": "9087654321", "person": "p-mira-key-01", "handle": "@mira_grows",
     "display_name": "Mira Ökonom"},
    {"platform_author_id": "77", "person": "p-bob", "handle": "bob", "display_name": "Bob"},
]  # fmt: skip
ACTS = [
    {"person": "p-bob", "act": "like", "target_id": "5551234567890", "post_id": "5551234567890"},
    {"person": "p-mira-key-01", "act": "like", "target_id": "100", "post_id": "100"},
    {"person": "p-bob", "act": "like", "target_id": "100", "post_id": "100", "other": "p-mira-key-01"},
]


def bytes_of(path):
    """All bytes of a file, unpacked: zst, gz, zip, and the cells of Parquet."""
    raw = path.read_bytes() if isinstance(path, Path) else path
    yield raw
    if raw[:4] == b"\x28\xb5\x2f\xfd":
        yield from bytes_of(zstandard.ZstdDecompressor().decompressobj().decompress(raw))
    elif raw[:2] == b"\x1f\x8b":
        yield from bytes_of(gzip.decompress(raw))
    elif raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield from bytes_of(packed.read(name))
    elif raw[:4] == b"PAR1":
        yield pl.read_parquet(io.BytesIO(raw)).write_ndjson().encode()


def left_of(root, traces=TRACES):
    """Which traces stand in which file of a folder, whatever its packing, or in a file's name."""
    found = set()
    for path in sorted(root.rglob("*")):
        named = str(path.relative_to(root))
        pieces = [named.encode(), *(bytes_of(path) if path.is_file() else ())]
        for trace in traces:
            spelled = {trace, json.dumps(trace)[1:-1]}
            forms = {word.encode(code) for word in spelled for code in ("utf-8", "utf-16-le", "utf-16-be")}
            if any(form.lower() in piece.lower() for form in forms for piece in pieces):
                found.add((named, trace))
    return found


def batch(workspace, name, *, kind="m.posts", content=b"", observed=SEEN, quarantine=None, **tables):
    """A file made up row by row, with a private copy of some bytes."""
    stamp = {"source_kind": kind, "observed_at": observed, "observed_basis": "name"}
    frames = {}
    for table, rows in tables.items():
        full = [{"platform": "m", **stamp, **row} for row in rows]
        numbers = pl.Series("record", range(1, len(full) + 1))
        frame = pl.DataFrame(full, infer_schema_length=None)
        frames[table] = conform(frame, workspace.installed.tables[table]).with_columns(numbers)
    copy = workspace.root / f"copy-{hashlib.sha256(content).hexdigest()[:6]}"
    copy.write_bytes(content)
    aside = 0 if quarantine is None else quarantine.height
    kept = max((len(rows) for rows in tables.values()), default=0)
    counts = {"records_in": kept + aside, "kept": kept, "quarantined": aside}
    return ImportBatch(source_id=hashlib.sha256(name.encode() + content).hexdigest(), file=name, kind=kind,
                       frames=frames, counts=counts, copy=copy, quarantine=quarantine)  # fmt: skip


def fill(workspace):
    """A folder with somebody in every corner: tables and their past, copies, set-aside records, cache and reports."""
    store = workspace.make_store()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("data/posts.csv", "author\nmira_grows\n")
    odd = pl.DataFrame({"record": [9], "reason": ["not_a_date"], "excerpt": ["9087654321;roses I never said"]})
    old = [{**PEOPLE[0], "handle": "mira_before"}]
    rows = [
        batch(workspace, "old.csv", people=old, content=b"first", observed=datetime(2026, 1, 1, tzinfo=UTC)),
        batch(
            workspace,
            "a.csv",
            posts=POSTS,
            people=PEOPLE,
            content=b"a file of many",
            quarantine=odd,
            post_counts=[{"post_id": "5551234567890", "scope": "total", "window": "lifetime", "likes": 3}],
        ),
        batch(workspace, "mira_grows.zip", posts=POSTS[2:], content=packed.getvalue()),
        batch(workspace, "acts.csv", acts=ACTS, content="x\r\nMira Ökonom".encode("utf-16")),
        batch(workspace, "innocent.csv", posts=[{**POSTS[2], "post_id": "101", "text": "Miranda"}], content=b"Miranda"),
    ]
    made = store.commit([rows[0]]) + store.commit(rows[1:])
    (undone,) = store.commit([batch(workspace, "gone.csv", posts=[{**POSTS[0], "text": "undone mira_grows"}])])
    store.undo(undone.id)
    for name in ("posts", "people"):
        store.snapshot().current(name).collect()
    (workspace.root / "reports" / "june.html").write_text("<p>Mira &Ouml;konom, @mira_grows</p>", encoding="utf-8")
    (workspace.root / "reports" / "july.html").write_text("<p>82 %</p>", encoding="utf-8")
    for copy in workspace.root.glob("copy-*"):
        copy.unlink()
    return made


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path / "work")
    made.root.mkdir()
    fill(made)
    return made


def test_the_search_itself_finds_them_in_every_corner_before(workspace):
    found = left_of(workspace.root)
    corners = {name.split("/")[0] for name, _ in found}
    assert {"store", "sources", "cache", "reports"} <= corners
    assert {trace for _, trace in found} == set(TRACES)
    assert len({name for name, _ in found if name.startswith("sources")}) == 2


@pytest.mark.parametrize("word", ["m:@Mira_Grows", "mira_grows", "m:9087654321", "Mira Ökonom", "m:mira_before"])
def test_not_a_byte_is_left_whatever_they_are_called_by(workspace, word):
    report = forget(workspace, [word])
    assert report.done
    assert left_of(workspace.root, (*TRACES, "mira_before", "roses I never said")) == set()
    assert report.rows == {"posts": 1, "people": 2, "post_counts": 1, "acts": 2}
    assert report.changed["posts"] == 1
    assert report.files == ("reports/june.html",)
    assert report.left == ()


def test_everything_else_is_as_it_was(workspace):
    forget(workspace, ["m:mira_grows"])
    snapshot = workspace.store.snapshot()
    posts = {row["post_id"]: row for row in snapshot.current("posts").collect().to_dicts()}
    assert sorted(posts) == ["100", "101", "200"]
    assert posts["101"]["text"] == "Miranda"
    assert posts["100"]["text"] == "How are the roses?"
    assert posts["200"]["text"] == "@[forgotten] wrote: [forgotten]. Dear [forgotten]!"
    assert posts["200"]["in_reply_to"] is None
    assert posts["200"]["mentions"] == ["eve"]
    assert snapshot.current("people").collect().get_column("person").to_list() == ["p-bob"]
    (act,) = snapshot.current("acts").collect().to_dicts()
    assert (act["person"], act["target_id"], act["other"]) == ("p-bob", "100", None)
    assert (workspace.root / "reports" / "july.html").is_file()
    kept = {hashlib.sha256(each).hexdigest() for each in (b"innocent.csvMiranda", b"gone.csv")}
    assert {path.stem for path in (workspace.root / "sources").iterdir()} == kept


def test_every_record_is_still_accounted_for(workspace):
    forget(workspace, ["m:mira_grows"])
    for row in workspace.store.snapshot().imports().to_dicts():
        parts = ("kept", "quarantined", "duplicate", "blank", "footer", "forgotten")
        assert row["records_in"] == sum(row[name] for name in parts), row["file"]
    counts = workspace.store.snapshot().imports().get_column("forgotten").to_list()
    assert sum(counts) == 4


def test_who_was_forgotten_is_left_out_of_files_that_come_later(workspace):
    forget(workspace, ["m:mira_grows"])
    later = [
        {"post_id": "5559999999999", "person": "p-mira-key-01", "kind": "post", "text": "a new one of hers, unseen"},
        {"post_id": "300", "person": "p-bob", "kind": "reply", "in_reply_to": "5559999999999", "text": "hi mira_grows"},
    ]
    counts = [{"post_id": "5559999999999", "scope": "total", "window": "lifetime", "likes": 3}]
    odd = pl.DataFrame({"record": [9], "reason": ["not_a_date"], "excerpt": ["mira_grows"]})
    fresh = batch(workspace, "mira_grows later.csv", posts=later, people=PEOPLE, content=b"hers", quarantine=odd)
    counted = batch(workspace, "counts.csv", post_counts=counts, content=b"counts")
    first, second = workspace.store.commit([fresh, counted])
    for copy in workspace.root.glob("copy-*"):
        copy.unlink()
    assert (first.records_in, first.kept, first.quarantined, first.forgotten) == (3, 1, 1, 1)
    assert (second.records_in, second.kept, second.forgotten) == (1, 0, 1)
    assert left_of(workspace.root, (*TRACES, "5559999999999", "a new one of hers")) == set()
    rows = workspace.store.snapshot().current("posts").filter(pl.col("post_id") == "300").collect().to_dicts()
    assert [(row["text"], row["in_reply_to"]) for row in rows] == [("hi [forgotten]", None)]


def test_the_list_of_who_was_forgotten_names_nobody_and_opens_with_its_own_key_only(workspace):
    forget(workspace, ["m:mira_grows"])
    listed = Forgotten.of(workspace.root)
    platforms = pl.Series(["m", "m", "x"])
    assert listed.matches("name", platforms, pl.Series(["@Mira_Grows", "bob", "mira_grows"])).to_list() == [
        True,
        False,
        False,
    ]
    listed.key = bytes(32)
    assert not listed.matches("name", platforms, pl.Series(["@Mira_Grows", "bob", "mira_grows"])).any()
    assert (workspace.root / "forgotten.key").stat().st_mode & 0o777 == 0o600


def test_a_dry_run_deletes_nothing_and_says_the_same(workspace):
    before = {each for each in left_of(workspace.root) if not each[0].startswith("cache")}
    dry = forget(workspace, ["m:mira_grows"], dry_run=True)
    assert {each for each in left_of(workspace.root) if not each[0].startswith("cache")} == before
    assert not (workspace.root / "forgotten.json").exists()
    wet = forget(workspace, ["m:mira_grows"])
    assert dry.record() | {"done": True} == wet.record()


def test_a_name_that_several_bear_is_asked_back_and_nothing_goes(workspace):
    second = [{"platform_author_id": "12", "person": "p-other", "handle": "other", "display_name": "Mira Ökonom"}]
    workspace.store.commit([batch(workspace, "b.csv", people=second)])
    head = workspace.store.head
    with pytest.raises(UserMistake, match=r"2 people answer to Mira Ökonom.*m:12 \(other\), m:9087654321"):
        forget(workspace, ["Mira Ökonom"])
    assert workspace.store.head == head
    assert forget(workspace, ["Mira Ökonom"], everyone=True).people == 2


def test_nobody_and_ourselves_are_refused_in_words(workspace):
    with pytest.raises(UserMistake, match=r"Nobody here is called mira_grow\..*Near: @mira_grows"):
        forget(workspace, ["mira_grow"])
    accounts = [{"account_id": "acme", "handle": "@Acme", "kind": "ours"}]
    workspace.store.commit([batch(workspace, "own.csv", accounts=accounts)])
    with pytest.raises(UserMistake, match="is your own account"):
        forget(workspace, ["@acme"])


def test_files_of_the_users_own_are_named_and_left(workspace):
    inbox = workspace.root / "inbox"
    inbox.mkdir()
    (inbox / "export.csv.gz").write_bytes(gzip.compress(b"author\nmira_grows\n"))
    assert forget(workspace, ["m:mira_grows"]).left == ("inbox/export.csv.gz",)
    assert {name for name, _ in left_of(workspace.root)} == {"inbox/export.csv.gz"}


CHILD = """
import os, signal, sys
from smmetrics.store import Store
from smmetrics.workspace import Workspace
from smmetrics.workspace.forgetting import forget

def die(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

workspace = Workspace(sys.argv[1])
workspace.store._steps = die
forget(workspace, ["m:mira_grows"])
"""
BEFORE = ("after_digests", "after_table:people", "before_head_write", "after_head_temp")
AFTER = ("after_head_rename", "after_files", "after_folders")
IN_EVERY_RUN = ("after_table:people", "before_head_write", "after_head_rename", "after_files")


def readings(workspace):
    snapshot = Workspace(workspace.root).store.snapshot()
    return {name: snapshot.current(name).collect().to_dicts() for name in ("posts", "people", "acts", "post_counts")}


@pytest.mark.parametrize(
    "step",
    [pytest.param(step, marks=() if step in IN_EVERY_RUN else pytest.mark.slow, id=step) for step in (*BEFORE, *AFTER)],
)
def test_killed_while_forgetting_all_is_as_before_or_the_next_writer_finishes(workspace, step):
    whole = readings(workspace)
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(workspace.root), step], timeout=120, check=False, capture_output=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    opened = Workspace(workspace.root)
    if step in BEFORE:
        assert readings(opened) == whole
        assert forget(opened, ["m:mira_grows"]).done
    else:
        assert "p-mira-key-01" not in str(readings(opened))
        opened.store.commit([batch(opened, "next.csv", posts=[{"post_id": "400", "kind": "post"}])])
        for copy in opened.root.glob("copy-*"):
            copy.unlink()
    assert left_of(workspace.root) == set()


def test_a_reader_of_a_real_export_is_forgotten_and_the_same_file_cannot_bring_them_back(tmp_path, samples, run):
    from shutil import copytree
    from xml.etree import ElementTree as ET

    inbox = tmp_path / "given"
    copytree(samples, inbox)
    (export,) = [path for path in inbox.glob("*.xml") if b"wordpress.org/export" in path.read_bytes()]
    tag = "{http://wordpress.org/export/1.2/}comment"
    said = [[found.findtext(f"{tag}_{part}") for part in ("author_email", "author", "content")]
            for found in ET.parse(export).iter(tag)]  # fmt: skip
    mail, name, _ = next(each for each in said if each[0] and f"{each[1]}s" not in each[2])
    others = " ".join(text for each, _, text in said if each != mail)
    theirs = [mail, *(text for each, _, text in said if each == mail and text not in others)]
    assert len(theirs) > 1
    run("import", inbox)
    assert {trace for _, trace in left_of(tmp_path / "work", theirs)} == set(theirs)
    assert "people forgotten: 1" in run("forget", f"blogs:{name}", "--yes")
    assert left_of(tmp_path / "work", theirs) == set()
    run("import", inbox)
    copy = export.with_name("a-second-copy.xml")
    copy.write_bytes(export.read_bytes() + b"\n")
    assert "you were asked to forget" in run("import", copy)
    assert left_of(tmp_path / "work", theirs) == set()

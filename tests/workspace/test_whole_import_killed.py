"""A command that changes the store is killed, or loses its power or its disk, at any call that writes: all or nothing.

The kernel stops the command before each of its calls that change the workspace, whoever makes them (`_faults.py`).
"""

from __future__ import annotations

import errno
import hashlib
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from smmetrics.store import Store
from smmetrics.workspace import Workspace, init

FAULTS = Path(__file__).parent / "_faults.py"
TIME_OUT = 300
EVERY = 17
"""In every run so many calls are passed over; the long run looks at each."""
SMALL = "import smmetrics.store.delta as d, sys; d.FILES_A_PARTITION = 1; from smmetrics.cli.main import main; sys.exit(main(sys.argv[1:]))"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="calls are watched on Linux on x86-64 only"
)


@dataclass(frozen=True)
class Scene:
    """A workspace as it is before, a command, and how the same is done again in this process."""

    before: Path
    arguments: tuple[str, ...]
    again: object
    code: str = ""

    def command(self, root):
        start = ["-c", self.code] if self.code else ["-m", "smmetrics"]
        return [sys.executable, *start, "-w", str(root), *self.arguments]


@pytest.fixture(scope="module")
def files(samples):
    broken = samples.parent / "broken" / "tweet_activity_metrics_Acme_20260901_20261001_en.csv"
    broken.parent.mkdir(exist_ok=True)
    whole = sorted(samples.glob("tweet_activity*.csv"))
    broken.write_bytes(whole[1].read_bytes() + b'"x"\n')
    return [whole[0], broken, next(iter(samples.glob("*.xml")))]


@pytest.fixture(scope="module")
def scene(files, tmp_path_factory):
    registry = Workspace(tmp_path_factory.mktemp("none")).registry

    def make(name):
        root = tmp_path_factory.mktemp(name.replace(" ", "-")) / "before"
        init(root, zone="UTC")
        here = Workspace(root, registry=registry)
        first, *rest = map(str, files)
        if name != "first import":
            here.import_(first)
        if name in {"import", "first import", "compaction"}:
            return Scene(root, ("import", *rest), lambda w: w.import_(*rest), SMALL if name == "compaction" else "")
        here.import_(*rest)
        if name == "undo":
            return Scene(root, ("imports", "undo", "b2-1"), lambda w: w.undo("b2-1"))
        if name == "reread":
            return Scene(root, ("imports", "reread", "b2-2"), None)
        if name == "vacuum":
            here.undo("b2-2")
            return Scene(root, ("vacuum", "--keep", "1"), None)
        assert name == "forget"
        people = here.store.snapshot().observations("people").collect().get_column("handle").drop_nulls()
        return Scene(root, ("forget", f"blogs:{min(set(people))}", "--yes", "--all"), None)

    make.registry = registry
    return make


def state(root, tables):
    """All that can be read, as text: of a folder in which nothing was begun, nothing."""
    if not (root / "workspace.toml").exists():
        return {}
    store = Store.open(root, tables=tables)
    snapshot = store.snapshot()
    told = {
        name: snapshot.current(name).collect().write_ndjson() for name in sorted(snapshot.head.tables) if name in tables
    }
    imports = snapshot.imports().sort("id")
    told["imports"] = imports.select("id", "file", "status", "kept", "quarantined", "forgotten").write_ndjson()
    told["quarantine"] = snapshot.quarantine().select("file", "record", "reason", "excerpt").write_ndjson()
    told["messages"] = str(store.messages)
    for source in imports.filter(status="imported").get_column("source_id"):
        if (root / "sources" / f"{source[:64]}.zst").exists():
            assert hashlib.sha256(snapshot.source_bytes(source)).hexdigest() == source[:64]
    return told


def copied(scene, out):
    root = out / "work"
    shutil.copytree(scene.before, root)
    return root


def left(out, every):
    """The folders that calls would leave, each content once."""
    seen = set()
    for number, call in enumerate((out / "calls.txt").read_text().splitlines()):
        for kind in ("killed", "lost", "some") if number % every == 0 else ():
            root = out / f"{number:04}" / kind
            content = hashlib.sha256()
            for path in sorted(each for each in root.rglob("*") if each.is_file()):
                content.update(f"{path.relative_to(root)}".encode() + b"\0" + path.read_bytes())
            if content.digest() not in seen:
                seen.add(content.digest())
                yield number, call, kind, root


def watch(what, root, *options, scene):
    arguments = [sys.executable, str(FAULTS), what, str(root), *map(str, options), "--", *scene.command(root)]
    return subprocess.run(arguments, timeout=TIME_OUT, capture_output=True, text=True, check=False)


SCENES = [
    ("import", EVERY),
    *(pytest.param(name, 1, marks=pytest.mark.slow) for name in ("import", "first import", "compaction", "undo", "reread", "vacuum", "forget")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "every"), SCENES)
def test_wherever_a_command_dies_or_its_power_fails_it_is_whole_or_absent(scene, tmp_path, name, every):
    made = scene(name)
    root, out = copied(made, tmp_path), tmp_path / "out"
    tables = Workspace(root, registry=scene.registry).installed.tables
    old = state(root, tables)
    done = watch("images", root, out, every, scene=made)
    assert done.returncode == 0, done.stderr
    new = state(root, tables)
    assert (new == old) is (name == "vacuum")
    looked = 0
    for number, call, kind, image in left(out, every):
        where = f"{kind} before call {number}: {call}"
        found = state(image, tables)
        begun = name == "first import" and found.get("imports") == ""  # a store, and nothing in it
        assert begun or found in (old, new), where
        if made.again and found == old and number % 4 == 0:
            made.again(Workspace(image, registry=scene.registry))
            assert state(image, tables).keys() == new.keys(), where
            if name != "first import":
                assert state(image, tables)["imports"].replace("b3-", "b2-") == new["imports"], where
        looked += 1
    assert looked >= (12 if every > 1 else 20)


@pytest.mark.parametrize(
    ("number", "stride"),
    [(errno.ENOSPC, 110), pytest.param(errno.ENOSPC, 3, marks=pytest.mark.slow), pytest.param(errno.EIO, 3, marks=pytest.mark.slow)],
)  # fmt: skip
def test_a_disk_that_fills_or_breaks_at_any_call_is_said_and_what_was_there_is_whole(scene, tmp_path, number, stride):
    made = scene("import")
    tables = Workspace(made.before, registry=scene.registry).installed.tables
    old = state(made.before, tables)
    first, new, codes = 0, None, set()
    while True:
        root = copied(made, tmp_path / str(first))
        done = watch("fail", root, first, number, scene=made)
        found = state(root, tables)
        assert "Traceback" not in done.stderr, (first, done.stderr)
        if done.returncode == 0:
            new = new or found
            assert found == new != old, first
            break
        codes.add(done.returncode)
        assert found == old or found["imports"] != old["imports"], first
        assert "disk" in done.stderr, (first, done.stderr)
        first += stride
    assert codes <= {2, 4, 5}
    assert first > stride

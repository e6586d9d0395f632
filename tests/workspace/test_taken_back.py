"""What an import leaves once it was taken back: nothing. And in which order files came: no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.workspace import Workspace, init

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = """
title = "A garden shop"
purpose = "People who garden find help and each other"
timezone = "UTC"
[audiences.gardeners]
who = "people who garden"
[people.ana]
role = "community manager"
speaks_as = ["x:@AcmeGardens"]
[channels.x]
platform = "x"
account = "AcmeGardens"
[goals.talk]
type = "communicating.start_conversations"
audience = "gardeners"
people = ["ana"]
channels = ["x"]
"""
FORMATS = ("csv", "json", "parquet")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return begun(tmp_path / "work")


def begun(root: Path) -> Path:
    init(root, zone="UTC")
    (root / "strategy.toml").write_text(STRATEGY, encoding="utf-8")
    return root


def exported(root: Path, out: Path) -> dict[str, bytes]:
    """The readings of all goals by month in every format of machines."""
    out.mkdir(exist_ok=True)
    made = {}
    for name in FORMATS:
        file = out / f"readings.{name}"
        assert main(["-w", str(root), "export", "--by", "platform", "--grain", "month", "--out", str(file)]) == 0
        made[name] = file.read_bytes()
        assert len(made[name]) > 1000, "there are readings"
    return made


def ids(outcomes) -> list[str]:
    assert [each.status for each in outcomes] == ["imported"] * len(outcomes)
    return [each.id for each in outcomes]


def test_an_import_taken_back_leaves_every_byte_of_the_readings_as_it_was(root, samples, tmp_path, capsys):
    first, middle, *rest = sorted(samples.glob("tweet_activity*.csv"))
    ids(Workspace(root).import_(first, *rest))
    before = exported(root, tmp_path / "out")
    (late,) = ids(Workspace(root).import_(middle))
    assert exported(root, tmp_path / "out") != before, "the file says something"
    Workspace(root).undo(late)
    assert exported(root, tmp_path / "out") == before
    (again,) = ids(Workspace(root).import_(middle))
    assert again != late
    Workspace(root).undo(again)
    assert exported(root, tmp_path / "out") == before
    capsys.readouterr()


def test_readings_say_nothing_of_the_order_in_which_files_came(samples, tmp_path):
    files = [*sorted(samples.glob("tweet_activity*.csv")), *sorted(samples.glob("*.xml"))]
    found = []
    for number, order in enumerate((files, files[::-1])):
        root = begun(tmp_path / str(number))
        for file in order:
            ids(Workspace(root).import_(file))
        found.append(Workspace(root).measure("count(posts)", "count(posts, ours)", by=("platform",), grain="month"))
    one, other = (each.frame.drop("person", strict=False) for each in found)
    assert one.height
    assert one.equals(other)
    # Files are listed with the ids they got as they came; what readings rest on has none.
    assert found[0].provenance["readings"] == found[1].provenance["readings"]

"""Exports that the plugins' generators make, and the command line run on a workspace of the test's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main
from smmetrics.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


SAMPLES = frozenset({"blogs", "offline", "x"})
FILES = ("*.WordPress.*.xml", "*tweet_activity*.csv", "account_*.csv", "effort*.csv")
"""A blog, an account and hours: numbers of these tests are counted from them alone, whatever else is installed."""


def write_samples(workspace: Workspace, folder: Path) -> None:
    """Write these files into a folder."""
    for sample in workspace.installed.samples:
        if sample.name in SAMPLES:
            workspace.registry.use(sample.load)(folder, seed=7, start=date(2026, 6, 1), months=3)
    for path in folder.iterdir():
        if not any(path.match(pattern) for pattern in FILES):
            path.unlink()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(Workspace(folder), folder)
    return folder


@pytest.fixture
def posts_file(samples: Path) -> Path:
    return next(iter(sorted(samples.glob("tweet_activity*.csv"))))


@pytest.fixture
def file(tmp_path: Path):
    """Writes a table into a file of its own."""

    def write(text: str, name: str = "kpis.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object, code: int = 0) -> str:
        found = main(["-w", str(tmp_path / "work"), *map(str, arguments)])
        said = capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out

    return run

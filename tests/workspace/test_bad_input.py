"""What ends in words, in the right exit code, and with nothing stored that should not be."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from smmetrics.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def blog(samples: Path) -> bytes:
    return next(iter(samples.glob("*.xml"))).read_bytes()


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """What a command prints, on both channels, for people."""

    def say(*words: object, code: int = 0) -> str:
        found = main(["-w", str(tmp_path / "work"), *map(str, words)])
        said = capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err

    return say


def cut_after(raw: bytes, items: int) -> bytes:
    ends = [found.end() for found in re.finditer(b"</item>", raw)]
    return raw[: ends[items - 1]]


def test_a_broken_file_covers_no_month_after_the_last_post_read(run, blog: bytes, tmp_path: Path) -> None:
    part = cut_after(blog, len(re.findall(b"</item>", blog)) // 3)
    (tmp_path / "cut.xml").write_bytes(part)
    days = re.findall(rb"<wp:post_date_gmt><!\[CDATA\[(\d{4}-\d\d)", part)
    last = max(days).decode()
    words = ("measure", "count(posts)", "--grain", "month", "--since", "2026-06-01", "--until", "2026-09-01", "--json")
    run("import", tmp_path / "cut.xml")
    rows = {row["period_start"][:7]: row for row in json.loads(run(*words))}
    after = [row for month, row in rows.items() if month > last]
    assert after
    assert {(row["value"], row["state"]) for row in after} == {(None, "not_covered")}
    assert rows[last]["value"] > 0
    assert rows[last]["incomplete"] is True
    (tmp_path / "whole.xml").write_bytes(blog)
    run("import", tmp_path / "whole.xml")
    assert all(row["value"] for row in json.loads(run(*words)))


def test_a_broken_file_says_which_days_it_still_covers(say, blog: bytes, tmp_path: Path) -> None:
    part = cut_after(blog, 5)
    (tmp_path / "cut.xml").write_bytes(part)
    days = sorted(re.findall(rb"<wp:post_date_gmt><!\[CDATA\[(\d{4}-\d\d-\d\d)", part))
    said = say("import", tmp_path / "cut.xml")
    assert f"only {days[0].decode()} to {days[-1].decode()} counts as covered" in said

"""A version of a table is opened once, and anew as soon as its log is another."""

from __future__ import annotations

import polars as pl
import pytest

from smmetrics.store import delta


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "posts"
    for text in ("a", "b"):
        delta.append(folder, rows(text))
    return folder


def rows(*texts):
    return pl.DataFrame({"platform": ["x"] * len(texts), "text": texts})


def texts(folder, version):
    return sorted(delta.scan(folder, version).collect().get_column("text"))


def test_a_version_that_is_read_twice_is_opened_once(folder, monkeypatch):
    first = texts(folder, 1)
    monkeypatch.setattr(delta, "DeltaTable", lambda *_, **__: pytest.fail("opened again"))
    assert delta.fault(folder, 1) == ""
    assert texts(folder, 1) == first == ["a", "b"]


def test_a_version_that_was_set_back_and_written_again_is_read_as_it_is_now(folder):
    texts(folder, 1)
    delta.set_back(folder, 0)
    assert delta.append(folder, rows("c", "d")) == 1
    assert texts(folder, 1) == ["a", "c", "d"]
    assert len(delta.files(folder, 1)) == 2


@pytest.mark.parametrize("version", [0, 1])
def test_a_log_that_is_damaged_after_it_was_read_is_told(folder, version):
    assert delta.fault(folder, 1) == ""
    delta.entry(folder, version).write_text("{")
    assert delta.fault(folder, 1) != ""


def test_a_later_version_does_not_touch_what_an_older_one_holds(folder):
    texts(folder, 1)
    delta.append(folder, rows("c"))
    assert (texts(folder, 1), texts(folder, 2)) == (["a", "b"], ["a", "b", "c"])

"""A definition never changes under one version, not even when pins are renewed."""

from __future__ import annotations

import json

import pytest

from smmetrics.testing import pins

OLD = {"garden.a": {"version": "1.0.0", "hash": "aaa"}}


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "hashes.json"
    file.write_text(json.dumps(OLD))
    return file


def change(version, digest):
    return {"garden.a": {"version": version, "hash": digest}}


def test_what_is_pinned_passes(path):
    assert pins.pin(path, OLD) == []


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1"])
@pytest.mark.parametrize("renew", ["", "1"])
def test_a_new_definition_needs_a_new_version(path, monkeypatch, version, renew):
    monkeypatch.setenv("SMMETRICS_PIN", renew)
    (fault, *_) = pins.pin(path, change(version, "bbb"))
    assert "garden.a: the definition changed" in fault
    assert json.loads(path.read_text()) == OLD


@pytest.mark.parametrize("version", ["1.1.0", "2.0.0"])
def test_a_new_version_is_pinned_on_request_only(path, monkeypatch, version):
    new = change(version, "bbb")
    (fault,) = pins.pin(path, new)
    assert f"is now {version}" in fault
    assert "SMMETRICS_PIN=1" in fault
    monkeypatch.setenv("SMMETRICS_PIN", "1")
    assert pins.pin(path, new) == []
    assert json.loads(path.read_text()) == new


def test_new_and_vanished_metrics_are_named(path):
    new, gone = pins.pin(path, {"garden.b": {"version": "1.0.0", "hash": "b"}})
    assert "garden.b is not pinned" in new
    assert "garden.a is pinned and no longer defined" in gone


def test_without_a_file_everything_is_new(tmp_path):
    (fault,) = pins.pin(tmp_path / "hashes.json", OLD)
    assert "not pinned" in fault

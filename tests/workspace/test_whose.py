"""Three blogs come in and the strategy declares one: the review says which are whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smmetrics.workspace import Workspace, init
from smmetrics.workspace.whose import alike

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
title = "A shop"
purpose = "People who garden get help"
timezone = "UTC"
"""
BLOGS = ("rose.example", "oak.example", "fern.example")


@pytest.fixture
def workspace(tmp_path: Path, samples: Path) -> Workspace:
    root = init(tmp_path / "work", zone="UTC").root
    text = next(iter(samples.glob("*.xml"))).read_text(encoding="utf-8")
    _, _, after = text.partition("<wp:base_blog_url>")
    host = after.partition("</wp:base_blog_url>")[0].removeprefix("https://")
    for name in BLOGS:
        path = tmp_path / f"{name}.xml"
        path.write_text(text.replace(host, name), encoding="utf-8")
        Workspace(root).import_(path)
    return Workspace(root)


def said(workspace: Workspace, channels: str) -> list[str]:
    (workspace.root / "strategy.toml").write_text(HEAD + channels, encoding="utf-8")
    findings = Workspace(workspace.root).review(data=True)
    return [finding.message for finding in findings if finding.code == "SMM-D012"]


def test_accounts_that_no_channel_names_are_said_and_those_it_names_are_not(workspace: Workspace) -> None:
    (one,) = said(workspace, '[channels.blog]\nplatform = "blogs"\naccount = "https://oak.example/"\n')
    assert one.startswith("Files of Blogs speak of `fern.example` and `rose.example`, and the strategy declares")
    (none,) = said(workspace, '[channels.blog]\nplatform = "blogs"\naccount = "https://elm.example"\n')
    assert none.startswith("No file of Blogs is of `https://elm.example`: they speak of `fern.example`, `oak.example`")
    every = "".join(f'[channels.b{n}]\nplatform = "blogs"\naccount = "{name}"\n' for n, name in enumerate(BLOGS))
    assert said(workspace, every) == []


def test_a_channel_that_names_no_account_takes_all(workspace: Workspace) -> None:
    assert said(workspace, '[channels.blog]\nplatform = "blogs"\n') == []


def test_files_of_a_place_that_no_channel_is_on_are_said_once_there_are_channels(workspace: Workspace) -> None:
    (said_once,) = said(workspace, '[channels.x]\nplatform = "x"\n')
    assert said_once.startswith("Files of Blogs came in (`fern.example`, `oak.example` and `rose.example`), and no ")
    assert said(workspace, "") == []


@pytest.mark.parametrize(
    "written", ["oak.example", "https://oak.example", "http://www.oak.example/", " Oak.Example ", "@oak.example"]
)
def test_an_account_is_the_same_however_it_is_written(written: str) -> None:
    assert alike(written) == "oak.example"

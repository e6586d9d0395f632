"""The section of a finding's code on the page about findings, which comes with the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from smmetrics.words import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "SMM-"
SECTION = re.compile(r"^### (SMM-[SD]\d{3})\n\n\*([a-z]+)\* · (.*?)\n(.*?)(?=^##|\Z)", re.DOTALL | re.MULTILINE)
PART = re.compile(r"^- \*\*(.+?)\.\*\* (.*?)(?=^- \*\*|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a code means: its level, what was found, and by their headings the parts of its section."""

    code: str
    level: str
    found: str
    parts: Mapping[str, str]


def page(word: str) -> Page | None:
    """The page of a code, however it is written (``S021``, ``smm-s021``); none if there is no such code."""
    code = word.strip().upper().removeprefix(PREFIX)
    return pages().get(f"{PREFIX}{code}")


@cache
def pages() -> Mapping[str, Page]:
    """Every section of the page, by code."""
    text = (files("smmetrics.words") / LANGUAGE / "findings.md").read_text(encoding="utf-8")
    return {
        code: Page(code=code, level=level, found=found, parts=_parts(body))
        for code, level, found, body in SECTION.findall(text)
    }


def _parts(body: str) -> Mapping[str, str]:
    return {heading: " ".join(said.split()) for heading, said in PART.findall(body)}

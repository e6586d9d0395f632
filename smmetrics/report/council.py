"""The page about people's data as one HTML file: it loads nothing, runs nothing, and prints on paper."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, ours, some, tag
from smmetrics.report import security

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Told = tuple[str, Sequence[str], Sequence[tuple[str, str]]]


def html(title: str, sections: Iterable[Told]) -> str:
    """The file. A section is a heading, its sentences, and a list of two columns beneath them."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=security.policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content="smmetrics"),
        tag("title", title),
        ours(f"<style>{_style()}</style>"),
    )
    body = tag("main", tag("h1", title), *(_section(*each) for each in sections), id="content")
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', body), lang='en')}\n"


def _section(title: str, lines: Sequence[str], rows: Sequence[tuple[str, str]]) -> Markup:
    said = (tag("p", line) for line in lines)
    listed = (tag("li", tag("strong", name), f": {what}" if what else "") for name, what in rows)
    return tag("section", tag("h2", title), *said, some("ul", *listed))


@cache
def _style() -> str:
    return files("smmetrics.report").joinpath("static", "report.css").read_text(encoding="utf-8")

"""The page: one HTML file that loads nothing, reads well on paper and on a telephone, by day and by night."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from smmetrics.panels.markup import Markup, joined, ours, some, tag
from smmetrics.report import drawing, security
from smmetrics.report.sections import section_of, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.report.document import Document

NO_SCRIPT = "Charts are drawn by a script inside this file, and scripts are off here. Make the report with --static."


def page_of(document: Document, *, static: bool) -> str:
    """The document as one HTML file; ``static``: charts are pictures and there is no script at all."""
    alive = not static and bool(document.charts)
    scripts = drawing.scripts() if alive else ()
    sketch = drawing.Placeholders() if alive else drawing.Pictures()
    body = _body(document, sketch, alive=alive)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=security.policy(scripts)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content="smmetrics"),
        tag("title", document.title),
        ours(f"<style>{_style()}{sketch.style()}</style>"),
    )
    code = [security.data(drawing.DATA, sketch.data()), *map(security.script, scripts)] if alive else []
    page = tag("html", head, "\n", tag("body", body, *code), lang="en", data_edition=document.edition.name)
    return f"<!DOCTYPE html>\n{page}\n"


@cache
def _style() -> str:
    return _without_end(files("smmetrics.report").joinpath("static", "report.css").read_text(encoding="utf-8"))


def _without_end(text: str) -> str:
    assert "</style" not in text.lower(), "a style cannot hold what ends it"
    return text


def _body(document: Document, sketch: drawing.Sketch, *, alive: bool) -> Markup:
    numbered = list(enumerate(document.sections, start=1))
    return joined(
        (
            _header(document),
            _contents([(f"#goal-{place}", title_of(section)) for place, section in numbered]),
            tag(
                "main",
                tag("noscript", tag("p", NO_SCRIPT, class_="note")) if alive else "",
                *(section_of(document, section, place, sketch) for place, section in numbered),
                _review(document),
                id="content",
            ),
            _footer(document),
        ),
        "\n",
    )


def _header(document: Document) -> Markup:
    return tag(
        "header",
        tag("h1", document.title),
        some("p", document.purpose, class_="purpose"),
        tag("p", "Data until: ", tag("strong", document.stamp.data_until), class_="until"),
    )


def _contents(links: list[tuple[str, str]]) -> Markup:
    if len(links) < 2:  # noqa: PLR2004 (one section needs no contents)
        return joined(())
    items = (tag("li", tag("a", title, href=href)) for href, title in links)
    return tag("nav", tag("ul", *items), aria_label="Goals")


def _review(document: Document) -> Markup:
    """How many findings the review has, and what they are, folded."""
    if not document.findings:
        return joined(())
    items = (
        tag(
            "li", tag("span", finding.get("level", ""), class_="level"), " ", finding.get("message", ""), _hint(finding)
        )
        for finding in document.findings
    )
    words = words_of_findings(document)
    return tag(
        "section",
        tag("h2", "Review of the strategy", id="review-title"),
        tag("details", tag("summary", words), tag("ul", *items, class_="findings")),
        aria_labelledby="review-title",
    )


def _hint(finding: Mapping[str, object]) -> Markup:
    """What to do about it, on a line of its own."""
    return some("div", finding.get("hint", ""), class_="level")


def words_of_findings(document: Document) -> str:
    """How many findings of each level: *1 warning, 2 notes*."""
    levels = [str(finding.get("level", "finding")) for finding in document.findings]
    counted = ((level, levels.count(level)) for level in dict.fromkeys(levels))
    return ", ".join(f"{count} {level}{'' if count == 1 else 's'}" for level, count in counted)


def _footer(document: Document) -> Markup:
    pairs = (tag("div", tag("dt", words), tag("dd", value)) for words, value in document.stamp.rows)
    return tag(
        "footer",
        *(tag("p", words) for words in document.left_out),
        tag("dl", *pairs, class_="facts"),
    )

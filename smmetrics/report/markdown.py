"""The report as Markdown for a mail: words and numbers, no picture, and nothing that a stranger formatted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smmetrics.panels.markup import clean
from smmetrics.report.page import words_of_findings
from smmetrics.report.sections import facts_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from smmetrics.panels.results import Card, PanelResult, Table
    from smmetrics.report.document import Document, Section

_SIGNS = re.compile(r"[\\`*{}\[\]|~^$]|(?<![^\W_])_|_(?![^\W_])|^#|#$")
"""What formats: most signs wherever they stand, but no underscore inside a word and no number sign inside a line."""
_HTML = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)|<|^>")
"""What stands for another sign, begins a tag, or begins a quotation."""
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|@|(?<=mailto):|(?<=xmpp):", re.IGNORECASE)
"""Where readers that make links of bare addresses see one: it stays text."""
_FIRST = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
MOST_ROWS = 15


def text(value: object) -> str:
    """Outside text that stays text: in Markdown, in the HTML made of it, and in readers that link addresses."""
    words = re.sub(r" +", " ", clean(value)).strip()
    words = _HTML.sub(lambda found: _NAMED[found[0]], words)
    words = _SIGNS.sub(lambda found: "\\" + found[0], words)
    return _ADDRESS.sub(lambda found: "\\" + found[0], words)


def line(value: object) -> str:
    """The same where it begins a line: neither a list nor a number of one."""
    return _FIRST.sub(r"\1\\", text(value))


def code(value: object) -> str:
    """A formula as code: all of it stands as it is, fenced by more backticks than it holds."""
    words = clean(value).strip()
    runs = re.findall("`+", words)
    if not runs:
        return f"`{words}`" if words else ""
    fence = "`" * (max(map(len, runs)) + 1)
    return f"{fence} {words} {fence}"


def markdown_of(document: Document) -> str:
    """The document as Markdown."""
    return "\n\n".join(filter(None, _blocks(document))) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {text(document.title)}"
    yield line(document.purpose)
    yield f"Data until: **{text(document.stamp.data_until)}**"
    for section in document.sections:
        yield from _section(document, section)
    if document.findings:
        yield f"## Review of the strategy\n\n{text(words_of_findings(document))}"
    yield "---"
    yield "\n\n".join(map(line, document.left_out))
    yield _pairs(document.stamp.rows)


def _section(document: Document, section: Section) -> Iterator[str]:
    yield f"## {text(title_of(section))}"
    goal = section.goal
    if goal is not None:
        yield f"*{text(goal.why)}*" if text(goal.why) else ""
    for words in section.headline:
        yield f"> {line(words)}"
    if goal is not None and document.edition.name != "board":
        yield _pairs(facts_of(goal))
    for result in section.results:
        if result.panel != "headline":
            yield from _panel(document, result)
    if goal is not None and document.edition.decisions:
        yield f"**To decide:** {text(goal.decision)}" if goal.decision else ""
        due = document.due(goal)
        yield f"**Due:** {text(due)}" if due else ""


def _panel(document: Document, result: PanelResult) -> Iterator[str]:
    if result.empty and not result.notes:
        return
    yield f"### {text(result.title)}" if result.title else ""
    yield from map(line, result.words)
    yield "\n".join(_card(document, card) for card in result.cards)
    for chart in result.charts:
        yield line(chart.description)
    for table in result.tables:
        yield _table(table)
    yield from map(line, result.notes)


def _card(document: Document, card: Card) -> str:
    """A card as one line of a list, and what is behind it in a second; of an empty screen what to do, a line each."""
    if card.kind == "empty":
        return "\n".join(filter(None, (line(card.reason_text), *map(text, card.would_do))))
    value = f"**{text(card.value_text)}**" if card.value_text else ""
    number = " ".join(filter(None, (value, text(card.interval_text))))
    stands = " ".join(filter(None, (card.glyph, card.status_text)))
    status = ", ".join(map(text, filter(None, (stands, card.target_text))))
    parts = (
        number,
        status,
        *map(text, (card.change_text, card.sample_text, card.reported_text, card.reason_text, card.widened_text)),
        *(f"nearest: {text(name)}{f' ({text(why)})' if why else ''}" for name, why in card.nearest),
        *(f"would do: {text(each)}" for each in card.would_do),
    )
    told = f"- {line(card.title)}: {'; '.join(filter(None, parts))}"
    evidence = document.evidence.get(card.reading_id)
    return f"{told}\n  - computed as: {code(evidence.formula)}" if evidence and evidence.formula else told


def _table(table: Table) -> str:
    """A table of the first rows; how many there are in all is said below."""
    if not table.columns:
        return ""
    rows = table.rows[:MOST_ROWS]
    head = (_row(table.columns), _row(["---"] * len(table.columns), plain=True))
    total = max(table.total, len(table.rows))
    more = f"\n\n{len(rows):,} of {total:,} rows" if total > len(rows) else ""
    title = f"**{text(table.title)}**\n\n" if table.title else ""
    note = f"\n\n{line(table.note)}" if table.note else ""
    return title + "\n".join((*head, *map(_row, rows))) + more + note


def _row(cells: Sequence[object], *, plain: bool = False) -> str:
    words = (str(cell) if plain else text("" if cell is None else cell) for cell in cells)
    return f"| {' | '.join(words)} |"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {line(words)}: {text(value)}" for words, value in pairs)

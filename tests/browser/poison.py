"""A workspace in which every text that strangers can write is a payload, brought in as any other: files, command line.

`workspace` poisons the sample's own files and strategy; `strategy` fills every field of one. `Poisoned` stands before
a source and adds a panel that shows every payload in every place a panel has: words, cards, tables, and charts with
what is pointed at in them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import fields, replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

import tomlkit

from smmetrics.cli.run import run
from smmetrics.panels import charts
from smmetrics.panels.results import Card, PanelResult, Table
from tests.browser.payloads import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from smmetrics.panels.results import Chart
    from smmetrics.panels.source import GoalInfo, Source, View

SAID = {
    *(
        "title",
        "purpose",
        "who",
        "gives",
        "it",
        "shares",
        "where",
        "role",
        "why",
        "for_them",
        "ask",
        "decision",
        "because",
    ),
    *("caveat", "risk", "consulted", "may", "goes_to", "owner", "when", "then", "text"),
}
"""Keys of a strategy file under which people write what they like."""
WRITTEN = re.compile(
    r"(<(title|wp:comment_author|wp:comment_content|content:encoded|wp:author_display_name|category[^>]*)>"
    r"<!\[CDATA\[).*?(\]\]></)",
    re.DOTALL,
)
SHOWN = 24  # letters of a label that a chart has room for; the whole text stands where one points, or as the reason
UNSEEN = bytes(range(0x21)) + b"\x7f"
IN_A_NAME = 120  # bytes of a payload that fit into a file's name


def workspace(sample: Path, root: Path) -> None:
    """Poison the files and the strategy of a sample workspace and take them in, all through the command line."""
    texts = cycle(PAYLOADS)
    inbox = root / "inbox"
    inbox.mkdir(parents=True)
    strategy = tomlkit.parse((sample / "strategy.toml").read_text(encoding="utf-8"))
    _poison(strategy, texts)
    (root / "strategy.toml").write_text(tomlkit.dumps(strategy), encoding="utf-8")
    names = _names()
    for path in sorted((sample / "inbox").iterdir()):
        text = path.read_text(encoding="utf-8-sig")
        poisoned = _wxr(text, texts) if path.suffix == ".xml" else _table(text, texts)
        (inbox / f"{path.stem} {next(names)}{path.suffix}").write_text(poisoned, encoding="utf-8", newline="")
    command(root, "import", inbox)


def strategy(folder: Path) -> int:
    """A strategy with a hostile text wherever one can stand, each of them somewhere; how many there are."""
    texts = iter([_quoted(each.text) for each in PAYLOADS] * 2)
    parts = [f"title = {next(texts)}\npurpose = {next(texts)}\n[backing]\nwho = {next(texts)}\ngives = {next(texts)}\n"]
    parts += [
        f"[audiences.a{n}]\nwho = {next(texts)}\nshares = {next(texts)}\nwhere = {next(texts)}\ninside = true\n"
        f"[people.p{n}]\nrole = {next(texts)}\nsigns = [{next(texts)}]\ntrained_for = [{next(texts)}]\n"
        for n in range(8)
    ]
    parts += [
        f"[goals.g{n}]\ntitle = {next(texts)}\nwhy = {next(texts)}\nfor_them = {next(texts)}\n"
        f"type = {next(texts) if n % 2 else _quoted('communicating.start_conversations')}\n"
        f"audience = [{next(texts)}]\npeople = [{next(texts)}]\nconsulted = [{next(texts)}]\n"
        f"decision = {next(texts)}\nhours = {{ {next(texts)} = 1 }}\n"
        f"[[goals.g{n}.questions]]\nask = {next(texts)}\nlead = [{next(texts)}]\n"
        f'[[goals.g{n}.targets]]\nmetric = {next(texts)}\nvalue = ">= 1"\nbecause = {next(texts)}\n'
        for n in range(11)
    ]
    parts += [
        f"[channels.c{n}]\nplatform = {next(texts)}\naccount = {next(texts)}\nserves = [{next(texts)}, 'g0']\n"
        f"because = [{next(texts)}]\n[not_using.n{n}]\nbecause = {next(texts)}\n"
        for n in range(5)
    ]
    text = "\n".join(parts)
    (folder / "strategy.toml").write_text(text, encoding="utf-8")
    return 2 * len(PAYLOADS) - len(list(texts))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def command(root: Path, *arguments: str | Path) -> str:
    """What the command line says of the workspace; asked in this process, which has loaded it."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(said), redirect_stderr(said):
        code = run(["-w", str(root), *map(str, arguments)])
    said.seek(0)
    text = said.read()
    assert code == 0, f"{arguments}: {code}\n{text}"
    return text


def _poison(part: Any, texts: Iterator[Any]) -> None:
    for key, value in part.items():
        if isinstance(value, dict):
            _poison(value, texts)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for each in value:
                _poison(each, texts)
        elif key in SAID and isinstance(value, str):
            part[key] = _plain(next(texts).text)
        elif key in SAID and isinstance(value, list):
            part[key] = [_plain(next(texts).text) for _ in range(len(value) + 2)]


def _plain(text: str) -> str:
    """TOML holds no control characters but tab and newline."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _names() -> Iterator[str]:
    fit = (p.text for p in PAYLOADS if "/" not in p.text and p.text.isprintable() and len(p.text.encode()) < IN_A_NAME)
    return cycle([text for text in fit if "<" in text])


def _wxr(text: str, texts: Iterator[Any]) -> str:
    """A blog's export; every second thing written is a question, so that it is listed as one."""
    asks = cycle(("", " What would you do?"))
    return WRITTEN.sub(lambda found: f"{found[1]}{next(texts).in_xml}{next(asks)}{found[3]}", text)


def _table(text: str, texts: Iterator[Any]) -> str:
    """A spreadsheet: what is written in it, and who and what hours went to."""
    rows = list(csv.reader(io.StringIO(text)))
    head = [name.lower() for name in rows[0]]
    places = [at for at, name in enumerate(head) if name in {"tweet text", "post text", "note", "person"}]
    for number, row in enumerate(rows[1:]):
        for at in places:
            if len(row) == len(head) and (head[at] != "person" or number % 3 == 0):
                row[at] = next(texts).text.replace("\x00", "")
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


class Poisoned:
    """A source that shows one goal and, with it, a panel full of payloads."""

    def __init__(self, source: Source) -> None:
        """``source``: a workspace as panels see it."""
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """All else is as it was."""
        return getattr(self._source, name)

    @property
    def title(self) -> str:
        """A title to be wary of."""
        return PAYLOADS[0].text

    @property
    def goals(self) -> list[GoalInfo]:
        """One goal, so that the panel is built once; its name is free text here."""
        return [
            replace(self._source.goals[0], name=PAYLOADS[24].text, why=PAYLOADS[25].text, decision=PAYLOADS[26].text)
        ]

    def plugin_panels(self) -> list[tuple[str, str, Any]]:
        """The panel full of payloads, one that begins closed, and one of a plugin with a bad name that fails badly."""
        return [
            ("poison", PAYLOADS[30].text, everything),
            ("closed", PAYLOADS[33].text, closed),
            (PAYLOADS[31].text, PAYLOADS[32].text, failing),
        ]


def closed(_source: Source, _view: View, _goal: GoalInfo) -> PanelResult:
    """A chart that is not seen until one unfolds it."""
    texts = [payload.text for payload in PAYLOADS[:3]]
    rows = [{"key": text, "value": 1.0} for text in texts]
    chart = charts.bars(rows, name="closed", title=texts[0], unit="count")
    return PanelResult(panel="closed", title=texts[1], charts=(chart,), folded=True)


def failing(_source: Source, _view: View, _goal: GoalInfo) -> PanelResult:
    """Fail with words that end up on a card."""
    raise ValueError("; ".join(payload.text for payload in PAYLOADS[:6]))


def everything(_source: Source, _view: View, _goal: GoalInfo) -> PanelResult:
    """Every payload in every place."""
    texts = [payload.text for payload in PAYLOADS]
    return PanelResult(
        panel="poison",
        title=texts[40],
        words=tuple(texts),
        cards=tuple(map(_card, texts)),
        charts=tuple(_charts(texts)),
        tables=(
            Table(
                name="poison",
                title=texts[41],
                columns=tuple(texts[:4]),
                rows=tuple(_rows(texts)),
                total=9,
                note=texts[42],
            ),
        ),
        notes=tuple(texts),
    )


def _card(text: str) -> Card:
    """A card all of whose texts are the payload."""
    kinds = cycle(("kpi", "gap", "error", "empty"))
    kind = next(kind for kind, _ in zip(kinds, range(len(text) % 4 + 1), strict=False))
    said = {each.name: text for each in fields(Card) if each.type == "str"}
    return Card(**{**said, "kind": kind, "value": 1.0, "nearest": ((text, text),), "would_do": (text,)})


def _rows(texts: list[str]) -> Iterator[tuple[str, ...]]:
    return ((text,) * 4 for text in texts)


def _charts(texts: list[str]) -> Iterator[Chart]:
    """Bars a payload each, in two charts; the payloads are keys, labels, what is counted and what is pointed at."""
    half = (len(texts) + 1) // 2
    for part in (texts[:half], texts[half:]):
        rows = [
            {"key": t, "label": t[:SHOWN], "value": None if n % 3 else 1.0 + n, "text": t, "why": t}
            for n, t in enumerate(part)
        ]
        titles = {"title": part[2], "noun": part[24], "heading": part[60]}
        yield charts.bars(rows, name=part[1], unit="count", selects="platform", limit=half, **titles)


def shown(text: str) -> int:
    """How many payloads stand in a text, whatever became of their white space and control characters."""
    seen = _bare(text)
    return sum(_bare(payload.text) in seen for payload in PAYLOADS)


def _bare(text: str) -> bytes:
    """The printable letters of ASCII, blanks left out."""
    return text.encode("ascii", "ignore").translate(None, UNSEEN)

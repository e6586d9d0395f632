"""Which parts of a file some source reads, and what has to be said of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from smmetrics.api.errors import BadData, SmmetricsError, UserMistake
from smmetrics.intake import turning
from smmetrics.intake.blocks import blocks
from smmetrics.intake.encoding import Text, encoding_of
from smmetrics.intake.grid import DELIMITERS
from smmetrics.intake.rank import asked_for, best, rank
from smmetrics.intake.sniff import HEADERS, grid_of, sniff
from smmetrics.intake.strangers import NOT_TAKEN, STRANGER, stranger
from smmetrics.intake.unknown import unknown
from smmetrics.tables.once import Once
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from smmetrics.api.reading import Preview
    from smmetrics.api.sources import Source
    from smmetrics.api.strangers import Stranger
    from smmetrics.intake.blocks import Block
    from smmetrics.intake.contents import Content
    from smmetrics.intake.rank import Match

    Chosen: TypeAlias = tuple[Content, Preview, Match | SmmetricsError]

SHOWN = 6
AT_ONCE = 8
"""Parts of which it is remembered what may describe them: more than are looked at together."""
KNOWN = 2.0
"""Nearer than any kind comes that lacks something."""
OURS = frozenset({"format.tie", "answer.missing"})
"""Faults of a part that somebody can do something about: it is refused by itself, and not passed over."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A part that nobody reads: why, and how near it comes to what somebody reads (0 to 1)."""

    content: Content
    error: SmmetricsError
    near: float
    is_table: bool = False


class Recogniser:
    """Looks at the parts of a file with the sources that are installed.

    ``ranked`` gives those that may describe what was seen of a part, best first; it is asked several times of each.
    """

    def __init__(self, sources: tuple[Source, ...], strangers: tuple[Stranger, ...] = ()) -> None:
        """``strangers``: what is known by name and nobody reads."""
        self._sources, self._strangers = sources, strangers
        self._of_blocks = [source for source in sources if source.layout.blocks and source.container == "csv"]
        self._of_turned = [source for source in sources if source.layout.turned]
        self.ranked: Once[Preview, tuple[Match, ...]] = Once(lambda preview: rank(preview, sources), most=AT_ONCE)

    def preview(self, content: Content, archive: str) -> Preview:
        """What a part is; a table with the delimiter under which some source knows its header, if there is one."""
        if content.fault is not None:
            raise content.fault
        path = content.peek()
        seen = sniff(path, name=content.name, sheet=content.sheet)
        seen = replace(seen, member=content.member, archive="" if content.name == archive else archive)
        if seen.container != "csv" or seen.sheet or self._is_known(seen):
            return seen
        letters = {letter for row in seen.records for cell in row for letter in cell}
        untried = [each.decode() for each in DELIMITERS if each.decode() in letters]
        others = (sniff(path, name=content.name, delimiter=each) for each in untried)
        named = (replace(other, member=seen.member, archive=seen.archive) for other in others)
        return next((other for other in named if self._is_known(other)), seen)

    def sort_out(self, contents: Sequence[Content], name: str, as_: str) -> tuple[list[Chosen], list[Passed]]:
        """Parts to read or to refuse one by one, and parts to pass over. Raises where nothing is to be read."""
        chosen: list[Chosen] = []
        others: list[Passed] = []
        for content in contents:
            try:
                preview = self.preview(content, name)
            except SmmetricsError as error:
                others.append(Passed(content, error, -1.0))
                content.close()
                continue
            for part, seen, match in self.choices(content, preview, as_):
                if isinstance(match, SmmetricsError) and match.code not in OURS:
                    near = self._nearness(seen, match)
                    others.append(Passed(part, match, near, is_table=part is not content))
                    if part is content:
                        content.close()
                else:
                    chosen.append((part, seen, match))
        if not chosen:
            raise _nothing(others)
        return chosen, others

    def _nearness(self, preview: Preview, error: SmmetricsError) -> float:
        """How near a part comes to what is read; one that is known by its name says most of the whole."""
        return KNOWN if error.code == STRANGER else max((each.share for each in self.ranked(preview)), default=0.0)

    def choices(self, content: Content, preview: Preview, as_: str) -> list[Chosen]:
        """What would read a part, or why nothing would; of a text that holds several tables, each table."""
        if tables := self._tables(content, preview, as_) or self._turned(content, preview, as_):
            return tables
        try:
            match = asked_for(preview, self._sources, as_) if as_ else best(preview, self.ranked(preview))
        except UserMistake:
            raise
        except SmmetricsError as error:
            if as_ or error.code != "format.unknown":
                return [(content, preview, error)]
            named = stranger(preview, self._strangers)
            return [(content, preview, named or self._nearest_table(content, preview) or error)]
        known = match.source
        if known.refuses:
            return [(content, preview, _not_taken(known))]
        return [(content, preview, match)]

    def _tables(self, content: Content, preview: Preview, as_: str) -> list[Chosen]:
        """The tables that some source reads, of a text that holds several."""
        tables: list[Chosen] = []
        unread: list[Chosen] = []
        for block, seen, ranked in self._ranked_blocks(content, preview):
            matches = [match for match in ranked if match.level != "possible"]
            if matches and matches[0].source.refuses:
                error = _not_taken(matches[0].source)
                unread.append((content.table(block.name), seen, error))
            elif matches and as_ in {"", matches[0].source.id}:
                tables.append((content.table(block.name), seen, matches[0]))
            elif len(block.rows) > 1 and not as_:
                unread.append((content.table(block.name), seen, unknown(seen, ranked, beside=True)))
        return [*tables, *unread] if tables else []

    def _nearest_table(self, content: Content, preview: Preview) -> BadData | None:
        """Why the table that comes nearest is not read, of a text whose tables nothing reads."""
        near = [(seen, matches) for _, seen, matches in self._ranked_blocks(content, preview) if matches]
        if not near:
            return None
        seen, matches = max(near, key=lambda each: each[1][0].share)
        of_all = max((each.share for each in self.ranked(preview)), default=0.0)
        return unknown(seen, matches) if matches[0].share > of_all else None

    def _ranked_blocks(self, content: Content, preview: Preview) -> list[tuple[Block, Preview, tuple[Match, ...]]]:
        """The tables of a text that holds several, what is seen of each, and which sources may describe it."""
        if preview.container != "csv" or not self._of_blocks:
            return []
        text = Text(content.open(), encoding_of(content.open()))
        try:
            found = blocks(text, grid_of(text, delimiter="," if preview.sheet else preview.delimiter))
        finally:
            text.close()
        seen = [replace(preview, block=each, records=each.rows, headers=each.rows[:HEADERS]) for each in found]
        return [(each, of_it, rank(of_it, self._of_blocks)) for each, of_it in zip(found, seen, strict=True)]

    def _turned(self, content: Content, preview: Preview, as_: str) -> list[Chosen]:
        """The table turned, where some source reads it so."""
        if preview.container != "csv" or not self._of_turned or preview.size > turning.MOST:
            return []
        seen = turning.on_its_side(preview)
        matches = [match for match in rank(seen, self._of_turned) if match.level != "possible"]
        if not matches or as_ not in {"", matches[0].source.id}:
            return []
        part = content.turned(preview.delimiter)
        return [(part, seen, matches[0])]

    def _is_known(self, preview: Preview) -> bool:
        if _fits(self.ranked(preview)):
            return True
        return bool(self._of_turned) and _fits(rank(turning.on_its_side(preview), self._of_turned))


def _fits(matches: Sequence[Match]) -> bool:
    """Whether some source describes what was seen, with nothing missing."""
    return any(match.level != "possible" for match in matches)


def _not_taken(known: Source) -> BadData:
    """The refusal of a kind that is known to hold nothing that is read."""
    return BadData(known.refuses, hint=known.takes, code=NOT_TAKEN)


def by_document(others: Sequence[Passed], read: set[str]) -> Iterator[Passed]:
    """Parts to refuse one by one; sheets of a workbook in an archive of which none is ``read`` are refused as one."""
    books: dict[str, list[Passed]] = {}
    for each in others:
        if each.content.sheet and each.content.member not in read:
            books.setdefault(each.content.member, []).append(each)
        else:
            yield each
    for sheets in books.values():
        best = max(sheets, key=lambda each: each.near)
        yield replace(best, content=replace(best.content, sheet=""), error=_nothing(sheets))


def _nothing(others: Sequence[Passed]) -> SmmetricsError:
    """The refusal of a file of which no part can be read: its own, or that of the part that comes nearest."""
    if not others:
        return BadData(say("intake.container.empty"), hint=say("intake.container.damaged_hint"), code="zip.empty")
    best = max(others, key=lambda each: each.near)
    if len(others) == 1 or best.content.fault is not None:
        return best.error
    sheets = all(each.content.sheet and not each.content.member for each in others)
    key = "intake.workbook.nothing" if sheets else "intake.container.nothing"
    message = say(key, count=len(others), names=_names(others))
    told = f"{best.error.message} {best.error.hint}" if best.error.code == STRANGER else best.error.hint
    return BadData(message, hint=f"{best.content.part}: {told}", code="format.unknown")


def _names(others: Sequence[Passed]) -> str:
    names = [each.content.sheet if not each.content.member else each.content.part for each in others]
    shown = ", ".join(repr(name) for name in names[:SHOWN])
    if len(names) <= SHOWN:
        return shown
    return say("intake.container.and_more", names=shown, count=len(names) - SHOWN)

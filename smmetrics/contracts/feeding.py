"""Whether sources can feed a formula: every table by one source, every column by the facts that source reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from smmetrics.contracts.bringing import brought, never, together
from smmetrics.contracts.formula.nodes import Aggregate, Column, walk
from smmetrics.contracts.labelling import FACT, judge_label
from smmetrics.contracts.needing import elsewhere, foreign, has_place, holds, needs_of, stored_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from smmetrics.api.capability import BindingStatus, Capability, Gap
    from smmetrics.api.facts import ViewColumn
    from smmetrics.api.sources import Source
    from smmetrics.contracts.bringing import Brought, Never
    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.contracts.formula import Formula
    from smmetrics.contracts.needing import Elsewhere

_CHOOSING = frozenset({"share", "wait"})
"""Aggregates whose arguments are no values."""
NEEDS_NOTHING = frozenset({"plan"})
"""Tables the strategy itself fills."""
AUTHOR = "posts.person"
RANK: Mapping[BindingStatus, int] = {
    "measurable": 0,
    "partly": 1,
    "not_measurable": 2,
    "not_permitted": 3,
    "unknown": 4,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a formula can be fed, by which sources, and why not.

    ``reason`` is one of `api.capability.ReasonCode` and ``note`` says it in words; ``would_do`` is what the sources
    themselves name instead.
    """

    status: BindingStatus
    reason: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    would_do: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The sources as one text."""
        return " + ".join(self.sources)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What one source makes of one table: lower ``missing`` and ``rank`` are better."""

    status: BindingStatus
    reason: str = ""
    note: str = ""
    would_do: str = ""
    source: str = ""
    missing: int = 0
    beside: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        return RANK[self.status], self.missing


def feeds(verdict: Verdict) -> bool:
    """Whether there will be a number, be it with a reservation."""
    return verdict.status in {"measurable", "partly"}


def feed(formula: Formula, sources: Iterable[Source], catalogue: Catalogue) -> Verdict:
    """Whether these sources together can feed a formula; see `Feeding`."""
    return Feeding(formula, catalogue).verdict(sources)


class Feeding:
    """What sources make of one formula.

    Each table has to be fed by one source, so that counts of different sources never mix; the best one is taken, the
    first of equals; where none can, that which reports most says why. The worst table decides. What each source makes
    of each table is kept: it is asked for often.
    """

    def __init__(self, formula: Formula, catalogue: Catalogue) -> None:
        """Find what each table must have."""
        self._formula = formula
        self._catalogue = catalogue
        needs = needs_of(formula, catalogue.views)
        self._needs = {table: each for table, each in needs.items() if table not in NEEDS_NOTHING}
        self._asked = {table: foreign(table, self._columns(table), catalogue.views) for table in self._needs}
        self._judged: dict[tuple[str, str, Elsewhere], _Judgement | None] = {}
        self._decided: dict[tuple[str, frozenset[tuple[str, Brought]]], Never | None] = {}

    def _columns(self, table: str) -> tuple[ViewColumn, ...]:
        return tuple(self._column(each) for need in self._needs[table] for each in need)

    def _column(self, column: Column) -> ViewColumn:
        known = self._formula.known.get(column) or self._catalogue.views[column.table].column(column.name)
        if known is None:
            raise AssertionError(column)
        return known

    def verdict(self, sources: Iterable[Source]) -> Verdict:
        """What these sources together make of it."""
        if self._formula.pending:
            first = self._formula.pending[0]
            return Verdict(status="not_measurable", reason=first.code, note=first.message)
        given = tuple(sources)
        judged = [self._best(table, given) for table in self._needs]
        if not judged:
            return Verdict(status="measurable")
        worst = max(judged, key=lambda each: each.rank)
        return Verdict(
            status=worst.status,
            reason=worst.reason,
            note=worst.note,
            sources=tuple(dict.fromkeys(id_ for each in judged for id_ in (each.source, *each.beside) if id_)),
            would_do=(worst.would_do,) if worst.would_do else (),
        )

    def blind(self, sources: Iterable[Source]) -> tuple[frozenset[str], frozenset[str]]:
        """The sources that cannot tell which of their rows are meant, where others of them can; and these. By ids.

        A day that only these cover is not known: no row of theirs says that nothing happened. What a value is missing
        of (bookmarks in an older export) is seen in the rows themselves.
        """
        given = tuple(sources)
        found: set[str] = set()
        able: set[str] = set()
        for table, needs in self._needs.items():
            holding = [source for source in given if holds(source, table, self._catalogue.views)]
            beside = elsewhere(self._asked[table], given)
            chosen = [need for need in needs if need <= self._choosing]
            blind = {source.id for source in holding if self._cannot_choose(table, source, chosen, dict(beside))}
            if blind and len(blind) < len(holding):
                found |= blind
                able |= {source.id for source in holding} - blind
        return frozenset(found), frozenset(able)

    def _cannot_choose(
        self, table: str, source: Source, needs: Sequence[frozenset[Column]], elsewhere: Mapping[str, str]
    ) -> bool:
        judged = (self._judge_need(source, need, elsewhere) for need in needs)
        rows = self._never(table, brought(source, table))
        return (rows is not None and rows.whole) or any(RANK[each.status] > RANK["partly"] for each in judged)

    @cached_property
    def _choosing(self) -> frozenset[Column]:
        """The columns that tell which rows are meant, and the times of waits."""
        parts = [node for node in walk(self._formula.root) if isinstance(node, Aggregate)]
        told = [each for node in parts for each in (node.where, node.of) if each is not None]
        told += [each for node in parts if node.name in _CHOOSING for each in node.args]
        return frozenset(each for node in told for each in walk(node) if isinstance(each, Column))

    def _best(self, table: str, sources: Sequence[Source]) -> _Judgement:
        beside = elsewhere(self._asked[table], sources)
        each = ((source, self._of(table, source, beside)) for source in sources)
        judged = [self._with_rows(found, table, source, sources) for source, found in each if found is not None]
        if judged:
            least = min(judged, key=lambda each: each.rank)
            if RANK[least.status] <= RANK["partly"]:
                return least
            says = {source.id: -len(source.can) for source in sources}
            return min(judged, key=lambda each: (each.rank, says.get(each.source, 0)))
        stored = stored_of(table, self._catalogue.views)
        own = [source for source in sources if has_place(source, self._catalogue.views)]
        explained = next((found for source in own or sources for found in _gaps(source, stored)), None)
        if explained is not None:
            return explained
        row = f"{table} ({self._catalogue.views[table].one_row_is})"
        missing = len(self._needs[table]) + 1
        return _Judgement("not_measurable", "field.missing", f"no source here brings {row}.", missing=missing)

    def _of(self, table: str, source: Source, elsewhere: Elsewhere) -> _Judgement | None:
        """What one source makes of one table, with what others say of it; None where it brings no rows of it."""
        key = (table, source.id, elsewhere)
        if key not in self._judged:
            brings = holds(source, table, self._catalogue.views)
            self._judged[key] = self._judge(table, source, dict(elsewhere)) if brings else None
        return self._judged[key]

    def _judge(self, table: str, source: Source, elsewhere: Mapping[str, str]) -> _Judgement:
        """What one source makes of all needs of one table: the worst of them, with how many are not met."""
        each = [self._judge_need(source, need, elsewhere) for need in self._needs[table]]
        missing = sum(found.missing for found in each)
        worst = max(each, key=lambda found: RANK[found.status], default=_Judgement("measurable"))
        said = worst if worst.note else next((found for found in each if found.note), worst)
        beside = tuple(dict.fromkeys(id_ for found in each for id_ in found.beside))
        note, reason = (said.note, said.reason) if said.status == worst.status else (worst.note, worst.reason)
        return _Judgement(worst.status, reason, note, worst.would_do, source.id, missing, beside)

    def _with_rows(self, judged: _Judgement, table: str, source: Source, sources: Sequence[Source]) -> _Judgement:
        """The same where its rows, with those of other sources of its platform, leave open what is asked."""
        alone = self._never(table, brought(source, table))
        if alone is None:
            return judged
        rows, beside = together(source, sources, table)
        found = self._never(table, rows) if beside else alone
        if found is None:
            return replace(judged, beside=tuple(dict.fromkeys((*judged.beside, *beside))))
        if RANK[judged.status] >= RANK["not_measurable"] or (judged.status == "partly" and not found.whole):
            return judged
        status: BindingStatus = "not_measurable" if found.whole else "partly"
        missing = judged.missing + found.whole
        return _Judgement(status, "field.missing", found.words(source), "", source.id, missing, judged.beside)

    def _never(self, table: str, brings: Mapping[str, Brought]) -> Never | None:
        """What rows decide beforehand: most sources bring the same, so each is looked at once."""
        key = (table, frozenset(brings.items()))
        if key not in self._decided:
            self._decided[key] = never(self._formula.root, table, brings)
        return self._decided[key]

    def _judge_need(self, source: Source, need: frozenset[Column], elsewhere: Mapping[str, str]) -> _Judgement:
        ordered = [self._column(column) for column in sorted(need, key=lambda column: column.name)]
        judged = [self._judge_column(source, column, elsewhere) for column in ordered]
        met = [found for found in judged if found.status != "not_measurable"]
        unmet = [found for found in judged if found.status == "not_measurable"]
        if not met:
            return unmet[0]
        worst = max(met, key=lambda found: RANK[found.status])
        if unmet and worst.status == "measurable":
            return _Judgement("partly", unmet[0].reason, unmet[0].note, unmet[0].would_do, beside=worst.beside)
        return worst

    def _judge_column(self, source: Source, column: ViewColumn, elsewhere: Mapping[str, str]) -> _Judgement:
        judged = _judge_column(source, column, elsewhere)
        if not column.label or RANK[judged.status] > RANK["partly"]:
            return judged
        found = judge_label(self._catalogue.labelling, column, source, elsewhere)
        return _Judgement(found.status, found.reason, found.note, beside=found.beside) if found else judged


def _gaps(source: Source, stored: tuple[str, ...]) -> Iterator[_Judgement]:
    """What a source that brings no such rows says of them."""
    for gap in source.cannot:
        if gap.fact.partition(".")[0] in stored:
            yield _Judgement("not_measurable", gap.reason, gap.why, gap.would_do, missing=99)


def _judge_column(source: Source, column: ViewColumn, elsewhere: Mapping[str, str]) -> _Judgement:
    reported: dict[str, Capability] = {capability.fact: capability for capability in source.can}
    own = [fact for fact in column.needs if fact not in elsewhere]
    missing = [fact for fact in own if fact not in reported and not (column.label and fact == FACT)]
    if column.any_of and not any(fact in reported for fact in column.any_of):
        missing.append(column.any_of[0])
    if missing and set(missing) == {AUTHOR} and column.roles:
        gap = _gap(source, AUTHOR)
        why = gap.why if gap else f"{source.title} does not say who wrote a post."
        return _Judgement("partly", "roles.unknown", f"{column.name}: {why}", gap.would_do if gap else "")
    if missing:
        return _missing(source, column, missing)
    used = [reported[fact] for fact in (*column.needs, *column.any_of) if fact in reported]
    partly = next((capability for capability in used if capability.partly), None)
    if partly is not None and column.needs:
        return _Judgement("partly", partly.partly, f"{column.name}: {partly.meaning or partly.native}")
    inexact = next((capability for capability in used if capability.exactness != "exact"), None)
    if inexact is not None:
        said = f"{column.name}: {inexact.meaning or inexact.native}"
        return _Judgement("partly", f"number.{inexact.exactness}", said)
    others = (elsewhere[fact] for fact in column.needs if fact in elsewhere and fact not in reported)
    return _Judgement("measurable", beside=tuple(dict.fromkeys(others)))


def _missing(source: Source, column: ViewColumn, missing: Sequence[str]) -> _Judgement:
    gaps = [gap for fact in missing if (gap := _gap(source, fact)) is not None]
    if gaps:
        note = f"{column.name}: {gaps[0].why}"
        return _Judgement("not_measurable", gaps[0].reason, note, gaps[0].would_do, missing=1)
    note = f"{column.name}: {source.title} does not report it."
    return _Judgement("not_measurable", "field.missing", note, missing=1)


def _gap(source: Source, fact: str) -> Gap | None:
    return next((gap for gap in source.cannot if gap.fact == fact), None)

"""What somebody asks for, in words: ids of metrics, formulas, files of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from smmetrics.api.errors import UserMistake
from smmetrics.contracts.catalogue import nearest
from smmetrics.contracts.formula import FormulaError
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.contracts.catalogue import Catalogue, CompiledMetric


def words(what: Iterable[str]) -> Iterable[str]:
    """Ids and formulas; ``@file`` stands for its lines, blank ones and ``#`` comments left out."""
    for word in what:
        if not word.startswith("@"):
            yield word
            continue
        path = Path(word[1:])
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            message = f"Cannot read {path}: {why}."
            raise UserMistake(message, hint="@FILE holds one metric or formula a line.") from error
        yield from (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def metric_of(catalogue: Catalogue, word: str) -> CompiledMetric:
    """The metric of an id, or an ad-hoc one of a formula."""
    if "(" in word:
        return _of_formula(catalogue, word)
    found = whole(word, catalogue.metrics)
    if found not in catalogue.metrics:
        refuse_faulty(word, catalogue)
        refuse_unknown(word, catalogue.metrics, kind="metric")
    return catalogue.metrics[found]


def whole(word: str, ids: Iterable[str]) -> str:
    """An id written without its pack, whole, where only one ends so; any other word as it is.

    Raises `UserMistake` where several packs have one of that name.
    """
    known = list(ids)
    if word in known or "." in word:
        return word
    found = [id_ for id_ in known if id_.rpartition(".")[2] == word]
    if len(found) > 1:
        raise UserMistake(
            say("explain.find.several", word=word),
            hint=say("explain.find.one_of", ids=", ".join(found)),
            code="metric.ambiguous",
        )
    return found[0] if found else word


def refuse_faulty(word: str, catalogue: Catalogue) -> None:
    """Refuse a metric that is defined and at fault, pointing at the character where its formula is. Else nothing."""
    fault = next((each for each in catalogue.faults if each.subject == word), None)
    if fault is None:
        return
    if isinstance(fault.cause, FormulaError):
        cause = fault.cause
        message = say("goals.faulty", metric=word, why=cause.message.removesuffix(f" (character {cause.position + 1})"))
        raise FormulaError(
            message, text=cause.text, position=cause.position, where=fault.where, hint=fault.hint, code=fault.code
        )
    raise UserMistake(fault.message, hint=fault.hint, code=fault.code)


def _of_formula(catalogue: Catalogue, text: str) -> CompiledMetric:
    """An ad-hoc formula as a metric of its own name; a word that nobody gave a value is the user's mistake."""
    metric = catalogue.own_metric(text, title=text, formula=text, adhoc=True)
    if metric.formula.assumed:
        words = ", ".join(metric.formula.assumed)
        notes = " ".join(note.message for note in metric.formula.notes)
        hint = notes or "A formula given here knows columns only; a metric in strategy.toml may declare parameters."
        message = f"In {text}: nothing is known of {words}."
        raise UserMistake(message, hint=hint, code="parameter.absent")
    return metric


def refuse_unknown(word: str, known: Iterable[str], *, kind: str) -> NoReturn:
    """Refuse a word, with the nearest one that is known. Raises `UserMistake`."""
    names = list(known)
    like = nearest(word, names)
    hint = f"Did you mean {like!r}?" if like else f"Known: {', '.join(names) or 'none'}."
    message = f"There is no {kind} {word!r}."
    raise UserMistake(message, hint=hint, code=f"{kind}.unknown")

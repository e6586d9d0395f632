"""Gather what plugins answer: one record an id; where two claim one id neither wins, and both are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from smmetrics.contracts.compiled import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Record = TypeVar("Record")
KEEP_ONE = "Uninstall one of them, or name in SMMETRICS_PLUGINS those to use"
"""What to do about two distributions that define the same."""


class Answer(Protocol):
    """A record with its origin (`registry.Answer`)."""

    @property
    def record(self) -> object:
        """What the plugin handed over."""
        ...

    @property
    def plugin(self) -> str:
        """The plugin's name."""
        ...

    @property
    def distribution(self) -> str:
        """The distribution that holds the plugin."""
        ...

    @property
    def version(self) -> str:
        """The distribution's version."""
        ...


class Answers(Protocol):
    """Whatever gives the answers of a hook: a `registry.Registry`."""

    def answers(self, hook: str) -> tuple[Answer, ...]:
        """All records of a hook."""
        ...


def of_type(answers: Iterable[Answer], kind: type[Record]) -> tuple[tuple[Record, Answer], ...]:
    """The records of one type, each with its origin."""
    return tuple((answer.record, answer) for answer in answers if isinstance(answer.record, kind))


def unique(
    found: Iterable[tuple[Record, Answer]], id_of: Callable[[Record], str], noun: str, *, taken: Iterable[str] = ()
) -> tuple[Mapping[str, tuple[Record, Answer]], tuple[Fault, ...]]:
    """Keep ids that one answer claims; ``taken`` are the core's own, which nobody may claim."""
    claims: dict[str, list[tuple[Record, Answer]]] = {}
    for record, answer in found:
        claims.setdefault(id_of(record), []).append((record, answer))
    core = frozenset(taken)
    kept = {id_: claim[0] for id_, claim in claims.items() if len(claim) == 1 and id_ not in core}
    faults = tuple(
        _clash(id_, noun, [answer for _, answer in claim], core=id_ in core)
        for id_, claim in claims.items()
        if id_ not in kept
    )
    return kept, faults


def owned(
    found: Iterable[tuple[Record, Answer]], id_of: Callable[[Record], str], noun: str
) -> tuple[tuple[tuple[Record, Answer], ...], tuple[Fault, ...]]:
    """Records whose id begins with their plugin's name; those that bear another's name are left out.

    So nobody's metric can be taken, nor switched off, by a plugin that is not its pack.
    """
    given = tuple(found)

    def is_own(record: Record, answer: Answer) -> bool:
        return id_of(record).startswith(f"{answer.plugin}.")

    own = tuple(each for each in given if is_own(*each))
    faults = tuple(
        Fault.of(
            answer,
            f"the {noun} {id_of(record)} is left out: its id does not begin with {answer.plugin + '.'!r}.",
            code="id.foreign",
            subject=id_of(record),
            hint=f"Call it {answer.plugin}.{id_of(record).rpartition('.')[2]}.",
        )
        for record, answer in given
        if not is_own(record, answer)
    )
    return own, faults


def _clash(id_: str, noun: str, answers: list[Answer], *, core: bool) -> Fault:
    names = [f"{answer.distribution} {answer.version}".strip() for answer in answers]
    who = " and ".join((*(["the core"] if core else []), *dict.fromkeys(names)))
    twice = "" if core or len(set(names)) > 1 else " twice"
    return Fault(
        code="clash",
        message=f"The {noun} {id_!r} is defined{twice} by {who}: {'the core keeps it' if core else 'neither is used'}.",
        plugin=answers[0].plugin,
        distribution=answers[0].distribution,
        subject=id_,
        hint=f"{KEEP_ONE}; their authors have to rename one.",
    )

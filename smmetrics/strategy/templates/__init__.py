"""Eight complete strategies to begin from, as texts: each a file of this folder, its name the template's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from smmetrics.api.errors import UserMistake
from smmetrics.strategy.faults import did_you_mean
from smmetrics.words import say, section

BLANK = "blank"


@cache
def names() -> tuple[str, ...]:
    """The templates that there are, `blank` not among them."""
    found = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def summaries() -> dict[str, str]:
    """One line for each template, the blank one first."""
    said = section("start.templates")
    return {name: said[name.replace("-", "_")] for name in (BLANK, *names())}


@cache
def text_of(name: str) -> str:
    """The text of a template.

    Raises:
        UserMistake: if there is none of this name.

    """
    if name not in names():
        known = (BLANK, *names())
        message = say("start.init.no_template", name=name)
        raise UserMistake(message, hint=did_you_mean(name, known), code="strategy.template")
    return (files(__name__) / f"{name}.toml").read_text(encoding="utf-8")

"""Whether a post waits for our answer: somebody else speaks to us, and asks, complains or pleads.

The words are English and German; in other languages only a question mark tells, and a text without one is unknown.
"""

from __future__ import annotations

import polars as pl

from smmetrics.api.labellers import ADDRESSED, NO, YES
from smmetrics.derive import texts
from smmetrics.derive.labellers.words import holds, in_language, phrases

PLEAS = phrases(
    "please, pls, help, can you, could you, can anyone, does anyone, let me know, how do i, how can i, i need, i'd "
    "like to know, i would like to know, wondering, any idea, tell me, explain, bitte, hilfe, helfen, könnt ihr, "
    "kannst du, können sie, weiß jemand, weiss jemand, ich brauche, ich wüsste gern, ich möchte wissen, ich frage "
    "mich, sagt mir"
)
COMPLAINTS = phrases(
    "doesn't work, does not work, not working, stopped working, isn't working, won't, broken, broke, damaged, "
    "missing, never arrived, hasn't arrived, not arrived, still waiting, waiting for, no answer, no reply, no "
    "response, refund*, complain*, disappoint*, unacceptable, terrible, awful, worst, rubbish, scam, wrong item, "
    "wrong size, wrong order, faulty, defective, bug, error, crash*, can't, cannot, unable to, problem*, "
    "overcharged, charged twice, cancel*, rude, fed up, angry, died, dying, funktioniert nicht, geht nicht, kaputt, "
    "defekt*, beschädigt*, fehlt, fehlen, nicht angekommen, nie angekommen, warte seit, warten seit, warte noch, "
    "warte immer noch, keine antwort, erstattung, rückerstattung, geld zurück, reklam*, beschwer*, enttäusch*, "
    "unverschämt*, katastroph*, schlimm*, schrecklich*, falsch geliefert, falsche größe, fehler*, stürzt ab, "
    "abgestürzt, problem*, stornier*, kündig*, unfreundlich*, sauer, verärgert, eingegangen, leider"
)


def label(posts: pl.DataFrame) -> pl.DataFrame:
    """Yes, no or unknown: what is ours or speaks to others needs no answer of ours."""
    read = posts.select(
        "text",
        "ours",
        pl.col(ADDRESSED),
        asks=texts.is_question(),
        pleads=holds(PLEAS),
        complains=holds(COMPLAINTS),
        readable=in_language("en", "de"),
    )
    asked = pl.col("asks") | pl.col("pleads") | pl.col("complains")
    elsewhere = pl.col("ours") | ~pl.col(ADDRESSED)
    silent = ~asked & pl.col("readable").fill_null(value=True)
    value = pl.when(elsewhere).then(pl.lit(NO)).when(asked).then(pl.lit(YES)).when(silent).then(pl.lit(NO))
    sure = pl.when(elsewhere).then(0.9).when("asks").then(0.8).when(asked).then(0.6).when(silent).then(0.7)
    known = pl.col("text").is_not_null()
    return read.select(value=pl.when(known).then(value), confidence=pl.when(known).then(sure))

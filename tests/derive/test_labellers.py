"""The core's labellers against texts labelled by hand, and word by word where their rules bite.

The texts were labelled before the rules ran; the lists of words were extended once afterwards.
"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from smmetrics.api.labellers import CORE_LABELLERS
from smmetrics.derive.labellers import language, needs_reply, promo, question, sentiment

BY_HAND = Path(__file__).parent / "labelled_by_hand.tsv"
RULES = {
    "promo": promo.label,
    "sentiment": sentiment.label,
    "needs_reply": needs_reply.label,
    "language": language.label,
    "question": question.label,
}
AGREED = {"promo": (32, 38), "sentiment": (26, 35), "needs_reply": (21, 26), "language": (32, 35)}
"""What docs/formulas.md says of them: so many of so many as by hand."""


def asked(texts, **given):
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String()})
    told = language.label(frame).get_column("value").alias("language")
    links = pl.lit(None, dtype=pl.List(pl.String())).alias("links")
    rest = {"ours": False, "addressed": True, **given}
    return frame.with_columns(told, links, **{name: pl.lit(value) for name, value in rest.items()})


def said(kind, text, **given):
    return RULES[kind](asked([text], **given)).get_column("value").item()


def sample(kind):
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(text, value) for of, value, text in rows if of == kind]


@pytest.mark.parametrize("kind", AGREED)
def test_a_labeller_agrees_with_people_as_often_as_is_said_of_it(kind):
    rows = sample(kind)
    found = RULES[kind](asked([text for text, _ in rows])).get_column("value").to_list()
    agreed = sum(value == by_hand for value, (_, by_hand) in zip(found, rows, strict=True))
    wrong = [(text, by_hand, value) for value, (text, by_hand) in zip(found, rows, strict=True) if value != by_hand]
    assert (agreed, len(rows)) == AGREED[kind], wrong


@pytest.mark.parametrize("labeller", CORE_LABELLERS, ids=lambda each: each.kind)
def test_a_labeller_gives_one_of_its_values_a_row_and_nothing_without_a_text(labeller):
    texts = [text for kind in AGREED for text, _ in sample(kind)] + [None, "", " ", "🌻", "?!", "a" * 5000]
    found = RULES[labeller.kind](asked(texts))
    assert found.height == len(texts)
    assert set(found.get_column("value").drop_nulls()) <= set(labeller.values)
    assert found.get_column("value").to_list()[texts.index(None)] is None
    sure = found.get_column("confidence").drop_nulls().to_list() if "confidence" in found.columns else []
    assert all(0 <= each <= 1 for each in sure)
    assert RULES[labeller.kind](asked([])).height == 0


@pytest.mark.parametrize("labeller", CORE_LABELLERS, ids=lambda each: each.kind)
def test_a_row_is_labelled_the_same_whatever_stands_beside_it(labeller):
    texts = [text for kind in AGREED for text, _ in sample(kind)]
    together = RULES[labeller.kind](asked(texts)).get_column("value").to_list()
    backwards = RULES[labeller.kind](asked(texts[::-1])).get_column("value").to_list()
    alone = [said(labeller.kind, text) for text in texts[::9]]
    assert backwards[::-1] == together
    assert alone == together[::9]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It is good", "positive"), ("It is not good", "negative"), ("It is not so very good", "negative"),
        ("Not that I would ever call it good", "positive"), ("It isn’t bad", "positive"), ("It is good and bad", "neutral"),
        ("Das ist nicht gut", "negative"), ("Gut ist das", "positive"), ("@good is what we met at https://good.example", "neutral"),
        ("C'est très bien", None), ("Dziękuję bardzo", None),
    ],
)  # fmt: skip
def test_a_not_turns_the_next_words_round_and_other_languages_are_not_judged(text, value):
    assert said("sentiment", text) == value


@pytest.mark.parametrize(
    ("text", "given", "value"),
    [
        ("Where is it?", {}, "yes"), ("Where is it?", {"ours": True}, "no"), ("Where is it?", {"addressed": False}, "no"),
        ("See https://a.example/?x", {}, "no"), ("It is broken", {}, "yes"), ("Das ist kaputt", {}, "yes"),
        ("Brokenhearted is the word", {}, "no"), ("¿Dónde está?", {}, "yes"), ("No está aquí, gracias", {}, None),
        ("Where is it?", {"ours": None}, "yes"),
    ],
)  # fmt: skip
def test_who_is_spoken_to_decides_before_the_words_do(text, given, value):
    assert said("needs_reply", text, **given) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nur 3,50 € das Stück", "yes"), ("It grew 20 % this week", "no"), ("20% off", "yes"),
        ("https://shop.acme.example/pots", "yes"), ("https://acme.example/shop/pots", "yes"),
        ("https://acme.example/workshop", "no"), ("We salen north", "no"), ("Sign up", "no"),
        ("Sign up: https://acme.example", "yes"), ("C'est très bien pour nous", None), ("C'est 5 € pour nous", "yes"),
    ],
)  # fmt: skip
def test_prices_shops_and_offers_promote_and_a_call_needs_a_link(text, value):
    assert said("promo", text) == value


def test_a_reported_language_decides_which_words_are_looked_for():
    rows = asked(["Gut"]).with_columns(language=pl.Series(["de-AT"]))
    assert sentiment.label(rows).get_column("value").item() == "positive"
    assert sentiment.label(rows.with_columns(language=pl.Series(["fr"]))).get_column("value").item() is None

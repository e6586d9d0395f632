"""Words of a text, and lists of words to look for: what the labellers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from smmetrics.derive.texts import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

APOSTROPHE = "['’ʼ]"


def plain() -> pl.Expr:
    """A text's words in lower case, each between spaces: no links, names, tags, figures, marks or apostrophes."""
    bare = pl.col("text").str.replace_all(LINK, " ").str.replace_all(r"[@#]\S+", " ").str.to_lowercase()
    words = bare.str.replace_all(APOSTROPHE, "").str.replace_all(r"[^\p{L}]+", " ")
    return pl.concat_str(pl.lit(" "), words, pl.lit(" "))


def tokens(posts: pl.DataFrame) -> pl.DataFrame:
    """A row a word, in the text's order: i (number of the post), word."""
    split = posts.select(plain().str.strip_chars().str.split(" ").alias("word")).with_row_index("i")
    return split.explode("word", empty_as_null=False, keep_nulls=False)


def listed(words: str) -> tuple[str, ...]:
    """The words of a list, each once, as `plain` writes them."""
    return tuple(sorted({_folded(word) for word in words.split()}))


def phrases(words: str) -> tuple[str, ...]:
    """Words and phrases that stand in one text, parted by commas; ``*`` at the end stands for any ending."""
    return tuple(_folded(phrase.strip()) for phrase in words.split(","))


def holds(wanted: Iterable[str]) -> pl.Expr:
    """Whether a text holds one of these phrases as whole words."""
    padded = [f" {phrase.removesuffix('*')}{'' if phrase.endswith('*') else ' '}" for phrase in wanted]
    return plain().str.contains_any(padded)


def _folded(word: str) -> str:
    return word.replace("'", "")


def in_language(*languages: str) -> pl.Expr:
    """Whether the language of a text is one of these; unknown where nobody could tell."""
    language = pl.col("language").str.to_lowercase()
    return pl.when(language != "und").then(language.str.slice(0, 2).is_in(list(languages)))

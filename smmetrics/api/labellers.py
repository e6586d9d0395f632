"""The labellers that come with the core, and what the kinds of labels are: data, no code.

A kind fills one column of the posts that formulas see (`ViewColumn.label`). Several values of one post are joined by
`SEPARATOR`; yes and no are written as `YES` and `NO`.
"""

from __future__ import annotations

from smmetrics.api.about import Labeller

HUMAN = "human"
"""The labeller's name where a person put the label; its version is who."""
YES, NO = "yes", "no"
SEPARATOR = ";"
YES_NO_KINDS = frozenset({"question", "promo", "needs_reply"})
ADDRESSED = "addressed"
"""What labellers may read besides the columns of posts: whether a post of somebody else speaks to us."""
SENTIMENTS = ("negative", "neutral", "positive")
UNDETERMINED = "und"
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pt", "ru", "tr")

WORDS = "words"
"""The labeller that finds what the strategy gives words to."""
DECLARED_LABELLERS: tuple[Labeller, ...] = (
    Labeller(
        kind="story",
        name=WORDS,
        version="1",
        languages=(),
        load="smmetrics.derive.labellers.declared:by_words",
        reads=("title", "text", "language"),
        decides="The words of [stories] in strategy.toml: one of any, each of all, none of none, as whole words.",
    ),
    Labeller(
        kind="topic",
        name=WORDS,
        version="1",
        languages=(),
        load="smmetrics.derive.labellers.declared:by_words",
        reads=("title", "text", "language"),
        decides="The words of [topics] in strategy.toml: one of any, each of all, none of none, as whole words.",
    ),
    Labeller(
        kind="subject",
        name=WORDS,
        version="1",
        languages=(),
        load="smmetrics.derive.labellers.declared:by_subject",
        reads=("platform", "title", "text", "mentions", "brand", ADDRESSED),
        decides="us: it names us, answers us or stands under our account; a rival of [others]: it names them or stands "
        "under their account.",
    ),
)
"""They label where the strategy gives words: stories, topics, and rivals among the others."""

CORE_LABELLERS: tuple[Labeller, ...] = (
    Labeller(
        kind="question",
        name="mark",
        version="1",
        languages=(),
        load="smmetrics.derive.labellers.question:label",
        values=(YES, NO),
        decides="The text, links removed, holds a question mark; rhetorical questions count.",
    ),
    Labeller(
        kind="language",
        name="stopwords",
        version="1",
        languages=LANGUAGES,
        load="smmetrics.derive.labellers.language:label",
        values=(*LANGUAGES, UNDETERMINED),
        decides="Small words that few of ten languages use often; it is und of others and where words are too few.",
    ),
    Labeller(
        kind="promo",
        name="offers",
        version="1",
        languages=("de", "en"),
        load="smmetrics.derive.labellers.promo:label",
        values=(YES, NO),
        reads=("text", "language", "links"),
        decides="A price, a word of offers, a link to a shop, or a call to buy or join beside a link. English, German.",
        weak=True,
    ),
    Labeller(
        kind="sentiment",
        name="lexicon",
        version="1",
        languages=("de", "en"),
        load="smmetrics.derive.labellers.sentiment:label",
        values=SENTIMENTS,
        reads=("text", "language"),
        decides="Counts kind and unkind words of a small list, turned round by a not before them. English, German.",
        weak=True,
    ),
    Labeller(
        kind="needs_reply",
        name="asked",
        version="1",
        languages=("de", "en"),
        load="smmetrics.derive.labellers.needs_reply:label",
        values=(YES, NO),
        reads=("text", "language", "ours", ADDRESSED),
        decides="Somebody else speaks to us and asks, complains or pleads: a question mark, or a word that does.",
        weak=True,
    ),
)

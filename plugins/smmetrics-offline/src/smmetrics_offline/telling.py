"""The form for saying what a post is about or wants: labels that people put on posts."""

from __future__ import annotations

from smmetrics.api import Form, FormColumn

YES_NO = ("promo", "needs_reply", "question")
MOODS = ("negative", "neutral", "positive")
KINDS = (
    *YES_NO, "sentiment", "topic", "story", "subject", "idea", "intent", "language", "voice", "voice_by", "toxicity",
)  # fmt: skip
LABELS = Form(
    name="labels",
    title="Labels",
    use="what posts are about, and what no rule can tell: topics, stories, ideas, mood; to check the rules by hand too",
    row="one thing that one of you says of one post",
    minutes_a_week=15,
    columns=(
        FormColumn(name="platform", meaning="where the post stands, as smmetrics platforms are called", example="blogs",
                   required=True),
        FormColumn(name="post_id", meaning="the post's address, or its id in the export",
                   example="https://example.org/soil", required=True, aliases=("post", "address", "permalink")),
        FormColumn(name="kind", meaning="what you say of it", entry="list", allowed=KINDS, example="topic",
                   required=True),
        FormColumn(name="value", meaning="yes or no; negative, neutral, positive; else your own word; several by ;",
                   example="soil; compost", required=True, aliases=("label",)),
        FormColumn(name="by", meaning="who of you says so, in the strategy's word", example="amira",
                   aliases=("who", "coder")),
        FormColumn(name="day", meaning="when you said so; may stay empty", entry="day", example="2026-11-03",
                   aliases=("date",)),
    ),
)  # fmt: skip

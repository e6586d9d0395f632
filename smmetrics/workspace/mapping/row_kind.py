"""What a row of a file is: the table whose words stand in its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from smmetrics.workspace.mapping.looking import Seen
    from smmetrics.workspace.mapping.vocabulary import Vocabulary

POSTS = ("posts", "post_counts")
APART = ("spans", "accounts", "people", "places", "acts", "breakdowns")
"""Tables whose rows a mapping does not make by itself."""
OWN, SURE, LIKE = 2.0, 1.0, 0.7
"""What a header is worth: a word of this table alone, a word of it, one that is like such a word."""
TEXTS = ("posts.post_id", "posts.text", "posts.permalink", "posts.title", "posts.format")


def family(table: str) -> tuple[str, ...]:
    """The tables that a row of a table fills: of a post also its counts."""
    return POSTS if table == "posts" else (table,)


def table_of(seen: Seen, known: Collection[str], vocabulary: Vocabulary) -> str:
    """The table whose words stand in the header; counts by day where every date is there once."""
    scores = {
        name: sum(_worth(header, name, vocabulary) for header in dict.fromkeys(seen.header) if header.strip())
        for name in known
        if name not in {*APART, "post_counts"}
    }
    dated = any(each.dated and each.distinct == seen.height for each in seen.natures)
    named = {vocabulary.facts(header, POSTS)[0] for header in seen.header}
    texts = len(named & {*TEXTS})
    scores["account_counts"] += 2.5 if (dated or seen.across) and not texts else -2.5 if texts else 0
    scores["posts"] += 1.5 * texts
    return max(scores, key=lambda name: (scores[name], name in {"posts", "account_counts"}))


def _worth(header: str, table: str, vocabulary: Vocabulary) -> float:
    """How much a header says for a table: most where no other table has its word, least where it is only like one."""
    if vocabulary.either(header, table):
        return LIKE
    fact, sure = vocabulary.facts(header, family(table))
    if not fact:
        return 0.0
    return OWN if sure and vocabulary.of_one_table(header, fact) else SURE if sure else LIKE

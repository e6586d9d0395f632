"""X's words: which native count is which fact, and the facts that only X has.

One line a native column. The legacy exports and the new ones use different words for the same count; a count
that no other platform has is a fact of this plugin (``x__…``), so that it never passes for something it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api import Capability, Column, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api.capability import CapabilityGrain, Scope

LINK = (
    r"(?i:twitter|x)\.com/(?:i(?:/web)?|(?P<account_id>[A-Za-z0-9_]{2,15}))"
    r"/status(?:es)?/(?P<post_id>[0-9]+)(?:[/?#\s]|$)"
)
"""Where a permalink names the account, and the id in full; links of the form ``x.com/i/…`` name no account."""
PERMALINK = (
    r"^https://(?:www\.)?(?:twitter|x)\.com/(?P<account_id>[A-Za-z0-9_]{2,15})"
    rf"/status/(?P<post_id>[0-9]+)(?:[/?#\s]|$){chr(10)}{LINK}"
)
"""The same for whole columns: first the form that X itself writes, which is read in a third of the time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A native count: its names in files, the column it fills, and what X means by it.

    ``formula`` is how X computes it, where that is known, and ``known_from`` how it is known.
    """

    names: tuple[str, ...]
    column: str
    parse: str = "int"
    meaning: str = ""
    formula: str = ""
    known_from: str = ""

    def cell(self, table: str, *, scope: Scope = "total", prefix: str = "") -> Column:
        """The column of a file that holds this count; ``prefix`` is what the file puts before the name."""
        names = tuple(prefix + name for name in self.names)
        return Column(names=names, fact=f"{table}.{self.column}", parse=self.parse, scope=scope)

    def can(self, table: str, grain: CapabilityGrain, evidence: str) -> Capability:
        """What a source says of this count."""
        return Capability(
            fact=f"{table}.{self.column}",
            native=self.names[0],
            grain=grain,
            meaning=self.meaning,
            evidence=self.known_from or evidence,
            native_formula=self.formula,
        )


IMPRESSIONS = Word(names=("impressions",), column="impressions", meaning="times on screen, not people")
LIKES = Word(names=("likes", "favorites"), column="likes")
REPLIES = Word(names=("replies",), column="comments", meaning="replies, one's own included")
REPOSTS = Word(names=("retweets", "reposts"), column="shares", meaning="reposts; quotes are not among them")
LINK_CLICKS = Word(names=("url clicks",), column="link_clicks", meaning="clicks on links in the post")
PROFILE_VISITS = Word(
    names=("user profile clicks", "profile visits"), column="profile_visits", meaning="clicks on name, handle or photo"
)
MEDIA_VIEWS = Word(names=("media views",), column="media_views", meaning="views of photos, GIFs and videos together")
BOOKMARKS = Word(names=("bookmarks",), column="saves", meaning="times bookmarked; who did is never told")

DETAILS = (
    Word(names=("hashtag clicks",), column="x__hashtag_clicks"),
    Word(names=("detail expands",), column="x__detail_expands", meaning="the post was opened to see more of it"),
    Word(names=("permalink clicks",), column="x__permalink_clicks"),
)
LEGACY_ONLY = (
    Word(names=("app opens",), column="x__app_opens"),
    Word(names=("app installs",), column="x__app_installs"),
    Word(names=("email tweet",), column="x__email_shares", meaning="the post was sent by e-mail"),
    Word(names=("dial phone",), column="x__phone_calls", meaning="a phone number in the post was dialled"),
    Word(names=("media engagements",), column="x__media_engagements"),
)
RATE = Word(
    names=("engagement rate",),
    column="x__engagement_rate",
    parse="number",
    meaning="X's engagements divided by impressions, as X rounded it",
    formula="engagements / impressions of each post; clicks and detail expands are in the engagements",
    known_from="36 monthly files of one account, 2016-12 to 2019-11: so in 1,106 of 1,106 posts",
)
_SUM = "X's own sum of all clicks and reactions"
LEGACY_PARTS = (
    "retweets", "replies", "likes", "user profile clicks", "url clicks", "hashtag clicks", "detail expands",
    "permalink clicks", "app opens", "app installs", "follows", "email tweet", "dial phone", "media engagements",
)  # fmt: skip
LEGACY_SUM = Word(
    names=("engagements",),
    column="x__engagements",
    meaning=_SUM,
    formula=" + ".join(LEGACY_PARTS),
    known_from="36 monthly files of one account, 2016-12 to 2019-11: so in 1,106 of 1,106 posts",
)
SUM = Word(
    names=("engagements",),
    column="x__engagements",
    meaning=_SUM,
    formula="X's own sum of reactions and clicks; X does not publish its parts",
    known_from="X API documentation, Metrics, 2026: engagements is one of X's own numbers",
)
SHARES = Word(
    names=("shares", "share"),
    column="x__share_menu",
    meaning="uses of the share menu; X does not document it, it is not the number of reposts",
)

_PLAIN = "hashtag_clicks detail_expands permalink_clicks app_opens app_installs email_shares phone_calls"
_COUNTS = tuple(f"x__{name}" for name in (*_PLAIN.split(), "media_engagements", "share_menu"))


def _facts(table: str, names: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact(table=table, name=name, type="int", unit="count", additivity="additive") for name in names)


def _rate(table: str) -> Fact:
    return Fact(
        table=table,
        name=RATE.column,
        type="number",
        unit="ratio",
        additivity="non_additive",
        meaning=RATE.meaning,
    )


FACTS = (
    *_facts("post_counts", ("x__engagements", *_COUNTS)),
    _rate("post_counts"),
    *_facts("account_counts", (*_COUNTS, "x__follows_from_posts", "x__video_views")),
    _rate("account_counts"),
)

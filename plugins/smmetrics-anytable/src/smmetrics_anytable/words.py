"""Words that stand above columns in tables of all kinds, by what they mean. `smmetrics map` learns from them.

The first of each is the one that a table saved by hand uses; the others are what exports, tools and people write, in
some languages. A word stands here once: what could mean two things stands nowhere, but for a post's text and its id,
which the values tell apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

POST: Mapping[str, tuple[str, ...]] = {
    "text": ("message", "caption", "body", "content text", "post text", "update text", "status text", "beitragstext",
             "texto", "texte", "nachricht", "post message", "tweet", "tweet text", "full text", "raw content",
             "content", "contenido", "contenu", "conteúdo", "inhalt"),
    "title": ("headline", "subject", "update title", "video title", "titel", "titre", "título"),
    "permalink": ("link", "url", "post link", "post url", "update link", "video link", "address", "permanent link"),
    "format": ("type", "post type", "media type", "content type", "media product type", "update type", "art", "typ"),
    "campaign": ("campaign name", "kampagne", "campaña", "utm campaign"),
    "language": ("lang", "sprache"),
}  # fmt: skip
POST_IDS = ("id", "post_id", "postid", "status id", "tweet id", "media id", "item id", "video id", "content id",
            "beitrags-id", "message id", "update id")  # fmt: skip
POST_TIMES = ("created", "created at", "created date", "created time", "published", "published at", "publish time",
              "post date", "posted", "posted at", "time", "timestamp", "veröffentlicht", "date posted",
              "creation date")  # fmt: skip
COUNTS: Mapping[str, tuple[str, ...]] = {
    "impressions": ("impression", "impressionen", "impresiones", "times shown", "impression count"),
    "views": ("view", "video views", "plays", "view count", "aufrufe", "vues", "visualizaciones", "reproducciones"),
    "reach": ("people reached", "unique impressions", "accounts reached", "reichweite", "alcance", "portée",
              "unique viewers", "unique views", "reached audience", "total viewers"),
    "clicks": ("click", "klicks", "clics", "all clicks"),
    "link_clicks": ("link click", "url clicks", "website clicks", "clicks on links", "linkklicks", "outbound clicks"),
    "likes": ("like", "reactions", "favorites", "favourites", "favorite count", "hearts", "like count", "gefällt mir",
              "me gusta", "j'aime", "kudos", "number of likes"),
    "comments": ("comment", "replies", "reply", "answers", "kommentare", "antworten", "comentarios", "commentaires",
                 "comment count", "reply count"),
    "shares": ("share", "reposts", "retweets", "retweet", "reblogs", "boosts", "geteilt", "compartidos", "partages",
               "share count", "repost count", "retweet count", "reblog count"),
    "quotes": ("quote", "quote count", "quote posts"),
    "saves": ("save", "saved", "bookmarks", "bookmark", "add to favorites", "gespeichert", "guardados",
              "enregistrements"),
}  # fmt: skip
OF_ACCOUNTS: Mapping[str, tuple[str, ...]] = {
    **{name: COUNTS[name] for name in COUNTS if name != "quotes"},
    "followers": ("follower", "total followers", "fans", "page likes", "page total likes", "subscribers", "friends",
                  "follower count", "abonnenten", "seguidores", "abonnés", "members"),
    "gained": ("new followers", "new follows", "follows", "followers gained", "neue follower", "new fans",
               "subscribers gained"),
    "lost": ("unfollows", "unfollowers", "followers lost", "lost followers", "subscribers lost"),
    "profile_visits": ("profile views", "profile visits", "page views", "visits to profile", "profilaufrufe",
                       "facebook visits"),
    "posts_published": ("posts", "posts published", "updates", "beiträge", "tweets published", "number of posts"),
    "engagements": ("engagement", "interactions", "total interactions", "interaktionen", "interacciones"),
}  # fmt: skip
DAYS = ("date", "day", "datum", "tag", "fecha", "jour", "month", "monat", "mes", "mois", "week of", "period")


def counts(table: str, words: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """Columns of counts of posts or of accounts."""
    return tuple(
        Column(names=(name.replace("_", " "), name, *others), fact=f"{table}.{name}", parse="int")
        for name, others in words.items()
    )


def texts() -> tuple[Column, ...]:
    """What a post says and is."""
    return tuple(Column(names=(name, *others), fact=f"posts.{name}") for name, others in POST.items())

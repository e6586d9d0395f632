"""Platforms that are closed: what can no longer be captured and why, and tables that somebody saved in time."""

from __future__ import annotations

from dataclasses import dataclass

from smmetrics.api import Capability, Column, Gap, Layout, Platform, Signature, Source
from smmetrics_anytable.words import COUNTS, DAYS, OF_ACCOUNTS, POST, POST_IDS, POST_TIMES, counts, texts

MARK = "saved from"
"""The column that a table saved by hand has, and no export: where its rows were seen."""
TAKES = "The file itself: nobody can fetch it any more. Copying saved pages into a table takes about a minute a post."
IN_TIME = "Only a page, file or table that somebody saved while it was open; put it into a table with these columns."


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """A platform that is closed: since when, and what became of what people had there."""

    id: str
    title: str
    ended: str
    left: str
    aliases: tuple[str, ...] = ()

    @property
    def platform(self) -> Platform:
        """Its record."""
        return Platform(
            id=self.id,
            title=self.title,
            access="closed",
            aliases=self.aliases,
            reply_chains=False,
            note=f"{self.ended} {self.left} Anything else that was saved is read by a mapping: smmetrics map FILE.",
        )

    def sources(self) -> tuple[Source, Source]:
        """Its two tables: posts, and counts of the account by day."""
        why = f"{self.ended} {self.left}"
        return self._posts(why), self._days(why)

    def _posts(self, why: str) -> Source:
        gone = ("person", "in_reply_to", "root_id")
        return Source(
            kind="saved_posts",
            platform=self.id,
            table="posts",
            title=f"{self.title}, posts somebody saved",
            container="csv",
            how_to_get=(
                f"{self.title} is closed. From pages or files saved before, make a table with the columns id, posted, "
                f"text, and {MARK} (the page or file); then what was shown: likes, comments, shares, views."
            ),
            takes=TAKES,
            closed=True,
            minutes=60,
            holds="Posts that were saved, with the counts that stood beside them then.",
            constants=(("kind", "post"),),
            signature=Signature(required=(MARK, "posted"), name_pattern=self._pattern),
            layout=Layout(missing=("-", "n/a"), footer=("^#",), open_end=True),
            columns=(
                Column(names=POST_IDS, fact="posts.post_id", parse="id", required=True),
                Column(
                    names=("posted", *POST_TIMES),
                    fact="posts.created_on",
                    parse="date %Y-%m-%d | %d.%m.%Y | %b %d, %Y | %d %b %Y",
                ),
                *texts(),
                *counts("post_counts", COUNTS),
            ),
            own=True,
            covers=("posts", "post_counts"),
            can=(
                Capability(fact="posts.created_on", native="posted", grain="day", meaning="the day the page showed"),
                Capability(fact="posts.post_id", native="id", grain="event"),
                *(Capability(fact=f"posts.{name}", native=name, grain="event") for name in POST),
                *(
                    Capability(fact=f"post_counts.{name}", native=name.replace("_", " "), exactness="rounded")
                    for name in COUNTS
                ),
            ),
            cannot=(
                *(Gap(fact=f"posts.{name}", why=why, reason="platform.closed", would_do=IN_TIME) for name in gone),
                Gap(
                    fact="posts.created_at",
                    why=f"{why} Saved pages rarely show the time of day.",
                    reason="time.too_coarse",
                    would_do=IN_TIME,
                ),
            ),
        )

    def _days(self, why: str) -> Source:
        return Source(
            kind="saved_days",
            platform=self.id,
            table="account_counts",
            title=f"{self.title}, counts of an account somebody noted",
            container="csv",
            how_to_get=(
                f"{self.title} is closed. What was noted while it was open goes into a table with the columns date and "
                f"{MARK}, and a column for each count: followers, views, likes."
            ),
            takes=TAKES,
            closed=True,
            minutes=30,
            holds="What an account was seen to have on days that somebody noted.",
            signature=Signature(required=(MARK, "date"), forbidden=("posted",), name_pattern=self._pattern),
            layout=Layout(missing=("-", "n/a"), footer=("^#",), open_end=True),
            columns=(
                Column(
                    names=DAYS,
                    fact="account_counts.window_start",
                    parse="date %Y-%m-%d | %d.%m.%Y | %b %d, %Y | %d %b %Y",
                    required=True,
                ),
                *counts("account_counts", OF_ACCOUNTS),
            ),
            grain="range",
            window="range",
            covers=("account_counts",),
            can=tuple(
                Capability(
                    fact=f"account_counts.{name}", native=name.replace("_", " "), grain="range", exactness="rounded"
                )
                for name in OF_ACCOUNTS
            ),
            cannot=(Gap(fact="account_counts.active_people", why=why, reason="platform.closed", would_do=IN_TIME),),
        )

    @property
    def _pattern(self) -> str:
        return rf"(?i)(?:{'|'.join((self.id, *self.aliases))})"


PLATFORMS: tuple[Closed, ...] = (
    Closed(
        id="myspace",
        title="MySpace",
        aliases=("my space",),
        ended="MySpace has no export and no interface any more.",
        left=(
            "In March 2019 it said that photos, videos and music uploaded more than three years before may be gone; no "
            "number can be checked."
        ),
    ),
    Closed(
        id="googleplus",
        title="Google+",
        aliases=("google plus", "google+", "gplus"),
        ended="Google+ was closed for everybody in April 2019.",
        left="Posts, comments and circles were deleted; only archives that were ordered before exist.",
    ),
    Closed(
        id="vine",
        title="Vine",
        ended="Vine took no videos after January 2017.",
        left="What was there then could be looked at for a while; counts and comments can no longer be fetched.",
    ),
    Closed(
        id="periscope",
        title="Periscope",
        ended="Periscope was closed in March 2021.",
        left="Viewers, hearts and chats of its broadcasts can no longer be fetched.",
    ),
    Closed(
        id="orkut",
        title="Orkut",
        ended="Orkut was closed in September 2014.",
        left="Profiles, scraps and communities were deleted in the years after.",
    ),
)

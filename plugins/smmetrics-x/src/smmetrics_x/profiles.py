"""Accounts that a file describes: everybody as a person; the one we look at as an account with its followers too."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from smmetrics_x.gathering import Gathering, span
from smmetrics_x.said import People, Who

if TYPE_CHECKING:
    from smmetrics.api import Batch, Context, Record

NO_DAY = "Followers are a number of one day, and the file does not say which: say it with --observed-at."


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a file says of an account."""

    who: Who
    name: str = ""
    followers: int | None = None


@dataclass(slots=True)
class Profiles:
    """The accounts of a file. Alone in a file, or named by the user, one is an account we look at."""

    context: Context
    gathering: Gathering = field(init=False)
    _met: list[tuple[Record, Profile]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The persons of this file."""
        self.gathering = Gathering(self.context, People(self.context))

    def take(self, record: Record, profile: Profile) -> None:
        """Take an account."""
        self.gathering.records += 1
        self._met.append((record, profile))

    def end(self) -> Batch:
        """Everything."""
        said = self.context.answers.get("account", "").removeprefix("@").lower()
        for record, profile in self._met:
            self._person(record, profile)
            if len(self._met) == 1 or (said and profile.who.handle.lower() == said):
                self._account(record, profile)
        return self.gathering.batch()

    def _person(self, record: Record, profile: Profile) -> None:
        who = profile.who
        person = self.context.pseudonym("x", who.number)
        self.gathering.add(
            "people",
            {
                "platform": "x", "platform_author_id": who.number, "person": person, "handle": who.handle or None,
                "record": record.number,
            },
        )  # fmt: skip

    def _account(self, record: Record, profile: Profile) -> None:
        """An account with the number of its followers on the day the user names."""
        handle = profile.who.handle or profile.who.number
        url = f"https://x.com/{profile.who.handle}" if profile.who.handle else None
        row = {"platform": "x", "account_id": handle, "handle": handle, "name": profile.name or None, "url": url}
        self.gathering.add("accounts", {**row, "record": record.number})
        if profile.followers is None:
            return
        observed = self.context.answers.get("observed_at", "")
        if not observed:
            self.gathering.messages.append(NO_DAY)
            return
        day = date.fromisoformat(observed[:10])
        window = {"window": "day", "window_start": day, "window_end": day + timedelta(days=1), "day_zone": "UTC"}
        counts = {"platform": "x", "account_id": handle, "scope": "total", **window, "followers": profile.followers}
        self.gathering.add("account_counts", {**counts, "record": record.number})
        covered = span(
            handle, day, day + timedelta(days=1), complete=True, basis="day of the answer", facts="account_counts"
        )
        self.gathering.add("spans", {**covered, "grain": "day"})

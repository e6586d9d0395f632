"""Accounts that a file describes: everybody as a person; the one we look at as an account with its followers too."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from smmetrics_x.frames import in_form
from smmetrics_x.gathering import Gathering, span
from smmetrics_x.said import People, Who

if TYPE_CHECKING:
    from smmetrics.api import Batch, Context, Record

NO_DAY = "Followers are a number of one day, and the file does not say which: say it with --observed-at."


@dataclass(kw_only=True, slots=True)
class Profile:
    """What a file says of an account. There are many of them: a frozen one takes longer to make."""

    who: Who
    name: str = ""
    followers: int | None = None


@dataclass(slots=True)
class Profiles:
    """The accounts of a file. Alone in a file, or named by the user, one is an account we look at."""

    context: Context
    gathering: Gathering = field(init=False)
    _said: str = field(init=False)
    _first: tuple[Record, Profile] | None = None
    _met: int = 0
    _people: list[tuple[str, str, str | None, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The persons of this file, and the account that the user names."""
        self.gathering = Gathering(self.context, People(self.context))
        self._said = self.context.answers.get("account", "").removeprefix("@").lower()

    def take(self, record: Record, profile: Profile) -> None:
        """Take an account."""
        self.gathering.records += 1
        self._met += 1
        who = profile.who
        self._people.append((who.number, self.context.pseudonym("x", who.number), who.handle or None, record.number))
        if self._is_said(profile):
            self._account(record, profile)
        self._first = self._first or (record, profile)

    def end(self) -> Batch:
        """Everything."""
        if self._first is not None and self._met == 1 and not self._is_said(self._first[1]):
            self._account(*self._first)
        names = ("platform_author_id", "person", "handle", "record")
        schema = {**dict.fromkeys(names, pl.String()), "record": pl.Int64()}
        people = pl.DataFrame(self._people, schema=schema, orient="row")
        self.gathering.whole["people"] = [in_form(people.with_columns(platform=pl.lit("x")), "people")]
        return self.gathering.batch()

    def _is_said(self, profile: Profile) -> bool:
        """Whether an account is the one that the user names."""
        return bool(self._said) and profile.who.handle.lower() == self._said

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

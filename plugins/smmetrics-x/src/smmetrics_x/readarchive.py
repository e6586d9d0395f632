"""Reads the files of an account's archive. What names the account and the day lies beside them in the zip."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from smmetrics_x import tweets1
from smmetrics_x.dates import iso
from smmetrics_x.gathering import Gathering, span
from smmetrics_x.read1 import given, loaded
from smmetrics_x.said import People, Who
from smmetrics_x.tweets1 import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from smmetrics.api import Batch, Context, Preview, Record, Source

ASSIGNED = re.compile(rb"^\s*[\w.$]+\s*=\s*")
MISSING = (
    "The archive's own list names {names} too, with {count} records, and the archive lacks that: get it again, or "
    "import the zip as X made it."
)
PART = re.compile(r"-part\d+\.js$")
NAMED_DAY = re.compile(r"^(?:twitter|x)-(\d{4}-\d{2}-\d{2})-")
"""The name X gives an archive: the day on which it was made."""


def posts(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """One's own posts. Reposts are told by their text; their counts are not theirs."""
    del source
    made = _made(preview)
    own = _account(preview, context)
    gathering = Gathering(context, People(context), seen_at=made)
    number = 0
    for record in context.records():
        number += 1
        _post(gathering, record, own)
        if gathering.is_full:
            yield gathering.batch()
    listed = _listed(preview)
    missing = _missing(preview, listed)
    gathering.messages += _against_the_list(preview, number, listed, missing)
    if made is not None and own in gathering.days:
        first, _ = gathering.days.pop(own)
        end = max(made.date(), first + timedelta(days=1))
        gathering.add("spans", span(own, first, end, complete=not missing, basis="first post to archive"))
    yield gathering.end()


def _post(gathering: Gathering, record: Record, own: str) -> None:
    values = loaded(record) or {}
    inner = values.get("tweet", values)
    try:
        post = tweets1.post(given(inner if isinstance(inner, dict) else None))
    except Fault as fault:
        gathering.reject(record, fault.column, fault.reason)
        return
    gathering.post(record, post, own)


def account(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """The account's name; nothing else of what the file says."""
    del source
    gathering = Gathering(context, People(context), seen_at=_made(preview))
    for record in context.records():
        found = (loaded(record) or {}).get("account") or {}
        handle = str(found.get("username") or "")
        if not handle:
            gathering.reject(record, "username", "missing_key")
            continue
        gathering.records += 1
        row = {"platform": "x", "account_id": handle, "handle": handle, "name": found.get("accountDisplayName")}
        gathering.add("accounts", {**row, "url": f"https://x.com/{handle}", "kind": "ours", "record": record.number})
        day = _day(preview, str(found.get("createdAt") or ""))
        if day is not None:
            gathering.add("spans", {**span(handle, *day, complete=True, basis="account", facts="accounts")})
    yield gathering.batch()


def _day(preview: Preview, created: str) -> tuple[Any, Any] | None:
    """From the day the account was made to the day of the archive, where both are known."""
    made = _made(preview)
    try:
        first = iso(created).date()
    except ValueError:
        return None
    return (first, made.date()) if made is not None and made.date() > first else None


def likes(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Posts the account liked, without a date."""
    yield from _acts(preview, source, context, name="like")


def followers(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Accounts that follow ours, and how many they are on the day of the archive."""
    yield from _acts(preview, source, context, name="follower")


def following(preview: Preview, source: Source, context: Context) -> Iterable[Batch]:
    """Accounts that ours follows."""
    yield from _acts(preview, source, context, name="following")


KEYS = {"like": "tweetId", "follower": "accountId", "following": "accountId"}


def _acts(preview: Preview, source: Source, context: Context, *, name: str) -> Iterable[Batch]:
    del source
    made, own = _made(preview), _account(preview, context)
    gathering = Gathering(context, People(context), seen_at=made)
    seen = 0
    for record in context.records():
        number = str(((loaded(record) or {}).get(name) or {}).get(KEYS[name]) or "")
        if not number:
            gathering.reject(record, KEYS[name], "missing_key")
            continue
        gathering.records += 1
        seen += 1
        gathering.add("acts", {**_act(gathering.people, name, number, own), "record": record.number})
    listed = _listed(preview)
    gathering.messages += _against_the_list(preview, seen, listed, _missing(preview, listed))
    if made is not None:
        today = made.date()
        gathering.add(
            "spans", span(own, today, today + timedelta(days=1), complete=True, basis="archive", facts="acts")
        )
        if name == "follower" and not gathering.rejected and (all_of_them := _all(preview, seen, listed)):
            gathering.add("account_counts", _followers(own, made, all_of_them))
    yield gathering.batch()


def _act(people: People, name: str, number: str, own: str) -> dict[str, object]:
    """An act of ours or of a follower. Whom ours follows is a person, by pseudonym."""
    if name == "like":
        return {"platform": "x", "act": "like", "target_id": number, "account_id": own}
    person = people.key(Who(number=number))
    if name == "follower":
        return {"platform": "x", "act": "follow", "person": person, "target_id": own, "account_id": own}
    return {"platform": "x", "act": "follow", "target_id": person, "other": person, "account_id": own}


def _followers(own: str, made: datetime, number: int) -> dict[str, object]:
    day = made.date()
    window = {"window": "day", "window_start": day, "window_end": day + timedelta(days=1), "day_zone": "UTC"}
    return {"platform": "x", "account_id": own, "scope": "total", **window, "followers": number, "record": None}


def _all(preview: Preview, seen: int, listed: Mapping[str, int]) -> int:
    """How many records all files of this one's kind hold, told with the first of them; 0 where that is not known."""
    listed = listed or {preview.name: seen}
    is_first = preview.name == next(iter(listed)) and not PART.search(preview.name)
    has_more = len(listed) == 1 and preview.beside(preview.name.replace(".js", "-part1.js"))
    return sum(listed.values()) - listed[preview.name] + seen if is_first and not has_more else 0


def _beside(preview: Preview, name: str) -> Any:  # noqa: ANN401 (whatever JSON says)
    try:
        return json.loads(ASSIGNED.sub(b"", preview.beside(name), count=1))
    except ValueError:
        return None


def _account(preview: Preview, context: Context) -> str:
    """The account: as the user says, else as the archive does, else the word for the only one that is ours."""
    if said := context.answers.get("account"):
        return said.removeprefix("@")
    found = _beside(preview, "account.js")
    inside = found[0].get("account") if isinstance(found, list) and found and isinstance(found[0], dict) else None
    return str((inside or {}).get("username") or context.account)


def _made(preview: Preview) -> datetime | None:
    """When the archive was made: its own list says so, or its name."""
    listed = _beside(preview, "manifest.js")
    info = listed.get("archiveInfo") if isinstance(listed, dict) else None
    try:
        return iso(str((info or {}).get("generationDate") or ""))
    except ValueError:
        named = NAMED_DAY.search(preview.archive)
        day = datetime.fromisoformat(named[1]).date() if named else None
        return datetime.combine(day, time(), UTC) if day else None


def _listed(preview: Preview) -> dict[str, int]:
    """The files of this one's kind by the archive's own list, with how many records each should hold."""
    listed = _beside(preview, "manifest.js")
    kinds = listed.get("dataTypes") if isinstance(listed, dict) else None
    for kind in kinds.values() if isinstance(kinds, dict) else ():
        files = kind.get("files") if isinstance(kind, dict) else None
        named = [each for each in files if isinstance(each, dict)] if isinstance(files, list) else []
        found = {str(each.get("fileName", "")).rpartition("/")[2]: str(each.get("count", "")) for each in named}
        if preview.name in found:
            return {name: int(count) for name, count in found.items() if count.isdigit()}
    return {}


def _missing(preview: Preview, listed: Mapping[str, int]) -> dict[str, int]:
    """Files of this one's kind that the archive's own list promises and the archive lacks."""
    others = {name: count for name, count in listed.items() if count and name != preview.name}
    return {name: count for name, count in others.items() if not preview.beside(name)}


def _against_the_list(
    preview: Preview, number: int, listed: Mapping[str, int], missing: Mapping[str, int]
) -> Iterator[str]:
    """What the archive's own list says of this file, and of others of its kind, if that is something else."""
    promised = listed.get(preview.name, number)
    if promised != number:
        yield f"The archive's own list says that {preview.name} holds {promised} records; it holds {number}."
    if missing and preview.name == next(name for name in listed if name not in missing):
        yield MISSING.format(names=", ".join(missing), count=sum(missing.values()))

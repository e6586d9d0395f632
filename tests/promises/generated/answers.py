"""Answers of a platform's interfaces, older and newer: lists, lists inside an answer, pages, and one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.promises.generated import cells
from tests.promises.generated.dialects import File
from tests.promises.generated.dumping import dumped, whole

if TYPE_CHECKING:
    import random

OLD = {"likes": "favorite_count", "shares": "retweet_count", "comments": "reply_count"}
NEW = {"likes": "like_count", "shares": "retweet_count", "comments": "reply_count", "quotes": "quote_count"}
PEOPLE = ("11", "12", "13")


def older(dice: random.Random) -> File:
    """Posts with their writers beside them."""
    file = File(name="posts.jsonl", raw=b"", kind="x.api1_posts")
    records: list[object] = []
    for number in range(1, dice.choice([1, 2, 4, 9]) + 1):
        moment = cells.instant(dice)
        id_, text, writer = cells.clock_id(moment, dice), cells.title(dice)[0], dice.choice(PEOPLE)
        counts = {fact: whole(dice) if dice.random() < 0.9 else None for fact in OLD}
        post = {"id": int(id_), "id_str": id_, "created_at": f"{moment:%a %b %d %H:%M:%S} +0000 {moment:%Y}"}
        post |= {dice.choice(["text", "full_text"]): text, "user": {"id": int(writer), "screen_name": f"n{writer}"}}
        post |= {OLD[fact]: count for fact, count in counts.items() if count is not None or fact == "shares"}
        answers = cells.clock_id(moment, dice) if dice.random() < 0.4 else None
        post |= {"in_reply_to_status_id_str": answers, "lang": "en"}
        if dice.random() < 0.2:
            del post["id_str"]
        if dice.random() < 0.03:
            wrong = {"created_at": "yesterday"}, {"favorite_count": "some"}, {"id_str": "", "id": None}
            post |= dice.choice([*wrong, {"id_str": "1.2E+18"}])
            file.aside.add(number)
        else:
            file.kept[number] = {
                "posts.post_id": id_, "posts.text": text, "posts.created_at": moment.isoformat(),
                "posts.kind": "reply" if answers else "post", "posts.in_reply_to": answers,
                **_counted(counts),
            }  # fmt: skip
        records.append(post)
    around = {"statuses": records, "search_metadata": {"count": len(records)}}
    file.raw = dumped(records, dice, wrapped=dice.choice([None, None, around]))
    return file


def newer(dice: random.Random) -> File:
    """Posts whose writers stand in what their page includes."""
    file = File(name="page.json", raw=b"", kind="x.api2_posts")
    pages: list[list[object]] = [[]]
    for number in range(1, dice.choice([1, 2, 4, 9]) + 1):
        moment = cells.instant(dice)
        id_, text = cells.clock_id(moment, dice), cells.title(dice)[0]
        counts = {fact: whole(dice) if dice.random() < 0.9 else None for fact in NEW}
        public = {NEW[fact]: count for fact, count in counts.items() if count is not None}
        said = f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
        post = {"id": id_, "text": text, "created_at": said, "author_id": dice.choice(PEOPLE), "public_metrics": public}
        refers = {"reply": "replied_to", "quote": "quoted"}
        kind = dice.choice(["post", "post", *refers])
        parent = cells.clock_id(moment, dice)
        if kind in refers:
            post["referenced_tweets"] = [{"type": refers[kind], "id": parent}]
        if dice.random() < 0.03:
            post |= dice.choice([{"created_at": "yesterday"}, {"public_metrics": {"like_count": "some"}}, {"id": ""}])
            file.aside.add(number)
        else:
            file.kept[number] = {
                "posts.post_id": id_, "posts.text": text, "posts.created_at": moment.isoformat(), "posts.kind": kind,
                "posts.in_reply_to": parent if kind == "reply" else None, **_counted(counts),
            }  # fmt: skip
        pages[-1].append(post)
        if dice.random() < 0.2:
            pages.append([])
    users = [{"id": number, "username": f"n{number}", "name": "N"} for number in PEOPLE]
    answers = [
        {"data": page, "includes": {"users": users}, "meta": {"result_count": len(page)}} for page in pages if page
    ]
    file.raw = dumped(answers, dice, wrapped=answers[0] if len(answers) == 1 else None)
    return file


def _counted(counts: dict[str, int | None]) -> dict[str, object]:
    """Nothing where nothing was counted at all."""
    counted = any(count is not None for count in counts.values())
    return {f"post_counts.{fact}/total": count for fact, count in counts.items()} if counted else {}

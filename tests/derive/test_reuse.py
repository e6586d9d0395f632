"""When conversations were first used again: shares, quotes, links and pingbacks, against a loop over the same rows."""

from __future__ import annotations

import random

from tests.derive.conftest import at, said

PLACE = "https://www.garden.example/p/"


def reused(desk):
    rows = desk.derived().frame("threads", {"reused_at"}).select("root_id", "reused_at").collect()
    return dict(rows.rows())


def post(name, day, *, kind="post", up=None, **more):
    return said(name, kind, more.pop("person", name), at(day), up=up, **more) | {
        "permalink": f"{PLACE}{name}/",
        "root_id": None,
    }


def test_shares_quotes_pingbacks_and_links_use_a_conversation_again(desk):
    desk.file(posts=[
        *(post(name, 1) for name in ("shared", "quoted", "linked", "named", "pinged", "alone")),
        post("reply", 2, kind="reply", up="linked"),
        post("s", 5, kind="share", up="shared"), post("s2", 4, kind="share", up="shared"),
        post("q", 10, kind="quote", up="quoted"), post("m", 7, kind="mention", up="pinged"),
        post("l", 9, text=f"As in {PLACE}reply#top, remember? Or {PLACE}quoted)."),
        post("l2", 8, links=["http://garden.example/p/Named"], text="no link in the text"),
    ])  # fmt: skip
    found = reused(desk)
    assert {name: found[name] for name in ("shared", "quoted", "linked", "named", "pinged", "alone")} == {
        "shared": at(4), "quoted": at(9), "linked": at(9), "named": at(8), "pinged": at(7), "alone": None,
    }  # fmt: skip


def test_a_link_inside_a_conversation_or_before_it_uses_nothing_again(desk):
    desk.file(posts=[
        post("p", 5), post("r", 6, kind="reply", up="p", text=f"see {PLACE}p"), post("before", 2, text=f"soon {PLACE}p"),
    ])  # fmt: skip
    assert reused(desk)["p"] is None


def test_any_links_as_a_loop_finds_them(desk):
    draw = random.Random(4)
    names = [f"n{number}" for number in range(60)]
    posts, first = [], {}
    for number, name in enumerate(names):
        day = 1 + number // 3
        to = draw.choice(names)
        posts.append(post(name, day, text=f"{PLACE}{to}" if draw.random() < 0.5 else "nothing"))
    days = {each["post_id"]: each["created_at"] for each in posts}
    for each in posts:
        to = each["text"].removeprefix(PLACE)
        if to in days and to != each["post_id"] and each["created_at"] > days[to]:
            first[to] = min(first.get(to, each["created_at"]), each["created_at"])
    desk.file(posts=posts)
    assert reused(desk) == {name: first.get(name) for name in names}
    assert first

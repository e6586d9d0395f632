"""Where nobody is known in the role that a number counts, the number is withheld: a false 0 % is worse than none."""

import csv
import re

import pytest

from smmetrics.workspace import Workspace

TYPO = """
title = "Garden"
purpose = "People who garden find help"
timezone = "UTC"
[audiences.gardeners]
who = "people who garden"
[people.jonas]
role = "gardener"
speaks_as = ["x:GardnClub"]
[others.greenco]
kind = "rival"
accounts = ["x:GrenCo"]
[channels.x]
platform = "x"
account = "GardnClub"
[goals.talk]
type = "communicating.start_conversations"
audience = "gardeners"
people = ["jonas"]
"""
RIGHT = TYPO.replace("GardnClub", "GardenClub").replace("GrenCo", "GreenCo")
HEADER = ["tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id"]
DAYS = range(1, 13)
"""On each of twelve days somebody asks and is answered, somebody asks and is not, and a rival posts: few is no reason."""


def lines():
    for day in DAYS:
        when = f"Mar {day:02} 08:{{:02}}:00 +0000 2026"
        yield [f"{day}1", f"mira_{day}", "True", f"Tue {when.format(0)}", "@GardenClub slugs?", f"{day}2", ""]
        yield [f"{day}2", "GardenClub", "False", f"Tue {when.format(10)}", "Beer.", "", f"{day}1"]
        yield [f"{day}3", f"tom_{day}", "True", f"Tue {when.format(20)}", "@GardenClub frost?", "", ""]
        yield [f"{day}4", "GreenCo", "False", f"Tue {when.format(30)}", "Buy gnomes", "", ""]


FORMULAS = (
    "count(posts, ours) / period_days * 7",
    "share(posts, staff, of=theirs)",
    "share(posts, ours, of=is_reply)",
    "share(posts, staff)",
    "count(posts, rival)",
    "share(posts, rival, of=ours or rival)",
    "count(posts, ours or rival) / count(posts)",
    "share(posts, member, of=theirs)",
    "share(posts, hours(created_at, replied_at) <= 72, of=is_first and member)",
    "distinct(acts.person, member)",
    "share(acts, other_staff, of=act == 'reply')",
    "share(acts, not ours and not other_ours, of=act == 'reply')",
    "share(acts, other_member)",
    "count(threads, 'leader' in roles)",
    "share(count(acts) > 0, where='advocate' in roles, by=people)",
    "share(count(acts) > 0, where=member, by=people)",
    "count(count(posts, staff) >= 1, by=person)",
    "mean(count(ends), where=staff, by=people)",
    "share(posts, 'customer' in roles)",
    "share(posts, 'voice' not in roles)",
    "share(threads, staff_replies == 0, of=ours)",
)
ROLE = re.compile(r"\b(?:ours|rival|member|staff|other_\w+|staff_replies|\w*roles|first_staff_reply_at)\b")


@pytest.fixture
def workspace(tmp_path):
    def make(strategy):
        root = tmp_path / "work"
        root.mkdir(exist_ok=True)
        (root / "strategy.toml").write_text(strategy, encoding="utf-8")
        made = Workspace(root)
        if not made.has_store:
            path = tmp_path / "support.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADER, *lines()])
            assert [each.status for each in made.import_(path)] == ["imported"]
        return Workspace(root)

    return make


def asked(workspace):
    """Every metric of every pack that is here, and formulas over every role."""
    metrics = {id_: metric.formula.text for id_, metric in workspace.catalogue.metrics.items()}
    return metrics | {formula: formula for formula in FORMULAS}


def readings(workspace, what):
    rows = workspace.measure(*what).frame.iter_rows(named=True)
    return {row["metric"]: (row["state"], row["reason"], row["value"]) for row in rows}


def test_no_number_of_any_pack_is_a_false_zero_where_names_are_mistyped(workspace):
    made = workspace(TYPO)
    everything = asked(made)
    found = readings(made, everything)
    assert found.keys() >= everything.keys()
    about = {name for name, formula in everything.items() if ROLE.search(formula)}
    assert len(about) >= len(FORMULAS) + 15, "packs ask of roles"
    assert {name: told for name, told in found.items() if name in about and told[2] is not None} == {}
    because = {name: found[name][1] for name in FORMULAS}
    assert {name: why for name, why in because.items() if not re.search(r"\broles\.(unmatched|unknown)", why)} == {}


def test_the_same_numbers_are_there_once_the_names_are_right(workspace):
    found = readings(workspace(RIGHT), FORMULAS)
    values = {name: round(found[name][2], 4) for name in FORMULAS if found[name][2] is not None}
    assert values["count(posts, rival)"] == len(DAYS)
    assert values["share(posts, staff)"] == 0.25
    assert values["share(posts, rival, of=ours or rival)"] == 0.5
    assert values["share(acts, other_staff, of=act == 'reply')"] == 0, "nobody answered us: a true zero"
    named = re.compile(r"\bmember|other_member|'(?:leader|advocate|customer|voice)'")
    assert {name for name in FORMULAS if found[name][1].startswith("roles.")} == set(filter(named.search, FORMULAS))

"""JSON files that hold several lists: the one with times and texts is taken, and it is said which there are."""

import json

import pytest

from smmetrics.cli.main import main

MESSAGES = [
    {
        "id": 9000 + n,
        "created_at": f"2026/03/{n + 1:02} 10:00:00 +0000",
        "sender_id": n % 2,
        "body": {"plain": f"this is the message {n}", "parsed": f"this is [[message:{n}]]"},
        "liked_by": {"count": n},
    }
    for n in range(5)
]
REFERENCES = [
    *({"type": "topic", "id": n, "name": f"topic{n}", "permalink": f"topic{n}"} for n in range(4)),
    *({"type": "user", "id": n, "full_name": f"Somebody {n}", "job_title": "gives a hand"} for n in range(2)),
    {"type": "thread", "id": 3, "thread_starter_id": 9000, "created_at": "2026/03/01 10:00:00 +0000"},
]


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / "messages.json"
    path.write_text(json.dumps({"references": REFERENCES, "messages": MESSAGES, "meta": {"ymodules": [{"id": "a"}]}}))
    return path


def test_the_list_of_what_was_said_is_taken_and_the_others_are_named(run, answer):
    said = run("map", answer)
    assert "messages (5), references (7), meta.ymodules (1)" in said
    assert "--part references" in said
    assert "ours = false" in said
    (told,) = json.loads(run("map", answer, "--json"))
    assert (told["records"], told["kept"]) == (5, 5)
    targets = {each["header"]: each["to"] for each in told["columns"]}
    assert targets["body.plain"] == "posts.text"
    assert targets["created_at"] == "posts.created_at"
    assert told["open"] == [each for each in told["open"] if "--platform" in each]


def test_another_list_may_be_said_and_has_a_mapping_of_its_own(run, answer):
    run("map", answer, "--platform", "tulip", "--accept")
    (other,) = json.loads(run("map", answer, "--part", "references", "--json"))
    assert (other["name"], other["records"]) == ("messages_references", 7)
    assert json.loads(run("import", answer, "--json"))[0]["kept"] == 5


def test_a_kept_mapping_of_another_list_is_still_that_of_its_list(run, answer):
    run("map", answer, "--part", "references", "--name", "messages")
    (told,) = json.loads(run("map", answer, "--json"))
    assert told["records"] == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"a": 1, "b": 2}]\n\nmade by zed\n', "behind the end of its data, in line 3, with 'made by zed'"),
        ('{"rows": [{"a": 1}]}\n{"rows": [{"a": 2}]}', "behind the end of its data, in line 2"),
        ('{"rows": [{"a": 1},\n]}', "is no sound JSON: expecting value in line 2, where stands ']}'"),
    ],
    ids=["words behind", "twice", "a comma too much"],
)
def test_json_that_is_not_sound_is_refused_by_what_stands_where(tmp_path, capsys, text, words):
    (tmp_path / "odd.json").write_text(text)
    assert main(["-w", str(tmp_path / "work"), "map", str(tmp_path / "odd.json")]) == 4
    assert words in capsys.readouterr().err


def test_texts_of_two_words_are_no_ids(run, tmp_path):
    rows = "2026-01-05,Instagram,Hello #spring,1\n2026-01-06,X,Come along,2\n"
    (tmp_path / "plan.csv").write_text(f"Date,Platform,Content,Likes\n{rows}")
    (told,) = json.loads(run("map", tmp_path / "plan.csv", "--json"))
    assert {each["header"]: each["to"] for each in told["columns"]}["Content"] == "posts.text"


def test_what_a_mapping_would_set_aside_is_said_in_words(run, tmp_path):
    table = "Data;Wizyty;Polubienia\n13.01.2026;święto;3\n14.01.2026;żółw;4\n"
    (tmp_path / "dane.csv").write_bytes(table.encode("cp1250"))
    said = run("map", tmp_path / "dane.csv")
    assert "2 of 2 records would be set aside; the first: the record holds bytes that are no text" in said

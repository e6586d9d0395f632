"""SQL finds rows, and only that: whatever could put rows together is refused, with the formula to ask instead."""

from __future__ import annotations

import json
import sqlite3

import pytest

from smmetrics.cli.main import main
from smmetrics.workspace import Workspace, init
from smmetrics.workspace.finding_rows import FUNCTIONS


@pytest.fixture
def filled(run, posts_file, tmp_path):
    init(tmp_path / "work")
    run("import", posts_file)
    return run


@pytest.fixture
def refusal(tmp_path, capsys):
    """What is said of a query that is refused."""
    init(tmp_path / "work")

    def refused(query):
        assert main(["-w", str(tmp_path / "work"), "sql", query]) == 2
        return capsys.readouterr().err

    return refused


QUERIES = [
    "SELECT post_id, likes FROM posts WHERE likes > 10 ORDER BY likes DESC, post_id LIMIT 5",
    "SELECT post_id, reach, impressions FROM posts ORDER BY post_id;",
    "SELECT DISTINCT kind FROM posts ORDER BY kind",
    "SELECT upper(kind) AS k, coalesce(likes, 0) + 1 AS l FROM posts AS p WHERE kind IN ('post', 'reply') ORDER BY l, k",
    "SELECT CASE WHEN likes > 3 THEN 'many' ELSE 'few' END AS how FROM posts ORDER BY post_id",
    "SELECT post_id FROM posts WHERE NOT (likes BETWEEN 1 AND 5) AND kind = 'it''s' ORDER BY post_id",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_are_those_that_another_database_finds(filled, query):
    rows = json.loads(filled("table", "posts", "--json"))
    names = ("post_id", "likes", "reach", "impressions", "kind")
    other = sqlite3.connect(":memory:")
    other.execute(f"CREATE TABLE posts ({', '.join(names)})")
    other.executemany("INSERT INTO posts VALUES (?, ?, ?, ?, ?)", [[row[name] for name in names] for row in rows])
    expected = [list(row) for row in other.execute(query)]
    assert [list(row.values()) for row in json.loads(filled("sql", query, "--json"))] == expected


SUMS = (
    "SELECT sum(reach) FROM posts", "SELECT SUM (likes) FROM posts", 'SELECT "sum"(likes) FROM posts',
    "SELECT count(*) FROM posts", "SELECT avg(likes) FROM posts", "SELECT kind, max(likes) FROM posts GROUP BY kind",
    "SELECT kind FROM posts GROUP BY kind", "SELECT a.likes FROM posts a, posts b",
    "SELECT likes FROM posts JOIN acts USING (post_id)", "SELECT likes FROM posts NATURAL JOIN acts",
    "SELECT likes FROM posts UNION ALL SELECT likes FROM posts", "SELECT r FROM (SELECT reach AS r FROM posts)",
    "WITH p AS (SELECT reach FROM posts) SELECT reach FROM p", "SELECT (SELECT sum(likes) FROM posts) FROM posts",
    "SELECT sum(likes) OVER (ORDER BY post_id) FROM posts", "SELECT likes + lag(likes) OVER () FROM posts",
    "SELECT array_agg(likes) FROM posts", "SELECT quantile_cont(likes, 0.5) FROM posts", "SELECT first(likes) FROM posts",
    "SELECT likes FROM posts -- JOIN acts", "SELECT likes /* sum( */ FROM posts", "SELECT likes::text FROM posts",
    "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM 'posts.parquet'", "SELECT likes FROM posts; DROP TABLE posts",
    "DROP TABLE posts", "UPDATE posts SET likes = 1", "SELECT 1", "", "SELECT likes FROM", "SELECT `likes` FROM posts",
    "SELECT * EXCLUDE (likes) FROM posts", "SELECT COLUMNS('likes') FROM posts", "SELECT $$x$$ FROM posts",
)  # fmt: skip


@pytest.mark.parametrize("query", SUMS)
def test_what_does_more_than_find_rows_is_refused_before_anything_is_read(run, tmp_path, monkeypatch, query):
    init(tmp_path / "work")
    monkeypatch.setattr("smmetrics.workspace.finding_rows.table", lambda *_, **__: pytest.fail("rows were read"))
    said = run("sql", query, code=2)
    assert said == ""


def test_the_answer_names_the_formula_to_ask(refusal):
    said = refusal("SELECT sum(reach) FROM posts")
    assert "sum puts rows together" in said
    assert 'measure "sum(posts.likes, ours)"' in said


@pytest.mark.usefixtures("filled")
def test_no_function_of_the_list_puts_rows_together(tmp_path):
    """Each gives as many rows as it reads."""
    work = Workspace(tmp_path / "work")
    number = work.table("posts", columns=("post_id",)).height
    calls = (
        "abs(likes)", "cast(likes AS varchar)", "ceil(likes)", "coalesce(likes, 0)", "concat(post_id, kind)",
        "date_part('year', created_at)", "ends_with(kind, 't')", "floor(likes)", "greatest(likes, 3)", "least(likes, 3)",
        "left(kind, 1)", "length(kind)", "lower(kind)", "nullif(likes, 3)", "replace(kind, 'p', 'b')", "right(kind, 1)",
        "round(likes)", "starts_with(kind, 'p')", "strftime(created_at, '%Y')", "substr(kind, 1, 2)", "trim(kind)",
        "try_cast(kind AS int)", "upper(kind)",
    )  # fmt: skip
    assert {call.partition("(")[0] for call in calls} == FUNCTIONS
    for call in calls:
        assert work.sql(f"SELECT {call} AS x FROM posts").height == number > 1, call


def test_rows_that_nobody_may_see_are_not_found(filled, samples, tmp_path):
    filled("import", *samples.glob("*.WordPress.*.xml"))
    assert not all(Workspace(tmp_path / "work").sql("SELECT ours FROM posts").get_column("ours"))
    path = tmp_path / "work" / "strategy.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\n[audiences.staff]\nwho = "colleagues"\ninside = true\n[privacy]\nsmallest_group = 10\n',
        encoding="utf-8",
    )
    work = Workspace(tmp_path / "work")
    shown = work.table("posts", columns=("post_id", "ours"))
    found = work.sql("SELECT post_id, ours FROM posts")
    assert found.equals(shown)
    assert found.height > 0
    assert all(found.get_column("ours"))


def test_an_unknown_column_is_said_with_where_to_look(refusal):
    said = refusal("SELECT nope FROM posts")
    assert '"nope"' in said
    assert "table posts --limit 0" in said
    assert "posts" in refusal("SELECT likes FROM pots")

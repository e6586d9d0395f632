"""`smmetrics plugins`: list, show, doctor."""

from __future__ import annotations

import json
import sys

import pytest

from smmetrics.cli.main import main
from smmetrics.cli.offers import in_formulas

COLUMNS = 'columns=(Column(names=("Id",), fact="posts.post_id"),),'
HOOKS = """
from smmetrics.api import About, Capability, Column, Gap, Platform, Source, hookimpl

@hookimpl
def smmetrics_about():
    return About(name="NAME", title="Tulips\\x1b[31m", api=1, licence="Apache-2.0")

@hookimpl
def smmetrics_sources():
    return [
        Platform(id="NAME", title="Tulip", access="export_only"),
        Source(kind="posts", platform="NAME", table="posts", title="Posts", container="csv",
               how_to_get="Settings, Export", takes="all posts", columns=(Column(names=("Id",), fact="posts.post_id"),),
               can=(Capability(fact="posts.text", native="Text", history_days=90, meaning="cut"),), cannot=(Gap(fact="posts.person", why="not told"),)),
    ]
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("SMMETRICS_PLUGINS", raising=False)

    def put(name, code=HOOKS):
        info = tmp_path / f"zz_{name}-2.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: zz-{name}\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[smmetrics.plugins]\n{name} = zz_{name}\n")
        (tmp_path / f"zz_{name}.py").write_text(code.replace("NAME", name))

    yield put
    for name in [name for name in sys.modules if name.startswith("zz_")]:
        del sys.modules[name]


def run(capsys, *words):
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_list_shows_what_is_installed(install, capsys):
    install("tulip")
    code, out, _ = run(capsys, "plugins", "list")
    assert code == 0
    line = next(line for line in out.splitlines() if line.startswith("tulip"))
    assert line.split() == ["tulip", "zz-tulip", "2.1", "found"]


def test_list_as_json_is_one_array(install, capsys):
    install("tulip")
    _, out, _ = run(capsys, "plugins", "list", "--json")
    row = next(row for row in json.loads(out) if row["name"] == "tulip")
    assert row == {"name": "tulip", "distribution": "zz-tulip", "version": "2.1", "status": "found", "note": ""}


@pytest.mark.parametrize("words", [("--no-plugins", "plugins", "list"), ("plugins", "list", "--no-plugins")])
def test_no_plugins_switches_all_off(install, capsys, words):
    install("tulip")
    _, out, _ = run(capsys, *words, "--json")
    assert {row["status"] for row in json.loads(out)} == {"off"}


def test_a_name_that_nobody_offers_is_said(install, capsys, monkeypatch):
    install("tulip")
    monkeypatch.setenv("SMMETRICS_PLUGINS", "tulip,tullip")
    _, out, err = run(capsys, "plugins", "list")
    assert "no installed plugin is named tullip" in err
    assert "tullip" not in out


def test_show_says_what_a_plugin_can_and_cannot(install, capsys):
    install("tulip")
    code, out, _ = run(capsys, "plugins", "show", "tulip")
    assert code == 0
    assert "source tulip.posts: Posts" in out
    assert "how to get it: Settings, Export" in out
    assert "can: posts.text" in out
    assert "posts.text: cut; history days: 90" in out
    assert "cannot: posts.person (not told)" in out
    assert "\x1b" not in out


def test_show_says_what_formulas_call_facts_that_they_do_not_know_by_name():
    facts = ("visits.date", "visits.visits", "visits.channel", "breakdowns.number", "gifts.amount")
    assert in_formulas(facts) == {"visits.date": "visits.created_on", "visits.visits": "count(visits)"}


def test_show_as_json_holds_the_same(install, capsys):
    install("tulip")
    _, out, _ = run(capsys, "plugins", "show", "tulip", "--json")
    shown = json.loads(out)
    claim = {"fact": "posts.text", "native": "Text", "meaning": "cut", "history_days": 90}
    assert shown["sources"][0]["can"] == [claim]
    assert shown["sources"][0]["cannot"] == [{"fact": "posts.person", "why": "not told"}]
    assert shown["platforms"][0]["access"] == "export_only"


def test_show_of_an_unknown_plugin_offers_the_nearest(install, capsys):
    install("tulip")
    code, _, err = run(capsys, "plugins", "show", "tulpi")
    assert code == 2
    assert "Did you mean 'tulip'?" in err


def test_show_of_a_failing_plugin_says_why(install, capsys):
    install("tulip", "raise RuntimeError('boom')")
    code, out, _ = run(capsys, "plugins", "show", "tulip")
    assert code == 5
    assert "RuntimeError: boom" in out


def doctored(capsys, monkeypatch, *names):
    monkeypatch.setenv("SMMETRICS_PLUGINS", ",".join(names))
    code, out, _ = run(capsys, "plugins", "doctor", "--json")
    return code, {row["name"]: row for row in json.loads(out)}


def test_doctor_finds_nothing_wrong_with_a_healthy_plugin(install, capsys, monkeypatch):
    install("tulip")
    code, rows = doctored(capsys, monkeypatch, "tulip")
    assert code == 0
    assert rows["tulip"]["status"] == "loaded"
    assert rows["tulip"]["findings"] == []
    assert 0 < rows["tulip"]["milliseconds"] < 5000


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("raise RuntimeError('boom')", "import: RuntimeError: boom"),
        ("import polars" + HOOKS, "importing it pulls in polars"),
        (HOOKS.replace("api=1", "api=99"), "interface 99"),
        (HOOKS.replace("smmetrics_sources", "smmetrics_source"), "did you mean smmetrics_sources?"),
        (HOOKS.replace(COLUMNS, "load='zz_tulip:read',"), "zz_tulip:read"),
        (HOOKS.replace("takes=", "load='zz_tulip:read', takes="), "columns beside load"),
    ],
)
def test_doctor_names_what_is_wrong_and_exits_1(install, capsys, monkeypatch, code, finding):
    install("tulip", code)
    exit_code, rows = doctored(capsys, monkeypatch, "tulip")
    assert exit_code == 1
    assert finding in "; ".join(rows["tulip"]["findings"])


METRICS = """
from smmetrics.api import Calculator, Metric

def metric(name, formula, unit="count", **more):
    return Metric(id=name, version="1.0", title="T", question="Q?", formula=formula, unit=unit, better="none",
                  level="output", **more)

@hookimpl
def smmetrics_metrics():
    return METRICS

@hookimpl
def smmetrics_calculators():
    return CALCULATORS
"""


def defining(metrics="[]", calculators="[]"):
    return HOOKS + METRICS.replace("METRICS", metrics).replace("CALCULATORS", calculators)


SOURCE = 'kind="posts", platform="NAME"'


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        (HOOKS.replace('fact="posts.post_id"', 'fact="posts.petals"'), "has a column for 'posts.petals', which is no"),
        (
            HOOKS.replace('fact="posts.text"', 'fact="posts.texd"'),
            "claims the fact 'posts.texd', which is unknown. Did",
        ),
        (
            HOOKS.replace('fact="posts.post_id"', 'fact="posts.account_id"'),
            "reads posts.account_id and says nothing of",
        ),
        (HOOKS.replace(SOURCE, 'kind="posts", platform="rose"'), "belongs to the platform 'rose', which no plugin"),
        (HOOKS.replace("    ]\n", "    ] * 2\n"), "The source 'tulip.posts' is defined twice"),
        (defining('[metric("tulip.reached", "sum(posts.reach)")]'), "the metric tulip.reached is left out"),
        (defining('[metric("tulip.fans", "sum(account_counts.followers)")]'), "the metric tulip.fans is left out"),
        (defining('[metric("tulip.all", "sum(posts.petals)")]'), "petals"),
        (defining('[metric("tulip.all", "count(posts)", "money")]'), "it declares the unit 'money'"),
        (defining('[metric("tulip.all", "count(posts)")] * 2'), "The metric 'tulip.all' is defined twice"),
        (defining('[metric("rose.all", "count(posts)")]'), "the metric rose.all is left out: its id does not begin"),
        (
            defining('[metric("tulip.all", "count(posts)", guards=("tulip.none",))]'),
            "names 'tulip.none', which its pack",
        ),
        (
            defining(calculators='[Calculator(produces="tulip_odd", needs=("posts",), load="json:loads")]'),
            "'tulip_odd'",
        ),
    ],
)
def test_doctor_says_what_is_wrong_with_what_a_plugin_defines(install, capsys, monkeypatch, code, finding):
    install("tulip", code)
    exit_code, rows = doctored(capsys, monkeypatch, "tulip")
    assert exit_code == 1
    assert finding in "; ".join(rows["tulip"]["findings"])


def test_doctor_sees_two_plugins_that_claim_one_platform(install, capsys, monkeypatch):
    install("tulip")
    install("rose", HOOKS.replace('id="NAME"', 'id="tulip"'))
    code, rows = doctored(capsys, monkeypatch, "tulip", "rose")
    assert code == 1
    assert "zz-rose claims it too; neither is used. Uninstall one" in rows["tulip"]["findings"][0]
    assert rows["rose"]["status"] == "clash"


@pytest.mark.parametrize("words", [("import", "--dry-run"), ("sniff",)])
def test_two_distributions_with_one_source_are_named_where_its_files_are_read(
    install, capsys, monkeypatch, tmp_path, words
):
    install("tulip")
    taken = HOOKS.replace('platform="NAME"', 'platform="tulip"').replace('Platform(id="NAME"', 'Platform(id="rose"')
    install("rose", taken)
    monkeypatch.setenv("SMMETRICS_PLUGINS", "tulip,rose")
    file = tmp_path / "posts.csv"
    file.write_text("Id\n1\n")
    _, _, err = run(capsys, "-w", str(tmp_path), *words, str(file))
    assert "'tulip.posts' is defined by zz-rose 2.1 and zz-tulip 2.1: neither is used. Uninstall one" in err
    assert err.count("tulip.posts") == 1


def test_doctor_shows_the_traceback(install, capsys, monkeypatch):
    install("tulip", "raise RuntimeError('boom')")
    monkeypatch.setenv("SMMETRICS_PLUGINS", "tulip")
    code, out, _ = run(capsys, "plugins", "doctor")
    assert code == 1
    assert "zz_tulip.py" in out


def test_a_broken_plugin_is_one_line_of_warning_and_harms_no_command(install, capsys, monkeypatch):
    install("tulip", "print('hello')\nraise RuntimeError('boom')")
    monkeypatch.setenv("SMMETRICS_PLUGINS", "tulip")
    code, out, err = run(capsys, "metrics", "--json")
    assert code == 0
    assert json.loads(out) == []
    warnings = [line for line in err.splitlines() if line.startswith("Warning")]
    assert warnings == ["Warning: 1 plugin not used: tulip (import: RuntimeError: boom). See: smmetrics plugins doctor"]


def test_no_plugins_warns_of_none(install, capsys):
    install("tulip", "raise RuntimeError('boom')")
    code, out, err = run(capsys, "--no-plugins", "metrics", "--json")
    assert (code, json.loads(out), err) == (0, [], "")

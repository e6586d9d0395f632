"""A sound source keeps its promises, and each way of breaking one is caught."""

from __future__ import annotations

import sys
from dataclasses import replace

import polars as pl
import pytest

from smmetrics.testing import AdapterPromises, damage, samples
from smmetrics.testing.subject import subject

HOOKS = """
import csv, random
from datetime import timedelta
from smmetrics.api import About, Capability, Column, Gap, Platform, Sample, Signature, Source, hookimpl

COLUMNS = (
    Column(names=("Tulip ID",), fact="posts.post_id", parse="id", required=True),
    Column(names=("Posted",), fact="posts.created_at", parse="instant %Y-%m-%dT%H:%M:%SZ"),
    Column(names=("Text",), fact="posts.text"),
    Column(names=("Petals",), fact="post_counts.likes", parse="int"),
)
POSTS_CAN = (
    Capability(fact="posts.created_at", native="Posted", grain="event"),
    Capability(fact="posts.text", native="Text", grain="event"),
    Capability(fact="post_counts.likes", native="Petals"),
)
POSTS = Source(**{**dict(
    kind="posts", platform="tulip", table="posts", title="Tulip, all posts", container="csv",
    how_to_get="Tulip, Settings, Your data, Download posts.", takes="All posts since the account began.",
    signature=Signature(required=("Tulip ID", "Posted", "Petals")), constants=(("kind", "post"),),
    columns=COLUMNS,
    covers=("posts", "post_counts"),
    can=POSTS_CAN,
    cannot=(Gap(fact="posts.person", why="The file holds the account's own posts only."),),
), **CHANGES})

@hookimpl
def smmetrics_about():
    return About(name="tulip", title="Tulip", api=1, licence="MIT")

@hookimpl
def smmetrics_sources():
    return (Platform(id="tulip", title="Tulip", access="export_only"), POSTS)

@hookimpl
def smmetrics_samples():
    return (Sample(name="tulip", title="Made up", load=__name__ + ":write"),)

def write(folder, seed, start, months):
    dice = random.Random(SEED)
    path = folder / "tulips.csv"
    with path.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\\n")
        table.writerow(["Tulip ID", "Posted", "Text", "Petals"])
        for n in range(40):
            day = start + timedelta(days=dice.randrange(30 * months))
            table.writerow([1790000000000000000 + n, f"{day}T10:00:00Z", f"tulip, {n}", dice.randrange(50)])
    return [path]
"""


@pytest.fixture
def tulip(tmp_path, monkeypatch):
    """Write the plugin, changed; give it and the kit's own fixtures."""
    monkeypatch.syspath_prepend(tmp_path)
    made = []

    def write(changes="", seed="seed"):
        name = f"zz_tulip{len(made)}_{abs(hash(tmp_path)) % 10**9}"
        made.append(name)
        (tmp_path / f"{name}.py").write_text(HOOKS.replace("CHANGES", f"dict({changes})").replace("SEED", seed))
        smm = subject(name)
        assert smm.state.error == ""
        drawn = samples.draw(smm, tmp_path / f"drawn{len(made)}")
        return smm, drawn, samples.read(smm, drawn, tmp_path / f"copies{len(made)}", {})

    yield write
    for name in made:
        sys.modules.pop(name, None)


def broken(promise, *given):
    with pytest.raises(AssertionError) as raised:
        promise(*given)
    return str(raised.value)


def test_a_sound_source_keeps_its_promises(tulip, tmp_path, tmp_path_factory):
    smm, drawn, results = tulip()
    kit = AdapterPromises()
    kit.test_smm20_sources_belong_to_a_platform(smm)
    kit.test_smm21_claims_name_known_facts(smm)
    kit.test_smm22_nothing_is_both_in_can_and_cannot(smm)
    kit.test_smm23_says_how_to_get_its_files(smm)
    kit.test_smm24_same_seed_same_bytes(smm, drawn, tmp_path_factory)
    kit.test_smm25_every_source_recognises_its_sample(smm, results)
    kit.test_smm26_nothing_is_lost(results)
    kit.test_smm27_claims_show_in_the_sample(smm, results)
    kit.test_smm28_schema_is_exact(smm, results)
    kit.test_smm29_reading_twice_gives_the_same(smm, drawn, results, tmp_path)
    kit.test_smm30_spans_are_half_open(results)
    kit.test_smm31_damage_is_said(smm, results, tmp_path)
    kit.test_smm32_an_empty_file_holds_no_rows(smm, results, tmp_path)
    kit.test_smm33_keys_stay_out_of_what_is_kept(results)
    kit.test_smm34_what_is_read_is_claimed(smm)
    kit.test_smm35_people_are_pseudonyms(smm, results)
    (result,) = results.values()
    assert (result.status, result.records_in, result.kept) == ("read", 40, 40)


@pytest.mark.parametrize(
    ("changes", "promise", "words"),
    [
        ("platform='rose'", "test_smm20_sources_belong_to_a_platform", "no Platform 'rose'"),
        (
            "can=(Capability(fact='posts.petals', native='P'),)",
            "test_smm21_claims_name_known_facts",
            "'posts.petals' is no known fact",
        ),
        (
            "cannot=(Gap(fact='posts.petals', why='w'),)",
            "test_smm21_claims_name_known_facts",
            "'posts.petals' is no known fact",
        ),
        ("constants=(('petal', 'p'),)", "test_smm21_claims_name_known_facts", "the constant 'petal'"),
        ("covers=('petals',)", "test_smm21_claims_name_known_facts", "'petals', which is no table"),
        (
            "cannot=(Gap(fact='posts.text', why='w'),)",
            "test_smm22_nothing_is_both_in_can_and_cannot",
            "posts.text stands in can and in cannot",
        ),
        ("how_to_get='Export.'", "test_smm23_says_how_to_get_its_files", "how_to_get is 'Export.'"),
    ],
)
def test_what_a_source_says_wrongly_is_caught_without_reading(tulip, changes, promise, words):
    smm, _, _ = tulip(changes)
    assert words in broken(getattr(AdapterPromises(), promise), smm)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("fact='posts.language', native='L'", "claims posts.language; no row of its sample has it"),
        ("fact='post_counts.likes', native='P', scope='paid'", "for scope paid; its sample shows total"),
        ("fact='post_counts.likes', native='P', grain='day'", "per day; its sample shows lifetime"),
    ],
)
def test_a_claim_that_the_sample_does_not_show_breaks_smm27(tulip, claim, words):
    smm, _, results = tulip(f"can=(Capability({claim}),)")
    assert words in broken(AdapterPromises().test_smm27_claims_show_in_the_sample, smm, results)


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ("can=POSTS_CAN[:2]", "post_counts.likes"),
        ("columns=(*COLUMNS, Column(names=('Garden',), fact='posts.account_id'))", "posts.account_id"),
    ],
)
def test_a_column_that_is_neither_claimed_nor_a_gap_breaks_smm34(tulip, changes, fact):
    smm, _, _ = tulip(changes)
    assert f"tulip.posts reads {fact} and says nothing of it" in broken(
        AdapterPromises().test_smm34_what_is_read_is_claimed, smm
    )


def test_names_in_clear_break_smm35(tulip):
    smm, _, results = tulip()
    (path, result), *_ = results.items()
    frames = dict(result.frames)
    told = replace(result, frames={**frames, "posts": frames["posts"].with_columns(person=pl.lit("ada"))})
    promise = AdapterPromises().test_smm35_people_are_pseudonyms
    assert "tulips.csv: posts names people in clear" in broken(promise, smm, {path: told})
    fine = {**frames, "posts": frames["posts"].with_columns(person=pl.lit("0123456789abcdef"))}
    promise(smm, {path: replace(result, frames=fine)})


@pytest.mark.parametrize(
    ("seed", "words"), [("None", "one seed, two outputs"), ("7", "another seed gives the same files")]
)
def test_a_generator_that_ignores_its_seed_breaks_smm24(tulip, tmp_path_factory, seed, words):
    smm, drawn, _ = tulip(seed=seed)
    assert words in broken(AdapterPromises().test_smm24_same_seed_same_bytes, smm, drawn, tmp_path_factory)


def test_a_signature_that_does_not_know_its_file_breaks_smm25(tulip):
    smm, _, results = tulip("signature=Signature(required=('Rose ID',))")
    assert "tulip.posts has no sample file" in broken(
        AdapterPromises().test_smm25_every_source_recognises_its_sample, smm, results
    )


def test_damage_is_never_at_the_edge_of_a_line():
    raw = b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(100))
    kinds = {what: broken_ for what, broken_, _ in damage.damaged(raw)}
    assert not kinds["cut in the middle"].endswith(b"\n")
    assert raw.startswith(kinds["cut in the middle"])
    assert all(each != raw for each in kinds.values())
    assert len(kinds) == 5

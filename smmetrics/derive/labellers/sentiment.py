"""Whether a text is kind: it counts words of a small list, turned round by a *not* shortly before them.

Weak, and it says so: it knows nothing of irony, of what the words are about, or of languages but English and German.
"""

from __future__ import annotations

import polars as pl

from smmetrics.api.labellers import SENTIMENTS
from smmetrics.derive.labellers.words import in_language, listed, tokens

BEFORE = 3
"""Words before a word in which a *not* turns it round."""
NEGATIVE, NEUTRAL, POSITIVE = SENTIMENTS
KIND: dict[str, str] = {
    "en": (
        "good great love loved loves lovely excellent amazing awesome brilliant wonderful fantastic perfect best "
        "better happy glad thanks thank thankful grateful helpful kind friendly nice beautiful enjoy enjoyed enjoying "
        "fun pleased recommend recommended impressed super delicious quick easy fast reliable works solved fixed "
        "congratulations congrats well favourite favorite superb gorgeous delighted excited exciting inspiring yay "
        "bravo cool smooth proud"
    ),
    "de": (
        "gut gute guten guter gutes toll tolle toller tolles super schön schöne schönen schöner schönes klasse prima "
        "wunderbar großartig großartige perfekt liebe lieben geliebt danke dankeschön vielen freue freuen freut froh "
        "glücklich hilfreich freundlich freundliche nett nette begeistert empfehlen empfehlenswert lecker schnell "
        "einfach beste besten bester besser spitze herrlich hübsch gelungen geholfen gelöst glückwunsch spaß "
        "lieblings fantastisch zufrieden stolz"
    ),
}
UNKIND: dict[str, str] = {
    "en": (
        "bad worse worst terrible awful horrible hate hated hates poor disappointed disappointing disappointment "
        "annoying annoyed angry sad useless broken rude slow wrong problem problems issue fail failed failing fails "
        "rubbish garbage scam unacceptable ridiculous disgusting ugly boring frustrating frustrated waste wasted "
        "unhelpful ignored dirty expensive overpriced damaged dead died dying faulty late missing never nightmare "
        "pathetic sorry sucks unhappy upset complaint complain crash crashed crashes refund rotten joke lost worried"
    ),
    "de": (
        "schlecht schlechte schlechten schlechter schlechtes schlimm schlimmer furchtbar schrecklich hasse hassen "
        "enttäuscht enttäuschend enttäuschung nervt nervig ärgerlich verärgert sauer traurig nutzlos kaputt "
        "unfreundlich langsam falsch problem probleme fehler mist müll abzocke unverschämt unverschämtheit lächerlich "
        "eklig hässlich langweilig frustrierend verschwendung ignoriert dreckig teuer überteuert beschädigt tot "
        "eingegangen defekt spät fehlt nie katastrophe peinlich leider unzufrieden beschwerde erstattung verfault "
        "verloren schade schlechteste blöd"
    ),
}
NOT: dict[str, str] = {
    "en": (
        "not no never don't doesn't didn't isn't wasn't aren't weren't won't wouldn't can't couldn't without hardly "
        "nothing nobody dont doesnt didnt isnt wasnt cant wont"
    ),
    "de": "nicht kein keine keinen keinem keiner nie niemals ohne kaum nichts weder",
}


def _scores() -> pl.DataFrame:
    """language, word, score: 1 for a kind word, -1 for an unkind one."""
    rows = [
        (language, word, score)
        for lists, score in ((KIND, 1), (UNKIND, -1))
        for language, words in lists.items()
        for word in listed(words)
    ]
    return pl.DataFrame(rows, schema={"language": pl.String(), "word": pl.String(), "score": pl.Int64()}, orient="row")


def _denials() -> pl.DataFrame:
    rows = [(language, word, True) for language, words in NOT.items() for word in listed(words)]
    return pl.DataFrame(
        rows, schema={"language": pl.String(), "word": pl.String(), "denies": pl.Boolean()}, orient="row"
    )


def _denied(step: int) -> pl.Expr:
    """Whether the word so many before this one, in the same text, denies."""
    same = pl.col("i") == pl.col("i").shift(step)
    return (same & pl.col("denies").shift(step)).fill_null(value=False)


def label(posts: pl.DataFrame) -> pl.DataFrame:
    """Positive, neutral or negative; null in languages it does not know, and where the language is not known."""
    tongue = pl.col("language").str.to_lowercase().str.slice(0, 2)
    spoken = posts.select(language=pl.when(in_language("en", "de")).then(tongue)).with_row_index("i")
    said = tokens(posts).join(spoken, on="i", maintain_order="left")
    rated = said.join(_scores(), on=["language", "word"], how="left", maintain_order="left").join(
        _denials(), on=["language", "word"], how="left", maintain_order="left"
    )
    turned = (
        pl.when(pl.any_horizontal(_denied(step) for step in range(1, BEFORE + 1)))
        .then(-pl.col("score"))
        .otherwise(pl.col("score"))
    )
    heard = rated.with_columns(score=turned).filter(pl.col("score").is_not_null())
    summed = heard.group_by("i").agg(balance=pl.col("score").sum(), words=pl.len())
    rows = spoken.with_columns(posts.get_column("text")).join(summed, on="i", how="left", maintain_order="left")
    balance, count = pl.col("balance").fill_null(0), pl.col("words").fill_null(0)
    known = pl.col("text").is_not_null() & pl.col("language").is_not_null()
    value = (
        pl.when(balance > 0).then(pl.lit(POSITIVE)).when(balance < 0).then(pl.lit(NEGATIVE)).otherwise(pl.lit(NEUTRAL))
    )
    sure = pl.when(count == 0).then(0.5).when(balance == 0).then(0.35).otherwise(balance.abs() / (count + 0.7))
    return rows.select(value=pl.when(known).then(value), confidence=pl.when(known).then(sure))

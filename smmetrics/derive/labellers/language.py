"""Which of ten languages a text is in, by the small words that fill every text.

A word that several of them use counts for each in part; Japanese is told by its letters. Where the best language does
not stand out, lacks a letter of the text, or no small word occurs, the text is undetermined.
"""

from __future__ import annotations

import polars as pl

from smmetrics.api.labellers import UNDETERMINED
from smmetrics.derive.labellers.words import listed, plain, tokens

LEAST = 1.0
"""Weight of small words from which a language can be told."""
AHEAD = 1.3
"""How far the best must stand before the next."""
JAPANESE = r"[\p{Hiragana}\p{Katakana}]"
LETTERS = {
    "de": "äöüß", "en": "éèïç", "es": "áéíóúñü", "fr": "àâæçéèêëîïôœùûüÿ", "it": "àèéìíòóùú", "nl": "éèëïóöü",
    "pt": "áàâãçéêíóôõú", "tr": "çğıöşüâ", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}  # fmt: skip
"""Letters besides a to z; a text with another one is in another language."""
SMALL: dict[str, str] = {
    "en": (
        "in into too another every other over after before back people see make like one two first way time day last "
        "most each the and of to is are was were you your i it this that with for have has had not be been they we he "
        "she from at by an as but what how my our their there when who which will would can could do does did just "
        "about if or so out all more some any no than then them his her its i'm it's don't can't i've we're you're "
        "that's isn't didn't thanks thank please very much here why where good new now up get only also because "
        "anyone does"
    ),
    "de": (
        "in so man alle alles andere anderen beim ins gegen ohne vor seit jeder jede viele viel etwas nichts machen "
        "gehen der die das und ist nicht ein eine einen einem einer ich du er sie es wir ihr mit für auf zu den dem "
        "des im am von bei aus nach wie was wer wo wann warum haben hat habe sind war waren wird werden kann können "
        "auch noch nur schon aber oder wenn weil dass mein meine euer eure unser unsere sehr mehr heute hier gibt "
        "keine kein bitte danke gut mal mir mich dir dich uns euch sich über unter durch vom zum zur ihnen immer "
        "jetzt hallo"
    ),
    "es": (
        "a desde hasta entre antes después cada otro otra siempre así tan tanto donde quien alguien el la los las un "
        "una de del y que en no se por con para es son está están como más pero sus su me mi muy ya esta este eso qué "
        "cuándo dónde cómo gracias hola porque todo todos también hay fue tiene hoy nos lo al o si sí yo tú cuando "
        "nuestra nuestro puede han ser buenos sin sobre"
    ),
    "fr": (
        "à chez entre avant après chaque autre autres toujours ainsi rien quelque aujourd'hui beaucoup le la les un "
        "une des de du et est que en ne pas pour par avec sur dans ce cette ces il elle nous vous je tu on qui au aux "
        "mais ou où plus très son sa ses mon ma mes votre vos notre nos c'est j'ai n'est d'un d'une qu'il merci "
        "bonjour comment pourquoi sont été être avoir fait tout tous aussi bien si comme quand leur ont vraiment "
        "quelqu'un"
    ),
    "it": (
        "in a da tra fra prima dopo senza ogni altro altri tutte poi perche sempre cosi così il lo la gli le un una "
        "di del della dei delle e che in non si per con è sono come più ma mi ti ci vi anche questo questa quando "
        "dove perché grazie ciao molto nel nella al alla ho hai ha abbiamo tutti tutto quello solo già ancora essere "
        "fatto sul sulla dal dalla nostro nostra qualcuno se io voi noi oggi buongiorno cosa"
    ),
    "nl": (
        "in te uw alle alles andere tegen zonder voor sinds iedereen veel iets niets maken gaan de het een en van ik "
        "is dat niet die op te in je met voor zijn er aan wat maar om ook als bij nog naar heeft hebben wij jullie "
        "kan mijn hoe waar waarom wordt geen deze dit dan zo over uit heel veel bedankt graag we u uw heb ben was "
        "door wel nu iemand goed toch moet onze"
    ),
    "pt": (
        "desde entre antes depois cada outro outra sempre assim tão onde quem hoje o a os as um uma de do da dos das "
        "e que em não se por com para é são está como mais mas seu sua me meu minha muito já esta este isso quando "
        "onde porque obrigado obrigada olá no na nos nas ao à você vocês nós eu ele ela também tem foi ser hoje "
        "alguém pelo pela até sem nosso nossa tudo quem bom"
    ),
    "ru": (
        "и в не на я что он с как это а то все она так его но они мы вы к у же за бы по ты от из для меня мне был "
        "была есть нет да или если когда где почему очень спасибо пожалуйста здравствуйте привет ещё уже только там "
        "тут чтобы о нас вас кто можно сегодня"
    ),
    "tr": (
        "ve bir bu da de için ile çok ne var yok ben sen biz siz değil mi mı mu mü gibi daha en ama o şu kadar sonra "
        "nasıl neden nerede zaman teşekkürler merhaba evet hayır olarak olan benim bizim sizin lütfen bugün her şey "
        "ki"
    ),
}


def _weights() -> pl.DataFrame:
    """word, language, weight: one shared among the languages that use the word."""
    rows = [(word, language) for language, words in SMALL.items() for word in listed(words)]
    frame = pl.DataFrame(rows, schema={"word": pl.String(), "language": pl.String()}, orient="row")
    return frame.with_columns(weight=1 / pl.len().over("word"))


def _odd() -> pl.Expr:
    """Whether the text holds a letter that its likeliest language does not have."""
    letters = pl.col("_words").str.replace_all("[a-z ]+", "")
    odd = pl.lit(value=False)
    for language, more in LETTERS.items():
        odd = pl.when(pl.col("language") == language).then(letters.str.contains(f"[^{more}]")).otherwise(odd)
    return odd


def label(posts: pl.DataFrame) -> pl.DataFrame:
    """The language, and by how much it stands out; null without a text."""
    scored = tokens(posts).join(_weights(), on="word").group_by("i", "language").agg(pl.col("weight").sum())
    ranked = (
        scored.sort("i", "weight", "language", descending=[False, True, False])
        .group_by("i", maintain_order=True)
        .agg(
            pl.col("language").first(),
            pl.col("weight").first().alias("_best"),
            pl.col("weight").slice(1, 1).first().fill_null(0.0).alias("_next"),
            pl.col("weight").sum().alias("_all"),
        )
    )
    rows = (
        posts.select("text", _words=plain()).with_row_index("i").join(ranked, on="i", how="left", maintain_order="left")
    )
    japanese = pl.col("text").str.contains(JAPANESE)
    stands_out = (pl.col("_best") >= LEAST) & (pl.col("_best") >= AHEAD * pl.col("_next"))
    told = stands_out.fill_null(value=False) & ~_odd().fill_null(value=False)
    value = pl.when(japanese).then(pl.lit("ja")).when(told).then("language").otherwise(pl.lit(UNDETERMINED))
    sure = pl.when(japanese).then(0.95).when(told).then(pl.col("_best") / (pl.col("_all") + 0.5))
    known = pl.col("text").is_not_null()
    return rows.select(value=pl.when(known).then(value), confidence=pl.when(known).then(sure))

"""YouTube's words: which native count is which fact, in the languages whose headers are known.

English as in real exports; others as public readers of such exports name them. A count that
only YouTube has is a fact of this plugin (``youtube__…``), so that it never passes for something it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api import Capability, Column, Fact

if TYPE_CHECKING:
    from smmetrics.api.capability import CapabilityGrain
    from smmetrics.api.facts import Additivity, FactType, Unit

STUDIO = "real Studio exports, 2024 and 2025; public readers of German and Portuguese ones"
HOUR, HUNDREDTH = 3600.0, 0.01
ID = ("Content", "Videos", "Video", "Video ID", "Conteúdo", "Contenido", "Contenu", "コンテンツ", "콘텐츠")
TITLE = (
    "Video title",
    "Videotitel",
    "Título do vídeo",
    "Título del video",
    "Titre de la vidéo",
    "動画のタイトル",
    "동영상 제목",
)
PUBLISHED = (
    "Video publish time", "Veröffentlichungszeitpunkt des Videos", "Horário de publicação do vídeo",
    "Hora de publicación del video", "Heure de publication de la vidéo", "動画公開時刻",
)  # fmt: skip
LENGTH = ("Duration", "Dauer", "Duração", "Duración", "Durée", "長さ")
DAY = ("Date", "Datum", "Data", "Fecha", "日付", "날짜")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A native count: its names in files, the column it fills, and what YouTube means by it."""

    names: tuple[str, ...]
    column: str
    parse: str = "int"
    scale: float = 1.0
    negative: bool = False
    meaning: str = ""
    unit: Unit = "count"
    additivity: Additivity = "additive"

    def cell(self, table: str) -> Column:
        """The column of a file that holds this count."""
        return Column(
            names=self.names,
            fact=f"{table}.{self.column}",
            parse=self.parse,
            scale=self.scale,
            negative=self.negative,
        )

    def number(self) -> Column:
        """The same where each number of a record is a row of its own."""
        return Column(
            names=self.names,
            fact="breakdowns.number",
            parse=self.parse,
            scale=self.scale,
            negative=self.negative,
            sets=(("fact", self.column),),
        )

    def can(self, table: str, grain: CapabilityGrain) -> Capability:
        """What a source says of this count."""
        return Capability(
            fact=f"{table}.{self.column}", native=self.names[0], grain=grain, meaning=self.meaning, evidence=STUDIO
        )

    def fact(self, table: str) -> Fact:
        """The plugin's own column, for a count that the core does not have."""
        kind: FactType = "int" if self.parse == "int" else "number"
        return Fact(
            table=table,
            name=self.column,
            type=kind,
            unit=self.unit,
            additivity=self.additivity,
            meaning=self.meaning,
        )


def _rate(names: tuple[str, ...], column: str, meaning: str) -> Word:
    return Word(
        names=names, column=column, parse="percent", scale=HUNDREDTH, meaning=meaning, unit="ratio",
        additivity="non_additive",
    )  # fmt: skip


VIEWS = Word(
    names=("Views", "Aufrufe", "Visualizações", "Vistas", "Visualizaciones", "Vues", "視聴回数", "조회수"),
    column="views",
    meaning="since 2026-08-27 counted from the first frame (Shorts since 2025-03-31): before and after do not compare",
)
ENGAGED = Word(
    names=("Engaged views", "Visualizações engajadas", "Visualizações intencionais", "Vues engagées"),
    column="engaged_views",
    meaning="watched past the first frame, or tapped: what views were before 2026-08-27",
)
IMPRESSIONS = Word(
    names=(
        "Impressions",
        "Thumbnail impressions",
        "Impressionen",
        "Thumbnail-Impressionen",
        "Impressões",
        "Impresiones",
        "インプレッション数",
        "サムネイルのインプレッション",
    ),
    column="impressions",
    meaning="times a thumbnail was shown on YouTube; plays elsewhere and Shorts have none",
)
LIKES = Word(names=("Likes", '"Mag ich"-Bewertungen', "Curtidas"), column="likes", negative=True)
COMMENTS = Word(
    names=("Comments added", "Comments", "Kommentare hinzugefügt", "Comentários adicionados", "Comentários"),
    column="comments",
    negative=True,
)
SHARES = Word(names=("Shares", "Geteilte Inhalte", "Compartilhamentos"), column="shares")
WATCHED = (
    "Watch time (hours)", "Watch_time (hours)", "Wiedergabezeit (Stunden)", "Tempo de exibição (horas)",
    "Tiempo de visualización (horas)", "総再生時間（単位: 時間）", "総再生時間（時間）",
)  # fmt: skip
WATCH = Word(
    names=WATCHED, column="watch_seconds", parse="number", scale=HOUR, meaning="hours in the file", unit="seconds"
)
GAINED = Word(
    names=("Subscribers gained", "Inscritos ganhos", "登録者増加数"), column="follows_gained", meaning="new subscribers"
)
REACH = Word(
    names=("Unique viewers", "Espectadores únicos"),
    column="reach",
    meaning="estimated people",
    additivity="non_additive",
)
LOST = Word(names=("Subscribers lost",), column="youtube__subscribers_lost")
NET = Word(
    names=("Subscribers", "Abonnenten", "Inscritos", "Suscriptores"),
    column="youtube__subscribers_net",
    negative=True,
    meaning="subscribers gained less those lost, through this video or on this day",
)
DISLIKES = Word(names=("Dislikes", '"Mag ich nicht"-Bewertungen'), column="youtube__dislikes", negative=True)
RATE = _rate(
    (
        "Impressions click-through rate (%)", "Thumbnail click-through rate (%)", "Klickrate der Impressionen (%)",
        "Thumbnail-Klickrate (%)", "Taxa de cliques de impressões (%)",
        "インプレッションのクリック率 (%)", "サムネイルのクリック率 (%)",
    ),
    "youtube__click_rate",
    "views that came from a thumbnail, divided by impressions, as YouTube rounded it",
)  # fmt: skip
AVERAGE = Word(
    names=(
        "Average view duration",
        "Durchschnittliche Wiedergabedauer",
        "Duração média da visualização",
        "Durée moyenne de visionnage",
        "平均視聴時間",
    ),
    column="youtube__average_view_seconds",
    parse="duration",
    meaning="h:mm:ss in the file",
    unit="seconds",
    additivity="non_additive",
)
VIEWED = _rate(
    (
        "Average percentage viewed (%)",
        "Durchschnittlich angesehen (%)",
        "Porcentagem visualizada média (%)",
        "Pourcentage moyen regardé (%)",
        "平均再生率 (%)",
        "平均視聴率 (%)",
    ),
    "youtube__average_viewed",
    "average share of a video that is watched; above 1 where it is watched again",
)
STAYED = _rate(
    ("Viewed (vs. swiped away) (%)", "Stayed to watch (%)", "Ont continué de regarder (%)", "視聴を継続 (%)"),
    "youtube__stayed_rate",
    "Shorts that were not swiped away",
)
FEED = Word(names=("Shown in feed",), column="youtube__shown_in_feed", meaning="times shown in the feed of Shorts")
NEW = Word(names=("New viewers",), column="youtube__new_viewers", additivity="non_additive")
RETURNING = Word(names=("Returning viewers",), column="youtube__returning_viewers", additivity="non_additive")


def _revenue(currency: str) -> Word:
    names = (
        "Estimated revenue ({})",
        "Your estimated revenue ({})",
        "Geschätzter Umsatz ({})",
        "Receita estimada ({})",
        "Sua receita estimada ({})",
        "推定収益 ({})",
    )
    return Word(
        names=tuple(name.format(currency) for name in names),
        column=f"youtube__revenue_{currency.lower()}",
        parse="number",
        negative=True,
        meaning=f"estimated by YouTube, in {currency}; later corrected",
        unit="money",
    )


REVENUE = tuple(map(_revenue, ("USD", "EUR", "GBP", "BRL")))
OTHER_MONEY = REVENUE[1:]
"""A channel is paid in one currency; claims are made of the commonest."""
OWN = (LOST, NET, DISLIKES, RATE, AVERAGE, VIEWED, STAYED, FEED, NEW, RETURNING, *REVENUE)
"""Counts that only YouTube has, of a video and of a channel alike."""
OF_VIDEOS = (VIEWS, ENGAGED, IMPRESSIONS, LIKES, COMMENTS, SHARES, WATCH, GAINED, REACH, *OWN)

DAY_GAINED = Word(names=GAINED.names, column="gained", meaning=GAINED.meaning)
DAY_LOST = Word(names=LOST.names, column="lost")
DAY_ENGAGED = Word(names=ENGAGED.names, column="youtube__engaged_views", meaning=ENGAGED.meaning)
DAY_WATCH = Word(
    names=WATCHED, column="youtube__watch_seconds", parse="number", scale=HOUR, meaning=WATCH.meaning, unit="seconds"
)
PUBLISHED_COUNT = Word(names=("Videos published",), column="posts_published")
_DAYS_OWN = tuple(word for word in OWN if word is not LOST)
OF_DAYS = (
    VIEWS, IMPRESSIONS, LIKES, COMMENTS, SHARES, REACH, DAY_GAINED, DAY_LOST, DAY_ENGAGED, DAY_WATCH, PUBLISHED_COUNT,
    *_DAYS_OWN,
)  # fmt: skip
SHARE = _rate(("Views (%)", "Visualizações (%)"), "youtube__share_of_views", "share of the views of the row's viewers")
WATCH_SHARE = _rate(("Watch time (hours) (%)", "Watch time (%)"), "youtube__share_of_watch_time", "share of the time")
IN_CUTS = (*OF_VIDEOS, SHARE, WATCH_SHARE)

VIDEOS = Word(names=("videoCount",), column="youtube__videos", additivity="semi_additive", meaning="public videos")
FACTS = (
    *(word.fact("post_counts") for word in OWN),
    *(word.fact("account_counts") for word in (*_DAYS_OWN, DAY_ENGAGED, DAY_WATCH, VIDEOS)),
)

"""What Google Analytics calls its numbers and dimensions in other languages, by the English name.

Spanish as real exports have it; German, Portuguese, French, Italian and Japanese as public readers of such files do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "Date": ("Fecha", "Datum", "Data", "日付"),
    "Nth day": ("Día N",),
    "Sessions": ("Sesiones", "Sitzungen", "Sessões", "セッション"),
    "Engaged sessions": ("Sitzungen mit Interaktionen", "Sessões engajadas", "Sessions avec engagement"),
    "Total users": ("Usuarios", "Total de usuarios", "Nutzer insgesamt"),
    "Active users": (
        "Usuarios activos", "Aktive Nutzer", "Usuários ativos", "Utilisateurs actifs", "Utenti attivi",
        "アクティブ ユーザー",
    ),
    "New users": ("Usuarios nuevos", "Neue Nutzer", "Novos usuários", "Nouveaux utilisateurs"),
    "Returning users": ("Usuarios recurrentes", "Wiederkehrende Nutzer"),
    "Views": ("Vistas", "Aufrufe", "Visualizações", "Vues", "Visualizzazioni", "表示回数"),
    "Event count": (
        "Número de eventos", "Ereignisanzahl", "Contagem de eventos", "Nombre d'événements", "Conteggio eventi",
        "イベント数",
    ),
    "Key events": (
        "Conversiones", "Eventos clave", "Schlüsselereignisse", "Eventos principais", "Événements clés",
        "Eventi chiave", "キーイベント",
    ),
    "Total revenue": ("Total de ingresos", "Gesamtumsatz", "Receita total", "Entrate totali"),
    "Items purchased": ("Artículos comprados",),
    "Engagement rate": ("Engagement-Rate", "Taxa de engajamento", "Taux d'engagement"),
    "Bounce rate": ("Absprungrate", "Taxa de rejeição"),
    "Average engagement time": (
        "Tiempo de interacción medio", "Tiempo de interacción medio por usuario activo",
        "Durchschnittliche Interaktionsdauer pro aktivem Nutzer", "Tempo médio de engajamento por usuário ativo",
        "Durata media del coinvolgimento per utente attivo", "平均エンゲージメント時間",
        "アクティブ ユーザーあたりの平均エンゲージメント時間",
    ),
    "Average engagement time per session": (
        "Durchschnittliche Interaktionsdauer pro Sitzung", "Tempo médio de engajamento por sessão",
    ),
    "Engaged sessions per user": ("Sitzungen mit Interaktionen pro aktivem Nutzer",),
    "Events per session": ("Ereignisse pro Sitzung",),
    "Event count per user": ("Ereignisanzahl pro Nutzer", "Ereignisanzahl pro aktivem Nutzer"),
    "Views per user": (
        "Vistas por usuario activo", "Aufrufe pro Nutzer", "Aufrufe pro aktivem Nutzer",
        "Visualizações por usuário ativo", "Visualizzazioni per utente attivo", "ユーザーあたりのビュー",
    ),
    "30 days": ("30 días",),
    "7 days": ("7 días",),
    "1 day": ("1 día",),
    "Session primary channel group": (
        "Grupo de canales predeterminado de la sesión", "Grupo de canales principal de la sesión",
        "Grupo de canales principal de la sesión (Grupo de canales predeterminado)", "Sitzung – Standardchannelgruppe",
        "Sitzung – primäre Channelgruppe", "Sitzung – primäre Channelgruppe (Standard-Channelgruppe)",
    ),
    "First user primary channel group": (
        "Primer grupo de canales predeterminado del usuario", "Primer grupo de canales principal del usuario",
        "Primer grupo de canales principal del usuario (Grupo de canales predeterminado)",
        "Erste Nutzerinteraktion – Standardchannelgruppe",
    ),
    "Session campaign": ("Campaña de la sesión", "セッションのキャンペーン"),
    "Session source / medium": ("Fuente/medio de la sesión", "Sitzung – Quelle/Medium"),
    "Event name": ("Nombre del evento", "Ereignisname", "イベント名"),
    "Landing page": ("Página de destino", "Landingpage"),
    "Landing page + query string": (
        "Página de destino y cadena de consulta", "Landingpage + Abfragestring",
        "Page de destination + chaîne de requête",
    ),
    "Page path and screen class": (
        "Ruta de página y clase de pantalla", "Seitenpfad und Bildschirmklasse", "Caminho da página e classe da tela",
        "Chemin de la page et classe de l'écran", "Percorso pagina e classe schermata", "ページパスとスクリーン クラス",
    ),
    "Page path + query string": ("ページパス + クエリ文字列",),
    "Page title and screen class": (
        "Título de página y clase de pantalla", "Seitentitel und Bildschirmklasse", "Título da página",
        "ページタイトルとスクリーン名",
    ),
    "Country": ("País", "Land"),
    "Country ID": ("ID del país",),
    "City": ("Ciudad", "Stadt"),
    "Language": ("Idioma", "Sprache"),
    "Age": ("Alter",),
    "Gender": ("Geschlecht",),
    "Audience name": ("Nombre de la audiencia",),
    "Device category": ("Categoría de dispositivo", "Gerätekategorie"),
    "Browser": ("Navegador",),
    "Operating system": ("Sistema operativo", "Betriebssystem"),
    "Platform": ("Plataforma", "Plattform"),
    "Screen resolution": ("Resolución de pantalla", "Bildschirmauflösung"),
    "Item name": ("Nombre del artículo",),
}  # fmt: skip


def spoken(names: tuple[str, ...]) -> tuple[str, ...]:
    """English names, and behind them what they are called elsewhere."""
    return tuple(dict.fromkeys((*names, *(other for name in names for other in NAMES.get(name, ())))))

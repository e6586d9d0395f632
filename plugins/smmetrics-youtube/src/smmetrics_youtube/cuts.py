"""YouTube Studio's tables by anything but content: where viewers come from, who they are, what they watch on.

Each number of a row becomes a row of the table of breakdowns. Shares and averages stand there as YouTube gives them
and are never added up.
"""

from __future__ import annotations

from smmetrics.api import Capability, Column, Layout, Signature, Source
from smmetrics_youtube.gaps import STUDIO, gaps
from smmetrics_youtube.studio import DAYS, FOOTER, HOW, NAMED, TAKES
from smmetrics_youtube.words import DAY, ID, IN_CUTS
from smmetrics_youtube.words import STUDIO as EVIDENCE

DIMENSIONS = {
    "traffic_source": ("Traffic source",),
    "traffic_source_detail": ("Source title", "External source", "Search term", "YouTube search term"),
    "geography": ("Geography",),
    "city": ("Cities",),
    "viewer_age": ("Viewer age", "Idade do espectador"),
    "viewer_gender": ("Viewer gender",),
    "subscription_status": ("Subscription status",),
    "subscription_source": ("Subscription source",),
    "device_type": ("Device type",),
    "operating_system": ("Operating system",),
    "content_type": ("Content type", "Video type"),
    "audience": ("Audience by watch behavior", "New and returning viewers", "Audience type"),
    "playlist": ("Playlist", "Playlists"),
    "playback_location": ("Playback location",),
    "youtube_product": ("YouTube product",),
    "translation": ("Subtitles and CC", "Translation use", "Video info language"),
    "sharing_service": ("Sharing service",),
    "card": ("Card type", "Card"),
    "end_screen": ("End screen element type", "End screen element"),
}
"""What Studio cuts by: our word, and its header."""
HEADERS = tuple(name for names in DIMENSIONS.values() for name in names)
NUMBERS = tuple(name for word in IN_CUTS for name in word.names)
CELLS = (
    *(Column(names=names, fact="breakdowns.value", sets=(("dimension", word),)) for word, names in DIMENSIONS.items()),
    Column(names=("City name", "Playlist title"), fact="breakdowns.label"),
    *(word.number() for word in IN_CUTS),
)
NO_POSTS = gaps("posts", "kind person", "A table by traffic source, place or age names no videos.", would_do=STUDIO)

CUTS = Source(
    kind="studio_cuts",
    platform="youtube",
    table="breakdowns",
    title="YouTube Studio, table by traffic source, place, age, device …",
    container="csv",
    how_to_get=HOW.format("Traffic source, Geography, Viewer age, Device type or another view"),
    takes=TAKES,
    minutes=3,
    holds="The channel's figures of the days chosen, cut by what was chosen.",
    signature=Signature(any_of=(HEADERS, NUMBERS), forbidden=(*DAY, *ID)),
    layout=Layout(footer=FOOTER),
    columns=CELLS,
    window="range",
    grain="range",
    name_range=NAMED,
    covers=("breakdowns",),
    can=(Capability(fact="breakdowns.number", native="Views", grain="range", evidence=EVIDENCE),),
    cannot=NO_POSTS,
)
CUT_DAYS = Source(
    kind="studio_cut_days",
    platform="youtube",
    table="breakdowns",
    title="YouTube Studio, chart by traffic source, place, age, device …",
    container="csv",
    how_to_get=HOW.format("Traffic source, Geography, Viewer age, Device type or another view"),
    takes=TAKES,
    minutes=3,
    holds="The one metric of the chart by day, for the rows chosen in the chart.",
    signature=Signature(any_of=(HEADERS, NUMBERS), forbidden=ID),
    layout=Layout(footer=FOOTER, daily=True),
    columns=(Column(names=DAY, fact="breakdowns.window_start", parse=DAYS, required=True), *CELLS),
    window="day",
    grain="day",
    name_range=NAMED,
    selection=True,
    covers=("breakdowns",),
    can=(Capability(fact="breakdowns.number", native="Views", grain="day", evidence=EVIDENCE),),
    cannot=NO_POSTS,
)

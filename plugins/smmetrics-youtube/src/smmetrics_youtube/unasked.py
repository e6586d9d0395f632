"""Answers of the Data API that are known and left alone in words: they say nothing that a metric asks for."""

from __future__ import annotations

from smmetrics.api import Layout, Signature, Source
from smmetrics_youtube.api import HOW

VIDEOS = "Save videos.list instead, with part=snippet,statistics; for what people said, commentThreads.list."
SETTINGS = (
    "activityListResponse activity captionListResponse caption channelSectionListResponse channelSection "
    "channelBannerResource guideCategoryListResponse guideCategory i18nLanguageListResponse i18nLanguage "
    "i18nRegionListResponse i18nRegion playlistListResponse playlist thumbnailSetListResponse "
    "videoAbuseReportReasonListResponse videoAbuseReportReason videoCategoryListResponse videoCategory "
    "membershipsLevelListResponse membershipsLevel"
)
PEOPLE = "subscriptionListResponse subscription memberListResponse member"


def _kinds(names: str) -> tuple[str, ...]:
    return tuple(f"$.kind=youtube#{name}" for name in names.split())


def _left(kind: str, title: str, signature: Signature, why: str, instead: str) -> Source:
    return Source(
        kind=kind,
        platform="youtube",
        table="posts",
        title=f"YouTube Data API, {title}",
        container="json",
        how_to_get=HOW.format("the method that the answer is named after"),
        takes=instead,
        signature=signature,
        layout=Layout(records="items[]"),
        refuses=why,
    )


UNASKED = (
    _left(
        "api_ratings",
        "your own ratings",
        Signature(required=_kinds("videoGetRatingResponse")),
        "It says whether the one who asked liked a video, and nothing of what people said or how many there were.",
        "Save videos.list instead, with part=snippet,statistics: that has the number of likes.",
    ),
    _left(
        "api_settings",
        "lists of playlists, captions, categories and the like",
        Signature(any_of=(_kinds(SETTINGS),)),
        "It lists how a channel or YouTube itself is set up: no numbers, and nothing of what people said.",
        VIDEOS,
    ),
    _left(
        "api_people",
        "subscriptions and members",
        Signature(any_of=(_kinds(PEOPLE),)),
        "It names those whose subscriptions are public, or whom somebody follows: fewer than there are.",
        "Save channels.list with part=statistics instead: that has the number of subscribers.",
    ),
    _left(
        "api_found_others",
        "a search that found channels or playlists only",
        Signature(required=_kinds("searchListResponse"), any_of=(("id.channelId", "id.playlistId"),),
                  forbidden=("id.videoId",)),
        "The search found channels or playlists and no video.",
        VIDEOS,
    ),
)  # fmt: skip

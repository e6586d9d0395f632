"""Google Analytics' words: which column counts what, and what a report may be cut by.

What is counted bears the word of the other tables where they have one (``views``, ``visits``, ``conversions``), else a
word of its own with the plugin's name.
"""

from __future__ import annotations

from dataclasses import dataclass

from smmetrics.api import Column
from smmetrics_web.tongues import spoken

EVIDENCE = "real exports of 2020 to 2026, in English and Spanish; public readers of such files, 2024 to 2026"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A number that reports have: its names, our word, and how it is written."""

    names: tuple[str, ...]
    word: str
    parse: str = "number"

    def cell(self) -> Column:
        """The column of a file that holds it: a row of its own for each number."""
        return Column(names=spoken(self.names), fact="breakdowns.number", parse=self.parse, sets=(("fact", self.word),))


VISITS, CONVERSIONS = spoken(("Sessions",)), spoken(("Key events", "Conversions"))
VALUE = spoken(("Total revenue", "Purchase revenue"))
WORDS = (
    Word(names=VISITS, word="visits"),
    Word(names=("Engaged sessions",), word="web__engaged_visits"),
    Word(names=("Total users", "Users"), word="web__people"),
    Word(names=("Active users",), word="web__active_people"),
    Word(names=("New users",), word="web__new_people"),
    Word(names=("Returning users",), word="web__returning_people"),
    Word(names=("Views", "Screen views"), word="views"),
    Word(names=("Event count",), word="web__events"),
    Word(names=CONVERSIONS, word="conversions"),
    Word(names=VALUE, word="value"),
    Word(names=("Item revenue",), word="web__item_revenue"),
    Word(names=("Ecommerce revenue",), word="web__ecommerce_value"),
    Word(names=("Unique user scrolls",), word="web__scrolling_people"),
    Word(names=("Items viewed",), word="web__items_viewed"),
    Word(names=("Items added to cart",), word="web__items_in_cart"),
    Word(names=("Items checked out",), word="web__items_checked_out"),
    Word(names=("Items viewed in promotion",), word="web__promotions_viewed"),
    Word(names=("Items clicked in promotion",), word="web__promotions_clicked"),
    Word(names=("Item promotion click through rate",), word="web__promotion_click_rate", parse="percent"),
    Word(names=("Publisher ad impressions",), word="web__ad_impressions"),
    Word(names=("Publisher ad clicks",), word="web__ad_clicks"),
    Word(names=("Total ad revenue", "Ad revenue"), word="web__ad_value"),
    Word(names=("Quantity",), word="web__quantity"),
    Word(names=("Product revenue",), word="web__product_value"),
    Word(names=("Transactions", "Ecommerce purchases", "Items purchased"), word="web__purchases"),
    Word(names=("Engagement rate",), word="web__engaged_rate", parse="percent"),
    Word(names=("Bounce rate",), word="web__bounce_rate", parse="percent"),
    Word(names=("Session key event rate", "Session conversion rate"), word="web__visit_rate", parse="percent"),
    Word(names=("User key event rate", "User conversion rate"), word="web__person_rate", parse="percent"),
    Word(
        names=(
            "Average engagement time",
            "Average engagement time per active user",
        ),
        word="web__seconds_per_person",
    ),
    Word(names=("Average engagement time per session",), word="web__seconds_per_visit"),
    Word(names=("Average session duration",), word="web__visit_seconds"),
    Word(names=("User engagement",), word="web__engaged_seconds"),
    Word(names=("Engaged sessions per user", "Engaged sessions per active user"), word="web__visits_per_person"),
    Word(names=("Events per session",), word="web__events_per_visit"),
    Word(names=("Event count per user", "Event count per active user"), word="web__events_per_person"),
    Word(names=("Views per user", "Views per active user"), word="web__views_per_person"),
    Word(names=("Views per session",), word="web__views_per_visit"),
    Word(names=("30 days",), word="web__active_people_month"),
    Word(names=("7 days",), word="web__active_people_week"),
    Word(names=("1 day",), word="web__active_people_day"),
    Word(names=("Total purchasers",), word="web__buyers"),
    Word(names=("ARPU",), word="web__value_per_person"),
    Word(names=("ARPPU",), word="web__value_per_buyer"),
    Word(names=("Purchaser conversion",), word="web__buyer_rate", parse="percent"),
    Word(names=("First time purchasers",), word="web__new_buyers"),
    Word(
        names=("Average purchase revenue per user", "Average purchase revenue per active user"),
        word="web__purchase_value_per_person",
    ),
    Word(names=("Average product revenue",), word="web__value_per_product"),
    Word(names=("Exits",), word="web__exits"),
    Word(names=("DAU / MAU",), word="web__day_of_month_rate", parse="percent"),
    Word(names=("DAU / WAU",), word="web__day_of_week_rate", parse="percent"),
    Word(names=("WAU / MAU",), word="web__week_of_month_rate", parse="percent"),
    Word(names=("Organic Google Search clicks",), word="web__search_clicks"),
    Word(names=("Organic Google Search impressions",), word="web__search_impressions"),
    Word(names=("Organic Google Search click through rate",), word="web__search_click_rate", parse="percent"),
    Word(names=("Organic Google Search average position",), word="web__search_position"),
)
NUMBERS = tuple(name for word in WORDS for name in spoken(word.names))
CELLS = tuple(word.cell() for word in WORDS)

GROUP = spoken((
    "Session primary channel group (Default Channel Group)", "Session primary channel group",
    "Session default channel group", "Session default channel grouping",
))  # fmt: skip
CAMPAIGN = spoken(("Session campaign", "Session manual campaign name"))
CUTS = {
    "channel_group": GROUP,
    "campaign": CAMPAIGN,
    "first_channel_group": (
        "First user primary channel group (Default Channel Group)", "First user primary channel group",
        "First user default channel group", "First user default channel grouping",
    ),
    "source_medium": ("Session source / medium", "Session source/medium"),
    "source": ("Session source", "Session manual source"),
    "medium": ("Session medium", "Session manual medium"),
    "source_platform": ("Session source platform",),
    "ads_campaign": ("Session Google Ads campaign",),
    "first_source_medium": ("First user source / medium",),
    "first_source": ("First user source", "First user manual source"),
    "first_medium": ("First user medium",),
    "first_campaign": ("First user campaign",),
    "event": ("Event name",),
    "conversion": ("Key event name",),
    "landing_page": ("Landing page + query string", "Landing page"),
    "page": (
        "Page path and screen class", "Page path + query string and screen class", "Page path", "Page location",
        "Page path + query string",
    ),
    "page_title": (
        "Page title and screen class", "Page title and screen name", "Page title",
    ),
    "content_group": ("Content group",),
    "host": ("Hostname",),
    "referrer": ("Page referrer",),
    "country": ("Country",),
    "country_code": ("Country ID",),
    "region": ("Region",),
    "city": ("City", "Town/City"),
    "language": ("Language",),
    "age": ("Age",),
    "gender": ("Gender",),
    "interest": ("Interests",),
    "audience": ("Audience name", "Audience"),
    "new_or_returning": ("New / returning", "New / established"),
    "device": ("Device category",),
    "device_model": ("Device model",),
    "browser": ("Browser",),
    "system": ("Operating system",),
    "system_version": ("OS with version", "Operating system with version"),
    "platform": ("Platform", "Platform / device category", "Stream name"),
    "screen": ("Screen resolution",),
    "item": ("Item name", "Item ID", "Item category"),
    "promotion": ("Item promotion name",),
    "ad_unit": ("Ad unit",),
    "product": ("Product ID",),
    "search_term": ("Search term",),
    "link": ("Link URL", "Link domain"),
    "file": ("File name",),
    "order_coupon": ("Order coupon",),
    "hour": ("Hour", "Date + hour (YYYYMMDDHH)", "Nth hour"),
    "week": ("Week", "Nth week", "ISO week of ISO year"),
    "month": ("Month", "Nth month", "Year month", "Year"),
    "day_of_week": ("Day of week", "Day of week name"),
}  # fmt: skip
"""What a report may be cut by: our word, and its headers."""
HEADERS = tuple(name for names in CUTS.values() for name in spoken(names))
DIMENSIONS = tuple(
    Column(names=spoken(names), fact="breakdowns.value", sets=(("dimension", word),)) for word, names in CUTS.items()
)

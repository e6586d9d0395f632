"""Whether a post promotes: a price, a word of offers, a link to a shop, or a call to buy or join beside a link.

The words are English and German; in other languages only prices and shops tell, and a text without them is unknown.
"""

from __future__ import annotations

import polars as pl

from smmetrics.api.labellers import NO, YES
from smmetrics.derive.labellers.words import holds, in_language, phrases
from smmetrics.derive.texts import LINK

PRICE = (
    r"(?i)(?:[€$£]\s?\d|\d(?:[.,]\d+)?\s?(?:€|\$|£|euros?\b|eur\b|usd\b|dollars?\b|pounds?\b)"
    r"|\d\s?%\s?(?:off|rabatt|discount|reduziert|günstiger))"
)
SHOP = (
    r"(?i)(?:https?://|www\.)(?:shop|store|tickets?)\."
    r"|/(?:shop|store|cart|checkout|buy|products?|tickets?|order|produkte?|bestellen|kaufen|angebote?|sale)(?:$|[/?#\-])"
)
OFFERS = phrases(
    "sale, on sale, discount*, coupon*, voucher*, promo code, discount code, special offer*, offer ends, our "
    "offer*, limited offer, limited time, while stocks last, free shipping, free delivery, buy now, shop now, order "
    "now, pre-order*, preorder*, buy one, bargain*, black friday, cyber monday, giveaway, best price*, lowest "
    "price*, half price, in our shop, in our store, in our online shop, now in stock, back in stock, gift card*, "
    "save up to, early bird, free trial, upgrade now, rabatt*, gutschein*, sonderangebot*, im angebot, unser "
    "angebot, angebot*, aktionspreis*, nur solange, solange der vorrat reicht, versandkostenfrei, jetzt kaufen, "
    "jetzt bestellen, jetzt sichern, vorbestell*, im shop, in unserem shop, bei uns im laden, schnäppchen, "
    "ausverkauf, zum halben preis, reduziert*, wieder lieferbar, wieder vorrätig, gewinnspiel*, frühbucher*, gratis "
    "testen, jetzt zugreifen"
)
CALLS = phrases(
    "available now, now available, out now, get yours, get your, grab your, book now, book your, sign up, register "
    "now, register here, subscribe, tickets, order yours, reserve your, join now, enrol*, our new product*, our "
    "latest product*, our new collection, new arrivals, learn more about our, download our, jetzt anmelden, jetzt "
    "buchen, jetzt erhältlich, ab sofort erhältlich, ab sofort bei uns, hol dir, holt euch, anmelden unter, "
    "anmeldung unter, tickets gibt es, sichere dir, sichert euch, abonnier*, unser neues produkt, unsere neue "
    "kollektion, neu im sortiment, jetzt mitmachen"
)


def label(posts: pl.DataFrame) -> pl.DataFrame:
    """Yes, no or unknown, with how plainly it was said."""
    linked = pl.col("text").str.contains(LINK) | (pl.col("links").list.len() > 0).fill_null(value=False)
    shop = pl.col("text").str.contains(SHOP) | pl.col("links").list.join(" ").str.contains(SHOP).fill_null(value=False)
    read = posts.select(
        "text",
        price=pl.col("text").str.contains(PRICE),
        shop=shop,
        offer=holds(OFFERS),
        call=holds(CALLS) & linked,
        readable=in_language("en", "de"),
    )
    signs = pl.sum_horizontal(pl.col(name).cast(pl.Int64) for name in ("price", "shop", "offer", "call"))
    nothing = pl.col("text").is_not_null() & pl.col("readable").fill_null(value=True)
    return read.select(
        value=pl.when(signs > 0).then(pl.lit(YES)).when(nothing).then(pl.lit(NO)),
        confidence=pl.when(signs > 1).then(0.9).when(signs == 1).then(0.7).when(nothing).then(0.75),
    )

"""Dates of feeds whose program writes days and months in its own language, which RFC 822 forbids."""

from __future__ import annotations

import re

ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPOKEN = (
    "jan ene gen jän янв", "feb fév fev фев", "mar mär mrz mrt maa мар", "apr avr abr апр", "mai mag mei maj мая май",
    "jun jui giu июн", "jul lug июл", "aug aoû aou ago авг", "sep set сен", "okt oct ott out окт", "nov ноя",
    "dez déc dec dic des дек",
)  # fmt: skip
"""How the names begin: English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Russian."""
MONTHS = {word: ENGLISH[place] for place, words in enumerate(SPOKEN) for word in words.split()}
DATE = re.compile(r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})\.?\s+([^\W\d_]{3,})\.?\s+(\d{4}\s.*)")


def in_english(text: str) -> str:
    """The same date with its month in English and without its weekday; as it is where its language is not known."""
    found = DATE.fullmatch(text)
    if found is None:
        return text
    name = found[2].lower()
    month = "Jul" if name.startswith("juil") else MONTHS.get(name[:3])
    return f"{found[1]} {month} {found[3]}" if month else text

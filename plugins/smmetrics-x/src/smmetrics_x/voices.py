"""What the made-up account says: texts with the line breaks, quotes, links and emoji of real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TOPICS = ("slugs", "tomatoes", "compost", "roses", "rain barrels", "apple trees", "wild bees", "raised beds")
HANDLES = ("mira_grows", "oldspade", "BalkonBeete", "plotholder", "seedswap_sue", "the_potting_shed")
POSTS = (
    'One thing about {topic} nobody told us when we started: "less is more" 🌱\n\nWhat did you learn the hard way?',
    "New on the blog: {topic}, explained in ten minutes\n\n🔗 https://t.co/{code}\n\n#gardening #beginners",
    "{topic}: cut back now, or wait for the frost? Tell us what works where you live.",
    "Thank you @{handle} for the photo of your {topic} 📷 pic https://t.co/{code}",
    "Shop hours on Saturday: 9 to 17. We bring {topic}, you bring questions.",
    "What are your {topic} doing this week? Ours, honestly, not much.",
    "Seed swap on Sunday, all plots welcome &amp; coffee is on us ☕\n1/2 #seedswap",
)
REPLIES = (
    "@{handle} That is blight, sadly. Take off the leaves and keep the rest dry. How many plants are touched?",
    "@{handle} Thank you! Which variety is it?",
    "@{handle} @{other} Same here. We water {topic} in the morning,\nnever at noon.",
    "@{handle} Good question, we asked our grower: https://t.co/{code}",
)
CODE = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


def post_text(rng: random.Random) -> tuple[str, bool]:
    """A text, and whether it answers somebody."""
    reply = rng.random() < 0.35  # noqa: PLR2004 (about what the real files show)
    handle, other = rng.sample(HANDLES, 2)
    code = "".join(rng.choices(CODE, k=10))
    text = rng.choice(REPLIES if reply else POSTS)
    return text.format(topic=rng.choice(TOPICS), handle=handle, other=other, code=code), reply

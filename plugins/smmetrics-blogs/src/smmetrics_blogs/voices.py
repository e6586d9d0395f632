"""What the made-up blog and its readers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

READERS = (
    ("Mira", "mira@example.org", 0),
    ("Old Spade", "Spade@example.com", 0),
    ("Jürgen", "juergen@example.net", 0),
    ("plotholder", "plot@example.com", 41),
    ("Sue & Sam", "swap@example.org", 57),
    ("No mail", "", 0),
)
"""Name, e-mail, user number (0: not registered)."""
TOPICS = ("slugs", "tomato blight", "compost", "roses", "rain barrels", "apple trees", "wild bees", "raised beds")


def post(rng: random.Random) -> tuple[str, str]:
    """A title and its HTML, with WordPress's own block comments."""
    topic = rng.choice(TOPICS)
    title, opening = rng.choice(
        (
            (f"What we got wrong about {topic}", "It took us three years to learn this."),
            (f"{topic.capitalize()} &amp; you: a short guide", "Short, because you have a garden to go to."),
            (f"Have you ever fought {topic}?", "Tell us how it went: what would you do differently?"),
        )
    )
    body = (
        f"<!-- wp:paragraph -->\n<p>{opening}</p>\n<!-- /wp:paragraph -->\n\n"
        f'<!-- wp:paragraph -->\n<p>More about <a href="https://club.example.org/{topic.replace(" ", "-")}">'
        f"{topic}</a> at the club.</p>\n<!-- /wp:paragraph -->"
    )
    return title, body


def question(rng: random.Random) -> str:
    """What a reader asks or says."""
    topic = rng.choice(TOPICS)
    return rng.choice(
        (
            f"Does this help against {topic} too?",
            f"I tried it last year with {topic}.\n\nIt did <em>not</em> work. What did I do wrong?",
            "Lovely post, thank you <3",
            f'See <a href="https://mira.example/{topic.replace(" ", "-")}" rel="nofollow">my notes</a> on this.',
        )
    )


def answer(rng: random.Random) -> str:
    """What an author answers."""
    return rng.choice(
        (
            "Good question! When did you plant them?",
            "Yes, but only in dry weather. We say more in the next post.",
            "Thank you for telling us. Would you send a photo?",
        )
    )


def thanks(rng: random.Random) -> str:
    """What the reader says then."""
    return rng.choice(("That helps, thank you!", "In May. Was that too early?", "Will do."))

"""What is said in the story. Beside each text stands what a reader sees in it: nothing here is computed.

Some texts hold what a careless program trips over: markup that is meant as text, quotes, ampersands, line breaks,
emoji, and a beginning that a spreadsheet takes for a formula.
"""

from __future__ import annotations

from smmetrics_samples.plan import Reader, Text

CLUB = "https://club.example.org/"
BLOG = "https://blog.acmegardens.example/"
_NAMES = (
    "Mira", "Old Spade", "Jürgen", "Sue & Sam", "Plot 41", "Oğuz", "Zoë", "The Potting Shed", "Bao", "Fritz <3 figs",
    "Ines", "Ko", "María José", "Late Bloomer", "N. N.", "Wurzel", "Aoife", "Dill Pickle", "Tomás", "Rhu Barb",
)  # fmt: skip
READERS = tuple(
    Reader(name=name, email=f"reader{number}@example.org", user=0 if number % 3 else 100 + number)
    for number, name in enumerate(_NAMES)
)
"""A third are registered with the blog. None is anybody."""

ASKING = (
    Text(
        title="What we got wrong about slugs",
        words=f'<p>Beer traps drew slugs from next door, too.</p><p>The <a href="{CLUB}slugs">club</a> says: copper. '
        "What works on your soil?</p>",
        asks=True,
        credits=True,
    ),
    Text(
        title="Tomatoes &amp; blight: <em>what</em> now",
        words="<p>Ours went black in one wet week.</p><p>Would you cut them down, or wait?</p>",
        asks=True,
    ),
    Text(
        title="&lt;b&gt;Bold&lt;/b&gt; pruning &amp; other &quot;brave&quot; cuts",
        words=f'<p>Three cuts, one rule &#8211; told again <a href="{BLOG}?p=10">here</a>.</p>'
        "<p>Which cut did you regret?</p>",
        asks=True,
    ),
    Text(
        title="Compost that smells",
        words="<p>Too wet, too green, or both.</p>\n<p>How does yours smell 😅, honestly?</p>",
        asks=True,
    ),
    Text(
        title="A first bed in one weekend",
        words=f'<p>The plan is from <a href="{CLUB}first-bed">the club</a>.</p><p>What would you sow first?</p>',
        asks=True,
        credits=True,
    ),
)
TELLING = (
    Text(title="Saturday hours", words="<p>We are here from 9 to 17. Bring the sick leaf, not the whole plant.</p>"),
    Text(
        title="Have you ever talked to a tree?",
        words="<p>We have. It did not help the tree.</p>",
    ),
    Text(
        title="Seeds for next year",
        words=f'<p>Swap them: the <a href="{CLUB}swap">club</a> has a table every first Sunday.</p>',
        credits=True,
    ),
    Text(title="Rain barrels &gt; hoses", words="<p>150 litres, no pump, no bill.<br/>That is the whole trick.</p>"),
)
PAGE = Text(title="About us", words="<p>Six people, one cat, two greenhouses.</p>")
DRAFT = Text(title="Not finished", words="<p>We think that</p>")
WINTER = Text(title="Winter hours", words="<p>Soon. Will you come?</p>", asks=True)

QUESTIONS = (
    Text(
        words="Mine went black overnight &lt;b&gt;everywhere&lt;/b&gt; &amp; I cried 😢\n\nIs there any hope?",
        asks=True,
    ),
    Text(words="Does this help against aphids too?", asks=True),
    Text(words="I tried it on clay, and it did <em>not</em> work. What did I do wrong?", asks=True),
    Text(words='How "dry" is dry? One week, two?', asks=True),
)
PRAISE = (
    Text(words="Lovely post, thank you <3"),
    Text(words="Same here, same slugs, same tears."),
    Text(words=f'I wrote <a href="{CLUB}notes" rel="nofollow">my own notes</a> on this.', credits=True),
)
ANSWERS = (
    Text(words="Good question! When did you plant them?", asks=True),
    Text(words="Yes, but only in dry weather. We say more in the next post."),
    Text(words="Clay needs sand &amp; patience: two autumns of it."),
    Text(words=f'The <a href="{CLUB}faq">club</a> knows better than we do: ask for Rosa.', credits=True),
)
OPENING = Text(words="I would add: gloves. Always gloves.")
HELP = (Text(words="I had that. Cut it back, it returns."), Text(words="Two weeks, on my balcony."))
THANKS = (
    Text(words="That helps, thank you!"),
    Text(words="In May. Was that too early?", asks=True),
    Text(words="Will do. 🌻"),
)
AFTERTHOUGHT = Text(words="PS: on the balcony, not in the bed.")
NAMELESS = Text(words="First!")
SPAM = Text(words='Cheap pills &amp; more: <a href="https://pills.example/">buy now</a>')
PING = Text(words="[&#8230;] worth reading [&#8230;]")

SHORTS = (
    Text(words="What are your tomatoes doing this week? Ours, honestly, not much.", asks=True),
    Text(words='Labels say <b>"peat-free"</b> & mean "less peat" 🌱\n\nDo you read them?', asks=True),
    Text(words="=SUM(slugs) for this week: 47 🐌 and counting"),
    Text(words="Shop hours on Saturday: 9 to 17. We bring the roses, you bring questions."),
    Text(words="New on the blog: compost that smells, and why. The link is in our profile."),
    Text(words="Thank you @mira_grows for the photo of your apple trees 📷 pic", credits=True),
    Text(words="Seed swap on Sunday at the club 🔗 https://t.co/Ab3dEfGh1j\n\n#seedswap #gardening", credits=True),
    Text(words='One thing nobody told us: "less is more".\nWhat did you learn the hard way?', asks=True),
)
SHORT_REPLIES = (
    Text(words="@oldspade That is blight, sadly. How many plants are touched?", asks=True, credits=True),
    Text(words="@BalkonBeete Thank you! Water in the morning,\nnever at noon.", credits=True),
    Text(words="@plotholder @seedswap_sue Same here: <i>Allium</i> & patience.", credits=True),
)
NOTES = ("", "", "", "blight season, many questions", 'new guide, "slugs" & snails', "<b>late shift</b>")

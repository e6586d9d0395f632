"""What each form can report and what it cannot, and how a filled-in one is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmetrics.api import Capability, Gap, Layout, Signature, Source
from smmetrics_offline import giving, meeting, serving, telling
from smmetrics_offline.calendars import CALENDARS

if TYPE_CHECKING:
    from smmetrics.api import Form

NO_POSTS = "The sheet holds {}, not posts."
ELSEWHERE = "An export of the platform the post stands on."
TAKES = "No account and no money: about {:g} {} a week to keep it."
ENDS_OPEN = Layout(open_end=True)
"""Sheets kept on the web are saved without a line break behind the last line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A form, the table it fills, which of its columns tell it from others, and which must not be there."""

    form: Form
    table: str
    tells: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()

    def source(self) -> Source:
        """The record of this form."""
        form = self.form
        return Source(
            kind=form.name,
            platform="offline",
            table=self.table,
            title=f"{form.title}, kept by hand",
            container="csv",
            how_to_get=(
                f"Write the empty sheet with `smmetrics forms {form.name}` and fill it in: one line for {form.row}."
            ),
            takes=TAKES.format(form.minutes_a_week, "minute" if form.minutes_a_week == 1 else "minutes"),
            minutes=form.minutes_a_week,
            holds=f"A line for {form.row}.",
            version="1.1",
            signature=Signature(
                required=tuple(name for name in self.tells if not self._words(name)[1:]),
                any_of=(*(self._words(name) for name in self.tells if self._words(name)[1:]), *self.one_of),
                forbidden=self.never,
                name_pattern=rf"(?i){form.name}",
            ),
            layout=ENDS_OPEN,
            grain="event",
            covers=(self.table,),
            load="smmetrics_offline.sheet:read",
            form=form,
            can=tuple(
                Capability(
                    fact=f"{self.table}.{column.name}", native=column.name, grain="event", meaning=column.meaning
                )
                for column in form.columns
                if column.name not in UNKEPT.get(self.table, ())
            ),
            cannot=self._gaps(),
        )

    def _words(self, name: str) -> tuple[str, ...]:
        column = next(column for column in self.form.columns if column.name == name)
        return (name, *column.aliases)

    def _gaps(self) -> tuple[Gap, ...]:
        said = ("account_id", "person", "created_at", "kind", "text", "in_reply_to")
        counts = ("impressions", "likes", "comments", "shares", "saves", "link_clicks", "reach")
        facts = (*(f"posts.{name}" for name in said), *(f"post_counts.{name}" for name in counts))
        why = NO_POSTS.format(HELD.get(self.form.name, self.form.title.lower()))
        return tuple(Gap(fact=fact, why=why, would_do=ELSEWHERE) for fact in facts)


HELD = {
    "effort": "time",
    "findings": "findings",
    "pulse": "answers",
    "roster": "who was on duty",
    "labels": "labels of posts",
}
"""What a sheet holds, where its title does not say it."""
UNKEPT = {"effort": ("hours",), "labels": ("by",)}
"""Columns of a form that its table has in another shape: hours are minutes, who says a label is its version."""
POSTS = ("post id", "tweet id", "impressions")
KEPT: tuple[Kept, ...] = (
    Kept(form=giving.EFFORT, table="effort", tells=("day", "task"), one_of=(("minutes", "hours"),), never=POSTS),
    Kept(
        form=giving.COSTS,
        table="effort",
        tells=("day", "cost", "note"),
        never=(*POSTS, "task", "minutes", "hours", "clicks"),
    ),
    Kept(form=serving.CASES, table="cases", tells=("opened_at", "first_response_at", "channel"), never=POSTS),
    Kept(form=meeting.EVENTS, table="events", tells=("at", "kind"), one_of=(("came", "invited"),), never=POSTS),
    Kept(form=meeting.CONTACTS, table="contacts", tells=("event_id", "person", "consent"), never=POSTS),
    Kept(form=meeting.OUTREACH, table="outreach", tells=("at", "person", "replied_at"), never=POSTS),
    Kept(
        form=meeting.IDEAS,
        table="ideas",
        tells=("captured_at", "idea"),
        one_of=(("decision", "decided_at", "told_at"),),
        never=POSTS,
    ),
    Kept(form=meeting.FINDINGS, table="findings", tells=("noticed_at", "learned", "result"), never=POSTS),
    Kept(
        form=giving.OUTCOMES,
        table="outcomes",
        tells=("at", "kind"),
        one_of=(("amount", "quantity"), ("heard_from", "link_ref", "outcome_id")),
        never=(*POSTS, "came"),
    ),
    Kept(form=giving.VISITS, table="visits", tells=("date", "channel", "visits"), never=POSTS),
    Kept(
        form=serving.PULSE,
        table="pulse",
        tells=("asked_on", "question", "group", *(f"answers_{step}" for step in range(1, 6))),
    ),
    Kept(form=serving.RATINGS, table="ratings", tells=("at", "scale", "value"), never=POSTS),
    Kept(
        form=serving.ROSTER,
        table="roster",
        tells=("person", "from", "to"),
        never=("place_id", "place", "group", "network", "consent", "replied_at"),
    ),
    Kept(form=telling.LABELS, table="labels", tells=("platform", "post_id", "kind", "value"), never=("impressions",)),
    Kept(form=serving.CREDITS, table="credits", tells=("item", "person", "ours"), never=POSTS),
    Kept(form=serving.MEMBERSHIPS, table="memberships", tells=("person", "place_id", "from"), never=POSTS),
    Kept(form=serving.SAME_PERSON, table="same_person", tells=("platform", "handle", "agreed_on"), never=POSTS),
)
SHEETS: tuple[Source, ...] = tuple(each.source() for each in KEPT)
FORMS = {each.form.name: each.form for each in KEPT}
SOURCES: tuple[Source, ...] = (*SHEETS, *CALENDARS)

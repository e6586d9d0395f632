"""What every derived table starts from: what was said, by whom, under which account. Read once, shared by all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from smmetrics.api.labellers import HUMAN
from smmetrics.derive import (
    acts,
    ahead,
    counts,
    follows,
    identity,
    labelled,
    linking,
    memberships,
    nodes,
    reuse,
    signing,
    talk,
    who,
)
from smmetrics.derive.keys import KEY, digest
from smmetrics.tables.schema import written
from smmetrics.tables.scope import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from smmetrics.derive.added import Filling
    from smmetrics.derive.follows import Months
    from smmetrics.derive.labelling import Chosen
    from smmetrics.store import Snapshot
    from smmetrics.tables.scope import Scope

VERSION = 2
"""Of these derivations: a changed rule is another state."""


@dataclass(frozen=True, kw_only=True)
class Base:
    """A snapshot read with the strategy's scope.

    ``chains``: for kinds of source (``platform.kind``), whether they say which post a reply answers. ``adds``: kinds
    whose organic and paid counts may be added. ``labelling``: by kind, who labels posts. ``filling``: by table of a
    plugin, the code that makes it. ``agreed``: whether several
    names are read as one person's, where that person agreed; never of minors.
    """

    snapshot: Snapshot
    scope: Scope
    chains: Mapping[str, bool] = field(default_factory=dict)
    adds: frozenset[str] = frozenset()
    labelling: Mapping[str, Chosen] = field(default_factory=dict)
    filling: Mapping[str, Filling] = field(default_factory=dict)
    agreed: bool = True

    @cached_property
    def state(self) -> str:
        """A name for all that is read: what came in and counts, the strategy's scope, the rules.

        An import that was taken back, and the order in which files came, leave no trace in it.
        """
        told = [VERSION, self.scope.record(), self.snapshot.content(), dict(self.chains), sorted(self.adds)]
        told.append([self.labelling[kind].record for kind in sorted(self.labelling)])
        told.append([written(table) for table in self.snapshot.tables.values()])
        told += [self.filling[table].record for table in sorted(self.filling)]
        told += [f"until {self.ahead}"] if self.ahead else []
        told += ["names apart"] if not self.agreed and linking.SHEET in self.snapshot.head.tables else []
        return digest(told)[:16]

    @cached_property
    def ahead(self) -> date | None:
        """The first day that has not come, where something planned lies there (`ahead.ahead`)."""
        return ahead.ahead(self.snapshot, self.scope.zone)

    @cached_property
    def rules(self) -> str:
        """A name for all that posts are read with, whatever came in."""
        told = [VERSION, self.scope.record(), dict(self.chains), sorted(self.adds), self.agreed]
        told.append([written(table) for table in self.snapshot.tables.values()])
        return digest(told)

    @cached_property
    def named(self) -> str:
        """A name for these very rows: also of how a plugin read the files, whose version may not have changed."""
        told = json.dumps([self.state, self.snapshot.rows])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @cached_property
    def accounts(self) -> pl.DataFrame:
        """Accounts, see `identity.accounts`."""
        return identity.accounts(self.snapshot, self.scope)

    @cached_property
    def people(self) -> pl.DataFrame:
        """People, see `identity.people`; those who are known only by how they sign; and when they were members."""
        return memberships.held(self._named, self.snapshot, self.links)

    @cached_property
    def stays(self) -> int:
        """The most memberships that anybody has."""
        return memberships.most(self.people)

    @cached_property
    def links(self) -> linking.Links:
        """Who has several names, see `linking.links`."""
        agreed = self.agreed and not self.scope.agreement.minors
        if not self.scope.staff and not (agreed and linking.SHEET in self.snapshot.head.tables):
            return linking.Links()
        return linking.links(self.snapshot, self._named, agreed=agreed)

    @cached_property
    def _named(self) -> pl.DataFrame:
        found = self._by_handle
        if not self._shared:
            return found
        signers = self._signed.select("platform", pl.col("_signer").alias("person")).drop_nulls().unique()
        fresh = signers.join(found, on=["platform", "person"], how="anti").sort("platform", "person")
        return identity.with_signers(found, fresh.iter_rows())

    @property
    def signed_by_people(self) -> bool:
        """Whether people of ours sign posts on accounts they share."""
        return bool(self._shared)

    def told_apart(self, platform: str) -> bool:
        """Whether people of ours are told apart by signs on a platform."""
        return any(where == platform for where, _ in self._shared)

    def on_duty(self, platform: str) -> bool:
        """Whether a roster kept on a platform names anybody of ours, in the strategy's word."""
        if "roster" not in self.snapshot.head.tables or not self.scope.people:
            return False
        rows = self.snapshot.current("roster").filter(pl.col("platform") == platform)
        return bool(rows.select(pl.col("person").is_in(list(self.scope.people)).any()).collect().item())

    @cached_property
    def _by_handle(self) -> pl.DataFrame:
        """People by their own names: on a shared account nobody is told by that."""
        own = tuple(each for each in self.scope.staff if (each.platform, bare(each.handle)) not in self._shared)
        return identity.people(self.snapshot, replace(self.scope, staff=own), self.accounts)

    @cached_property
    def _shared(self) -> signing.Shared:
        return signing.shared(self.scope, self.accounts)

    @cached_property
    def _signed(self) -> pl.DataFrame:
        """Posts of shared accounts, and the key of who signed them."""
        found = signing.signed(self.stored(), self.accounts, self._by_handle, self._shared)
        keys = signing.keys(self._by_handle, self._shared)
        rows = [(platform, word, key) for (platform, word), key in keys.items()]
        schema = {"platform": pl.String(), "signed": pl.String(), "_signer": pl.String()}
        return found.join(
            pl.DataFrame(rows, schema=schema, orient="row"), on=["platform", "signed"], how="left"
        ).select(*KEY, "_signer", pl.lit(value=True).alias("_by_account"))

    def posts(self, some: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """What was said: stored columns, ``account`` as read and ``created_on`` in the strategy's zone.

        ``some``: of these stored posts only, which `stored` gave.
        Left out: drafts (nobody was told yet), what is scheduled and was not yet due when last seen, and bots.
        Private posts stay; they were said, to a group. A comment without an account has that of its root.
        """
        stored = self.stored() if some is None else some
        placed = who.with_account(stored.filter(_said()), self.accounts)
        if self._replies_without_account if some is None else _orphans(some):
            placed = placed.drop("account", "brand", "_account_ours", "_account_rival", "_account_handle")
            of_root = self._account_of_root if some is None else self._root_accounts(some)
            placed = placed.join(of_root, on=KEY, how="left", maintain_order="left")
            placed = placed.with_columns(account_id=pl.coalesce("account_id", "_root_account")).drop("_root_account")
            placed = who.with_account(placed, self.accounts)
        if self._shared:
            placed = placed.join(self._signed.lazy(), on=KEY, how="left", maintain_order="left")
            placed = placed.with_columns(person=pl.coalesce("_signer", "person"))
        return self.without_bots(placed)

    def stored(self, months: Months | None = None) -> pl.LazyFrame:
        """Posts as they are stored, with the day they were said (``created_on``): those of some months, or all."""
        rows = self.snapshot.current("posts")
        if months is None:
            return rows.with_columns(created_on=self.day())
        return rows.filter(follows.near(months)).with_columns(created_on=self.day()).filter(follows.within(months))

    def some(self, keys: pl.DataFrame) -> pl.LazyFrame:
        """Posts as they are stored, as `stored` gives them: those of some keys."""
        rows = self._with_ids(keys.get_column("post_id")).join(keys.lazy(), on=KEY, how="semi", maintain_order="left")
        return rows.with_columns(created_on=self.day()).collect().lazy()

    def known(self, posts: pl.LazyFrame, some: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """Add who is speaking: `who.COLUMNS`. ``some``: the posts are of these stored ones."""
        rows = who.with_person(posts, self.people)
        nameless = self._anonymous if some is None else self._nameless(some)
        if nameless.height:
            rows = rows.join(nameless.lazy().with_columns(_anonymous=True), on=KEY, how="left", maintain_order="left")
            anonymous = pl.col("_anonymous").fill_null(value=False)
        else:
            anonymous = pl.lit(value=False)
        unknown = anonymous | pl.col("kind").is_in(who.NEVER_THE_ACCOUNT).fill_null(value=False)
        judged = rows.with_columns(**who.judged(pl.col("created_on"), unknown, self.stays))
        if not self._shared:
            return judged
        # An account that people sign on spoke for itself where nobody did: that is known, and no member of staff.
        itself = pl.col("_by_account").fill_null(value=False) & pl.col("person").is_null()
        return judged.with_columns(staff=pl.when(itself).then(pl.lit(value=False)).otherwise("staff"))

    def day(self) -> pl.Expr:
        """The day something was said: of an instant in the strategy's zone, of a mere date that date."""
        local = pl.col("created_at").dt.convert_time_zone(self.scope.zone).dt.date()
        return (
            pl.when(pl.col("created_precision") == "day")
            .then(pl.coalesce("created_on", local))
            .otherwise(pl.coalesce(local, "created_on"))
        )

    def without_bots(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Rows of people; what programs did is left out of every table."""
        if not self.bots.height:
            return rows
        return rows.join(self.bots.lazy(), on=["platform", "person"], how="anti", maintain_order="left")

    @cached_property
    def our_names(self) -> list[tuple[str, str]]:
        """Names by which a text may mean us: our accounts, our staff, by handle and by key, with their platform."""
        accounts = self.accounts.filter("ours")
        names = [(p, n) for p, *each in accounts.select("platform", "account", "handle").iter_rows() for n in each if n]
        staff = self.people.filter(pl.col("staff") | pl.col("own") | pl.col("staff_since").is_not_null())
        for platform, person, handles in staff.select("platform", "person", "handles").iter_rows():
            names.extend((platform, name) for name in (person, *handles))
        names.extend((ref.platform, ref.account) for ref in self.scope.ours)
        return names

    @cached_property
    def labelled_by_people(self) -> frozenset[str]:
        """The kinds of labels that people put on posts."""
        if "labels" not in self.snapshot.tables:
            return frozenset()
        human = self.snapshot.current("labels").filter(pl.col("labeller") == HUMAN)
        return frozenset(human.select(pl.col("kind").unique()).drop_nulls().collect().to_series())

    def asks_for_labels(self, asked: Iterable[str]) -> frozenset[str]:
        """Which of the columns asked for labels fill; that a text asks is read with its row, if nobody says more."""
        wanted = labelled.COLUMNS & frozenset(asked)
        if "is_question" in wanted and not self.question_is_labelled:
            return wanted - {"is_question"}
        return wanted

    @cached_property
    def question_is_labelled(self) -> bool:
        """Whether more is known of questions than the mark in their text."""
        return "question" in self.labelled_by_people or "question" in self.labelling

    @cached_property
    def bots(self) -> pl.DataFrame:
        """Those who are programs."""
        return self.people.filter("bot").select("platform", "person")

    @cached_property
    def nodes(self) -> pl.DataFrame:
        """Posts as nodes of conversations, see `nodes.nodes`."""
        return nodes.nodes(self)

    @cached_property
    def unchained(self) -> frozenset[str]:
        """Kinds of source that do not say what replies answer, see `nodes.unchained`."""
        return nodes.unchained(self)

    @cached_property
    def talks(self) -> talk.Talks:
        """What follows from conversations, kept."""
        return talk.Talks(self)

    @cached_property
    def reused(self) -> pl.DataFrame:
        """When conversations were used again, see `reuse.reused`."""
        return reuse.reused(self)

    @property
    def acts(self) -> pl.LazyFrame:
        """Acts, see `acts.acts`, but for what follows from all that somebody ever did."""
        return self.talks.of(acts.TOLD).rows()

    @cached_property
    def single_counts(self) -> bool:
        """Whether no post has numbers from more than one observation: what is of one post stands together."""
        counted = self.snapshot.current("post_counts").filter(counts.lifetime())
        again = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in KEY)
        return not counted.select((again & (pl.int_range(pl.len()) > 0)).any()).collect().item()

    @cached_property
    def settled_counts(self) -> bool:
        """Whether one observation of each post is read whatever is asked, as where the same export comes every week."""
        if self.single_counts:
            return True
        numbers = [fact.name for fact in self.snapshot.tables["post_counts"].columns if fact.type in {"int", "number"}]
        observed = self.snapshot.current("post_counts").filter(counts.lifetime())
        return counts.settled(observed, KEY, numbers)

    @cached_property
    def left_out(self) -> dict[str, int]:
        """How many rows are in no table: posts that are drafts, not yet due, or of bots, and what is planned."""
        posts = self.snapshot.current("posts")
        not_due = _scheduled() & ~_said()
        counted = (
            posts.select(draft=(pl.col("status") == "draft").sum(), scheduled=not_due.sum())
            .collect()
            .row(0, named=True)
        )
        bots = posts.join(self.bots.lazy(), on=["platform", "person"], how="semi").select(pl.len()).collect().item()
        planned = {"ahead": count} if (count := ahead.count(self)) else {}
        return {**{name: int(n or 0) for name, n in counted.items()}, "bot": int(bots), **planned}

    @cached_property
    def _replies_without_account(self) -> bool:
        return _orphans(self.snapshot.current("posts"))

    @cached_property
    def _account_of_root(self) -> pl.LazyFrame:
        return self._root_accounts(self.snapshot.current("posts"))

    def _root_accounts(self, posts: pl.LazyFrame) -> pl.LazyFrame:
        """For those of some posts that name no account: the account of the post they are under."""
        nowhere = posts.filter(pl.col("account_id").is_null())
        under = nowhere.select(*KEY, pl.coalesce("root_id", "in_reply_to").alias("_above")).collect()
        above = self._with_ids(under.get_column("_above")).filter(pl.col("account_id").is_not_null())
        there = above.select("platform", pl.col("post_id").alias("_above"), pl.col("account_id").alias("_root_account"))
        return under.lazy().join(there, on=["platform", "_above"], how="inner").drop("_above").collect().lazy()

    @cached_property
    def _anonymous(self) -> pl.DataFrame:
        return self._nameless(self.snapshot.current("posts"))

    def _nameless(self, posts: pl.LazyFrame) -> pl.DataFrame:
        """Those of some posts without an author, under a post of their account: anybody may have written them."""
        nameless = posts.filter(pl.col("person").is_null() & pl.col("in_reply_to").is_not_null())
        under = nameless.select(*KEY, "account_id", pl.concat_list("in_reply_to", "root_id").alias("_above"))
        pairs = under.explode("_above", empty_as_null=False, keep_nulls=False).unique().collect()
        above = self._with_ids(pairs.get_column("_above")).select(
            "platform", pl.col("post_id").alias("_above"), pl.col("account_id").alias("_theirs")
        )
        same = (
            pairs.lazy()
            .join(above, on=["platform", "_above"], how="inner")
            .filter(pl.col("account_id").is_null() | (pl.col("account_id") == pl.col("_theirs")))
        )
        return same.filter(pl.col("post_id") != pl.col("_above")).select(KEY).unique().collect()

    def _with_ids(self, ids: pl.Series) -> pl.LazyFrame:
        """Stored posts, at least those that have one of some ids: where these are few, most of a file stays unread."""
        return self.snapshot.current("posts").filter(follows.among("post_id", ids.drop_nulls().unique()))


def _orphans(posts: pl.LazyFrame) -> bool:
    """Whether any of these posts names no account and answers another."""
    below = pl.col("root_id").is_not_null() | pl.col("in_reply_to").is_not_null()
    return bool(posts.select((pl.col("account_id").is_null() & below).any()).collect().item())


def _scheduled() -> pl.Expr:
    return pl.col("status") == "scheduled"


def _said() -> pl.Expr:
    """Not a draft, and not waiting for its date: the newest file that shows a post as scheduled was seen before it."""
    due = (pl.col("created_at") <= pl.col("observed_at")).fill_null(value=False)
    return (pl.col("status") != "draft").fill_null(value=True) & (~_scheduled() | due).fill_null(value=True)

"""Who wrote a post or comment: authors of the blog by login, everybody else by pseudonym.

A registered user is their number in the blog; others are a keyed hash of e-mail (lower case) and name, so that the
same person is known again and nobody can be looked up. E-mail and IP address leave this module in no other form.
An author of the blog is recognised by number, by e-mail, or by a number seen beside their e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from smmetrics.api import Context
    from smmetrics_blogs.blog import Blog


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody the file lists as an author of the blog."""

    login: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a comment says of its writer; held while a file is read, never stored."""

    user: str = ""
    email: str = ""
    name: str = ""

    @property
    def registered(self) -> bool:
        """Whether the blog knew them as a user."""
        return self.user not in {"", "0"}


@dataclass(slots=True)
class People:
    """The writers met in one file, and the pseudonyms they go by."""

    blog: Blog
    context: Context
    authors: dict[str, Author] = field(default_factory=dict)
    _logins_by_user: dict[str, str] = field(default_factory=dict)
    _logins_by_email: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, dict[str, object]] = field(default_factory=dict)

    def add_author(self, fields: Mapping[str, str]) -> None:
        """Learn an author from a ``wp:author`` element's fields."""
        login = fields.get("author_login", "").strip()
        if not login:
            return
        self.authors[login] = Author(login, fields.get("author_display_name", "").strip())
        user, email = fields.get("author_id", "").strip(), fields.get("author_email", "").strip().lower()
        if user not in {"", "0"}:
            self._logins_by_user[user] = login
        if email:
            self._logins_by_email.setdefault(email, login)

    def learn(self, signature: Signature) -> None:
        """A user number beside an author's e-mail is that author's, in every other comment too."""
        login = self._logins_by_email.get(signature.email)
        if signature.registered and login:
            self._logins_by_user.setdefault(signature.user, login)

    def login(self, signature: Signature) -> str:
        """The author of the blog who signed so, or nothing."""
        if signature.registered:
            return self._logins_by_user.get(signature.user, "")
        return self._logins_by_email.get(signature.email, "")

    def author(self, login: str) -> str | None:
        """The person behind a login, as pseudonym; None without a login. Whoever publishes here speaks for the blog."""
        if not login:
            return None
        person = self.context.pseudonym("blogs", "author", self.blog.id, login)
        known = self.authors.get(login)
        self._rows[person] = {
            "platform_author_id": f"{self.blog.id}/author/{login}",
            "handle": login,
            "display_name": (known.name if known else "") or None,
            "roles": ["staff"],
        }
        return person

    def commenter(self, signature: Signature) -> str | None:
        """The person who signed a comment, as pseudonym; None where nothing is said of them."""
        if login := self.login(signature):
            return self.author(login)
        if signature.registered:
            person = self.context.pseudonym("blogs", "user", self.blog.id, signature.user)
            self._rows[person] = {"platform_author_id": f"{self.blog.id}/user/{signature.user}"}
            return person
        if not (signature.email or signature.name):
            return None
        person = self.context.pseudonym("blogs", "commenter", signature.email, signature.name)
        self._rows[person] = {"platform_author_id": person}
        return person

    def rows(self) -> Iterator[dict[str, object]]:
        """Rows of the table people: names only of those who write for the blog."""
        blank = {"handle": None, "display_name": None, "roles": None}
        for person, row in self._rows.items():
            yield {"platform": "blogs", "person": person, **blank, **row}

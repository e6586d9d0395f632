"""How a file that no plugin reads is told by what it looks like, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api import Layout, Signature, Stranger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from smmetrics.api.sources import Container

Names = tuple[str, ...]

MAP = "Its rows go in once you have said what they mean: smmetrics map FILE --platform {platform}."
MANY = "It holds one thing alone: save a list of them as JSON, then smmetrics map FILE."
NOTHING = "Nothing: no metric asks for it."
ABOVE = Layout(find_header=True)
"""Tables below lines of words."""


def known(
    id_: str,
    title: str,
    asked: Iterable[str | Names] = (),
    *,
    form: Container = "json",
    instead: str = "",
    never: Names = (),
    root: str = "",
    name: str = "",
    layout: Layout | None = None,
) -> Stranger:
    """A kind of file. ``asked``: names that must be there, and groups of which one must; ``instead``: or `map`.

    ``name``: the pattern that the file's name must fit as well, where what is in it is everybody's.
    """
    names = tuple(asked)
    return Stranger(
        id=id_,
        title=title,
        container=form,
        signature=Signature(
            required=tuple(each for each in names if isinstance(each, str)),
            any_of=tuple(each for each in names if not isinstance(each, str)),
            forbidden=never,
            root=root,
            name_pattern=name,
        ),
        layout=layout or Layout(),
        instead=instead or MAP.format(platform=id_.partition("_")[0]),
        private=instead == NOTHING,
    )


def table(
    id_: str, title: str, *asked: str | Names, instead: str = "", name: str = "", layout: Layout | None = None
) -> Stranger:
    """A kind of table, by columns that must be there, and groups of which one must."""
    return known(id_, title, asked, form="csv", instead=instead, name=name, layout=layout)


def of_linkedin(
    id_: str, part: str, *asked: str | Names, instead: str = "", name: str = "", layout: Layout | None = None
) -> Stranger:
    """A table of the archive that LinkedIn gives its members."""
    title = f"a part of what LinkedIn gives you to download: {part}"
    return table(id_, title, *asked, instead=instead, name=name, layout=layout)

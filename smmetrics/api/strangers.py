"""Files that are known by whose they are, and that nobody here reads: they are refused by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from smmetrics.api.checks import check_choice, check_name, check_text
from smmetrics.api.sources import Container, Layout, Signature


@dataclass(frozen=True, kw_only=True, slots=True)
class Stranger:
    """A kind of file that no source of this plugin reads, and what to do with it instead.

    ``title`` goes on where “The file is …” ends; container, signature and layout say, as in a `Source`, how it is
    recognised. It claims no platform: a source that reads such a file goes first, whoever brings it.
    ``private``: it holds nothing that a metric asks for, so that it is no loss beside files that come in.
    """

    id: str
    title: str
    container: Container
    signature: Signature
    instead: str
    layout: Layout = field(default_factory=Layout)
    private: bool = False

    def __post_init__(self) -> None:
        """Check name, container and texts."""
        check_name(self, "id", self.id)
        check_choice(self, "container", self.container, get_args(Container))
        for name in ("title", "instead"):
            check_text(self, name, getattr(self, name))

"""Who a plugin is, and the small records of labellers, panels, exporters and samples."""

from __future__ import annotations

from dataclasses import dataclass

from smmetrics.api.checks import check_name, check_reference, check_text


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """A plugin's name (its platform or topic), title, and the API version it was written for."""

    name: str
    title: str
    api: int
    homepage: str = ""
    licence: str = ""
    maintainers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check name and title."""
        check_name(self, "name", self.name)
        check_text(self, "title", self.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class Labeller:
    """Code that puts labels of one kind on posts, in the languages it knows (empty: whatever the language).

    ``load`` names ``label(posts: polars.DataFrame) -> polars.DataFrame``: given the columns ``reads`` of posts, it
    gives as many rows in the same order, with ``value`` (a text; null where it cannot tell) and, if it likes,
    ``confidence`` (0 to 1). A row's label may depend on that row alone: only new and changed posts are handed in again.
    ``values`` are all it may give (empty: any); what people can pin is ``name@version`` (no name: the plugin's).
    ``decides`` says in a sentence how it decides, and ``weak`` that it should not be leaned on without a sample
    labelled by hand.
    """

    kind: str
    version: str
    languages: tuple[str, ...]
    load: str
    name: str = ""
    values: tuple[str, ...] = ()
    reads: tuple[str, ...] = ("text",)
    decides: str = ""
    weak: bool = False

    def __post_init__(self) -> None:
        """Check kind, names and reference."""
        check_name(self, "kind", self.kind)
        check_reference(self, "load", self.load)
        check_text(self, "version", self.version)
        if self.name:
            check_name(self, "name", self.name)
        for column in self.reads:
            check_name(self, "reads", column)


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A view of readings for dashboards and reports."""

    id: str
    title: str
    needs: tuple[str, ...]
    shows: str
    load: str

    def __post_init__(self) -> None:
        """Check title and reference."""
        check_text(self, "title", self.title)
        check_reference(self, "load", self.load)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exporter:
    """A file format for readings: ``measure`` and ``export`` write it where ``--out`` ends in ``suffix`` (``.ods``).

    ``load`` names ``write(readings: polars.DataFrame, out: pathlib.Path) -> None``, which writes the same bytes for the
    same readings. The core sees to it that the file appears whole, and writes the provenance beside it.
    """

    name: str
    suffix: str
    load: str

    def __post_init__(self) -> None:
        """Check name and reference."""
        check_name(self, "name", self.name)
        check_reference(self, "load", self.load)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A seeded generator of a platform's real export files.

    ``load`` names ``write(folder: Path, seed: int, start: date, months: int) -> Sequence[Path]``.
    """

    name: str
    title: str
    load: str

    def __post_init__(self) -> None:
        """Check name and reference."""
        check_name(self, "name", self.name)
        check_reference(self, "load", self.load)

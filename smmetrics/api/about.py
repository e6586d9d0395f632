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
    """Code that puts labels of one kind on posts, in the languages it knows."""

    kind: str
    version: str
    languages: tuple[str, ...]
    load: str

    def __post_init__(self) -> None:
        """Check kind and reference."""
        check_name(self, "kind", self.kind)
        check_reference(self, "load", self.load)


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
    """A file format for readings."""

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

"""The mappings of a folder, and a catalogue that holds their sources beside those of the plugins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from smmetrics.api import Platform
from smmetrics.api.errors import SmmetricsError
from smmetrics.contracts.compiled import Fault
from smmetrics.workspace.mapping import files
from smmetrics.workspace.mapping.record import source_of

if TYPE_CHECKING:
    from pathlib import Path

    from smmetrics.contracts.catalogue import Catalogue
    from smmetrics.workspace.mapping.record import Mapping


def mappings(root: Path, catalogue: Catalogue) -> tuple[tuple[Mapping, ...], tuple[Fault, ...]]:
    """All mappings of a folder by name, and what is wrong with the others."""
    found: list[Mapping] = []
    faults: list[Fault] = []
    for path in sorted((root / files.FOLDER).glob("*.toml")):
        try:
            found.append(files.read(path, catalogue))
        except SmmetricsError as error:
            message = f"{path}: the mapping is left out. {error.message}"
            faults.append(Fault(code=error.code, message=message, subject=path.stem, where=str(path), hint=error.hint))
    return tuple(found), tuple(faults)


def with_maps(catalogue: Catalogue, root: Path) -> Catalogue:
    """A catalogue with the sources of all mappings that were accepted, and the platforms only they know."""
    if not (root / files.FOLDER).is_dir():
        return catalogue
    found, faults = mappings(root, catalogue)
    sources, platforms = dict(catalogue.sources), dict(catalogue.platforms)
    wrong = list(faults)
    for mapping in found:
        if not mapping.confirmed:
            continue
        try:
            platform = platform_of(mapping, replace(catalogue, platforms=platforms))
            source = source_of(replace(mapping, platform=platform.id), catalogue.tables)
        except SmmetricsError as error:
            where = str(files.path_of(root, mapping.name))
            message = f"{where}: the mapping is left out. {error.message}"
            wrong.append(Fault(code=error.code, message=message, subject=mapping.name, where=where, hint=error.hint))
            continue
        platforms.setdefault(platform.id, platform)
        sources[source.id] = source
    return replace(catalogue, sources=sources, platforms=platforms, faults=(*catalogue.faults, *wrong))


def platform_of(mapping: Mapping, catalogue: Catalogue) -> Platform:
    """The platform a mapping speaks of: one that a plugin knows, or a new one."""
    known = catalogue.platform(mapping.platform)
    if known is not None:
        return known
    title = mapping.platform_title or mapping.platform.replace("_", " ").capitalize()
    return Platform(id=mapping.platform, title=title, access="export_only", reply_chains=False)

"""The forms that installed plugins have, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmetrics.api.errors import UserMistake
from smmetrics.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmetrics.api import Form, Source
    from smmetrics.contracts.catalogue import Catalogue


def forms(catalogue: Catalogue) -> Mapping[str, tuple[Form, Source]]:
    """Every form with its source: by its name, or where two plugins use one name, as ``platform.name``."""
    having = [source for source in catalogue.sources.values() if source.form is not None]
    names = [source.form.name for source in having if source.form is not None]
    return {
        source.form.name if names.count(source.form.name) == 1 else source.id: (source.form, source)
        for source in having
        if source.form is not None
    }


def form(catalogue: Catalogue, name: str) -> Form:
    """One form. Raises `UserMistake` for a name that no plugin has."""
    known = forms(catalogue)
    if name not in known:
        hint = say("forms.unknown_hint", names=", ".join(known)) if known else say("forms.none")
        raise UserMistake(say("forms.unknown", name=name), hint=hint, code="form.unknown")
    return known[name][0]

"""For every test: properties have no deadline, because how long a test takes says nothing about what it claims."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

# jsonschema builds 38 grammars for addresses in any script when it is imported, seconds for each process of a run;
# no schema of ours has such addresses, and it does without them where this module is missing.
sys.modules["rfc3987_syntax"] = None


def pytest_configure(config: pytest.Config) -> None:
    """Set what holds of all properties, unless the run has none (``-p no:hypothesispytest``): they load for long."""
    if config.pluginmanager.hasplugin("hypothesispytest"):
        from hypothesis import settings  # noqa: PLC0415 (most runs need none of it at once)

        settings.register_profile("claims", deadline=None, print_blob=True)
        settings.load_profile("claims")

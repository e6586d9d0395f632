"""For every test: properties have no deadline, because how long a test takes says nothing about what it claims."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("claims", deadline=None, print_blob=True)
settings.load_profile("claims")

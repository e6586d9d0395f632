"""For every test: properties have no deadline, because how long a test takes says nothing about what it claims."""

from __future__ import annotations

import sys

from hypothesis import settings

settings.register_profile("claims", deadline=None, print_blob=True)
settings.load_profile("claims")

# jsonschema builds 38 grammars for addresses in any script when it is imported, seconds for each process of a run;
# no schema of ours has such addresses, and it does without them where this module is missing.
sys.modules["rfc3987_syntax"] = None

"""The promises kit: what every plugin's tests run, so that a metric can trust every source it has never met.

    from smmetrics.testing import AdapterPromises

    class TestFlickr(AdapterPromises):
        plugin = "smmetrics_flickr"

Sources subclass `AdapterPromises`, KPI packs `PackPromises`; docs/writing-a-plugin.md lists the promises.
`reader_of` reads files with one plugin alone.
"""

from __future__ import annotations

from smmetrics.testing.adapter import AdapterPromises
from smmetrics.testing.pack import PackPromises
from smmetrics.testing.plugin import PluginPromises
from smmetrics.testing.reading import reader_of

__all__ = ["AdapterPromises", "PackPromises", "PluginPromises", "reader_of"]

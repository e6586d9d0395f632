"""Tables of any form, read by what people say of their columns: a mapping is a source made from data."""

from smmetrics.workspace.mapping.known import mappings, with_maps
from smmetrics.workspace.mapping.making import Given, accept, propose, trial

__all__ = ["Given", "accept", "mappings", "propose", "trial", "with_maps"]

"""Which records each hook may answer with, and what to say when it answers with something else."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import Any

from smmetrics import api
from smmetrics.api.errors import PluginFault
from smmetrics.api.hooks import HOOK_NAMES

ABOUT = "smmetrics_about"
MOST = 100_000
"""More records than this from one hook are a generator without an end."""

RECORDS: dict[str, tuple[type, ...]] = {
    ABOUT: (api.About,),
    "smmetrics_facts": (api.Fact, api.Dimension),
    "smmetrics_tables": (api.Table,),
    "smmetrics_sources": (api.Platform, api.Source, api.Stranger),
    "smmetrics_metrics": (api.Metric,),
    "smmetrics_goal_types": (api.GoalType,),
    "smmetrics_derived": (api.Derived,),
    "smmetrics_calculators": (api.Calculator,),
    "smmetrics_labellers": (api.Labeller,),
    "smmetrics_panels": (api.Panel,),
    "smmetrics_exporters": (api.Exporter,),
    "smmetrics_samples": (api.Sample,),
}


def records(hook: str, answer: Any) -> tuple[object, ...]:  # noqa: ANN401 (whatever a stranger's code returned)
    """Turn an answer into a tuple of the hook's records; a generator runs to its end here, and fails here.

    Raises:
        PluginFault: the answer is no iterable, or holds something that this hook does not take.
    """
    wanted = RECORDS[hook]
    if hook == ABOUT:
        answer = (answer,)
    elif isinstance(answer, (*wanted, str, bytes)) or not hasattr(answer, "__iter__"):
        message = f"{hook} answered {_kind(answer)}; expected a list or tuple of {_names(wanted)}"
        raise PluginFault(message, code="answer.malformed")
    given = tuple(islice(answer, MOST + 1))
    if len(given) > MOST:
        message = f"{hook} answered more than {MOST:,} records"
        raise PluginFault(message, code="answer.endless")
    for place, record in enumerate(given, start=1):
        if not isinstance(record, wanted):
            where = "" if hook == ABOUT else f", record {place} of {len(given)},"
            message = f"{hook}{where} is {_kind(record)}; expected {_names(wanted)}"
            raise PluginFault(message, code="answer.malformed")
    return given


def nearest_hook(name: str) -> str:
    """Say which hook a misspelt name probably meant."""
    near = get_close_matches(name, HOOK_NAMES, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known hooks: {', '.join(HOOK_NAMES)}"


def _names(types: tuple[type, ...]) -> str:
    return " or ".join(kind.__name__ for kind in types)


def _kind(value: object) -> str:
    return "nothing (None)" if value is None else f"a value of type {type(value).__name__}"

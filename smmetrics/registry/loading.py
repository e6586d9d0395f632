"""One plugin from entry point to records: import, register, answer, each step in its own `try`.

pluggy gives markers, specifications and validation; calling is ours, so that a plugin's fault stays its own and a
generator that fails late fails here. Every plugin gets its own manager: nothing it registers touches another.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

import pluggy

from smmetrics import api
from smmetrics.api.errors import PluginFault
from smmetrics.api.hooks import HOOK_NAMES, PROJECT, Hooks
from smmetrics.registry.states import PluginState, describe
from smmetrics.registry.validate import ABOUT, nearest_hook, records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ISOLATED = (Exception, SystemExit)
"""What a plugin may raise without harming anything else. An interrupt by the user is not the plugin's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """A plugin's state and its records by hook: nothing unless it loaded."""

    state: PluginState
    records: Mapping[str, tuple[object, ...]] = field(default_factory=dict)


def load(state: PluginState, fetch: Callable[[], object], *, name: str = "") -> Loaded:
    """Import a plugin, register it and take its answers; whatever it prints goes to standard error.

    ``fetch`` imports the plugin's module. ``name`` is what `About.name` must be (empty: anything).
    """
    began = perf_counter()
    with redirect_stdout(sys.stderr):
        loaded = _import(state, fetch, name)
    return replace(loaded, state=replace(loaded.state, seconds=perf_counter() - began))


def _import(state: PluginState, fetch: Callable[[], object], name: str) -> Loaded:
    try:
        module = fetch()
    except ISOLATED as error:
        return Loaded(state=state.failed("import", error, hint=_import_hint(error)))
    try:
        hooks = _register(module)
    except ISOLATED as error:
        return Loaded(state=state.failed("register", error))
    return _answers(state, hooks, name)


def _import_hint(error: BaseException) -> str:
    if isinstance(error, ImportError) and (error.name or "").startswith("smmetrics.api"):
        return f"It may want another smmetrics than this one (api {api.API}): upgrade both."
    if isinstance(error, ModuleNotFoundError):
        return f"Install what it needs: {error.name}."
    return ""


def _register(module: object) -> dict[str, Callable[[], object]]:
    """Check a module's hooks against the specifications and give its functions by hook name."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(module, "plugin")
    hooks: dict[str, Callable[[], object]] = {}
    for hook in vars(manager.hook).values():
        for impl in hook.get_hookimpls():
            if not hook.has_spec() and not impl.optionalhook:
                message = f"unknown hook {hook.name}: {nearest_hook(hook.name)}"
                raise PluginFault(message, code="hook.unknown")
            hooks[hook.name] = impl.function
    manager.check_pending()
    for name in HOOK_NAMES:
        if name not in hooks and callable(getattr(module, name, None)):
            message = f"{name} is a plain function: write @hookimpl above it"
            raise PluginFault(message, code="hook.unmarked")
    if ABOUT not in hooks:
        message = f"it does not say who it is: {ABOUT} is missing"
        raise PluginFault(message, code="hook.missing")
    return hooks


def _answers(state: PluginState, hooks: Mapping[str, Callable[[], object]], name: str) -> Loaded:
    try:
        (about,) = records(ABOUT, hooks[ABOUT]())
        assert isinstance(about, api.About)
        state = _window(replace(state, title=about.title, name=state.name or about.name), about)
        if name and about.name != name:
            message = f"its entry point is named {name!r} and its About {about.name!r}: they must agree"
            raise PluginFault(message, code="about.name")
    except ISOLATED as error:
        return Loaded(state=state.failed("answer", error))
    if state.status in {"too_new", "too_old"}:
        return Loaded(state=state)
    given: dict[str, tuple[object, ...]] = {ABOUT: (about,)}
    failures: list[tuple[str, BaseException]] = []
    for hook in HOOK_NAMES:
        if hook in hooks and hook != ABOUT:
            try:
                given[hook] = records(hook, hooks[hook]())
            except ISOLATED as error:
                failures.append((hook, error))
    if failures:
        return Loaded(state=_failed(state, failures))
    return Loaded(state=replace(state, status="loaded"), records=given)


def _failed(state: PluginState, failures: list[tuple[str, BaseException]]) -> PluginState:
    """Name every hook that failed; the first traceback is the one to read."""
    failed = state.failed("answer", failures[0][1])
    said = [text if hook in (text := describe(error)) else f"{hook}: {text}" for hook, error in failures]
    return replace(failed, error="; ".join(said))


def _window(state: PluginState, about: api.About) -> PluginState:
    """Compare the API version a plugin was written for with those this core understands."""
    if not isinstance(about.api, int) or isinstance(about.api, bool):
        message = f"About.api is {about.api!r}; expected a whole number such as {api.API}"
        raise PluginFault(message, code="record.malformed")
    ours = f"this smmetrics understands {api.API_FLOOR} to {api.API}"
    if about.api > api.API:
        error = f"{state.distribution} was written for plugin interface {about.api}; {ours}"
        return replace(state, status="too_new", error=error, hint="Upgrade smmetrics.")
    if about.api < api.API_FLOOR:
        error = f"{state.distribution} was written for plugin interface {about.api}; {ours}"
        return replace(state, status="too_old", error=error, hint=f"Upgrade {state.distribution}.")
    return state

"""The registry: states of all plugins and the answers of those that loaded."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from smmetrics.registry.discovery import Found, Permission, clash, find
from smmetrics.registry.states import Answer, PluginState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from smmetrics.registry.loading import Loaded


class Registry:
    """All plugins of this installation, each with its state.

    Made by `discover` (metadata only) or, in tests, by `of`. Nothing is imported before `load`; a plugin that
    fails gives no answers and harms no other.
    """

    def __init__(self, found: Iterable[Found], *, missing: Iterable[str] = ()) -> None:
        """Take what discovery found; ``missing`` are names somebody asked for and nobody offers."""
        self._found = tuple(found)
        self._states = [each.state for each in self._found]
        self._records: dict[int, Mapping[str, tuple[object, ...]]] = {}
        self._claims: dict[str, set[int]] = {}
        self.missing = tuple(sorted(missing))
        self.answered: object = object()
        """Stands for the answers given: equal only where no plugin was loaded in between, here or in the original."""

    @classmethod
    def discover(cls, *, allowed: Collection[str] | None = None, off: bool = False) -> Registry:
        """Read which plugins are installed, without importing any.

        ``allowed``: names, or ``name==version``, that may load (None: all). ``off``: none may.
        ``SMMETRICS_PLUGINS`` narrows further: empty is none, ``one,two`` is these two.
        """
        permission = Permission.read(allowed=allowed, off=off)
        found = find(permission)
        return cls(found, missing=permission.named() - {each.state.name for each in found})

    @classmethod
    def of(cls, *modules: Any) -> Registry:  # noqa: ANN401 (a module, its name, or any object with hooks)
        """Load plugins given as modules (or modules' names), for tests; discovery plays no part."""
        found = []
        for module in modules:
            name = module if isinstance(module, str) else str(getattr(module, "__name__", type(module).__name__))
            version = str(getattr(module, "__version__", "0"))
            state = PluginState(name="", distribution=name.replace("_", "-"), version=version, module=name)
            found.append(Found(state=state))
        registry = cls(found)
        for index, module in enumerate(modules):
            registry._take(index, module)
        registry._find_clashes()
        return registry

    def copy(self) -> Registry:
        """The same plugins with the same answers; what fails in use from now on fails in one of the two only."""
        other = Registry(self._found, missing=self.missing)
        other._states, other._records, other.answered = [*self._states], {**self._records}, self.answered
        other._claims = {what: set(indices) for what, indices in self._claims.items()}
        return other

    @property
    def plugins(self) -> tuple[PluginState, ...]:
        """Every plugin's state, sorted by name."""
        return tuple(self._states)

    @property
    def warning(self) -> str:
        """One line about plugins that could not be used, or nothing."""
        bad = [state for state in self._states if not state.healthy]
        said = [f"{state.name or state.distribution} ({_in_short(state)})" for state in bad]
        said += [f"{name} (not installed)" for name in self.missing]
        if not said:
            return ""
        noun = "plugin" if len(said) == 1 else "plugins"
        return f"{len(said)} {noun} not used: {'; '.join(said)}. See: smmetrics plugins doctor"

    def load(self, names: Iterable[str] | None = None) -> None:
        """Load the plugins of these names (None: all); those that are off, failed or loaded stay as they are."""
        wanted = None if names is None else frozenset(names)
        for index, state in enumerate(self._states):
            if state.status == "found" and (wanted is None or state.name in wanted):
                self._take(index)
        self._find_clashes()

    def answers(self, hook: str) -> tuple[Answer, ...]:
        """Give a hook's records of all loaded plugins, each with its origin, in the order of names."""
        return tuple(
            Answer(record=record, plugin=state.name, distribution=state.distribution, version=state.version)
            for index, state in enumerate(self._states)
            for record in self._records.get(index, {}).get(hook, ())
        )

    def use(self, ref: str) -> object:
        """Import the code that a loaded plugin's record names as ``package.module:attribute``.

        Raises:
            PluginFault: no loaded plugin names it, or importing it failed (the plugin's state says so, stage use).
        """
        from smmetrics.registry.use import resolve  # noqa: PLC0415 (listing plugins needs no part of the api)

        index = self._owner(ref)
        try:
            return resolve(ref, self._states[index] if index is not None else None)
        except Exception as error:
            if index is not None:
                cause = error.__cause__ or error
                self._states[index] = self._states[index].failed("use", cause)
            raise

    def _owner(self, ref: str) -> int | None:
        for index, hooks in self._records.items():
            for records in hooks.values():
                if any(getattr(record, "load", "") == ref for record in records):
                    return index
        return None

    def _take(self, index: int, module: object = None) -> None:
        from smmetrics.registry.loading import load  # noqa: PLC0415 (pluggy and the api are for loading only)

        state, entry = self._states[index], self._found[index].entry
        if entry is not None:
            loaded: Loaded = load(state, entry.load, name=state.name)
        elif isinstance(module, str):
            loaded = load(state, lambda: import_module(module))
        else:
            loaded = load(state, lambda: module)
        self._states[index], self.answered = loaded.state, object()
        if loaded.records:
            self._records[index] = loaded.records

    def _find_clashes(self) -> None:
        """Stop all plugins that share a name or a platform, however many loads it took to see it."""
        for index, hooks in self._records.items():
            self._claims.setdefault(f"the plugin name {self._states[index].name!r}", set()).add(index)
            for platform in _platforms(hooks):
                self._claims.setdefault(f"the platform {platform!r}", set()).add(index)
        for what, indices in self._claims.items():
            if len(indices) > 1:
                rivals = [self._states[index].distribution for index in indices]
                for index in indices:
                    self._states[index] = clash(self._states[index], what, rivals)
                    self._records.pop(index, None)


def _platforms(hooks: Mapping[str, tuple[object, ...]]) -> tuple[str, ...]:
    given = hooks.get("smmetrics_sources", ())
    return tuple(str(getattr(record, "id", "")) for record in given if hasattr(record, "access"))


def _in_short(state: PluginState) -> str:
    where = f"{state.stage}: " if state.stage else ""
    return f"{where}{state.error}"

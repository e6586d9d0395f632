"""Goals first, platforms last: are our conversations with people serving the goals we set, and how sure are we?

Public names load on first use, so that ``import smmetrics`` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would double the time of `smmetrics --version`
if TYPE_CHECKING:
    from smmetrics.workspace import Workspace, init
    from smmetrics.workspace import open_workspace as open  # noqa: A004 (smmetrics.open reads as what it does)

__version__ = "0.1.0"
__all__ = ["Workspace", "__version__", "init", "open"]
_HOMES = {"Workspace": "Workspace", "init": "init", "open": "open_workspace"}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415 (on first use: that is the point)

        return getattr(import_module("smmetrics.workspace"), _HOMES[name])
    message = f"module 'smmetrics' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__

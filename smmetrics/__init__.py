"""Goals first, platforms last: are our conversations with people serving the goals we set, and how sure are we?

Public names load on first use, so that ``import smmetrics`` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would double the time of `smmetrics --version`
if TYPE_CHECKING:
    from smmetrics.workspace import Workspace, init, open_workspace

__version__ = "0.1.0"
__all__ = ["Workspace", "__version__", "init", "open_workspace"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from importlib import import_module  # noqa: PLC0415 (on first use: that is the point)

        return getattr(import_module("smmetrics.workspace"), name)
    message = f"module 'smmetrics' has no attribute {name!r}"
    raise AttributeError(message)

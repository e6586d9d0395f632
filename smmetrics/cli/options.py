"""Options that commands share, and the words for their examples."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from smmetrics.contracts.compiled import Fault
    from smmetrics.registry import Registry
    from smmetrics.workspace import Workspace

Function = TypeVar("Function", bound="Callable[..., Any]")
KEY = "smmetrics.options"
WORKSPACE = "SMMETRICS_WORKSPACE"
GRAINS = ("day", "week", "month", "quarter", "total")
FORMATS = ("table", "csv", "csv-sheet", "json", "parquet", "xlsx")
AS_JSON = "The same as --format json."


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """What the options of every command say: which workspace, plugins or none, tracebacks or words."""

    workspace: Path
    no_plugins: bool
    debug: bool


def setup() -> Setup:
    """Give the options of the command that runs: before or after it, then the environment, then this folder."""
    said: dict[str, Any] = click.get_current_context().meta.get(KEY, {})
    workspace = said.get("workspace") or Path(os.environ.get(WORKSPACE) or ".")
    return Setup(
        workspace=workspace,
        no_plugins=bool(said.get("no_plugins")),
        debug=bool(said.get("debug")),
    )


def share(command: click.Command) -> None:
    """Add the options that every command takes: -w, --no-plugins, --debug. Said last counts."""
    if not any(parameter.name == "no_plugins" for parameter in command.params):
        command.params.extend(_shared())
    for each in getattr(command, "commands", {}).values():
        share(each)


def _shared() -> tuple[click.Option, ...]:
    folder = click.Path(file_okay=False, path_type=Path)
    return (
        click.Option(
            ["-w", "--workspace"],
            metavar="DIR",
            type=folder,
            expose_value=False,
            callback=_remember,
            help=f"The folder of your strategy and files; else ${WORKSPACE}, else this one.",
        ),
        click.Option(
            ["--no-plugins"], is_flag=True, expose_value=False, callback=_remember, help="Load no plugin at all."
        ),
        click.Option(
            ["--debug"], is_flag=True, expose_value=False, callback=_remember, help="Show tracebacks of what fails."
        ),
    )


def _remember(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value and parameter.name:
        ctx.meta.setdefault(KEY, {})[parameter.name] = value


def examples(*lines: str) -> str:
    """Write a command's examples, for its epilog."""
    return "\n".join(["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)])


def open_here() -> Workspace:
    """Open the workspace that the options name; plugins that could not be used are said in one line at the end.

    Raises:
        UserMistake: there is no workspace.
    """
    from smmetrics.workspace import open_workspace

    chosen = setup()
    return _watched(open_workspace(chosen.workspace, registry=_none() if chosen.no_plugins else None, tell=_tell))


def open_or_new() -> Workspace:
    """Open the workspace that the options name, begun if there is none: files may come before a strategy."""
    from smmetrics.workspace import Workspace

    chosen = setup()
    return _watched(Workspace(chosen.workspace, registry=_none() if chosen.no_plugins else None, tell=_tell))


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _watched(workspace: Workspace) -> Workspace:
    click.get_current_context().call_on_close(lambda: _warn(workspace))
    return workspace


def _none() -> Registry:
    from smmetrics.registry import Registry

    return Registry.discover(off=True)


def _warn(workspace: Workspace) -> None:
    known = vars(workspace)
    if (registry := known.get("registry")) is not None:
        warn_of(registry)
    tell_faults(fault for fault in (known["installed"].faults if "installed" in known else ()) if fault.code == "clash")


def tell_faults(faults: Iterable[Fault]) -> None:
    """Say on standard error what is wrong with what plugins define, a line each."""
    for fault in faults:
        click.echo(f"Warning: {fault.message} {fault.hint}".rstrip(), err=True)


def warn_of(registry: Registry) -> None:
    """Say in one line on standard error which plugins could not be used; nothing if all is well."""
    if registry.warning:
        click.echo(f"Warning: {registry.warning}", err=True)


def workspace_option(function: Function) -> Function:
    """Pass ``workspace``, the folder that -w, the environment or the current folder names."""

    @wraps(function)
    def with_workspace(*args: Any, **more: Any) -> Any:  # noqa: ANN401 (whatever the command takes and gives)
        return function(*args, workspace=setup().workspace, **more)

    return with_workspace  # type: ignore[return-value]


def read_day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day as ``YYYY-MM-DD``, nothing else: 03/04 is two different days in two countries."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no day; write it like 2026-11-30"
        raise click.BadParameter(message, ctx=ctx, param=parameter) from None
    window = {**ctx.params, parameter.name: day}
    if window.get("since") and window.get("until") and window["since"] >= window["until"]:
        message = f"no day lies between {window['since']} and {window['until']}, which is the first day left out"
        raise click.BadParameter(message, ctx=ctx, param=parameter)
    return day


def read_words(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Split words at commas; spaces and empty words do not count."""
    del ctx, parameter
    return tuple(word for part in value.split(",") if (word := part.strip()))


def json_option(function: Function) -> Function:
    """Pass ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")(function)


def by_option(function: Function) -> Function:
    """Pass ``by``, a tuple of dimensions."""
    text = "Split by dimensions, such as platform,account."
    return click.option("--by", default="", callback=read_words, metavar="A,B", help=text)(function)


def grain_option(function: Function) -> Function:
    """Pass ``grain``; without it, one value for the whole window."""
    text = "One value for each of these."
    return click.option("--grain", type=click.Choice(GRAINS), default="total", show_default=True, help=text)(function)


def since_option(function: Function) -> Function:
    """Pass ``since``, a date or None."""
    return click.option("--since", callback=read_day, metavar="DAY", help="First day, as YYYY-MM-DD.")(function)


def until_option(function: Function) -> Function:
    """Pass ``until``, a date or None; the day itself is left out."""
    text = "First day left out, as YYYY-MM-DD: 2026-09-01 ends with 31 August."
    return click.option("--until", callback=read_day, metavar="DAY", help=text)(function)


def format_option(function: Function) -> Function:
    """Pass ``format``, one of the core's; where only --out is given, its suffix says it."""
    return _format(function, click.Choice(FORMATS), None)


def _format(function: Function, kind: click.ParamType[Any], metavar: str | None) -> Function:
    text = "How to write it; else what --out ends in, else a table. csv is raw, for programs; csv-sheet runs nothing."
    chosen = click.option("--format", type=kind, metavar=metavar, default=None, callback=_or_json, help=text)
    as_json = click.option("--json", is_flag=True, is_eager=True, expose_value=False, callback=_remember, help=AS_JSON)
    return chosen(as_json(function))


def any_format_option(function: Function) -> Function:
    """Pass ``format``, one of the core's or a plugin's: which there are is known once plugins are loaded."""
    return _format(function, click.STRING, f"[{'|'.join(FORMATS)}|…]")


def _or_json(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del parameter
    return value or ("json" if ctx.meta.get(KEY, {}).get("json") else None)


def out_option(function: Function) -> Function:
    """Pass ``out``, a path or None."""
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("--out", type=path, metavar="FILE", help="Write to this file.")(function)


def reading_options(function: Function) -> Function:
    """Pass all that `measure` and `export` share: by, grain, since, until, format, out."""
    for option in (out_option, any_format_option, until_option, since_option, grain_option, by_option):
        function = option(function)
    return function

"""The ``rawi`` command. Each command loads its own code only when it is called, so that start-up stays short.

Commands live in ``code_command.py`` and the like; every module ``rawi/cli/*_commands.py`` adds the click
commands it defines. Exit codes are the same for all: see ``rawi.cli.exits``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from rawi import __version__
from rawi.cli.exits import run

# name -> module and attribute; what is here needs no look into the folder
_own = {
    "code": ("rawi.cli.code_command", "code"),
    "desk": ("rawi.cli.desk_command", "desk"),
    "explain": ("rawi.cli.explain_command", "explain"),
    "lexicon": ("rawi.cli.lexicon_commands", "lexicon"),
    "schema": ("rawi.cli.schema_command", "schema"),
}


class LazyGroup(click.Group):
    """A group that imports the module of a command when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, those of ``*_commands.py`` modules included."""
        return sorted({*_own, *_others()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command ``cmd_name``, or None."""
        if cmd_name in _own:
            module, attribute = _own[cmd_name]
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return _others().get(cmd_name)


def _others() -> dict[str, click.Command]:
    """Return the commands that ``rawi/cli/*_commands.py`` define, by name; parts of a group are not commands themselves."""
    found: list[click.Command] = []
    for path in sorted(Path(__file__).parent.glob("*_commands.py")):
        if path.stem != "lexicon_commands":
            module = import_module(f"rawi.cli.{path.stem}")
            found += [value for value in vars(module).values() if isinstance(value, click.Command)]
    nested = {id(part) for group in found if isinstance(group, click.Group) for part in group.commands.values()}
    return {command.name: command for command in found if command.name and id(command) not in nested}


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 ok, 1 failure, 2 wrong usage, 3 some articles failed, 4 nothing found.",
)
@click.version_option(__version__, "-V", "--version", prog_name="rawi", message="%(prog)s %(version)s")
def cli() -> None:
    """Read Arabic news; record who did what with whom, when and where, how real it is said to be, and on whose word."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run ``rawi`` and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Arabic must not depend on the locale of the machine.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(lambda: cli.main(args=arguments, prog_name="rawi", standalone_mode=False)))


if __name__ == "__main__":
    main()

"""Groups of commands: the whole command line, and those that have a command to fall back on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from typer.core import TyperGroup

from api.cli_help import put_into
from api.failures import guarded
from api.interface_language import interface_language
from api.terminal import prepare_streams


class WholeCommandLine(TyperGroup):
    """All commands, in the language of the person, with every failure made presentable."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Runs the command that the arguments name, the process's own by default, and exits."""
        prepare_streams()
        language = interface_language()
        put_into(self, language)
        settled = {**options, "prog_name": "tutor", "standalone_mode": False}
        sys.exit(guarded(lambda: super(WholeCommandLine, self).main(*args, **settled), language))


class ListByDefault(TyperGroup):
    """A group that does its first command when none is named: `tutor sources --json` lists."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the first command in front of options that name no command."""
        asks_help = set(args) & set(ctx.help_option_names)
        if not asks_help and not set(args) & set(self.commands) and _only_options(args):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)


def _only_options(args: Sequence[str]) -> bool:
    return not args or args[0].startswith("-")

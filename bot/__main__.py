"""`python -m bot COMMAND`: finds the command and nothing else.

Each command is a module of bot/commands with `run(argv) -> int`; it imports what it needs, so that
those that talk to nobody start at once (aiogram alone costs seconds).
"""

import sys
from importlib import import_module

from bot.texts import commands as words


def main(argv: list[str]) -> int:
    """Run a command; returns the exit status."""
    name, *rest = argv or ["--help"]
    if name in {"-h", "--help", "help"}:
        print(words.usage())  # noqa: T201 - what was asked for
        return 0
    if name not in words.COMMANDS:
        print(words.no_such_command(name), file=sys.stderr)  # noqa: T201 - the terminal's user
        return 2
    command = import_module(f"bot.commands.{name}")
    status: int = command.run(rest)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

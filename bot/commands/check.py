"""`python -m bot check`: SQLite's full check of the database, and what it holds."""

import argparse

from bot.commands.common import (
    OK,
    GivenUpError,
    give_up,
    say,
    settings_or_give_up,
    store_refusal,
)
from bot.texts import commands as words
from storage import backup
from storage.errors import StoreRefusedError


def run(argv: list[str]) -> int:
    """Check; the bot must not run."""
    argparse.ArgumentParser(
        prog="python -m bot check", description=words.COMMANDS["check"]
    ).parse_args(argv)
    try:
        settings = settings_or_give_up()
        try:
            found = backup.check_folder(settings.data_dir)
        except StoreRefusedError as refusal:
            raise store_refusal(refusal, settings) from refusal
    except GivenUpError as refusal:
        return give_up(refusal)
    say(words.healthy(settings.database_path, found.version, found.rows))
    return OK

"""`python -m bot backup FILE`: a checked copy of the database, whether the bot runs or not."""

import argparse
import asyncio
from pathlib import Path

from bot.clock import utc_now
from bot.commands.common import (
    FAILED,
    OK,
    GivenUpError,
    backup_key,
    give_up,
    say,
    settings_or_give_up,
    store_refusal,
)
from bot.texts import commands as words
from storage.audit import By, Deed
from storage.backups import backup
from storage.errors import StoreRefusedError

PATIENCE = 60


def run(argv: list[str]) -> int:
    """Make the copy."""
    parser = argparse.ArgumentParser(
        prog="python -m bot backup", description=words.COMMANDS["backup"]
    )
    parser.add_argument("file", type=Path, help=words.FILE)
    target: Path = parser.parse_args(argv).file
    try:
        settings = settings_or_give_up()
        try:
            key = backup_key(settings)
            made = backup.take(
                settings.data_dir,
                target.absolute(),
                patience=PATIENCE,
                key=key,
                deed=Deed.SERVER_COPIED,
                by=By(None, utc_now()),
            )
            asyncio.run(made)
        except StoreRefusedError as refusal:
            raise store_refusal(refusal, settings) from refusal
        except backup.SilentBotError as refusal:
            raise GivenUpError(words.bot_is_silent(PATIENCE), FAILED) from refusal
        except OSError as error:
            raise GivenUpError(words.no_room(target, str(error.strerror)), FAILED) from error
    except GivenUpError as refusal:
        return give_up(refusal)
    say(words.backed_up(target))
    return OK

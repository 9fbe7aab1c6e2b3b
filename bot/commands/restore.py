"""`python -m bot restore FILE`: a copy takes the place of the database, which is kept aside."""

import argparse
from pathlib import Path

from bot.clock import utc_now
from bot.commands.common import (
    FAILED,
    OK,
    GivenUpError,
    give_up,
    keys_refusal,
    say,
    settings_or_give_up,
    store_refusal,
)
from bot.texts import commands as words
from storage.backups import backup
from storage.backups import keys as backup_keys
from storage.backups.keys import KeysRefusedError
from storage.errors import StoreRefusedError, Trouble


def run(argv: list[str]) -> int:
    """Check the copy, then put it in place."""
    parser = argparse.ArgumentParser(
        prog="python -m bot restore", description=words.COMMANDS["restore"]
    )
    parser.add_argument("file", type=Path, help=words.FILE)
    source: Path = parser.parse_args(argv).file
    try:
        if not source.is_file():
            raise GivenUpError(words.no_such_file(source), FAILED)
        settings = settings_or_give_up()
        try:
            keys = backup_keys.read(settings.backup_key_file) if settings.backup_key_file else []
            kept = backup.restore(settings.data_dir, source, utc_now(), keys=keys)
            returned = backup.restore_works(settings.data_dir, source, keys=keys)
        except KeysRefusedError as refusal:
            raise keys_refusal(settings) from refusal
        except StoreRefusedError as refusal:
            if refusal.trouble in {Trouble.BUSY, Trouble.UNWRITABLE}:
                raise store_refusal(refusal, settings) from refusal
            raise GivenUpError(words.COPY[refusal.trouble].format(path=source)) from refusal
        except OSError as error:
            raise GivenUpError(words.no_room(source, str(error.strerror)), FAILED) from error
    except GivenUpError as refusal:
        return give_up(refusal)
    say(words.restored(source, kept))
    if returned.brought or returned.missing:
        say(words.works_returned(returned.brought, returned.missing))
    return OK

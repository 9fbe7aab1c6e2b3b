"""`python -m bot forget TELEGRAM_ID`: erase somebody at once, when they cannot do it themselves.

The bot must be stopped: one process at a time owns the database.
"""

import argparse
import asyncio

from bot.clock import utc_now
from bot.commands.common import (
    FAILED,
    OK,
    GivenUpError,
    give_up,
    say,
    settings_or_give_up,
    store_refusal,
)
from bot.settings import Settings
from bot.texts import commands as words
from storage.audit import By
from storage.database import Database
from storage.errors import StoreRefusedError
from storage.locking import claim
from storage.privacy import erasing


def run(argv: list[str]) -> int:
    """Erase; returns 1 if there was nobody."""
    parser = argparse.ArgumentParser(
        prog="python -m bot forget", description=words.COMMANDS["forget"]
    )
    parser.add_argument("telegram_id", type=int, metavar="TELEGRAM_ID", help=words.TELEGRAM_ID)
    telegram_id: int = parser.parse_args(argv).telegram_id
    try:
        settings = settings_or_give_up()
        try:
            found = asyncio.run(_forget(settings, telegram_id))
        except StoreRefusedError as refusal:
            raise store_refusal(refusal, settings) from refusal
    except GivenUpError as refusal:
        return give_up(refusal)
    say(words.forgotten(telegram_id) if found else words.nobody_to_forget(telegram_id))
    return OK if found else FAILED


async def _forget(settings: Settings, telegram_id: int) -> bool:
    with claim(settings.data_dir):
        db = await Database.open(settings.database_path)
        try:
            return await db.write(erasing.forget, telegram_id, by=By(None, utc_now()))
        finally:
            await db.close()  # empties the write-ahead log: what is erased is gone from the files

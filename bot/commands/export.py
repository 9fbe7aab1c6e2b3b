"""`python -m bot export DIR`: the workbooks of the region, of every campaign and questionnaire.

Archives of the files given as answers come with them. Whether the bot runs or not.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from bot.campaigns.taking_out import write_all
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
from bot.region.reporting import RegionOrder, write_region
from bot.texts import commands as words
from bot.texts.region import about, file_name
from reports.periods import PeriodKind, period_of
from storage.audit import By, Deed
from storage.backups import backup
from storage.errors import StoreRefusedError
from storage.scopes import REGION

PATIENCE = 60


def run(argv: list[str]) -> int:
    """Make the files."""
    parser = argparse.ArgumentParser(
        prog="python -m bot export", description=words.COMMANDS["export"]
    )
    parser.add_argument("folder", type=Path, help=words.FOLDER)
    folder: Path = parser.parse_args(argv).folder
    try:
        made = _export(folder.absolute())
    except GivenUpError as refusal:
        return give_up(refusal)
    say(words.exported(folder, [path.name for path in made]))
    return OK


def _export(folder: Path) -> list[Path]:
    settings = settings_or_give_up()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            copy = Path(scratch) / "copy.sqlite3"
            now, zone = utc_now(), settings.zone
            by = By(None, now)
            taking = backup.take(
                settings.data_dir, copy, patience=PATIENCE, deed=Deed.SERVER_EXPORTED, by=by
            )
            asyncio.run(taking)
            made = write_all(copy, (REGION,), now, zone, folder, data_dir=settings.data_dir)
            if made:
                year = period_of(PeriodKind.YEAR, now.astimezone(zone).date())
                target = folder / f"000 {file_name(year, about((REGION,), {}, None))}"
                write_region(copy, RegionOrder((REGION,), year, now, zone), target)
                made.insert(0, target)
            return made
    except StoreRefusedError as refusal:
        raise store_refusal(refusal, settings) from refusal
    except backup.SilentBotError as refusal:
        raise GivenUpError(words.bot_is_silent(PATIENCE), FAILED) from refusal
    except OSError as error:
        raise GivenUpError(words.no_room(folder, str(error.strerror)), FAILED) from error

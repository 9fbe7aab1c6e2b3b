from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.housekeeping import by_night
from storage import inbox
from storage.backups import backup
from storage.database import Database

MOSCOW = ZoneInfo("Europe/Moscow")
EVENING = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.sqlite3")
    yield database
    await database.close()


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / backup.FOLDER).glob("*"))


async def test_each_night_is_seen_to_once_and_a_missed_one_is_caught_up(
    db: Database, tmp_path: Path
) -> None:
    async def night(now: datetime) -> bool:
        return await by_night(db, now, zone=MOSCOW, folder=tmp_path, kept=9)

    assert not await night(EVENING)
    assert not await night(EVENING + timedelta(hours=5, minutes=59))  # 02:59 in Moscow
    assert await night(EVENING + timedelta(hours=6))
    assert not await night(EVENING + timedelta(hours=7))
    assert await night(EVENING + timedelta(days=3))  # down for two nights
    assert copies(tmp_path) == ["nightly-2026-11-23.sqlite3", "nightly-2026-11-25.sqlite3"]


async def test_old_updates_are_forgotten_and_unhandled_ones_never(
    db: Database, tmp_path: Path
) -> None:
    rows = [inbox.Update(number, 1, b"{}") for number in (1, 2)]
    await by_night(db, EVENING, zone=MOSCOW, folder=tmp_path, kept=9)
    await db.write(inbox.record, rows, EVENING)
    await db.write(inbox.finish, [1])
    await by_night(db, EVENING + timedelta(days=7), zone=MOSCOW, folder=tmp_path, kept=9)
    assert await db.read(inbox.counts) == {"done": 1, "new": 1}
    await by_night(db, EVENING + timedelta(days=9), zone=MOSCOW, folder=tmp_path, kept=9)
    assert await db.read(inbox.counts) == {"new": 1}

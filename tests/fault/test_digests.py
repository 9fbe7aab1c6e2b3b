"""The bot is killed while it makes, keeps and sends digests: everybody gets exactly one."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.people import consent
from sandbox.telegram import Telegram
from storage.database import Database
from storage.files import scratch
from storage.people import people
from storage.people.people import Role
from storage.scopes import REGION
from storage.summaries import digests
from storage.summaries.digests import Wish
from storage.times import stored
from tests.fault.lives import nursery
from tests.kit.forms import register
from tests.kit.over_http import local_telegram
from tests.kit.world import TOKEN

pytestmark = pytest.mark.fault

COORDINATORS = range(30_001, 30_006)
DEATHS = ("digest-made-before-kept", "digest-kept-before-next:3", "outbox-claimed-before-send:2")


def noon() -> str:
    """A zone in which it is noon now, so that no quiet hours keep anything back."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"


def fill(conn: sqlite3.Connection) -> None:
    """Coordinators whose hour has just come."""
    now = datetime.now(UTC)
    ahead = timedelta(hours=12 - now.hour)
    for telegram_id in COORDINATORS:
        number = register(conn, telegram_id)
        people.consent(conn, number, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
        conn.execute(
            "INSERT INTO grants (person_id, role, scope_kind, granted_at) VALUES (?, ?, ?, ?)",
            (number, Role.COORDINATOR, REGION.kind, stored(now - timedelta(days=2))),
        )
        digests.set_wish(conn, number, Wish((now + ahead).weekday(), 12))


async def test_kills_while_digests_are_made_kept_and_sent_give_everybody_exactly_one(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    db = await Database.open(folder / "bot.sqlite3")
    await db.write(fill)
    await db.close()
    async with local_telegram() as (telegram, address):
        for person in COORDINATORS:
            telegram.add_person("Вера", person_id=person)
            telegram.start(person)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings | {"timezone": noon()}, tmp_path / "log") as bots:
            making = await bots.born()
            await until(lambda: any(folder.glob(f"{scratch.PREFIX}*")))
            making.signal(signal.SIGKILL)
            await making.end()
            for death in DEATHS:
                life = await bots.born(death)
                assert await life.end() == -signal.SIGKILL, death
            last = await bots.born()
            await until(lambda: sent(folder) == 2 * len(COORDINATORS))
            last.signal(signal.SIGTERM)
            assert await last.end() == 0
        for person in COORDINATORS:
            assert weeks(telegram, person) == 1, person
            assert workbooks(telegram, person) == 1, person
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as conn:
        kept = conn.execute("SELECT count(*), count(DISTINCT person_id) FROM digests").fetchone()
    assert kept == (len(COORDINATORS), len(COORDINATORS))
    left = list(folder.glob(f"{scratch.PREFIX}*"))
    assert not left, "a copy of the database is left behind"


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not holds():
            await asyncio.sleep(0.05)


def sent(folder: Path) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        query = "SELECT count(*) FROM outbox WHERE state = 'sent' AND kind LIKE 'digest%'"
        return int(conn.execute(query).fetchone()[0])


def weeks(telegram: Telegram, person: int) -> int:
    return sum("photo" in one.content for one in telegram.history(person) if one.outgoing)


def workbooks(telegram: Telegram, person: int) -> int:
    return sum("document" in one.content for one in telegram.history(person) if one.outgoing)

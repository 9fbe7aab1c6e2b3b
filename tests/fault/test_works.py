"""The real process, killed at every point of handing in: no work is lost, none is doubled."""

import asyncio
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import search
from bot.people import consent
from bot.tasks.callbacks import HandIn, SendIn
from sandbox.files import Upload
from sandbox.telegram import Telegram
from storage.database import Database
from storage.files import files
from storage.people import organisations, people
from storage.people.people import Field
from storage.tasks import making
from storage.times import stored
from tests.fault.lives import Nursery, nursery
from tests.kit.over_http import local_telegram
from tests.kit.tasks import PDF, new_task
from tests.kit.world import TOKEN

pytestmark = pytest.mark.fault

ILYA = 601
ALBUM = 10
POINTS = (
    *("file-downloaded-before-record:1", "file-downloaded-before-record:4"),
    *("item-recorded-before-reply:1", "item-recorded-before-reply:4"),
    *("transaction-before-commit:3", "commit-before-reply:6", "reply-before-done:3"),
    *("received-before-inbox:1", "inbox-before-offset:1"),
)


def prepare(conn: sqlite3.Connection, now: datetime) -> int:
    person = people.arrive(conn, ILYA, payload=None, now=now)
    people.consent(conn, person.id, consent.CURRENT, now=now, kind=people.PERSONAL_DATA)
    town = "Ейский район"
    school = organisations.add(conn, town, "СОШ 5", search.sound("СОШ 5"))
    said: dict[Field, str | int | None] = {
        Field.SURNAME: "Зорин",
        Field.FIRST_NAME: "Илья",
        Field.PATRONYMIC: "",
        Field.MUNICIPALITY: town,
        Field.ORGANISATION: school,
        Field.POSITION: "учитель",
        Field.COMMUNITY: "учителя физики",
    }
    people.say(conn, person.id, said, search="зорин илья")
    people.finish_registration(conn, person.id, now=now)
    conn.execute(
        "INSERT INTO grants (person_id, role, scope_kind, granted_at)"
        " VALUES (?, 'trainee', 'region', ?)",
        (person.id, stored(now)),
    )
    return making.create(conn, new_task(now), author=None, now=now)


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    # Looked at from outside, read-only: this test is not the product.
    with closing(sqlite3.connect(f"file:{folder / 'bot.sqlite3'}?mode=ro", uri=True)) as conn:
        return conn.execute(query).fetchall()


async def until(folder: Path, query: str, wanted: int) -> None:
    async with asyncio.timeout(60):
        while len(rows(folder, query)) != wanted:
            await asyncio.sleep(0.05)


async def killed(bots: Nursery, point: str) -> None:
    """A life that ends by the point, or by hand where there was nothing left to do."""
    life = await bots.born(point)
    ending = asyncio.ensure_future(life.end())
    done, _ = await asyncio.wait([ending], timeout=20)
    if not done:
        life.signal(signal.SIGKILL)
    assert await ending == -signal.SIGKILL


def press(telegram: Telegram, data: str) -> None:
    message = [one for one in telegram.history(ILYA) if one.outgoing][-1].message_id
    telegram.press(ILYA, message, data=data)


def stored_files(folder: Path) -> Iterator[Path]:
    return (path for path in (folder / files.FOLDER).rglob("*") if path.is_file())


@pytest.mark.parametrize("point", POINTS)
async def test_an_album_and_its_sending_survive_a_kill_at(point: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    now = datetime.now(UTC) - timedelta(days=1)
    db = await Database.open(folder / "bot.sqlite3")
    task = await db.write(prepare, now)
    await db.close()
    items = "SELECT 1 FROM submission_items"
    async with local_telegram() as (telegram, address):
        telegram.add_person("Илья", "Зорин", person_id=ILYA)
        settings = {"bot_token": TOKEN, "bot_api_url": address, "data_dir": str(folder)}
        async with nursery(settings, tmp_path / "log") as bots:
            first = await bots.born()
            telegram.send_text(ILYA, "/menu")
            async with asyncio.timeout(60):
                while not [one for one in telegram.history(ILYA) if one.outgoing]:
                    await asyncio.sleep(0.05)
            press(telegram, HandIn(task=task).pack())
            await until(folder, "SELECT 1 FROM submissions WHERE state = 'draft'", 1)
            await until(folder, "SELECT 1 FROM inbox WHERE state = 'new'", 0)
            first.signal(signal.SIGTERM)
            assert await first.end() == 0
            pages = [("document", Upload(f"Лист {n}.pdf", PDF + bytes([n]))) for n in range(ALBUM)]
            telegram.send_album(ILYA, pages)
            await killed(bots, point)
            second = await bots.born()
            await until(folder, items, ALBUM)
            await until(folder, "SELECT 1 FROM inbox WHERE state = 'new'", 0)
            second.signal(signal.SIGTERM)
            assert await second.end() == 0
            ((number,),) = rows(folder, "SELECT id FROM submissions")
            press(telegram, SendIn(submission=int(str(number))).pack())
            await killed(bots, "submission-sent-before-reply")
            third = await bots.born()
            await until(folder, "SELECT 1 FROM submissions WHERE state = 'waiting'", 1)
            async with asyncio.timeout(60):
                while not any("на проверку" in one.text for one in telegram.history(ILYA)):
                    await asyncio.sleep(0.05)
            third.signal(signal.SIGTERM)
            assert await third.end() == 0
    names = [row[0] for row in rows(folder, "SELECT name FROM submission_items ORDER BY id")]
    assert names == [f"Лист {number}.pdf" for number in range(ALBUM)]
    assert len(rows(folder, "SELECT 1 FROM submissions")) == 1
    kept = sorted(path.read_bytes() for path in stored_files(folder))
    assert kept == sorted(PDF + bytes([number]) for number in range(ALBUM))

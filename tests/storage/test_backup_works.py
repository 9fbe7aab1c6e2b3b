"""Works survive a lost machine: their files are copied, encrypted, and come back as they were."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.texts.commands import works_returned
from scheduler.housekeeping import by_night
from storage.backups import backup, works
from storage.backups import keys as backup_keys
from storage.database import Database
from storage.errors import StoreRefusedError
from storage.files import files
from storage.files.files import Kept
from storage.people import people
from storage.times import stored
from tests.kit.tasks import PDF, office

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
WORD = office()


def work(conn: sqlite3.Connection, person: int, kept: Kept) -> None:
    now = stored(NOW)
    who = people.arrive(conn, person, payload=None, now=NOW).id
    conn.execute(
        "INSERT OR IGNORE INTO tasks (id, scope_kind, reach, title, kind, max_items, max_bytes,"
        " opens_at, created_at) VALUES (1, 'region', 'audience', 'Урок', 'case', 20, 9, ?, ?)",
        (now, now),
    )
    submission = conn.execute(
        "INSERT INTO submissions (task_id, person_id, version, attempt, state, created_at)"
        " VALUES (1, ?, 1, 1, 'waiting', ?) RETURNING id",
        (who, now),
    ).fetchone()[0]
    conn.execute(
        "INSERT INTO submission_items (submission_id, source, content, name, stored_name, sha256)"
        " VALUES (?, '1', 'document', 'a', ?, ?)",
        (submission, kept.stored_name, kept.sha256),
    )


async def handed_in(db: Database, folder: Path, person: int, content: bytes) -> str:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    kept = await files.keep(
        folder, files.stored_name(person, 1), pieces(), claimed="a.pdf", max_bytes=10**6
    )
    assert isinstance(kept, Kept)
    await db.write(work, person, kept)
    return kept.stored_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    db = await Database.open(folder / backup.DATABASE)
    try:
        yield db
    finally:
        await db.close()


async def night(db: Database, folder: Path, now: datetime, key_file: Path | None = None) -> None:
    assert await by_night(db, now, zone=MOSCOW, folder=folder, kept=14, key_file=key_file)


async def test_a_lost_machine_loses_no_work(folder: Path, tmp_path: Path) -> None:
    key_file = tmp_path / "backup.key"
    async with opened(folder) as db:
        first = await handed_in(db, folder, 11, PDF)
        await by_night(db, NOW - timedelta(days=1), zone=MOSCOW, folder=folder, kept=14)
        await night(db, folder, NOW, key_file)
        second = await handed_in(db, folder, 12, WORD)
        await night(db, folder, NOW + timedelta(days=1), key_file)
    copies = tmp_path / "elsewhere"
    (folder / "backups").rename(copies)  # all that was carried to the other machine
    assert not any(PDF in path.read_bytes() for path in copies.rglob("*") if path.is_file())

    new = tmp_path / "new"
    copy = max(copies.glob("nightly-*"))
    keys = backup_keys.read(key_file)
    backup.restore(new, copy, NOW, keys=keys)
    returned = backup.restore_works(new, copy, keys=keys)
    assert returned == works.Returned(brought=2)
    assert files.path_of(new, first).read_bytes() == PDF
    assert files.path_of(new, second).read_bytes() == WORD
    again = backup.restore_works(new, copy, keys=keys)
    assert again == works.Returned(present=2)


async def test_each_file_is_copied_once_and_anew_with_the_weeks_key(
    folder: Path, tmp_path: Path
) -> None:
    key_file = tmp_path / "backup.key"
    async with opened(folder) as db:
        name = await handed_in(db, folder, 11, PDF)
        await by_night(db, NOW - timedelta(days=1), zone=MOSCOW, folder=folder, kept=14)
        seen = []
        for day in range(16):
            await night(db, folder, NOW + timedelta(days=day), key_file)
            (copy,) = (folder / "backups" / works.FOLDER).rglob("*.age")
            seen.append((copy.parents[1].name, copy.stat().st_mtime_ns))
            young = [key.made.isoformat() for key in backup_keys.read(key_file)]
            assert seen[-1][0] == young[-1], "under the newest key, like the database of that night"
        assert len(set(seen)) == len({day for day, _ in seen}) == 3
    assert copy.name == f"{Path(name).name}.age"


async def test_files_of_whoever_was_erased_are_gone_the_next_night_and_unreadable_in_thirty_days(
    folder: Path, tmp_path: Path
) -> None:
    key_file = tmp_path / "backup.key"
    async with opened(folder) as db:
        await handed_in(db, folder, 11, PDF)
        stays = await handed_in(db, folder, 12, WORD)
        await by_night(db, NOW - timedelta(days=1), zone=MOSCOW, folder=folder, kept=14)
        await night(db, folder, NOW, key_file)
        taken = tmp_path / "taken"
        (folder / "backups" / works.FOLDER).rename(taken)  # a copy that nobody deletes
        await db.write(lambda conn: conn.execute("DELETE FROM people WHERE telegram_id = 11"))
        await files.clear(db, folder)
        for day in (1, 2, 8, 15, 22, 29, 30):
            await night(db, folder, NOW + timedelta(days=day), key_file)
            left = [path.stem for path in (folder / "backups" / works.FOLDER).rglob("*.age")]
            assert left == [Path(stays).name]
    target = tmp_path / "out"
    for path in taken.rglob("*.age"):
        with pytest.raises(StoreRefusedError):
            backup_keys.decrypt(path, target, backup_keys.read(key_file))


async def test_a_copy_by_hand_brings_works_along_and_touches_no_file_of_others(
    folder: Path, tmp_path: Path
) -> None:
    async with opened(folder) as db:
        name = await handed_in(db, folder, 11, PDF)
    theirs = tmp_path / "usb" / "works" / "photos" / "sea.jpg"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"sea")
    copy = tmp_path / "usb" / "copy.sqlite3"
    for _ in range(2):
        await backup.take(folder, copy)
    assert theirs.read_bytes() == b"sea"
    files.path_of(folder, name).write_bytes(b"rotten")  # it is there: never overwritten
    assert backup.restore_works(folder, copy) == works.Returned(present=1)
    files.path_of(folder, name).unlink()
    assert backup.restore_works(folder, copy) == works.Returned(brought=1)
    assert files.path_of(folder, name).read_bytes() == PDF


async def test_a_damaged_copy_of_a_file_is_not_taken_for_the_work(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with opened(folder) as db:
        name = await handed_in(db, folder, 11, PDF)
    copy = tmp_path / "usb" / "copy.sqlite3"
    await backup.take(folder, copy)
    (tmp_path / "usb" / "works" / works.PLAIN / name).write_bytes(b"rotten")
    files.path_of(folder, name).unlink()
    assert backup.restore_works(folder, copy) == works.Returned(missing=1)
    assert not files.path_of(folder, name).exists()
    assert "Не найдено в копиях: 1" in works_returned(0, 1)

"""The restore drill: a copy made while the bot writes brings everything back."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import facts
from storage.backups import backup
from storage.database import Database
from storage.errors import StoreRefusedError, Trouble
from storage.locking import claim
from storage.migrating import latest

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


async def filled(folder: Path, value: str) -> None:
    folder.mkdir(exist_ok=True)
    db = await Database.open(folder / backup.DATABASE)
    await db.write(facts.put, "who", value)
    await db.close()


async def fact(folder: Path) -> str | None:
    db = await Database.open(folder / backup.DATABASE)
    value = await db.read(facts.get, "who")
    await db.close()
    return value


async def test_the_drill_copy_lose_restore_and_find_everything(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await filled(folder, "before")
    copy = tmp_path / "elsewhere" / "copy.sqlite3"
    await backup.take(folder, copy)
    await filled(folder, "after")
    kept = backup.restore(folder, copy, NOW)
    assert await fact(folder) == "before"
    assert kept is not None
    assert backup.inspect(kept).version == latest()
    backup.restore(folder, kept, NOW)
    assert await fact(folder) == "after"


async def test_a_lost_folder_is_restored_into_an_empty_one(tmp_path: Path) -> None:
    await filled(tmp_path / "data", "kept")
    await backup.take(tmp_path / "data", tmp_path / "copy.sqlite3")
    assert backup.restore(tmp_path / "new", tmp_path / "copy.sqlite3", NOW) is None
    assert await fact(tmp_path / "new") == "kept"


async def test_a_damaged_database_is_replaced_and_kept_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await filled(folder, "good")
    await backup.take(folder, tmp_path / "copy.sqlite3")
    path = folder / backup.DATABASE
    broken = b"\xff" * path.stat().st_size
    path.write_bytes(broken)
    kept = backup.restore(folder, tmp_path / "copy.sqlite3", NOW)
    assert await fact(folder) == "good"
    assert kept is not None
    assert kept.read_bytes() == broken


async def test_a_running_bot_makes_the_copy_that_another_process_asks_for(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lock = claim(folder)
    db = await Database.open(folder / backup.DATABASE)
    await db.write(facts.put, "who", "running")
    asked = asyncio.create_task(
        asyncio.to_thread(asyncio.run, backup.take(folder, tmp_path / "copy.sqlite3", patience=20))
    )
    while not await backup.serve_requests(db, folder):
        await asyncio.sleep(0.01)
    await asked
    await db.close()
    lock.close()
    assert backup.inspect(tmp_path / "copy.sqlite3").rows["facts"] == 1
    assert list((folder / backup.FOLDER).iterdir()) == []


async def test_a_bot_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    lock = claim(tmp_path)
    with pytest.raises(backup.SilentBotError):
        await backup.take(tmp_path, tmp_path / "copy.sqlite3", patience=0.2)
    lock.close()
    assert list((tmp_path / backup.FOLDER).iterdir()) == []


def newer(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute(f"PRAGMA user_version={latest() + 1}")


def foreign(path: Path) -> None:
    path.write_bytes(b"a letter, no database" * 500)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [(newer, Trouble.NEWER), (foreign, Trouble.FOREIGN), (damaged, Trouble.DAMAGED)],
)
async def test_a_copy_that_is_not_sound_changes_nothing(
    tmp_path: Path, spoil: object, trouble: Trouble
) -> None:
    folder = tmp_path / "data"
    await filled(folder, "safe")
    await backup.take(folder, tmp_path / "copy.sqlite3")
    assert callable(spoil)
    spoil(tmp_path / "copy.sqlite3")
    with pytest.raises(StoreRefusedError) as refusal:
        backup.restore(folder, tmp_path / "copy.sqlite3", NOW)
    assert refusal.value.trouble is trouble
    assert await fact(folder) == "safe"
    assert sorted(file.name for file in folder.rglob("*.*")) == ["bot.lock", "bot.sqlite3"]


async def test_nothing_is_restored_under_a_running_bot(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await filled(folder, "safe")
    await backup.take(folder, tmp_path / "copy.sqlite3")
    with claim(folder), pytest.raises(StoreRefusedError) as refusal:
        backup.restore(folder, tmp_path / "copy.sqlite3", NOW)
    assert refusal.value.trouble is Trouble.BUSY


async def test_of_the_nightly_copies_the_newest_stay(tmp_path: Path) -> None:
    db = await Database.open(tmp_path / backup.DATABASE)
    for day in range(10, 16):
        await backup.make_nightly(db, tmp_path, f"2026-11-{day}", kept=3)
    await db.close()
    assert sorted(file.name for file in (tmp_path / backup.FOLDER).iterdir()) == [
        f"nightly-2026-11-{day}.sqlite3" for day in (13, 14, 15)
    ]


async def test_a_sound_folder_is_told_with_its_rows(tmp_path: Path) -> None:
    await filled(tmp_path, "x")
    found = backup.check_folder(tmp_path)
    assert found.version == latest()
    assert found.rows["facts"] == 1

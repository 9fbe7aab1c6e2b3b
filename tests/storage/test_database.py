import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import StoreRefusedError, Trouble
from storage.locking import claim
from storage.migrating import latest


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "bot.sqlite3")
    yield database
    await database.close()


def put(conn: sqlite3.Connection, name: str, value: str) -> None:
    conn.execute("INSERT INTO facts VALUES (?, ?)", (name, value))


def get(conn: sqlite3.Connection, name: str) -> str | None:
    row = conn.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def count(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT count(*) FROM facts").fetchone()[0])


async def test_a_written_fact_is_read_back_and_survives_reopening(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    first = await Database.open(path)
    await first.write(put, "a", "1")
    await first.close()
    second = await Database.open(path)
    assert await second.read(get, "a") == "1"
    await second.close()


async def test_a_failing_job_leaves_nothing_and_harms_no_neighbour(db: Database) -> None:
    def half(conn: sqlite3.Connection) -> None:
        put(conn, "half", "done")
        raise LookupError

    outcomes = await asyncio.gather(
        db.write(put, "before", "1"),
        db.write(half),
        db.write(put, "after", "2"),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), LookupError, type(None)]
    assert await db.read(get, "half") is None
    assert await db.read(count) == 2


async def test_a_cancelled_caller_leaves_its_job_whole(db: Database) -> None:
    def both(conn: sqlite3.Connection, name: str) -> None:
        put(conn, name + "-one", "1")
        put(conn, name + "-two", "2")

    async def handler(name: str) -> None:
        await db.write(both, name)

    for index in range(100):
        task = asyncio.create_task(handler(str(index)))
        await asyncio.sleep(0)
        if index % 2:
            task.cancel()
    while db.waiting:
        await asyncio.sleep(0.01)
    names = await db.read(lambda conn: [row[0] for row in conn.execute("SELECT name FROM facts")])
    assert {name for name in names if name.endswith("-one")} == {
        name.replace("-two", "-one") for name in names if name.endswith("-two")
    }
    assert len(names) == 200


async def test_a_read_sees_what_was_submitted_before_it(db: Database) -> None:
    _, seen = await asyncio.gather(db.write(put, "a", "1"), db.read(get, "a"))
    assert seen == "1"


async def test_a_job_in_no_hurry_shares_the_next_commit_and_waits_for_none(db: Database) -> None:
    patient = asyncio.create_task(db.write_with_next(put, "a", "1"))
    await asyncio.sleep(0)
    assert db.waiting == 1
    await db.write(put, "b", "2")
    assert patient.done()  # it was before: one batch did both
    assert db.waiting == 0
    await db.write_with_next(put, "c", "3")  # nothing comes after it
    left = asyncio.create_task(db.write_with_next(put, "d", "4"))
    await asyncio.sleep(0)
    await db.close()
    assert left.done()


async def test_a_copy_made_under_writes_is_whole(db: Database, tmp_path: Path) -> None:
    for index in range(2000):
        await db.write(put, f"filler-{index}", "x" * 2000)

    async def writes() -> int:
        done = 0
        while not copied.done():
            await db.write(put, f"meanwhile-{done}", "y")
            done += 1
        return done

    copied = asyncio.ensure_future(db.copy_to(tmp_path / "copy.sqlite3"))
    assert await writes() > 1, "writes wait for the whole copy"
    conn = sqlite3.connect(tmp_path / "copy.sqlite3")
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert conn.execute("SELECT count(*) FROM facts").fetchone()[0] >= 2000
    conn.close()


async def test_erased_text_is_gone_from_every_file(db: Database, tmp_path: Path) -> None:
    canary = "CANARY-6f1d"
    await db.write(put, "secret", canary)
    await db.write(lambda conn: conn.execute("DELETE FROM facts WHERE name = 'secret'").rowcount)
    await db.truncate_wal()
    held = [file.name for file in tmp_path.iterdir() if canary.encode() in file.read_bytes()]
    assert held == []


async def test_a_newer_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    await (await Database.open(path)).close()
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version={latest() + 1}")
    conn.close()
    with pytest.raises(StoreRefusedError) as refusal:
        await Database.open(path)
    assert refusal.value.trouble is Trouble.NEWER


async def test_a_file_of_another_kind_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    content = b"no database at all, only text" * 99
    path.write_bytes(content)
    with pytest.raises(StoreRefusedError) as refusal:
        await Database.open(path)
    assert refusal.value.trouble is Trouble.FOREIGN
    assert path.read_bytes() == content


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE theirs (a)")
    conn.close()
    with pytest.raises(StoreRefusedError) as refusal:
        await Database.open(path)
    assert refusal.value.trouble is Trouble.FOREIGN


async def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    await (await Database.open(path)).close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    path.write_bytes(content)
    with pytest.raises(StoreRefusedError) as refusal:
        await Database.open(path)
    assert refusal.value.trouble is Trouble.DAMAGED


def test_a_data_folder_has_one_holder_at_a_time(tmp_path: Path) -> None:
    held = claim(tmp_path)
    with pytest.raises(StoreRefusedError) as refusal:
        claim(tmp_path)
    assert refusal.value.trouble is Trouble.BUSY
    held.close()
    claim(tmp_path).close()


def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreRefusedError) as refusal:
        claim(tmp_path / "file" / "data")
    assert refusal.value.trouble is Trouble.UNWRITABLE

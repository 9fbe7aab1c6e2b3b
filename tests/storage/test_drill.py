"""A hundred copies taken while the bot writes: each is encrypted, restored, and whole."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import facts
from storage.backups import backup
from storage.backups import keys as backup_keys
from storage.database import Database

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
COPIES = 100


async def test_a_hundred_copies_under_writes_are_restored_whole(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    key = backup_keys.renew(tmp_path / "backup.key", NOW)
    keys = backup_keys.read(tmp_path / "backup.key")
    db = await Database.open(folder / backup.DATABASE)
    written = 0
    stop = asyncio.Event()

    def both(conn: sqlite3.Connection, number: int) -> None:
        # Two rows that say the same: a copy that tore a step apart would show it.
        facts.put(conn, "left", str(number))
        facts.put(conn, "right", str(number))
        facts.put(conn, f"row-{number:06}", "x" * 200)

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            await db.write(both, written + 1)
            written += 1

    writing = asyncio.create_task(write())
    seen = []
    for _ in range(COPIES):
        acknowledged = written
        copy = await backup.make_nightly(db, folder, "2026-11-23", 9, key)
        back = tmp_path / "back"
        await asyncio.to_thread(backup.restore, back, copy, NOW, keys=keys)
        with closing(sqlite3.connect(back / backup.DATABASE)) as conn:
            held = dict(conn.execute("SELECT name, value FROM facts"))
        last = int(held.get("left", 0))
        assert held.get("left") == held.get("right")
        assert last >= acknowledged, "what was acknowledged before the copy began is in it"
        assert sum(name.startswith("row-") for name in held) == last
        seen.append(last)
        for old in back.rglob("*.sqlite3*"):
            old.unlink()
    stop.set()
    await writing
    await db.close()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0] + COPIES, "it wrote all the while"

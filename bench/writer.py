"""Rows per second of the one writer with group commit, against a commit for every row.

Both write the same rows to the same kind of file (WAL, synchronous=FULL) on the same disk.
"""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

from storage import facts
from storage.database import Database, connect_file
from storage.migrating import migrate

ROWS = 20_000
ALONE = 2_000
AT_ONCE = 200


async def grouped(path: Path) -> float:
    """Rows per second when many tasks write at once, each waiting for its own row."""
    db = await Database.open(path)

    async def one(worker: int) -> None:
        for number in range(ROWS // AT_ONCE):
            await db.write(facts.put, f"{worker}-{number}", "x")

    began = time.perf_counter()
    await asyncio.gather(*(one(worker) for worker in range(AT_ONCE)))
    spent = time.perf_counter() - began
    await db.close()
    return ROWS / spent


def row_by_row(path: Path) -> float:
    """Rows per second when every row is its own transaction."""
    conn: sqlite3.Connection = connect_file(path)
    migrate(conn)
    began = time.perf_counter()
    for number in range(ALONE):
        facts.put(conn, str(number), "x")
    spent = time.perf_counter() - began
    conn.close()
    return ALONE / spent


def main() -> None:
    """Print both and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        many = asyncio.run(grouped(Path(folder) / "grouped.sqlite3"))
        alone = row_by_row(Path(folder) / "alone.sqlite3")
    print(f"group commit   {many:10.0f} rows/s")
    print(f"commit per row {alone:10.0f} rows/s")
    print(f"ratio          {many / alone:10.1f}")


if __name__ == "__main__":
    main()

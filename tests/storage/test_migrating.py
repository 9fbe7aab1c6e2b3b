"""Every release's database opens in this one, twice, with everything that was in it.

A dump is written once, by the release that brought its version in, and never changed:
`sqlite3 file .dump`, with `application_id` and `user_version` in front.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.backups import backup
from storage.database import Database
from storage.migrating import latest

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = sorted((ROOT / "storage/migrations").glob("*.sql"))
DUMPS = sorted((Path(__file__).parent / "dumps").glob("*.sql"))


def test_every_version_has_a_dump() -> None:
    assert [path.stem for path in DUMPS] == [f"{n:03}" for n in range(1, latest() + 1)]


def test_no_two_migrations_have_one_number() -> None:
    numbers = [path.name[:3] for path in MIGRATIONS]
    assert numbers == [f"{n:03}" for n in range(1, len(numbers) + 1)]


def counts(path: Path) -> dict[str, int]:
    return {table: n for table, n in backup.inspect(path).rows.items() if n}


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
async def test_a_database_of_that_version_is_brought_up_to_date_and_opened_again(
    dump: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bot.sqlite3"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(dump.read_text(encoding="utf-8"))
    before = counts(path)
    assert before["inbox"] == 2
    for _ in range(2):
        await (await Database.open(path)).close()
        found = backup.inspect(path)
        assert found.version == latest()
        # A migration may bring rows of its own; it loses none.
        assert {table: found.rows[table] for table in before} == before
    fresh = tmp_path / "fresh.sqlite3"
    await (await Database.open(fresh)).close()
    assert shape(path) == shape(fresh)


def shape(path: Path) -> list[tuple[str, ...]]:
    """Every column of every table, and every index: the same however the file came to be."""
    with closing(sqlite3.connect(path)) as conn:
        return sorted(
            tuple(map(str, row))
            for row in conn.execute(
                "SELECT m.type, m.name, c.name, c.type, c.pk FROM sqlite_schema m"
                " LEFT JOIN pragma_table_info(m.name) c WHERE m.name NOT LIKE 'sqlite_%'"
            )
        )

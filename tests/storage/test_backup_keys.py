"""Encrypted copies: unreadable without the key, and with its death, unreadable for good."""

import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.housekeeping import by_night
from storage.backups import backup
from storage.backups import keys as backup_keys
from storage.backups.keys import LIFE, PERIOD, KeysRefusedError
from storage.database import Database
from storage.errors import StoreRefusedError, Trouble
from storage.people import people
from storage.people.people import Field
from storage.privacy import erasing

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CANARY = "Канарейкин"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    folder = tmp_path / "data"
    folder.mkdir()
    database = await Database.open(folder / backup.DATABASE)
    yield database
    await database.close()


async def settle_in(db: Database) -> None:
    person = await db.write(people.arrive, 501, payload=None, now=START)
    await db.write(people.say, person.id, {Field.SURNAME: CANARY}, search="канарейкин")


async def test_a_copy_is_read_with_the_key_only(db: Database, tmp_path: Path) -> None:
    await settle_in(db)
    keys = tmp_path / "keys" / "backup.key"
    key = backup_keys.renew(keys, START)
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    copy = await backup.make_nightly(db, tmp_path / "data", "2026-11-23", 9, key)
    assert copy.name == "nightly-2026-11-23.sqlite3.age"
    assert CANARY.encode() not in copy.read_bytes()
    assert [file.name for file in copy.parent.iterdir()] == [copy.name], "nothing plain is left"
    with pytest.raises(StoreRefusedError) as refusal:
        backup.restore(tmp_path / "new", copy, START)
    assert refusal.value.trouble is Trouble.LOCKED
    assert not (tmp_path / "new" / backup.DATABASE).exists()
    backup.restore(tmp_path / "new", copy, START, keys=backup_keys.read(keys))
    assert CANARY.encode() in (tmp_path / "new" / backup.DATABASE).read_bytes()


async def test_a_damaged_copy_is_refused_and_nothing_is_touched(
    db: Database, tmp_path: Path
) -> None:
    keys = tmp_path / "backup.key"
    key = backup_keys.renew(keys, START)
    copy = await backup.make_nightly(db, tmp_path / "data", "2026-11-23", 9, key)
    content = bytearray(copy.read_bytes())
    content[-5000] ^= 1
    copy.write_bytes(content)
    with pytest.raises(StoreRefusedError) as refusal:
        backup.restore(tmp_path / "new", copy, START, keys=backup_keys.read(keys))
    assert refusal.value.trouble is Trouble.DAMAGED
    assert list((tmp_path / "new").glob("*.part")) == []


async def test_whoever_was_erased_is_in_no_readable_copy_after_thirty_days(
    db: Database, tmp_path: Path
) -> None:
    """Every night's copy is taken elsewhere by somebody who never deletes anything."""
    folder, key_file, attic = tmp_path / "data", tmp_path / "backup.key", tmp_path / "attic"
    attic.mkdir()
    await settle_in(db)

    def holding() -> list[str]:
        found: list[str] = []
        keys = backup_keys.read(key_file)
        for copy in sorted(attic.iterdir()):
            plain = tmp_path / "plain"
            try:
                backup_keys.decrypt(copy, plain, keys)
            except StoreRefusedError:
                continue
            if CANARY.encode() in plain.read_bytes():
                found.append(copy.name)
        return found

    zone = ZoneInfo("UTC")
    start = START.replace(hour=3, minute=30)
    for night in range(56):
        now = start + night * DAY
        if night == 20:
            assert len(holding()) >= 15
            await db.write(erasing.forget, 501)
            await db.truncate_wal()
        await by_night(db, now, zone=zone, folder=folder, kept=1000, key_file=key_file)
        for copy in (folder / backup.FOLDER).glob("nightly-*"):
            (attic / copy.name).write_bytes(copy.read_bytes())
        if night == 41:
            assert holding(), "a copy is useful for more than three weeks"
        assert night < 50 or holding() == [], f"{night - 20} days after the erasing"
    assert len(list((folder / backup.FOLDER).iterdir())) <= 30


@given(steps=st.lists(st.integers(0, 12), max_size=40))
def test_keys_are_young_whatever_days_the_bot_runs(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    path = tmp_path_factory.mktemp("keys") / "backup.key"
    now = START
    for days in steps:
        now += days * DAY
        newest = backup_keys.renew(path, now)
        keys = backup_keys.read(path)
        assert keys[-1] == newest
        assert now.date() - newest.made < PERIOD
        assert all(now.date() - key.made < LIFE for key in keys)
        before = path.read_bytes()
        backup_keys.renew(path, now)
        assert path.read_bytes() == before, "nothing was due"


def test_a_destroyed_key_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    old = backup_keys.renew(path, START)
    with path.open("rb") as file:  # the old content, by its inode
        backup_keys.renew(path, START + LIFE)
        assert set(file.read()) == {0}
    assert old.secret.encode() not in path.read_bytes()
    assert old.secret not in repr(old)


@pytest.mark.parametrize("content", ["", "hello", "# 2026-11-23\nAGE-SECRET-KEY-1QQQQ\n"])
def test_a_file_that_holds_something_else_is_refused_and_left_alone(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "backup.key"
    path.write_text(content)
    with pytest.raises(KeysRefusedError):
        backup_keys.renew(path, START)
    assert path.read_text() == content

"""The schema as numbered SQL files, applied in order and counted in `PRAGMA user_version`."""

import re
import sqlite3
from functools import cache
from importlib.resources import files

from storage.errors import StoreRefusedError, Trouble

APPLICATION_ID = 0x44_56_42_31
"""`PRAGMA application_id` of our files ("DVB1"): somebody else's database is refused."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every migration; migration N is at index N - 1.

    Raises:
        RuntimeError: the numbers are not 1, 2, 3 …
    """
    found: dict[int, str] = {}
    for file in files("storage").joinpath("migrations").iterdir():
        if match := re.fullmatch(r"(\d{3})_\w+\.sql", file.name):
            found[int(match[1])] = file.read_text(encoding="utf-8")
    if sorted(found) != list(range(1, len(found) + 1)):
        message = f"migrations are numbered {sorted(found)}"
        raise RuntimeError(message)
    return tuple(found[number] for number in sorted(found))


def latest() -> int:
    """The version this release makes."""
    return len(migrations())


def migrate(raw: sqlite3.Connection, *, to: int | None = None) -> None:
    """Bring the schema to the version of this release, one transaction per migration.

    Raises:
        StoreRefusedError: the file is newer than this release, or belongs to another program.
    """
    version: int = raw.execute("PRAGMA user_version").fetchone()[0]
    owner: int = raw.execute("PRAGMA application_id").fetchone()[0]
    empty = raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if not empty and owner != APPLICATION_ID:
        raise StoreRefusedError(Trouble.FOREIGN, f"application_id {owner:#x}")
    if version > latest():
        raise StoreRefusedError(Trouble.NEWER, f"version {version}, this release knows {latest()}")
    for number in range(version + 1, (latest() if to is None else to) + 1):
        # executescript ends an open transaction, so the script opens its own.
        raw.executescript(
            f"BEGIN IMMEDIATE;\nPRAGMA application_id={APPLICATION_ID};\n"
            f"{migrations()[number - 1]}\nPRAGMA user_version={number};\nCOMMIT;"
        )


def check(raw: sqlite3.Connection) -> None:
    """SQLite's own check of the file and of foreign keys.

    Raises:
        StoreRefusedError: with the first faults as detail.
    """
    faults = [row[0] for row in raw.execute("PRAGMA quick_check(5)") if row[0] != "ok"]
    faults += [f"{row[0]} row {row[1]}" for row in raw.execute("PRAGMA foreign_key_check")][:5]
    if faults:
        raise StoreRefusedError(Trouble.DAMAGED, "; ".join(faults))

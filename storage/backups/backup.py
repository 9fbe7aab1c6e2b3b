"""Copies of the database: made while the bot runs, checked, restored.

Only the process that holds the data folder may open the database (docs/decisions/0003): a second
one that wants a copy asks by a file `backups/<name>.wanted`; the bot makes `<name>.sqlite3` at its
next beat and takes the request away. A file asks without ports, sockets or signals, across
containers that share the folder, and is lost with neither process.
"""

import asyncio
import os
import secrets
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage import audit
from storage.audit import By, Deed
from storage.backups import keys as backup_keys
from storage.backups import works
from storage.backups.keys import Key
from storage.database import Database, connect_file
from storage.errors import StoreRefusedError, Trouble
from storage.locking import claim
from storage.migrating import APPLICATION_ID, check, latest
from storage.times import moment, stored

FOLDER = "backups"
DATABASE = "bot.sqlite3"
_WANTED = ".wanted"
_COPY = ".sqlite3"
NIGHTLY = "nightly-"
_REPLACED = "replaced-"
_SEALED = ".age"
_PLAIN = ".plain"

LONGEST = backup_keys.LIFE
"""The age of the oldest nightly copy."""

REPLACED_DAYS = 14
"""How long a database that a restore put aside is kept."""


@dataclass(frozen=True)
class Findings:
    """What a sound database holds: its schema's version, and rows by table."""

    version: int
    rows: dict[str, int]
    chain: audit.Verdict | None = None
    """Of the audit log; None in a database from before there was one."""


class SilentBotError(Exception):
    """A bot holds the data folder and did not make the copy in time."""


async def make(db: Database, target: Path) -> None:
    """Write a checked copy of the running database to `target`, whole or not at all.

    Raises:
        OSError: it cannot be written.
        StoreRefusedError: the copy is not sound; it is not kept.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        await db.copy_to(part)
        inspect(part)
        _settle(part, target)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


async def make_nightly(
    db: Database, folder: Path, day: str, kept: int, key: Key | None = None
) -> Path:
    """The copy of one night in `folder/backups`; of the nightly ones the newest `kept` stay.

    None stays longer than `LONGEST`, however many are kept: erased people are in it.
    """
    target = folder / FOLDER / f"{NIGHTLY}{day}{_COPY}{_SEALED if key else ''}"
    plain = folder / FOLDER / f"{NIGHTLY}{day}{_PLAIN}"
    try:
        await make(db, plain)
        await asyncio.to_thread(_place, plain, target, key)
    finally:
        plain.unlink(missing_ok=True)
    oldest = f"{NIGHTLY}{(date.fromisoformat(day) - LONGEST).isoformat()}"
    nightly = sorted(target.parent.glob(f"{NIGHTLY}*{_COPY}*"))
    for old in nightly:
        if old not in nightly[-kept:] or old.name < oldest:
            old.unlink()
    return target


def _place(made: Path, target: Path, key: Key | None) -> None:
    """Put a checked copy under its final name, encrypted if there is a key."""
    part = target.with_name(target.name + ".part")
    try:
        if key is None:
            shutil.copyfile(made, part)
        else:
            backup_keys.encrypt(made, part, key)
        _settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path, now: datetime) -> None:
    """Remove copies that hold people and outlived their purpose.

    Databases that a restore put aside go after `REPLACED_DAYS`; what a killed process left (copies
    for reports, half-written ones) after a day. Blocks on the disk.
    """
    backups = folder / FOLDER
    for path in [
        *backups.glob(f"{_REPLACED}*"),
        *backups.glob("asked-*"),
        *backups.glob(f"*{_PLAIN}*"),
        *folder.glob("tmp*"),
    ]:
        days = REPLACED_DAYS if path.name.startswith(_REPLACED) else 1
        if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) < timedelta(days=days):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


async def serve_requests(db: Database, folder: Path) -> int:
    """Make the copies that other processes asked for; returns how many."""
    served = 0
    for request in (folder / FOLDER).glob(f"*{_WANTED}"):
        try:
            deed, _, at = request.read_text(encoding="utf-8").partition(" ")
            if deed in set(Deed):
                await db.write(audit.record, By(None, moment(at)), Deed(deed))
            await make(db, request.with_suffix(_COPY))
        finally:
            request.unlink(missing_ok=True)
        served += 1
    return served


async def take(
    folder: Path,
    target: Path,
    *,
    patience: float = 60,
    key: Key | None = None,
    deed: Deed | None = None,
    by: By | None = None,
) -> None:
    """A checked copy of the database in `folder`, whether a bot runs on it or not.

    With a key it is encrypted; until then it lies in the data folder, beside the database. The
    files of works are copied into the folder `works` beside it. `deed` is what the audit log says
    of it before the copy is made, `by` whom and when: whose database it is writes the row.

    Raises:
        StoreRefusedError: there is no sound database.
        SilentBotError: the bot that runs made no copy within `patience` seconds.
        OSError: the copy cannot be written.
    """
    try:
        lock = claim(folder)
    except StoreRefusedError as refusal:
        if refusal.trouble is not Trouble.BUSY:
            raise
        _ask(folder, target, patience, key, _said(deed, by))
        return
    with lock:
        if not (folder / DATABASE).exists():
            raise StoreRefusedError(Trouble.FOREIGN, "no database")
        made = folder / FOLDER / f"asked-{secrets.token_hex(8)}{_COPY}"
        try:
            db = await Database.open(folder / DATABASE)
            try:
                if deed is not None:
                    await db.write(audit.record, by, deed)
                await make(db, made)
            finally:
                await db.close()
            target.parent.mkdir(parents=True, exist_ok=True)
            _place(made, target, key)
            works.copy(folder, target.parent, works.named_in(made), key)
        finally:
            made.unlink(missing_ok=True)


def _said(deed: Deed | None, by: By | None) -> str:
    return "" if deed is None or by is None else f"{deed.value} {stored(by.at)}"


def _ask(folder: Path, target: Path, patience: float, key: Key | None, said: str) -> None:
    name = f"asked-{secrets.token_hex(8)}"
    request = folder / FOLDER / f"{name}{_WANTED}"
    made = request.with_suffix(_COPY)
    request.parent.mkdir(exist_ok=True)
    written = request.with_suffix(".part")
    written.write_text(said, encoding="utf-8")
    written.replace(request)  # whole or not at all: the bot may look at any moment
    try:
        until = time.monotonic() + patience
        while not made.exists():
            if time.monotonic() > until:
                raise SilentBotError
            time.sleep(0.1)
        target.parent.mkdir(parents=True, exist_ok=True)
        _place(made, target, key)
        works.copy(folder, target.parent, works.named_in(made), key)
    finally:
        request.unlink(missing_ok=True)
        made.unlink(missing_ok=True)


def restore(
    folder: Path, source: Path, now: datetime, *, keys: list[Key] | None = None
) -> Path | None:
    """Put a copy in the place of the database; returns where the replaced one is kept.

    Raises:
        StoreRefusedError: LOCKED, the copy is encrypted and none of `keys` opens it.
        StoreRefusedError: the copy is damaged, foreign or of a newer release, or a bot runs on
            the folder. Then nothing was changed.
        OSError: the copy cannot be read or written.
    """
    with claim(folder):
        part = folder / f"{DATABASE}.part"
        try:
            if backup_keys.encrypted(source):
                backup_keys.decrypt(source, part, keys or [])
            else:
                shutil.copyfile(source, part)
            inspect(part)
            kept = _put_away(folder, now)
            _settle(part, folder / DATABASE)
        finally:
            part.unlink(missing_ok=True)
    return kept


def restore_works(folder: Path, source: Path, *, keys: list[Key] | None = None) -> works.Returned:
    """After `restore`: put missing files of works back from beside the copy, else from our own.

    Raises:
        StoreRefusedError: a bot runs on the folder.
        OSError: a file cannot be written.
    """
    with claim(folder):
        named = works.named_in(folder / DATABASE)
        beside = source.absolute().parent
        if not (beside / works.FOLDER).is_dir():
            beside = folder / FOLDER
        return works.bring_back(folder, beside, named, keys or [])


def check_folder(folder: Path) -> Findings:
    """Look through the database of a folder on which no bot runs.

    Raises:
        StoreRefusedError: it is not sound, or a bot runs on it.
    """
    with claim(folder):
        if not (folder / DATABASE).exists():
            raise StoreRefusedError(Trouble.FOREIGN, "no database")
        return inspect(folder / DATABASE)


def inspect(path: Path) -> Findings:
    """SQLite's full check of a file, with its owner and version.

    Raises:
        StoreRefusedError: damaged, foreign or newer.
    """
    try:
        with closing(sqlite3.connect(path)) as raw:
            owner: int = raw.execute("PRAGMA application_id").fetchone()[0]
            version: int = raw.execute("PRAGMA user_version").fetchone()[0]
            if owner != APPLICATION_ID:
                raise StoreRefusedError(Trouble.FOREIGN, f"application_id {owner:#x}")
            if version > latest():
                raise StoreRefusedError(Trouble.NEWER, f"version {version}")
            faults = [row[0] for row in raw.execute("PRAGMA integrity_check(5)")]
            if faults != ["ok"]:
                raise StoreRefusedError(Trouble.DAMAGED, "; ".join(faults))
            check(raw)
            tables = raw.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            rows = {
                name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - a name out of the schema itself
                for (name,) in sorted(tables)
            }
            raw.row_factory = sqlite3.Row
            chain = audit.verify(raw) if "audit" in rows else None
    except sqlite3.DatabaseError as error:
        trouble = Trouble.FOREIGN if "not a database" in str(error) else Trouble.DAMAGED
        raise StoreRefusedError(trouble, str(error)) from error
    return Findings(version, rows, chain)


def _put_away(folder: Path, now: datetime) -> Path | None:
    """Move the present database, with what its write-ahead log holds, out of the way."""
    present = folder / DATABASE
    if not present.exists():
        return None
    kept = folder / FOLDER / f"{_REPLACED}{now:%Y-%m-%dT%H-%M-%S}{_COPY}"
    kept.parent.mkdir(exist_ok=True)
    try:
        with closing(connect_file(present)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        pass  # damaged: that is why it is replaced; it is kept as it is, log and all
    for suffix in ("-wal", "-shm", ""):
        part = present.with_name(present.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    return kept


def _settle(part: Path, target: Path) -> None:
    """Make a written file durable under its final name."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

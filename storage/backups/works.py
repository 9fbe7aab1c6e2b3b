"""Copies of the files of works, beside the copies of the database, so that a lost disk loses none.

`works/<day of the key>/3f/3f9c….age` (`works/plain/3f/3f9c…` without keys): a file is copied once,
for it never changes. A new key comes weekly and every file is copied under it anew; then the
copies of the keys before are deleted. So a copy of a file is readable as long as the copy of the
database made the same night, and whoever is erased is unreadable in all copies in 30 days,
wherever they were taken; beside the nightly copies their files go the next night.
"""

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.backups import keys as backup_keys
from storage.backups.keys import Key
from storage.errors import StoreRefusedError
from storage.files import files

FOLDER = "works"
PLAIN = "plain"
_SEALED = ".age"
_PART = ".part"
_CHUNK = 1 << 20
_OURS = re.compile(r"(plain|\d{4}-\d{2}-\d{2})/([0-9a-f]{2}/[0-9a-f]{32})(\.age)?(\.part)?")
"""What may be deleted: a copy may lie in a folder where others keep their own files."""


@dataclass(frozen=True)
class Copied:
    """How many files were copied now, were there already, and are gone from the disk."""

    made: int = 0
    kept: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Returned:
    """How many files came back from copies, were in place, and are in no copy that can be read."""

    brought: int = 0
    present: int = 0
    missing: int = 0


def named_in(database: Path) -> dict[str, str]:
    """The files that a database names (stored name → SHA-256), of a file nobody writes to."""
    with closing(sqlite3.connect(database)) as raw:
        table = raw.execute("SELECT 1 FROM sqlite_schema WHERE name = 'submission_items'")
        return names(raw) if table.fetchone() else {}


def names(conn: sqlite3.Connection) -> dict[str, str]:
    """The files that the database names: stored name → SHA-256."""
    rows = conn.execute(
        "SELECT stored_name, sha256 FROM submission_items WHERE stored_name IS NOT NULL"
    )
    return {row[0]: row[1] or "" for row in rows}


def copy(data_dir: Path, beside: Path, named: Mapping[str, str], key: Key | None) -> Copied:
    """Bring the copies in the folder `beside` up to date; what is there already is left alone.

    Blocks on the disk. Deletes nothing: see `sweep`.

    Raises:
        OSError: the disk is full or broken; what was copied so far stays and is good.
    """
    newest = _newest(beside, key)
    made = kept = missing = 0
    for name in named:
        target = _at(newest, name, sealed=key is not None)
        if target.exists():
            kept += 1
            continue
        source = files.path_of(data_dir, name)
        if not source.exists():
            missing += 1
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + _PART)
        try:
            if key is None:
                shutil.copyfile(source, part)
            else:
                backup_keys.encrypt(source, part, key)
            _sync(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        made += 1
    return Copied(made, kept, missing)


def bring_back(data_dir: Path, beside: Path, named: Mapping[str, str], keys: list[Key]) -> Returned:
    """Put the files that are missing in the data folder back from the copies in `beside`.

    The newest copy that a key opens and whose content is what was handed in is taken. Blocks.

    Raises:
        OSError: a file cannot be written.
    """
    folders = sorted((beside / FOLDER).glob("*"), reverse=True)
    brought = present = missing = 0
    for name, sha256 in named.items():
        target = files.path_of(data_dir, name)
        if target.exists():
            present += 1
        elif any(_bring(folder, name, target, sha256, keys) for folder in folders):
            brought += 1
        else:
            missing += 1
    return Returned(brought, present, missing)


def _bring(folder: Path, name: str, target: Path, sha256: str, keys: list[Key]) -> bool:
    sealed, plain = _at(folder, name, sealed=True), _at(folder, name, sealed=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _PART)
    try:
        if sealed.exists():
            backup_keys.decrypt(sealed, part, keys)
        elif plain.exists():
            shutil.copyfile(plain, part)
        else:
            return False
        if sha256 and _digest(part) != sha256:
            return False
        _sync(part)
        part.replace(target)
    except StoreRefusedError:  # its key is destroyed, or the copy is damaged
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def sweep(beside: Path, named: Mapping[str, str], key: Key | None) -> int:
    """Delete copies of files that no row names any more, and those that are there anew; how many.

    Only where all copies are of this one bot: those it makes at night. Blocks on the disk.
    """
    own, newest = beside / FOLDER, _newest(beside, key)
    gone = 0
    for path in own.glob("*/*/*"):
        match = _OURS.fullmatch(path.relative_to(own).as_posix())
        if match is None:
            continue
        name = match[2]
        again = match[1] != newest.name and _at(newest, name, sealed=key is not None).exists()
        if match[4] or again or name not in named:
            path.unlink(missing_ok=True)
            gone += 1
    for emptied in (*own.glob("*/*"), *own.glob("*")):
        if emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
    return gone


def _newest(beside: Path, key: Key | None) -> Path:
    return beside / FOLDER / (PLAIN if key is None else key.made.isoformat())


def _at(folder: Path, name: str, *, sealed: bool) -> Path:
    return folder / f"{name}{_SEALED if sealed else ''}"


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

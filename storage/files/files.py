"""The files of submissions and answers, in `DATA_DIR/files`, under names of ours.

A file's stored name follows from the message it came in, so that an update handled again after a
kill writes the same file once more and leaves none behind. Content arrives in pieces and is never
whole in memory. A file is complete when it has its name: it is written beside and renamed.
"""

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.database import Database
from storage.files import types as file_types
from storage.files.types import FileType, Harm

FOLDER = "files"
PART = ".part"
ORPHAN_AGE = timedelta(days=1)
"""A file without a row may be about to get one; after this it never will."""

_NAMED = (
    "SELECT stored_name FROM submission_items WHERE stored_name IS NOT NULL"
    " UNION ALL SELECT stored_name FROM answer_files"
)


class TooLargeError(Exception):
    """More came than was allowed; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was stored; `stored_name` is its path below the folder."""

    stored_name: str
    size: int
    sha256: str
    type: FileType
    ending: str


def stored_name(chat: int, message: int) -> str:
    """Where the file of a message lies: `3f/3f9c…`; says nothing about who sent it."""
    name = hashlib.blake2b(f"{chat}:{message}".encode(), digest_size=16).hexdigest()
    return f"{name[:2]}/{name}"


def path_of(data_dir: Path, name: str) -> Path:
    """The file of a stored name."""
    return data_dir / FOLDER / name


async def keep(
    data_dir: Path,
    name: str,
    chunks: AsyncIterator[bytes],
    *,
    claimed: str,
    max_bytes: int,
) -> Kept | Harm | None:
    """Store what arrives, look at it, and name it.

    Args:
        data_dir: the bot's folder.
        name: of `stored_name`.
        chunks: the content, in pieces.
        claimed: the sender's name for it: an ending that a computer would run is refused.
        max_bytes: more than this is refused while it still arrives.

    Returns:
        The file; why it is not taken; or None if it is empty.

    Raises:
        TooLargeError: more than `max_bytes` came.
        OSError: the disk is full or broken.
    """
    target = path_of(data_dir, name)
    part = target.with_name(target.name + PART)
    digest, size = hashlib.sha256(), 0
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    file = await asyncio.to_thread(part.open, "wb")
    try:
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > max_bytes:
                    raise TooLargeError
                digest.update(chunk)
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(_flush, file.fileno(), file)
        finally:
            file.close()
        found = await asyncio.to_thread(file_types.look_at, part, claimed) if size else None
        if found is None or isinstance(found, Harm):
            return found
        await asyncio.to_thread(part.replace, target)
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)
    kind, ending = found
    return Kept(name, size, digest.hexdigest(), kind, ending)


def _flush(number: int, file: object) -> None:
    # The row that names the file is about to be committed with FULL: the content must be as safe.
    file.flush()  # type: ignore[attr-defined]  # a BufferedWriter; typeshed's protocol has no name
    os.fsync(number)


def remove(data_dir: Path, names: Iterable[str]) -> None:
    """Delete files whose rows are gone."""
    for name in names:
        path_of(data_dir, name).unlink(missing_ok=True)


async def clear(db: Database, data_dir: Path) -> int:
    """Delete the files whose rows are gone; how many. Asked at every beat."""
    names = await db.read(_lost)
    if names:
        await asyncio.to_thread(remove, data_dir, names)
        await db.write(_forget_lost, names)
    return len(names)


def _lost(conn: sqlite3.Connection) -> list[str]:
    # A name that a row has again belongs to a message that was handled once more.
    rows = conn.execute(f"SELECT stored_name FROM lost_files WHERE stored_name NOT IN ({_NAMED})")  # noqa: S608 - ours
    return [row[0] for row in rows]


def _forget_lost(conn: sqlite3.Connection, names: Iterable[str]) -> None:
    conn.executemany("DELETE FROM lost_files WHERE stored_name = ?", [(name,) for name in names])


def known_names(conn: sqlite3.Connection) -> frozenset[str]:
    """Every stored name that some row has."""
    rows = conn.execute(_NAMED)
    return frozenset(row[0] for row in rows)


def sweep(data_dir: Path, known: frozenset[str], now: datetime) -> int:
    """Delete files that no row names and that are old enough; how many. Blocks on the disk."""
    folder = data_dir / FOLDER
    gone = 0
    for path in folder.glob("*/*"):
        old = now.timestamp() - path.stat().st_mtime > ORPHAN_AGE.total_seconds()
        if old and path.relative_to(folder).as_posix() not in known:
            path.unlink(missing_ok=True)
            gone += 1
    return gone

"""One SQLite connection, one writer, group commit.

Every job, reading or writing, is a plain function `(connection, …) -> value` that runs whole in
the connection's own thread. Jobs wait in one mailbox; whatever has gathered while the last batch
was being committed becomes the next batch: one `BEGIN IMMEDIATE`, a savepoint per writing job, one
`COMMIT` with `synchronous=FULL`. So

* a job is atomic, and a caller that is cancelled while it waits leaves nothing half-done;
* an awaited `write` has reached the disk when it returns;
* a commit's fsync is shared by all who came meanwhile.

One connection for everything: SQLite before 3.51.3 can corrupt a WAL database that two
connections write (docs/decisions/0003-one-writer.md).
"""

import asyncio
import logging
import os
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import aiosqlite

from storage.errors import StoreRefusedError, Trouble
from storage.failpoints import failpoint
from storage.migrating import check, migrate

Connection = sqlite3.Connection
"""What a job gets first: the name for rooms that compose jobs and may not name SQLite."""

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 512
"""Jobs in one transaction at most: bounds how long the first of them waits."""

PATIENCE_SECONDS = 0.05
"""How long a job that is in no hurry waits for another to share its commit with."""

BACKUP_PAGES = 256
"""Pages copied between two batches while a copy is made: about 1 MiB, a few milliseconds."""

# aiosqlite logs every call with its arguments at DEBUG: people's answers would be in the log.
logging.getLogger("aiosqlite").setLevel(logging.WARNING)


@dataclass(slots=True)
class _Job:
    run: Callable[[sqlite3.Connection], Any]
    writes: bool
    future: asyncio.Future[Any]
    value: Any = None
    error: BaseException | None = None


class Database:
    """The store of one bot. Make it with `await Database.open(path)`."""

    def __init__(self, connection: aiosqlite.Connection, raw: sqlite3.Connection) -> None:
        self._connection = connection
        self._raw = raw
        self._loop = asyncio.get_running_loop()
        self._mailbox: deque[_Job] = deque()
        self._pump_task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None  # of whoever is patient
        self._closing = False
        self.rows_committed = 0
        self.last_commit = time.monotonic()

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open (and make or migrate) the database file.

        Raises:
            StoreRefusedError: unwritable, damaged, somebody else's, or of a newer release.
        """
        raw: list[sqlite3.Connection] = []

        def connect() -> sqlite3.Connection:
            raw.append(_connect(path))
            return raw[0]

        try:
            connection = await aiosqlite.Connection(connect, iter_chunk_size=64)
        except sqlite3.DatabaseError as error:
            raise _refusal(error) from error
        database = cls(connection, raw[0])
        try:
            # Only now is the file read: what it refuses is refused by a connection we can close.
            await database._in_thread(_configure)
            await database._in_thread(migrate)
            await database._in_thread(check)
        except sqlite3.DatabaseError as error:
            await connection.close()
            raise _refusal(error) from error
        except BaseException:
            await connection.close()
            raise
        return database

    async def read(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a job that changes nothing; it sees every write submitted before it."""
        return await self._submit(lambda raw: job(raw, *args, **kwargs), writes=False)

    async def write(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a job as one atomic step; when this returns, it is on the disk.

        Whatever the job raises is raised here, and nothing of that job stays.
        """
        return await self._submit(lambda raw: job(raw, *args, **kwargs), writes=True)

    async def write_with_next(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `write`, but in no hurry: it shares the commit of what comes next, if that is soon.

        For a caller that knows of more to come and lets nobody wait: a commit costs more than
        most jobs.
        """
        return await self._submit(
            lambda raw: job(raw, *args, **kwargs), writes=True, patience=PATIENCE_SECONDS
        )

    async def truncate_wal(self) -> None:
        """Move everything into the main file and empty the write-ahead log.

        With `secure_delete` this is what makes erased content gone, and not only unlinked.
        """
        await self._in_thread(lambda raw: raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    async def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the database; jobs go on between its steps.

        Unfinished screenings have names on them: they are in no copy, or an answer sheet in last
        week's copy would name whoever has sealed the same one since.

        SQLite carries changes made through this same connection into the copy under way. The
        disk is waited for at the end and in another thread: here every job would wait as well.
        """

        def copy(raw: sqlite3.Connection) -> None:
            target = sqlite3.connect(path)
            try:
                target.execute("PRAGMA synchronous=OFF")
                raw.backup(target, pages=BACKUP_PAGES, progress=lambda *_: self._run_batch(raw))
            finally:
                target.close()

        try:
            await self._in_thread(copy)
            await asyncio.to_thread(_finish_copy, path)
        except BaseException:
            path.unlink(missing_ok=True)  # noqa: ASYNC240 - a cancelled task awaits no more
            raise

    @property
    def waiting(self) -> int:
        """Jobs submitted and not begun."""
        return len(self._mailbox)

    async def close(self) -> None:
        """Finish what was submitted, empty the write-ahead log, close."""
        if self._closing:
            return
        self._closing = True
        self._begin()
        if self._pump_task is not None:
            await self._pump_task
        await self.truncate_wal()
        await self._connection.close()

    async def _submit(
        self, run: Callable[[sqlite3.Connection], T], *, writes: bool, patience: float = 0
    ) -> T:
        if self._closing:
            message = "the database is closed"
            raise RuntimeError(message)
        future: asyncio.Future[T] = self._loop.create_future()
        self._mailbox.append(_Job(run, writes, future))
        if not patience:
            self._begin()
        elif self._timer is None:
            self._timer = self._loop.call_later(patience, self._begin)
        return await future

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._mailbox and (self._pump_task is None or self._pump_task.done()):
            self._pump_task = self._loop.create_task(self._pump(), name="database-writer")

    async def _pump(self) -> None:
        while self._mailbox:
            await self._in_thread(self._run_batch)

    async def _in_thread(self, function: Callable[[sqlite3.Connection], T]) -> T:
        # aiosqlite's own methods are calls of this one with a single statement each; a whole job
        # in one call is what makes it atomic, and forty times as fast. Its version is pinned.
        execute: Callable[..., Awaitable[T]] = self._connection._execute  # noqa: SLF001 - see above
        return await execute(function, self._raw)

    def _run_batch(self, raw: sqlite3.Connection) -> None:
        """In the connection's thread: run what waits, commit once, hand the outcomes back."""
        batch: list[_Job] = []
        while self._mailbox and len(batch) < BATCH:
            batch.append(self._mailbox.popleft())
        if not batch:
            return
        try:
            _run_in_one_transaction(raw, batch)
        except BaseException as error:
            for job in batch:
                job.error = error
        self.last_commit = time.monotonic()
        self._loop.call_soon_threadsafe(_deliver, batch)


def _finish_copy(path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("PRAGMA secure_delete=ON")
        target.execute("DELETE FROM screening_answers")
        target.execute("DELETE FROM screening_drafts")
        target.commit()
    finally:
        target.close()
    with path.open("rb") as written:
        os.fsync(written.fileno())


def connect_file(path: Path) -> sqlite3.Connection:
    """A connection with the settings every file of this bot is opened with."""
    raw = _connect(path)
    _configure(raw)
    return raw


def _connect(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    raw.row_factory = sqlite3.Row
    return raw


def _configure(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA journal_mode=WAL")
    for pragma in (
        "synchronous=FULL",  # an acknowledged answer survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten
        "temp_store=MEMORY",  # no answers in temporary files
        "trusted_schema=OFF",
        "cache_size=-65536",  # KiB
    ):
        raw.execute(f"PRAGMA {pragma}")


def _run_in_one_transaction(raw: sqlite3.Connection, batch: list[_Job]) -> None:
    if not any(job.writes for job in batch):
        for job in batch:
            _run(raw, job)
        return
    raw.execute("BEGIN IMMEDIATE")
    try:
        for job in batch:
            if job.writes:
                raw.execute("SAVEPOINT job")
            _run(raw, job)
            if job.writes:
                if job.error is not None:
                    raw.execute("ROLLBACK TO job")
                raw.execute("RELEASE job")
        failpoint("transaction-before-commit")
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


def _run(raw: sqlite3.Connection, job: _Job) -> None:
    try:
        job.value = job.run(raw)
    except Exception as error:
        job.error = error


def _deliver(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():  # its caller was cancelled; the job stands
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.value)


def _refusal(error: sqlite3.DatabaseError) -> StoreRefusedError:
    text = str(error)
    if "not a database" in text:
        return StoreRefusedError(Trouble.FOREIGN, text)
    if "malformed" in text:
        return StoreRefusedError(Trouble.DAMAGED, text)
    return StoreRefusedError(Trouble.UNWRITABLE, text)

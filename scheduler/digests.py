"""Makes the digests whose hour has come; the outbox sends them."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.campaigns.reporting import ReportFailedError
from bot.digests.composers import scopes_of
from bot.digests.making import make
from bot.digests.orders import DigestOrder, Reader, reader_of
from storage.database import Connection, Database
from storage.failpoints import failpoint
from storage.operations import troubles
from storage.people import people
from storage.summaries import digests
from storage.summaries.digests import Due, Made

log = logging.getLogger(__name__)

TROUBLE = "digests"
"""The key under which administrators are told that some cannot be made."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


class Pauses:
    """How long to leave a digest that could not be made: a minute, then twice as long each time.

    Kept in memory: a bot that starts anew may have been mended, and tries at once.
    """

    def __init__(self) -> None:
        self._failed: dict[tuple[int, str, str], tuple[int, datetime]] = {}

    def ready(self, due: Sequence[Due], now: datetime) -> list[Due]:
        """Those to be tried now; what is due no longer is forgotten."""
        known = {_key(one) for one in due}
        self._failed = {key: what for key, what in self._failed.items() if key in known}
        return [one for one in due if self._until(one) <= now]

    def failed(self, tried: Collection[Due], now: datetime) -> None:
        """These could not be made."""
        for one in tried:
            times, _ = self._failed.get(_key(one), (0, now))
            self._failed[_key(one)] = (times + 1, now + min(FIRST_PAUSE * 2**times, LONGEST_PAUSE))

    def made(self, one: Due) -> None:
        """This one was made."""
        self._failed.pop(_key(one), None)

    @property
    def waiting(self) -> int:
        """How many wait to be tried again."""
        return len(self._failed)

    def _until(self, one: Due) -> datetime:
        return self._failed.get(_key(one), (0, one.due_at))[1]


def _key(one: Due) -> tuple[int, str, str]:
    return one.person_id, one.kind, one.week


async def make_due(
    db: Database, now: datetime, *, zone: ZoneInfo, folder: Path, pauses: Pauses | None = None
) -> int:
    """Make, keep and plan every digest that is due; returns how many have something to say.

    A process that dies in between leaves nothing, and the next beat makes them again; each is kept
    with its messages in one step, so nobody gets two. One that cannot be made holds up no other:
    it is tried again after a growing pause until it is too late, and administrators are told once.
    """
    waits = pauses or Pauses()
    due = waits.ready(await db.read(digests.due, now, zone), now)
    if not due:
        return 0
    readers = await db.read(_readers, due)
    try:
        made = await make(db, DigestOrder(tuple(readers), now, zone), folder)
    except ReportFailedError:
        made = {}
    failpoint("digest-made-before-kept")
    # Whoever has lost the role meanwhile has nothing to be told, this week.
    asked = {(one.person_id, one.kind) for one in readers}
    planned, failed = 0, []
    for one in due:
        content = made.get((one.person_id, one.kind))
        if content is None and (one.person_id, one.kind) in asked:
            failed.append(one)
            continue
        planned += await db.write(digests.put, one, content or Made(""), now=now)
        waits.made(one)
        failpoint("digest-kept-before-next")
    while await db.write(digests.drop_files, now):
        pass
    if failed:
        waits.failed(failed, now)
        await db.write(troubles.begin, TROUBLE, {"count": waits.waiting}, now=now)
    elif not waits.waiting:
        await db.write(troubles.end, TROUBLE, now=now)
    log.info("%d digests made, %d of them say something", len(due) - len(failed), planned)
    return planned


def _readers(conn: Connection, due: list[Due]) -> list[Reader]:
    found = []
    for one in due:
        person = people.by_id(conn, one.person_id)
        scopes = () if person is None else scopes_of(person, one.kind)
        if scopes:
            found.append(reader_of(conn, one.person_id, one.kind, scopes, one.week))
    return found

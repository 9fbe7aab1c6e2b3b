"""Makes the digests whose hour has come; the outbox sends them."""

import logging
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.campaigns.reporting import ReportFailedError
from bot.digests.composers import scopes_of
from bot.digests.making import DigestOrder, Reader, make, reader_of
from storage.database import Connection, Database
from storage.failpoints import failpoint
from storage.people import people
from storage.summaries import digests
from storage.summaries.digests import Due, Made

log = logging.getLogger(__name__)


async def make_due(db: Database, now: datetime, *, zone: ZoneInfo, folder: Path) -> int:
    """Make, keep and plan every digest that is due; returns how many have something to say.

    A process that dies in between leaves nothing, and the next beat makes them again; each is kept
    with its messages in one step, so nobody gets two. Where making fails for all, it is tried
    again with the next beat until it is too late.
    """
    due = await db.read(digests.due, now, zone)
    if not due:
        return 0
    readers = await db.read(_readers, due)
    try:
        made = await make(db, DigestOrder(tuple(readers), now, zone), folder)
    except ReportFailedError:
        return 0
    failpoint("digest-made-before-kept")
    planned = 0
    for one in due:
        # Whoever has lost the role meanwhile has nothing to be told, this week.
        content = made.get((one.person_id, one.kind), Made(""))
        planned += await db.write(digests.put, one, content, now=now)
        failpoint("digest-kept-before-next")
    await db.write(digests.drop_files, now)
    log.info("%d digests made, %d of them say something", len(due), planned)
    return planned


def _readers(conn: Connection, due: list[Due]) -> list[Reader]:
    found = []
    for one in due:
        person = people.by_id(conn, one.person_id)
        scopes = () if person is None else scopes_of(person, one.kind)
        if scopes:
            found.append(reader_of(conn, one.person_id, one.kind, scopes, one.week))
    return found

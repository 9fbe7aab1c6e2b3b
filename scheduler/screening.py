"""What time does to screenings: those that close are settled, and their secrets destroyed."""

from datetime import datetime
from functools import partial
from pathlib import Path

from storage.database import Database
from storage.screening import sealing as screening_sealing
from storage.screening import secrets as screening_secrets


async def settle(db: Database, now: datetime, *, folder: Path) -> int:
    """Settle what has closed; returns how many campaigns.

    A secret whose campaign was settled by a run that ended before destroying it goes too.
    """
    secret_of = partial(screening_secrets.secret_of, folder)
    done = await db.write(screening_sealing.settle, secret_of, now=now)
    for campaign in screening_secrets.kept(folder):
        if await db.read(screening_sealing.settled, campaign):
            screening_secrets.destroy(folder, campaign)
    if done:
        await db.truncate_wal()
    return len(done)

"""Once a night: a copy of the database, old updates forgotten and all that is past its time.

The night that was last seen to is a fact in the store, so a bot that was down at three catches up
as soon as it runs again.
"""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.operations.watch import BACKUP
from storage import facts, inbox
from storage.backups import backup, works
from storage.backups import keys as backup_keys
from storage.database import Database
from storage.errors import StoreRefusedError
from storage.files import files
from storage.operations import troubles
from storage.privacy import retention

log = logging.getLogger(__name__)

HOUR = 3
"""Local: nobody answers then, and it is over before people wake."""

LAST_NIGHT = "last-night"


async def by_night(
    db: Database,
    now: datetime,
    *,
    zone: ZoneInfo,
    folder: Path,
    kept: int,
    key_file: Path | None = None,
) -> bool:
    """Do the night's work if it is time and not done yet; returns whether it was done."""
    local = now.astimezone(zone)
    today = local.date().isoformat()
    last = await db.read(facts.get, LAST_NIGHT)
    if last is None:  # a new store: nothing is old, nothing to copy
        await db.write(facts.put, LAST_NIGHT, today)
        return False
    if last >= today or local.hour < HOUR:
        return False
    await db.write(facts.put, LAST_NIGHT, today)
    forgotten = await db.write(inbox.purge, now)
    outlived = await db.write(retention.forget_old, now=now)
    if outlived:
        await db.truncate_wal()
    await asyncio.to_thread(backup.sweep, folder, now)
    known = await db.read(files.known_names)
    await asyncio.to_thread(files.sweep, folder, known, now)
    try:
        key = None if key_file is None else backup_keys.renew(key_file, now)
        await backup.make_nightly(db, folder, today, kept, key)
        named = await db.read(works.names)
        copies = folder / backup.FOLDER
        copied = await asyncio.to_thread(works.copy, folder, copies, named, key)
        await asyncio.to_thread(works.sweep, copies, named, key)
        log.info("works: %d copied, %d there, %d missing", copied.made, copied.kept, copied.missing)
        await db.write(troubles.end, BACKUP, now=now)
    except backup_keys.KeysRefusedError as refusal:
        log.error("the nightly copy was not made, its keys are refused: %s", refusal)
        await db.write(troubles.begin, BACKUP, {"reason": "keys"}, now=now)
    except OSError as error:
        log.error("the nightly copy failed: %s", error.strerror)
        await db.write(troubles.begin, BACKUP, {"reason": "disk"}, now=now)
    except StoreRefusedError as refusal:  # the copy was looked at and is not whole
        log.error("the nightly copy is not sound: %s", refusal.trouble.value)
        await db.write(troubles.begin, BACKUP, {"reason": "damaged"}, now=now)
    counts = ", ".join(f"{kind} {count}" for kind, count in outlived.items()) or "nothing"
    log.info("night of %s: %d updates forgotten; past its time: %s", today, forgotten, counts)
    return True

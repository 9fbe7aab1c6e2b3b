"""How much the bot has to do, for its administrators: numbers only."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.backups import backup
from storage.times import stored


@dataclass(frozen=True, slots=True)
class Load:
    """Rows of the outbox: waiting for their time, due now; sent and not arrived in a day."""

    waiting: int
    due: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class Copy:
    """The newest nightly copy."""

    made_at: datetime
    size: int


def load(conn: sqlite3.Connection, *, now: datetime) -> Load:
    """As it is now."""
    moment, yesterday = stored(now), stored(now - timedelta(days=1))
    row = conn.execute(
        "SELECT count(*) FILTER (WHERE state = 'waiting' AND held = 0) AS waiting,"
        " count(*) FILTER (WHERE state = 'waiting' AND held = 0 AND due_at <= ?) AS due,"
        " count(*) FILTER (WHERE state = 'sent' AND sent_at > ?) AS sent,"
        " count(*) FILTER (WHERE state IN ('failed', 'unknown') AND due_at > ?) AS failed"
        " FROM outbox",
        (moment, yesterday, yesterday),
    ).fetchone()
    return Load(row["waiting"], row["due"], row["sent"], row["failed"])


def newest_copy(folder: Path, zone: datetime) -> Copy | None:
    """The last copy that a night left in `folder/backups`; `zone` gives the moment its zone."""
    nights = sorted((folder / backup.FOLDER).glob(f"{backup.NIGHTLY}*.sqlite3*"))
    whole = [night for night in nights if not night.name.endswith(".part")]
    if not whole:
        return None
    found = whole[-1].stat()
    return Copy(datetime.fromtimestamp(found.st_mtime, zone.tzinfo), found.st_size)

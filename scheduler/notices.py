"""What time does to notices: those whose moment has come become rows of the outbox."""

from collections.abc import Collection
from datetime import datetime

from bot.notices.standing import approvers, stands
from storage.database import Connection, Database
from storage.notices import confirming
from storage.notices.notices import Notice


async def plan(db: Database, now: datetime, *, admin_ids: Collection[int] = ()) -> int:
    """Begin what is due and whose author may still send it; returns how many rows were made.

    What its author may not send any more is put to those who may decide about it.
    """

    def heirs(conn: Connection, notice: Notice) -> list[int] | None:
        if stands(conn, notice, admin_ids):
            return None
        return approvers(conn, notice.scope, admin_ids, besides=notice.author_id)

    return await db.write(confirming.begin, heirs=heirs, now=now)

"""Erasing a person at once: rows, drafts, and what queues still hold of them.

What was counted before (anonymous responses hold no person) stays. Call `Database.truncate_wal`
afterwards: with `secure_delete` that is what makes the content gone from the files.
"""

import sqlite3
from dataclasses import dataclass

from storage.audit import By, Deed, record


@dataclass(frozen=True)
class Kept:
    """How many rows the bot holds about a person, for /privacy."""

    responses: int
    participations: int
    messages: int


def count(conn: sqlite3.Connection, person_id: int) -> Kept:
    """What is held about a person beside their own fields and roles."""

    def rows(table: str) -> int:
        return int(
            conn.execute(
                f"SELECT count(*) FROM {table} WHERE person_id = ?",  # noqa: S608 - three names of ours
                (person_id,),
            ).fetchone()[0]
        )

    return Kept(rows("responses"), rows("participations"), rows("outbox"))


def forget(conn: sqlite3.Connection, telegram_id: int, *, by: By | None = None) -> bool:
    """Erase whoever has this account; False if there was nobody. `by` is not the person.

    Rows that belong to a person go with the row by foreign keys. What Telegram sent of this chat
    is wiped, the update that asked for it included: were the process to die right now, the
    answer to that press would be lost, but nothing of the person would come back.
    """
    conn.execute("DELETE FROM dialogs WHERE telegram_id = ?", (telegram_id,))
    conn.execute("UPDATE inbox SET payload = NULL, state = 'done' WHERE chat = ?", (telegram_id,))
    gone = conn.execute(
        "DELETE FROM people WHERE telegram_id = ? RETURNING id", (telegram_id,)
    ).fetchone()
    if gone is None:
        return False
    record(conn, by, Deed.ERASED, about=gone["id"])
    return True

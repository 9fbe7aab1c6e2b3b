"""Erasing a person at once: rows, drafts, and what queues still hold of them.

What was counted before (anonymous responses hold no person) stays. Call `Database.truncate_wal`
afterwards: with `secure_delete` that is what makes the content gone from the files.
"""

import sqlite3

from storage.audit import By, Deed, record


def forget(conn: sqlite3.Connection, telegram_id: int, *, by: By | None = None) -> bool:
    """Erase whoever has this account; False if there was nobody. `by` is not the person.

    Rows that belong to a person go with the row by foreign keys. What Telegram sent of this chat
    is wiped, the update that asked for it included: were the process to die right now, the
    answer to that press would be lost, but nothing of the person would come back.
    """
    conn.execute("DELETE FROM dialogs WHERE telegram_id = ?", (telegram_id,))
    conn.execute("UPDATE inbox SET payload = NULL, state = 'done' WHERE chat = ?", (telegram_id,))
    # An update that could not be handled may show the person too: a coordinator's press carries
    # the text of the screen it was made on. They only serve whoever looks for the fault.
    conn.execute("UPDATE inbox SET payload = NULL WHERE state = 'aside'")
    # The register may expect them under the same name without a link: that is they all the same.
    conn.execute(
        "DELETE FROM register WHERE person_id IS NULL AND (search, municipality) IN"
        " (SELECT search, municipality FROM people WHERE telegram_id = ?)",
        (telegram_id,),
    )
    gone = conn.execute(
        "DELETE FROM people WHERE telegram_id = ? RETURNING id", (telegram_id,)
    ).fetchone()
    if gone is None:
        return False
    record(conn, by, Deed.ERASED, about=gone["id"])
    return True

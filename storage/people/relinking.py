"""A lost phone: a coordinator's code gives somebody's row to their new account.

Only the account's number moves. Anonymous entries hold no person, so nothing of them is touched;
that somebody has taken part moves with the row, so nobody answers twice.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from storage.audit import By, Deed, record
from storage.people import people
from storage.people.invitations import hashed
from storage.privacy import personal
from storage.scopes import Scope, covered
from storage.times import moment, stored


class Relinked(StrEnum):
    """What became of a code."""

    DONE = "done"
    OWN = "own"  # the account is the person's already
    OCCUPIED = "occupied"  # the new account has work of its own, which would be lost
    EXPIRED = "expired"
    UNKNOWN = "unknown"


MAY_GO = {
    *("people", "consents", "inbox", "dialogs", "outbox", "invitees"),
    *("participations", "register_doubts", "mutes", "own_times"),
}
"""What a new account may have gathered on its way here; anything else is work of its own."""


def create(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    person_id: int,
    code: str,
    *,
    until: datetime,
    by: By,
) -> bool:
    """Keep a code for this person; an earlier one ends. The same code again changes nothing.

    False if the person holds a role wider than `scopes`: whoever makes the code could follow it.
    """
    person = people.by_id(conn, person_id)
    if person is None or not all(covered(conn, scopes, one.scope) for one in person.grants):
        return False
    known = conn.execute("SELECT 1 FROM relink_codes WHERE code_hash = ?", (hashed(code),))
    if known.fetchone() is not None:
        return True
    conn.execute("DELETE FROM relink_codes WHERE person_id = ?", (person_id,))
    conn.execute(
        "INSERT INTO relink_codes VALUES (?, ?, ?, ?)",
        (hashed(code), person_id, by.who, stored(until)),
    )
    record(conn, by, Deed.RELINK_CODE, about=person_id, after={"until": stored(until)})
    return True


def follow(conn: sqlite3.Connection, code: str, newcomer: int, *, now: datetime) -> Relinked:
    """The newcomer's account becomes the person's of the code; the newcomer's own row goes.

    The code ends with it. The old account is nobody's from now on.
    """
    row = conn.execute("SELECT * FROM relink_codes WHERE code_hash = ?", (hashed(code),)).fetchone()
    if row is None:
        return Relinked.UNKNOWN
    person = row["person_id"]
    if person == newcomer:
        return Relinked.OWN
    if moment(row["expires_at"]) <= now:
        return Relinked.EXPIRED
    if {held.table for held in personal.everything(conn, newcomer)} - MAY_GO:
        return Relinked.OCCUPIED
    old = conn.execute("SELECT telegram_id FROM people WHERE id = ?", (person,)).fetchone()[0]
    new = conn.execute("SELECT telegram_id FROM people WHERE id = ?", (newcomer,)).fetchone()[0]
    conn.execute(
        "INSERT INTO participations (campaign_id, person_id)"
        " SELECT campaign_id, ? FROM participations WHERE person_id = ? ON CONFLICT DO NOTHING",
        (person, newcomer),
    )
    conn.execute(
        "INSERT INTO consents (person_id, kind, version, given_at)"
        " SELECT ?, kind, version, given_at FROM consents"
        " WHERE person_id = ? AND withdrawn_at IS NULL ON CONFLICT DO NOTHING",
        (person, newcomer),
    )
    conn.execute("DELETE FROM people WHERE id = ?", (newcomer,))
    conn.execute("DELETE FROM dialogs WHERE telegram_id = ?", (old,))
    # Numbers of messages count within a chat: those of the old one mean nothing in the new.
    conn.execute(
        "UPDATE people SET telegram_id = ?, said_in = NULL, start_payload = NULL,"
        " unreachable_since = NULL, unreachable_why = NULL WHERE id = ?",
        (new, person),
    )
    conn.execute(
        "UPDATE responses SET message_id = NULL, last_typed = NULL WHERE person_id = ?", (person,)
    )
    conn.execute("DELETE FROM relink_codes WHERE person_id = ?", (person,))
    record(conn, By(row["created_by"], now), Deed.RELINKED, about=person)
    return Relinked.DONE

"""Who of the registered may be whom of the register.

A row whose name, municipality and organisation are somebody's is theirs at once, unless a role
hangs on it; anything less certain waits for a coordinator. A name alone gives nobody a role.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.audit import By, Deed, record
from storage.people import people
from storage.people.register_joining import give, take
from storage.people.register_rows import Row, row_of
from storage.scopes import Scope, within


def finish_registration(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> None:
    """Somebody is through with the acquaintance: registered, and matched."""
    people.finish_registration(conn, person_id, now=now)
    match(conn, person_id, now=now)


def match(conn: sqlite3.Connection, person_id: int, *, now: datetime) -> None:
    """Find the person's row: theirs at once where all agrees, else a doubt for a coordinator."""
    person = conn.execute(
        "SELECT p.search, p.surname, p.first_name, p.municipality, o.sound FROM people p"
        " LEFT JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?"
        " AND NOT EXISTS (SELECT 1 FROM register r WHERE r.person_id = p.id)",
        (person_id,),
    ).fetchone()
    if person is None or not person["search"]:
        return
    rows = conn.execute(
        "SELECT id, search, sound, role, surname, first_name FROM register"
        " WHERE person_id IS NULL AND municipality = ? AND (search = ? OR"
        " (surname = ? AND first_name = ?))",
        (person["municipality"], person["search"], person["surname"], person["first_name"]),
    ).fetchall()
    certain = [
        row
        for row in rows
        if (row["search"], row["sound"]) == (person["search"], person["sound"])
        and row["role"] is None
    ]
    if len(certain) == 1:
        take(conn, certain[0]["id"], person_id, now)
        return
    conn.executemany(
        "INSERT INTO register_doubts (row_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(row["id"], person_id) for row in rows],
    )


def doubts(conn: sqlite3.Connection, scopes: Sequence[Scope]) -> list[tuple[Row, int]]:
    """(row, person's id) of every doubt in scope that nobody has settled, by name."""
    inside, arguments = within(scopes, "r.municipality")
    rows = conn.execute(
        "SELECT r.*, d.person_id AS who FROM register_doubts d JOIN register r ON r.id = d.row_id"  # noqa: S608 - ours
        f" WHERE d.declined = 0 AND r.person_id IS NULL AND {inside}"
        " AND NOT EXISTS (SELECT 1 FROM register o WHERE o.person_id = d.person_id)"
        " ORDER BY r.search, r.id, d.person_id",
        arguments,
    )
    return [(row_of(row), row["who"]) for row in rows]


def settle(
    conn: sqlite3.Connection,
    scopes: Sequence[Scope],
    row_id: int,
    person_id: int,
    *,
    same: bool,
    by: By,
) -> bool:
    """Decide a doubt; False if there is none such in scope."""
    found = [one for one, who in doubts(conn, scopes) if (one.id, who) == (row_id, person_id)]
    if not found:
        return False
    if same:
        take(conn, row_id, person_id, by.at)
        if found[0].entry.grant is not None:
            give(conn, found[0], person_id, by)
    else:
        conn.execute(
            "UPDATE register_doubts SET declined = 1 WHERE row_id = ? AND person_id = ?",
            (row_id, person_id),
        )
    thing = f"register:{row_id}"
    record(conn, by, Deed.REGISTER_MATCHED, about=person_id, object=thing, after={"same": same})
    return True
